/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"
#include "ui-support.h"

#include "ui/cs-window.h"

G_BEGIN_DECLS

/* The whole program in this process, with its own engine in a folder of its own, and servers that stand in for the providers. */
typedef struct
{
  CsTestHome *home;
  CsFakeServer *server;
  CsApplication *application;
} UiProgram;

/* Before ui_test_init(), since it takes the keys out of the environment. */
void       ui_program_set_keys    (void);

UiProgram *ui_program_new         (void); /* not started */
void       ui_program_start       (UiProgram *self); /* as the desktop does it, until its studio is open */
void       ui_program_begin       (UiProgram *self); /* as the desktop does it, and does not wait */
void       ui_program_wait_closed (UiProgram *self); /* until its studio is closed */
void       ui_program_end         (UiProgram *self); /* quits, and starts anew with ui_program_start() */
void       ui_program_free        (UiProgram *self); /* it has to be gone, and each of its windows */

CsWindow  *ui_program_get_window  (UiProgram *self); /* (nullable) */
guint      ui_program_count       (UiProgram *self); /* windows */
void       ui_program_close       (UiProgram *self); /* the window, as by its button; it has to be gone */
const char *ui_program_get_page   (UiProgram *self);
CsJob     *ui_program_add_job     (UiProgram *self, CsKind kind, const char *prompt, const char *model); /* (transfer full) */
void       ui_program_wait_state  (CsJob *job, CsJobState state);
void       ui_program_wait_label  (UiProgram *self, const char *words);

G_END_DECLS
