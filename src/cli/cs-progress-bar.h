/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The last line of a terminal while something is being made; where stderr is no terminal, nothing. Main thread. */
typedef struct _CsProgressBar CsProgressBar;

CsProgressBar *cs_progress_bar_new   (void);
void           cs_progress_bar_free  (CsProgressBar *self);
gboolean       cs_progress_bar_is_on (CsProgressBar *self);
void           cs_progress_bar_show  (CsProgressBar *self, double share, const char *words);
void           cs_progress_bar_clear (CsProgressBar *self);
char          *cs_progress_bar_draw  (double share, const char *words, guint columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsProgressBar, cs_progress_bar_free)

G_END_DECLS
