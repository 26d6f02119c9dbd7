/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-keys.h"

/* The trigger of a key that has several is made of two others. */
static gboolean
is_for (GtkShortcutTrigger *trigger, guint key, GdkModifierType state)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return is_for (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), key, state)
           || is_for (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)), key, state);
  return GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == state;
}

static gboolean
press_in (GtkWidget *widget, GListModel *shortcuts, guint key, GdkModifierType state)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (is_for (gtk_shortcut_get_trigger (shortcut), key, state)
          && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                           gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
press_at (GtkWidget *widget, gboolean captures, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller)
          && (gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE) == captures
          && press_in (widget, G_LIST_MODEL (controller), key, state))
        return TRUE;
    }
  return FALSE;
}

/* On the way in, those around it come first. */
static gboolean
press_capturing (GtkWidget *widget, guint key, GdkModifierType state)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return (parent != NULL && press_capturing (parent, key, state)) || press_at (widget, TRUE, key, state);
}

gboolean
ui_press (GtkWidget *from, guint key, GdkModifierType state)
{
  if (press_capturing (from, key, state))
    return TRUE;
  for (GtkWidget *widget = from; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (press_at (widget, FALSE, key, state))
      return TRUE;
  return FALSE;
}

gboolean
ui_press_on_focus (GtkWindow *window, guint key, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return ui_press (focus != NULL ? focus : GTK_WIDGET (window), key, state);
}
