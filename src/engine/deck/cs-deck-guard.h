/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the Markdown of one deck may still cost. cmark-gfm is quadratic on some inputs, and references and tables can
 * blow a few bytes up to gigabytes: text beyond the allowance is shown as it was written and never parsed.
 */
typedef struct
{
  gint64 left;
} CsDeckGuard;

void     cs_deck_guard_init  (CsDeckGuard *self);
gboolean cs_deck_guard_admit (CsDeckGuard *self, const char *markdown);

G_END_DECLS
