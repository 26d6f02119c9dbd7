/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Buttons in one row, in the middle; where they do not fit, the first has a row of its own and the others go by two. They are
 * its children in a template. */
#define CS_TYPE_ACTIONS (cs_actions_get_type ())
G_DECLARE_FINAL_TYPE (CsActions, cs_actions, CS, ACTIONS, GtkWidget)

G_END_DECLS
