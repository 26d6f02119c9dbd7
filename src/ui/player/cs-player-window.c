/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A video on the whole screen, with controls that come when the pointer or a key is moved. Main thread. */
#include "config.h"
#include "ui/player/cs-player-window.h"

#include "ui/player/cs-player-actions.h"
#include "ui/player/cs-player-controls.h"
#include "ui/player/cs-video-paintable.h"

#define PATIENCE_S 2

struct _CsPlayerWindow
{
  GtkWindow parent_instance;

  /* Template widgets */
  GtkPicture *picture;
  GtkRevealer *revealer;
  CsPlayerControls *controls;
  GtkEventController *over; /* whether the pointer is over the controls */

  /* Owned */
  CsPlayer *player;
  guint hiding;             /* timeout */
  double x, y;              /* where the pointer was last */
};

G_DEFINE_FINAL_TYPE (CsPlayerWindow, cs_player_window, GTK_TYPE_WINDOW)

/* Controls that come and go */

static gboolean
is_needed (CsPlayerWindow *self)
{
  return cs_player_controls_is_in_use (self->controls)
         || gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->over));
}

static gboolean
hide_cb (gpointer user_data)
{
  CsPlayerWindow *self = user_data;

  if (is_needed (self))
    return G_SOURCE_CONTINUE;
  self->hiding = 0;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "none");
  return G_SOURCE_REMOVE;
}

/* They stay as long as it does not play. */
static void
wake (CsPlayerWindow *self)
{
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  g_clear_handle_id (&self->hiding, g_source_remove);
  if (cs_player_get_facts (self->player)->state == CS_PLAYER_PLAYING)
    self->hiding = g_timeout_add_seconds (PATIENCE_S, hide_cb, self);
}

/* GTK says that the pointer moves when what lies under it does. */
static void
motion_cb (CsPlayerWindow *self, double x, double y)
{
  if (x == self->x && y == self->y)
    return;
  self->x = x;
  self->y = y;
  wake (self);
}

static gboolean
key_cb (CsPlayerWindow *self)
{
  wake (self);
  return FALSE;
}

static void
clicked_cb (CsPlayerWindow *self, int n_presses, double x, double y)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "player.toggle", NULL);
  if (n_presses == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "player.fullscreen", NULL);
}

static void
cs_player_window_dispose (GObject *object)
{
  CsPlayerWindow *self = CS_PLAYER_WINDOW (object);

  g_clear_handle_id (&self->hiding, g_source_remove);
  g_clear_object (&self->player);

  G_OBJECT_CLASS (cs_player_window_parent_class)->dispose (object);
}

static void
cs_player_window_class_init (CsPlayerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_PLAYER_CONTROLS);
  G_OBJECT_CLASS (klass)->dispose = cs_player_window_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-player-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPlayerWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerWindow, revealer);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerWindow, controls);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerWindow, over);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
cs_player_window_init (CsPlayerWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_controller (GTK_WIDGET (self), cs_player_keys_new ());
}

/**
 * cs_player_window_new:
 * @actions: of @player
 *
 * Returns: (transfer none): a window that covers the screen of @parent once it is presented, and ends with it.
 */
GtkWindow *
cs_player_window_new (GtkWindow *parent, CsPlayer *player, GActionGroup *actions)
{
  CsPlayerWindow *self = g_object_new (CS_TYPE_PLAYER_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  g_autoptr (CsVideoPaintable) paintable = cs_video_paintable_new (player);

  self->player = g_object_ref (player);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "player", actions);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (paintable));
  g_object_bind_property (self->picture, "scale-factor", paintable, "scale", G_BINDING_SYNC_CREATE);
  cs_player_controls_set_player (self->controls, player);
  g_signal_connect_object (player, "changed", G_CALLBACK (wake), self, G_CONNECT_SWAPPED);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Video"));
  gtk_window_fullscreen (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->controls));
  wake (self);
  return GTK_WINDOW (self);
}

gboolean
cs_player_window_are_controls_seen (CsPlayerWindow *self)
{
  return gtk_revealer_get_reveal_child (self->revealer);
}
