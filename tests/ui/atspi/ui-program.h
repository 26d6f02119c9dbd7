/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"
#include "cs-test.h"

G_BEGIN_DECLS

/*
 * The real program, started as a user starts it, with a folder of its own and the stand-in providers behind real HTTP. All
 * that a test knows of it is what stands on the screen (ui-screen.h), what the providers were asked, and its files.
 */
typedef struct
{
  CsTestHome *home;
  CsFakeServer *server;
  GStrv environment;    /* of every start */
  GSubprocess *process; /* (nullable) while it does not run */
} UiProgram;

UiProgram *ui_program_new      (void);
void          ui_program_set_variable (UiProgram *self, const char *name, const char *value);
void          ui_program_start    (UiProgram *self);
int           ui_program_get_pid  (UiProgram *self);
gboolean      ui_program_has_ended (UiProgram *self);
void          ui_program_kill     (UiProgram *self); /* as a power cut does */
void          ui_program_wait_end (UiProgram *self); /* it has to end by itself, and well */
void          ui_program_free     (UiProgram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiProgram, ui_program_free)

G_END_DECLS
