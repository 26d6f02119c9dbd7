/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of toggle buttons as one stop for Tab. Main thread. */
#include "config.h"
#include "ui/widgets/cs-roving.h"

static GtkWidget *
find_chosen (GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)))
      return child;
  return NULL;
}

static void
toggled_cb (GtkToggleButton *button)
{
  gtk_widget_set_focusable (GTK_WIDGET (button), gtk_toggle_button_get_active (button));
}

/* Right is forward, but where one reads to the left. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkWidget *box)
{
  gboolean is_rtl = gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL;
  GtkWidget *chosen = find_chosen (box);
  gboolean is_forward = key == GDK_KEY_Down || key == (is_rtl ? GDK_KEY_Left : GDK_KEY_Right);
  gboolean is_back = key == GDK_KEY_Up || key == (is_rtl ? GDK_KEY_Right : GDK_KEY_Left);
  GtkWidget *next;

  if (chosen == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || (!is_forward && !is_back))
    return GDK_EVENT_PROPAGATE;
  next = is_forward ? gtk_widget_get_next_sibling (chosen) : gtk_widget_get_prev_sibling (chosen);
  if (next != NULL)
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (next), TRUE);
      gtk_widget_grab_focus (next);
    }
  return GDK_EVENT_STOP;
}

void
cs_roving_attach (GtkBox *box)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), box);
  gtk_widget_add_controller (GTK_WIDGET (box), keys);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      g_signal_connect (child, "toggled", G_CALLBACK (toggled_cb), NULL);
      toggled_cb (GTK_TOGGLE_BUTTON (child));
    }
}
