/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a video is seen, and where it is not any more: poster, full screen, pages that are left. */
#include "config.h"

#include "ui-player.h"

#include "media/cs-sketch-renderer.h"
#include "ui/player/cs-player-window.h"

/* Out of sight */

static void
gone_cb (gpointer slot, GObject *object)
{
  *(gboolean *) slot = TRUE;
}

static gboolean
is_true_cb (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* Neither sound nor memory of a page that was left. */
static void
test_leave (UiPlayer *self, gconstpointer data)
{
  gboolean is_gone = FALSE;
  int number;

  ui_player_show (self, self->film, 700, 600);
  ui_click (ui_player_find (self, "play_button"));
  ui_player_wait_range (self, 10, N_FRAMES);
  ui_settle (self->ui);
  g_object_weak_ref (G_OBJECT (ui_player_get_texture (self)), gone_cb, &is_gone);
  gtk_widget_set_visible (self->view, FALSE);
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_EMPTY);
  g_assert_null (ui_player_get_texture (self));
  ui_wait (is_true_cb, &is_gone);
  number = (int) (ui_player_facts (self)->position / FRAME + 0.5);
  g_assert_cmpint (number, >=, 10);
  gtk_widget_set_visible (self->view, TRUE);
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
  ui_player_wait_number (self, number);
}

static gboolean
is_focused_cb (gpointer widget)
{
  return gtk_widget_has_focus (widget);
}

/* Asked for while the film is being opened, the focus goes to what plays it. */
static void
test_focus (UiPlayer *self, gconstpointer data)
{
  ui_show (self->ui, self->view, 700, 600);
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->film, NULL);
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_OPENING);
  gtk_widget_grab_focus (self->view);
  ui_wait (is_focused_cb, ui_player_find (self, "play_button"));
}

/* Closed while it does something: that all of it is gone is looked at when the test ends. */
static void
test_close (UiPlayer *self, gconstpointer data)
{
  ui_player_show (self, self->film, 700, 600);
  ui_click (ui_player_find (self, "play_button"));
  ui_player_wait_range (self, 2, N_FRAMES);
  ui_player_press (self->view, GDK_KEY_f);
  g_assert_nonnull (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view)));
  gtk_widget_activate_action (self->view, "view.menu", NULL);
  cs_player_drag (self->player, 1);
}

static void
test_poster (UiPlayer *self, gconstpointer data)
{
  g_autofree char *poster = g_build_filename (self->ui->home->path, "poster.png", NULL);
  static const guint8 red[] = { 0, 0, 255, 255 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (red, sizeof red);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (1, 1, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, 4);
  GdkPaintable *paintable = GDK_PAINTABLE (_cs_player_view_get_paintable (CS_PLAYER_VIEW (self->view)));

  g_assert_true (gdk_texture_save_to_png (texture, poster));
  g_assert_cmpfloat_with_epsilon (gdk_paintable_get_intrinsic_aspect_ratio (paintable), 16.0 / 9, 0.001);
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->film, poster);
  while (ui_player_get_texture (self) == NULL)
    ui_watchdog_iterate ();
  g_assert_cmpint (gdk_texture_get_width (ui_player_get_texture (self)), ==, 1);
  g_assert_cmpfloat (gdk_paintable_get_intrinsic_aspect_ratio (paintable), ==, 1);
  ui_show (self->ui, self->view, 700, 600);
  while (gdk_texture_get_width (ui_player_get_texture (self)) == 1)
    ui_watchdog_iterate ();
  g_assert_cmpint (ui_player_read_number (self), ==, 0);
  g_assert_cmpfloat_with_epsilon (gdk_paintable_get_intrinsic_aspect_ratio (paintable), 16.0 / 9, 0.001);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, 0);
  /* One that is not there does no harm. */
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->film, "/nowhere/poster.png");
  ui_settle (self->ui);
  g_assert_cmpint (ui_player_read_number (self), ==, 0);
}

/* Full screen */

static gboolean
are_controls_gone_cb (gpointer window)
{
  return !cs_player_window_are_controls_seen (window);
}

static void
test_full_screen (UiPlayer *self, gconstpointer data)
{
  GtkWindow *window;

  ui_player_show (self, self->film, 700, 600);
  ui_click (ui_find (self->view, GTK_TYPE_BUTTON, "Full Screen"));
  window = _cs_player_view_get_window (CS_PLAYER_VIEW (self->view));
  g_assert_nonnull (window);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  ui_player_press (GTK_WIDGET (window), GDK_KEY_l);
  ui_player_press (GTK_WIDGET (window), GDK_KEY_space);
  ui_player_wait_range (self, 5, N_FRAMES);
  ui_wait (are_controls_gone_cb, window);
  ui_player_press (GTK_WIDGET (window), GDK_KEY_space);
  g_assert_true (cs_player_window_are_controls_seen (CS_PLAYER_WINDOW (window)));
  ui_check_names (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "window.close", NULL);
  g_assert_null (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view)));
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_PAUSED);
  ui_player_press (self->view, GDK_KEY_F11);
  ui_player_press (GTK_WIDGET (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view))), GDK_KEY_F11);
  g_assert_null (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view)));
  /* The page is left. */
  ui_player_press (self->view, GDK_KEY_f);
  gtk_widget_set_visible (self->view, FALSE);
  g_assert_null (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view)));
}

/* Looks */

static void
shoot (UiPlayer *self, const char *name, int width, int height)
{
  gtk_window_set_default_size (self->ui->window, width, height);
  for (int i = 0; i < 10; i++)
    ui_settle (self->ui);
  ui_shoot (self->ui, name);
  ui_check_names (GTK_WIDGET (self->ui->window));
}

static char *
draw_sketch (UiPlayer *self)
{
  g_autofree char *path = g_build_filename (self->ui->home->path, "sketch.mp4", NULL);
  CsSketchOrder *order = g_new0 (CsSketchOrder, 1);
  g_autoptr (CsSketchResult) drawn = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  order->kind = CS_KIND_VIDEO;
  order->prompt = g_strdup ("A lighthouse at dusk");
  order->style = CS_STYLE_PHOTOREALISTIC;
  order->aspect = CS_ASPECT_16_9;
  order->duration = 1;
  order->sound = TRUE;
  order->seed = 7;
  order->path = g_strdup (path);
  cs_sketch_render_async (order, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  drawn = cs_sketch_render_finish (result, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

static void
test_look (UiPlayer *self, gconstpointer data)
{
  g_autofree char *film = draw_sketch (self);

  ui_player_show (self, film, 732, 560);
  cs_player_seek (self->player, 0.42);
  for (int i = 0; i < 40; i++)
    ui_settle (self->ui);
  shoot (self, "player", 732, 560);
  shoot (self, "player-narrow", 376, 400);
  shoot (self, "player-small", 336, 300);
  /* Time runs from left to right for those too who write the other way. */
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  shoot (self, "player-rtl", 732, 560);
  g_assert_cmpint (gtk_widget_get_direction (ui_player_find (self, "strip")), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (gtk_widget_get_direction (ui_player_find (self, "transport")), ==, GTK_TEXT_DIR_LTR);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/player-screen/" name, UiPlayer, NULL, ui_player_set_up, func, ui_player_tear_down)
  ADD ("leave", test_leave);
  ADD ("focus", test_focus);
  ADD ("close", test_close);
  ADD ("poster", test_poster);
  ADD ("full-screen", test_full_screen);
  ADD ("look", test_look);
#undef ADD

  return g_test_run ();
}
