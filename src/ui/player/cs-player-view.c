/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A video with everything to watch it. Nothing of it is open while it is not seen. Main thread. */
#include "config.h"
#include "ui/player/cs-player-view-private.h"

#include "ui/player/cs-player-actions.h"
#include "ui/player/cs-player-controls.h"
#include "ui/player/cs-player-window.h"
#include "ui/widgets/cs-say.h"

struct _CsPlayerView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *pages;
  GtkPicture *picture;
  CsPlayerControls *controls;
  AdwStatusPage *trouble;
  GtkWidget *trouble_button;
  GMenuModel *picture_menu;

  /* Owned */
  CsPlayer *player;
  CsVideoPaintable *paintable;
  GActionGroup *actions;
  GtkWidget *popover;        /* (nullable) menu of the picture */
  char *path;                /* (nullable) */
  char *poster;              /* (nullable) */
  GCancellable *cancellable; /* (nullable) of the poster that is being read */

  /* Not owned */
  GtkWindow *window;         /* (nullable) over the whole screen; weak */
  gpointer other_focus;      /* (nullable) what had the focus when it was asked for; only to be compared */
  gboolean wants_focus;      /* as soon as there is something to be done */
};

G_DEFINE_FINAL_TYPE (CsPlayerView, cs_player_view, ADW_TYPE_BIN)

/* Troubles */

static void
show_no_codec (CsPlayerView *self, const CsPlayerFacts *facts)
{
  /* translators: a kind of video, for example H.264 */
  g_autofree char *title = g_strdup_printf (_ ("This computer cannot play %s"),
                                            facts->codec != NULL ? facts->codec : _ ("videos"));
  /* translators: a package of the system */
  g_autofree char *words = g_strdup_printf (_ ("The file is safe. Install %s to watch it here."), facts->package);

  adw_status_page_set_icon_name (self->trouble, "video-x-generic-symbolic");
  adw_status_page_set_title (self->trouble, title);
  adw_status_page_set_description (self->trouble, words);
}

static void
show_trouble (CsPlayerView *self, const char *title, const char *words)
{
  adw_status_page_set_icon_name (self->trouble, "dialog-warning-symbolic");
  adw_status_page_set_title (self->trouble, title);
  adw_status_page_set_description (self->trouble, words);
}

/* What no program can read, another one cannot either. */
static void
offer (CsPlayerView *self, gboolean can_be_read)
{
  gtk_button_set_label (GTK_BUTTON (self->trouble_button), can_be_read ? _ ("_Open with Another App") : _ ("_Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->trouble_button), can_be_read ? "view.open" : "view.retry");
}

static void
show_failure (CsPlayerView *self, const CsPlayerFacts *facts)
{
  if (facts->trouble == CS_PLAYER_NO_CODEC)
    show_no_codec (self, facts);
  else if (facts->trouble == CS_PLAYER_GONE)
    show_trouble (self, _ ("The file is gone"), _ ("It was moved or deleted by another program. Put it back to watch it."));
  else if (facts->trouble == CS_PLAYER_UNREADABLE)
    show_trouble (self, _ ("The file cannot be read"), _ ("Check that you may read it and that its disk is there."));
  else
    show_trouble (self, _ ("The file is damaged"), _ ("It cannot be played, or not to its end. Get it again, or make another one."));
  offer (self, facts->trouble != CS_PLAYER_GONE && facts->trouble != CS_PLAYER_UNREADABLE);
}

/* Following the player */

static void
leave_full_screen (CsPlayerView *self)
{
  if (self->window != NULL)
    gtk_window_destroy (self->window);
}

/* While a film is being opened, there is nothing to press: the focus comes then, unless somebody put it elsewhere. */
static void
take_focus (CsPlayerView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  CsPlayerState state = cs_player_get_facts (self->player)->state;

  if (!self->wants_focus || state == CS_PLAYER_OPENING)
    return;
  self->wants_focus = FALSE;
  if (root != NULL && state != CS_PLAYER_EMPTY && gtk_root_get_focus (root) == self->other_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
changed_cb (CsPlayerView *self)
{
  const CsPlayerFacts *facts = cs_player_get_facts (self->player);

  if (facts->state == CS_PLAYER_FAILED)
    {
      show_failure (self, facts);
      leave_full_screen (self);
    }
  gtk_stack_set_visible_child_name (self->pages, facts->state == CS_PLAYER_FAILED ? "trouble" : "film");
  take_focus (self);
}

/* The poster */

static void
read_poster_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GdkTexture *poster = gdk_texture_new_from_filename (task_data, &error);

  if (poster != NULL)
    g_task_return_pointer (task, poster, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* A poster that cannot be read is no trouble: the first frame will soon be there. */
static void
poster_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsPlayerView *self = CS_PLAYER_VIEW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) poster = g_task_propagate_pointer (G_TASK (result), &error);

  if (poster != NULL)
    cs_video_paintable_set_poster (self->paintable, poster);
  else
    g_debug ("no poster: %s", error->message);
}

static void
read_poster (CsPlayerView *self)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  cs_video_paintable_set_poster (self->paintable, NULL);
  if (self->poster == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, poster_read_cb, NULL);
  g_task_set_source_tag (task, read_poster);
  g_task_set_task_data (task, g_strdup (self->poster), g_free);
  g_task_run_in_thread (task, read_poster_thread);
}

/* The picture */

static void
clicked_cb (CsPlayerView *self, int n_presses)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->controls));
  cs_player_view_toggle (self);
  if (n_presses == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "player.fullscreen", NULL);
}

static void
show_menu (CsPlayerView *self, double x, double y)
{
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->picture_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
menu_clicked_cb (CsPlayerView *self, int n_presses, double x, double y)
{
  double view_x, view_y;

  if (gtk_widget_translate_coordinates (GTK_WIDGET (self->picture), GTK_WIDGET (self), x, y, &view_x, &view_y))
    show_menu (self, view_x, view_y);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_menu (CS_PLAYER_VIEW (widget), gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
}

/* Full screen, other programs */

static void
full_screen_left_cb (CsPlayerView *self)
{
  g_clear_weak_pointer (&self->window);
  cs_video_paintable_claim (self->paintable);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->controls));
}

static void
full_screen_cb (CsPlayerView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->window != NULL)
    {
      leave_full_screen (self);
      return;
    }
  if (!GTK_IS_WINDOW (root))
    return;
  g_set_weak_pointer (&self->window, cs_player_window_new (GTK_WINDOW (root), self->player, self->actions));
  g_signal_connect_object (self->window, "destroy", G_CALLBACK (full_screen_left_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (self->window);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPlayerView) self = user_data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    cs_say (GTK_WIDGET (self), _ ("This computer has no other program that plays videos."));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsPlayerView *self = CS_PLAYER_VIEW (widget);
  g_autofree char *uri = self->path != NULL ? g_filename_to_uri (self->path, NULL, NULL) : NULL;

  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_object_ref (self));
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cs_player_wake (CS_PLAYER_VIEW (widget)->player);
}

/* The widget */

static void
open_film (CsPlayerView *self)
{
  if (g_strcmp0 (cs_player_get_path (self->player), self->path) != 0)
    cs_player_open (self->player, self->path);
  else
    cs_player_wake (self->player);
}

static void
cs_player_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_player_view_parent_class)->map (widget);
  open_film (CS_PLAYER_VIEW (widget));
}

static void
cs_player_view_unmap (GtkWidget *widget)
{
  CsPlayerView *self = CS_PLAYER_VIEW (widget);

  GTK_WIDGET_CLASS (cs_player_view_parent_class)->unmap (widget);
  leave_full_screen (self);
  cs_player_rest (self->player);
}

static gboolean
cs_player_view_grab_focus (GtkWidget *widget)
{
  CsPlayerView *self = CS_PLAYER_VIEW (widget);
  gboolean has_failed = cs_player_get_facts (self->player)->state == CS_PLAYER_FAILED;
  GtkRoot *root = gtk_widget_get_root (widget);

  self->wants_focus = cs_player_get_facts (self->player)->state == CS_PLAYER_OPENING;
  self->other_focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return gtk_widget_grab_focus (has_failed ? self->trouble_button : GTK_WIDGET (self->controls));
}

static void
cs_player_view_dispose (GObject *object)
{
  CsPlayerView *self = CS_PLAYER_VIEW (object);

  leave_full_screen (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->actions);
  g_clear_object (&self->paintable);
  g_clear_object (&self->player);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->poster, g_free);

  G_OBJECT_CLASS (cs_player_view_parent_class)->dispose (object);
}

static void
cs_player_view_class_init (CsPlayerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_PLAYER_CONTROLS);
  G_OBJECT_CLASS (klass)->dispose = cs_player_view_dispose;
  widget_class->map = cs_player_view_map;
  widget_class->unmap = cs_player_view_unmap;
  widget_class->grab_focus = cs_player_view_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-player-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPlayerView, pages);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerView, picture);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerView, controls);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerView, trouble);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerView, trouble_button);
  gtk_widget_class_bind_template_child (widget_class, CsPlayerView, picture_menu);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_clicked_cb);
  gtk_widget_class_install_action (widget_class, "view.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "view.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "view.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "view.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "view.menu", NULL);
}

static void
add_full_screen (CsPlayerView *self)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("fullscreen", NULL);

  g_signal_connect_object (action, "activate", G_CALLBACK (full_screen_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
cs_player_view_init (CsPlayerView *self)
{
  self->player = cs_player_new ();
  self->paintable = cs_video_paintable_new (self->player);
  self->actions = cs_player_actions_new (self->player);
  add_full_screen (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "player", self->actions);
  gtk_widget_add_controller (GTK_WIDGET (self), cs_player_keys_new ());
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (self->paintable));
  g_object_bind_property (self->picture, "scale-factor", self->paintable, "scale", G_BINDING_SYNC_CREATE);
  cs_player_controls_set_player (self->controls, self->player);
  g_signal_connect_object (self->player, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

GtkWidget *
cs_player_view_new (void)
{
  return g_object_new (CS_TYPE_PLAYER_VIEW, NULL);
}

/**
 * cs_player_view_set_file:
 * @path: (nullable): a video file; NULL for none
 * @poster: (nullable): a picture to be shown until the first frame is there
 *
 * Stands at the beginning, and does not play yet. The file that is there already goes on as it does.
 */
void
cs_player_view_set_file (CsPlayerView *self, const char *path, const char *poster)
{
  if (cs_set_string (&self->poster, poster))
    read_poster (self);
  if (!cs_set_string (&self->path, path))
    return;
  leave_full_screen (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    open_film (self);
  else
    cs_player_open (self->player, NULL);
}

void
cs_player_view_toggle (CsPlayerView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "player.toggle", NULL);
}

CsPlayer *
_cs_player_view_get_player (CsPlayerView *self)
{
  return self->player;
}

CsVideoPaintable *
_cs_player_view_get_paintable (CsPlayerView *self)
{
  return self->paintable;
}

GtkWindow *
_cs_player_view_get_window (CsPlayerView *self)
{
  return self->window;
}
