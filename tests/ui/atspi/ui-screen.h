/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-program.h"

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
#define UI_ANY_ROLE ATSPI_ROLE_INVALID

void             ui_screen_init       (int *argc, char ***argv);

AtspiAccessible *ui_screen_find       (UiProgram *self, AtspiRole role, const char *name); /* (nullable) */
AtspiAccessible *ui_screen_wait       (UiProgram *self, AtspiRole role, const char *name);
AtspiAccessible *ui_screen_wait_state (UiProgram *self, AtspiRole role, const char *name, AtspiStateType state);
void             ui_screen_wait_gone  (UiProgram *self, AtspiRole role, const char *name);
guint            ui_screen_count      (UiProgram *self, AtspiRole role, const char *name);
void             ui_screen_wait_count (UiProgram *self, AtspiRole role, const char *name, guint n);
AtspiAccessible *ui_screen_find_focus (UiProgram *self); /* (nullable): where the keyboard is */
char            *ui_screen_print      (UiProgram *self); /* a line for each thing that is seen */

/* Of one thing. */
char            *ui_thing_dup_name    (AtspiAccessible *thing);
char            *ui_thing_dup_text    (AtspiAccessible *thing);
gboolean         ui_thing_has_state   (AtspiAccessible *thing, AtspiStateType state);
gboolean         ui_thing_is_called   (AtspiAccessible *thing, const char *name);

/* Doing, as a screen reader does it. */
void             ui_screen_click      (UiProgram *self, AtspiRole role, const char *name);
void             ui_screen_write      (UiProgram *self, AtspiRole role, const char *name, const char *text);

G_END_DECLS
