/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screen-program.h"

#include <atspi/atspi.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)

/*
 * What the program shows to those who hear it: roles, names, states and texts, as a screen reader is told them. Names are
 * patterns with * and ?; marks of direction in them are not looked at. What cannot be seen is not found.
 *
 * Whatever is waited for and does not come ends the test, and prints all that there was instead.
 */
#define SCREEN_ANY_ROLE ATSPI_ROLE_INVALID

void             screen_init       (int *argc, char ***argv);

AtspiAccessible *screen_find       (ScreenProgram *self, AtspiRole role, const char *name); /* (nullable) */
AtspiAccessible *screen_wait       (ScreenProgram *self, AtspiRole role, const char *name);
AtspiAccessible *screen_wait_state (ScreenProgram *self, AtspiRole role, const char *name, AtspiStateType state);
void             screen_wait_gone  (ScreenProgram *self, AtspiRole role, const char *name);
guint            screen_count      (ScreenProgram *self, AtspiRole role, const char *name);
void             screen_wait_count (ScreenProgram *self, AtspiRole role, const char *name, guint n);
AtspiAccessible *screen_find_focus (ScreenProgram *self); /* (nullable): where the keyboard is */
char            *screen_print      (ScreenProgram *self); /* a line for each thing that is seen */

/* Of one thing. */
char            *screen_thing_dup_name    (AtspiAccessible *thing);
char            *screen_thing_dup_text    (AtspiAccessible *thing);
gboolean         screen_thing_has_state   (AtspiAccessible *thing, AtspiStateType state);
gboolean         screen_thing_is_called   (AtspiAccessible *thing, const char *name);

/* Doing, as a screen reader does it. */
void             screen_click      (ScreenProgram *self, AtspiRole role, const char *name);
void             screen_write      (ScreenProgram *self, AtspiRole role, const char *name, const char *text);

G_END_DECLS
