/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that come up for a moment, from anywhere in a window. Main thread. */
#include "config.h"
#include "ui/widgets/cs-say.h"

/** cs_say: @words: plain text, shown for a moment by the window that @widget is in. */
void
cs_say (GtkWidget *widget, const char *words)
{
  cs_say_with_action (widget, words, NULL, NULL, NULL);
}

/**
 * cs_say_with_action:
 * @button: (nullable): what its button says
 * @action: (nullable): what the button does: the detailed name of an action of the window or the program
 * @target: (nullable) (transfer floating): for @action
 */
void
cs_say_with_action (GtkWidget *widget, const char *words, const char *button, const char *action, GVariant *target)
{
  gtk_widget_activate_action (widget, "win.say", "(sssmv)", words, button != NULL ? button : "", action != NULL ? action : "", target);
}
