/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"
#include "cs-test.h"

G_BEGIN_DECLS

/*
 * The real program, started as a user starts it, with a folder of its own and the stand-in providers behind real HTTP. All
 * that a test knows of it is what stands on the screen (screen.h), what the providers were asked, and its files.
 */
typedef struct
{
  CsTestHome *home;
  CsFakeServer *server;
  GStrv environment;    /* of every start */
  GSubprocess *process; /* (nullable) while it does not run */
} ScreenProgram;

ScreenProgram *screen_program_new      (void);
void          screen_program_set_variable (ScreenProgram *self, const char *name, const char *value);
void          screen_program_start    (ScreenProgram *self);
int           screen_program_get_pid  (ScreenProgram *self);
gboolean      screen_program_has_ended (ScreenProgram *self);
void          screen_program_kill     (ScreenProgram *self); /* as a power cut does */
void          screen_program_wait_end (ScreenProgram *self); /* it has to end by itself, and well */
void          screen_program_free     (ScreenProgram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScreenProgram, screen_program_free)

G_END_DECLS
