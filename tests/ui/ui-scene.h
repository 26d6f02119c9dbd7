/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"
#include "ui-support.h"

#include "ui/pages/cs-create-page.h"

G_BEGIN_DECLS

/* A create page over a real engine whose providers are the stand-ins of tests/support, over real HTTP. */
typedef struct
{
  CsFakeServer *server;
  UiFixture *fixture;
  CsCreatePage *page;
} UiScene;

/* @keys: (array zero-terminated=1) (nullable): names of the keys that the user has; no language model is there. */
UiScene    *ui_scene_open        (CsKind kind, const char *const *keys);
UiScene    *ui_scene_open_narrow (CsKind kind, const char *const *keys); /* as wide as a telephone */
UiScene    *ui_scene_open_offline (CsKind kind, const char *const *keys); /* nobody answers at PiAPI's address */
UiScene    *ui_scene_open_writing (CsKind kind, const char *const *keys, const char *words); /* Ollama answers with these */
void        ui_scene_close       (UiScene *self);
void        ui_scene_give_keys   (UiScene *self, const char *const *keys); /* these, and no others */
void        ui_scene_make        (UiScene *self, CsKind kind, const char *prompt, CsMoney most, guint count);
void        ui_scene_rewrite     (UiScene *self, const char *prompt, CsMoney most); /* the same, by the screenwriter first */
CsJob      *ui_scene_get_job     (UiScene *self); /* (transfer none): the newest of those that concern somebody */

void        ui_scene_wait_page   (UiScene *self, const char *name); /* of the stage */
void        ui_scene_wait_words  (UiScene *self, const char *words); /* a label that begins so is seen */
GtkWidget  *ui_scene_find_button (UiScene *self, const char *words); /* a button that is seen, whose words begin so */
void        ui_scene_click       (UiScene *self, const char *words);
void        ui_scene_answer      (UiScene *self, const char *response); /* the dialog that is open */
gboolean    ui_scene_has_dialog  (UiScene *self);

G_END_DECLS
