/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place to drop pictures on. What is below the pointer comes second: a text view would take a file for its address. Main
 * thread. */
#include "config.h"
#include "ui/widgets/cs-picture-drop.h"

/* Whom to tell. */
typedef struct
{
  CsPictureDropFunc func;
  gpointer user_data;
} Listener;

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  const Listener *listener = user_data;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && g_value_get_boxed (value) != NULL)
    listener->func (g_value_get_boxed (value), NULL, listener->user_data);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) && g_value_get_object (value) != NULL)
    listener->func (NULL, g_value_get_object (value), listener->user_data);
  else
    return FALSE;
  return TRUE;
}

static void
current_drop_cb (GtkDropTarget *target, GParamSpec *pspec, gpointer user_data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  if (widget == NULL)
    return;
  if (gtk_drop_target_get_current_drop (target) != NULL)
    gtk_widget_add_css_class (widget, "drop-here");
  else
    gtk_widget_remove_css_class (widget, "drop-here");
}

static void
listener_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/** cs_picture_drop_attach: @func: called for every drop. */
void
cs_picture_drop_attach (GtkWidget *widget, CsPictureDropFunc func, gpointer user_data)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  Listener *listener = g_new0 (Listener, 1);

  listener->func = func;
  listener->user_data = user_data;
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_data (target, "drop", G_CALLBACK (drop_cb), listener, listener_free, 0);
  g_signal_connect (target, "notify::current-drop", G_CALLBACK (current_drop_cb), NULL);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
