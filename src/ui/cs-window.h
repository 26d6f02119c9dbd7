/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-application.h"

G_BEGIN_DECLS

/* One window of the studio: its pages, the page of one creation, and the words that come up for a moment. Main thread. */
#define CS_TYPE_WINDOW (cs_window_get_type ())
G_DECLARE_FINAL_TYPE (CsWindow, cs_window, CS, WINDOW, AdwApplicationWindow)

CsWindow *cs_window_new           (CsApplication *application);
void      cs_window_set_slow      (CsWindow *self, gboolean slow); /* opening takes a while */
void      cs_window_set_studio    (CsWindow *self, CsStudio *studio, const GError *trouble); /* both (nullable) */
CsStudio *cs_window_get_studio    (CsWindow *self);
void      cs_window_show_page     (CsWindow *self, const char *page);
void      cs_window_show_creation (CsWindow *self, CsCreation *creation, GListModel *among); /* among: (nullable) its neighbours */
void      cs_window_show_job      (CsWindow *self, CsJob *job);
void      cs_window_show_jobs     (CsWindow *self); /* the list of them */
void      cs_window_recall_jobs   (CsWindow *self); /* what its pages followed before the last window was closed */
void      cs_window_save_state    (CsWindow *self); /* its size and page, for the next one */
void      cs_window_begin_deck    (CsWindow *self, GFile *file); /* of Markdown */
void      cs_window_add_toast     (CsWindow *self, AdwToast *toast); /* (transfer full) */
void      cs_window_use_image     (CsWindow *self, CsKind kind, const char *path); /* as the picture to begin from */

G_END_DECLS
