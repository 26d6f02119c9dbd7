/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-test-film.h"
#include "ui-support.h"
#include "ui-watchdog.h"

#include "media/cs-sketch-renderer.h"
#include "ui/player/cs-filmstrip.h"
#include "ui/player/cs-player-time.h"
#include "ui/player/cs-player-view-private.h"
#include "ui/player/cs-player-window.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

#define N_FRAMES 72 /* 3 seconds */
#define FRAME (1.0 / CS_TEST_FILM_RATE)

/* A view with a film in it, and what is waited for. */
typedef struct
{
  UiFixture *ui;
  GtkWidget *view;
  CsPlayer *player;
  char *film;
  CsPlayerState state;
  int number; /* of a frame */
  int end;    /* or of one up to this */
  int last;
  guint n_back; /* how often a frame was followed by an earlier one */
} Fixture;

static const CsPlayerFacts *
facts (Fixture *self)
{
  return cs_player_get_facts (self->player);
}

static GdkTexture *
get_texture (Fixture *self)
{
  return cs_video_paintable_get_texture (_cs_player_view_get_paintable (CS_PLAYER_VIEW (self->view)));
}

/* What is on the screen. */
static int
read_number (Fixture *self)
{
  GdkTexture *texture = get_texture (self);
  g_autofree guint8 *pixels = NULL;
  int width, height;

  if (texture == NULL)
    return -1;
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  pixels = g_malloc ((gsize) width * height * 4);
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  return cs_test_film_read (pixels, (gsize) width * 4, width, height);
}

static gboolean
is_state_cb (gpointer user_data)
{
  Fixture *self = user_data;

  return facts (self)->state == self->state;
}

static void
wait_state (Fixture *self, CsPlayerState state)
{
  self->state = state;
  ui_wait (is_state_cb, self);
}

static gboolean
is_number_cb (gpointer user_data)
{
  Fixture *self = user_data;

  return read_number (self) == self->number;
}

static void
wait_number (Fixture *self, int number)
{
  self->number = number;
  ui_wait (is_number_cb, self);
}

static gboolean
is_in_range_cb (gpointer user_data)
{
  Fixture *self = user_data;
  int number = read_number (self);

  return number >= self->number && number <= self->end;
}

/* While it plays: a busy computer skips frames. */
static void
wait_range (Fixture *self, int begin, int end)
{
  self->number = begin;
  self->end = end;
  ui_wait (is_in_range_cb, self);
}

static void
count_cb (Fixture *self)
{
  int number = read_number (self);

  self->n_back += number >= 0 && number < self->last;
  self->last = number;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->ui = ui_open ();
  self->film = cs_test_film_new (self->ui->home->path, "film.mp4", N_FRAMES, FALSE);
  self->view = cs_player_view_new ();
  self->player = _cs_player_view_get_player (CS_PLAYER_VIEW (self->view));
  g_signal_connect_swapped (self->player, "frame", G_CALLBACK (count_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gpointer player = self->player;

  g_object_add_weak_pointer (player, &player);
  g_signal_handlers_disconnect_by_data (self->player, self);
  ui_close (self->ui);
  g_assert_null (player);
  g_free (self->film);
}

/* Opens @path and waits until it can be played. */
static void
show_film (Fixture *self, const char *path, int width, int height)
{
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), path, NULL);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_EMPTY); /* nobody sees it yet */
  ui_show (self->ui, self->view, width, height);
  wait_state (self, CS_PLAYER_PAUSED);
}

static GtkWidget *
find (Fixture *self, const char *id)
{
  GtkWidget *widget = ui_find (self->view, GTK_TYPE_WIDGET, id);

  g_assert_nonnull (widget);
  return widget;
}

/* Does what the key does in @widget. */
static void
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (!GTK_IS_KEYVAL_TRIGGER (trigger) || gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) != key)
            continue;
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, gtk_shortcut_get_arguments (shortcut));
          return;
        }
    }
  g_error ("Nothing is on the key %s", gdk_keyval_name (key));
}

/* Playing */

static void
test_play (Fixture *self, gconstpointer data)
{
  show_film (self, self->film, 700, 600);
  wait_number (self, 0);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (self, "position_label"))), ==, "0:00.0");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find (self, "duration_label"))), "0:03.0"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find (self, "play_button")), ==, "Play");
  ui_click (find (self, "play_button"));
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PLAYING);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find (self, "play_button")), ==, "Pause");
  wait_range (self, 20, N_FRAMES);
  cs_player_view_toggle (CS_PLAYER_VIEW (self->view));
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PAUSED);
  press (find (self, "play_button"), GDK_KEY_space);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PLAYING);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (self, "position_label"))), ==, "0:03.0");
  g_assert_cmpuint (self->n_back, ==, 0);
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  show_film (self, self->film, 700, 600);
  press (self->view, GDK_KEY_Right);
  wait_number (self, 24);
  press (self->view, GDK_KEY_period);
  press (self->view, GDK_KEY_period);
  wait_number (self, 26);
  press (self->view, GDK_KEY_comma);
  wait_number (self, 25);
  press (self->view, GDK_KEY_End);
  wait_number (self, N_FRAMES - 1);
  press (self->view, GDK_KEY_Left);
  wait_number (self, N_FRAMES - 1 - 24);
  press (self->view, GDK_KEY_Home);
  wait_number (self, 0);
  press (self->view, GDK_KEY_l);
  g_assert_true (facts (self)->is_looping);
  press (self->view, GDK_KEY_l);
  g_assert_false (facts (self)->is_looping);
  press (self->view, GDK_KEY_Down);
  g_assert_cmpfloat_with_epsilon (facts (self)->volume, 0.9, 0.001);
  press (self->view, GDK_KEY_m);
  g_assert_true (facts (self)->is_muted);
  press (self->view, GDK_KEY_Up);
  g_assert_false (facts (self)->is_muted);
  press (self->view, GDK_KEY_bracketright);
  g_assert_cmpfloat (facts (self)->speed, ==, 1.25);
  for (int i = 0; i < 10; i++)
    press (self->view, GDK_KEY_bracketleft);
  g_assert_cmpfloat (facts (self)->speed, ==, 0.25);
  press (self->view, GDK_KEY_space);
  wait_state (self, CS_PLAYER_PLAYING);
}

static gboolean
has_gone_back_cb (gpointer user_data)
{
  return ((Fixture *) user_data)->n_back > 0;
}

static void
test_loop_and_speed (Fixture *self, gconstpointer data)
{
  GtkToggleButton *loop;

  show_film (self, self->film, 700, 600);
  loop = GTK_TOGGLE_BUTTON (ui_find (self->view, GTK_TYPE_TOGGLE_BUTTON, "Loop"));
  g_assert_false (gtk_toggle_button_get_active (loop));
  ui_click (GTK_WIDGET (loop));
  g_assert_true (gtk_toggle_button_get_active (loop));
  gtk_widget_activate_action (self->view, "player.speed", "d", 2.0);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (find (self, "speed_label"))), "2×"));
  ui_click (find (self, "play_button"));
  ui_wait (has_gone_back_cb, self);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PLAYING);
}

/* The strip */

static GtkGesture *
get_drag (GtkWidget *strip)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (strip);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller))
        return GTK_GESTURE (controller);
    }
  g_assert_not_reached ();
}

static void
test_strip (Fixture *self, gconstpointer data)
{
  GtkWidget *strip;
  GtkGesture *drag;
  double width;

  show_film (self, self->film, 700, 600);
  strip = find (self, "strip");
  drag = get_drag (strip);
  width = gtk_widget_get_width (strip);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_ROLE_SLIDER);
  g_signal_emit_by_name (drag, "drag-begin", width / 3, 10.0);
  for (int i = 0; i < 50; i++)
    {
      g_signal_emit_by_name (drag, "drag-update", i * width / 150, 0.0);
      ui_watchdog_iterate ();
    }
  g_signal_emit_by_name (drag, "drag-update", width * (48.5 / 72 - 1.0 / 3), 0.0);
  g_signal_emit_by_name (drag, "end", NULL);
  wait_number (self, 48);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PAUSED);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "2 of 3 seconds");
  /* Far outside of it. */
  g_signal_emit_by_name (drag, "drag-begin", width / 2, 10.0);
  g_signal_emit_by_name (drag, "drag-update", 10 * width, 0.0);
  g_signal_emit_by_name (drag, "end", NULL);
  wait_number (self, N_FRAMES - 1);
  g_signal_emit_by_name (drag, "drag-begin", width / 2, 10.0);
  g_signal_emit_by_name (drag, "drag-update", -10 * width, 0.0);
  g_signal_emit_by_name (drag, "end", NULL);
  wait_number (self, 0);
}

static void
test_times (void)
{
  g_autofree char *zero = cs_player_time_format (0);
  g_autofree char *some = cs_player_time_format (62.06);
  g_autofree char *edge = cs_player_time_format (59.96);
  g_autofree char *long_one = cs_player_time_format (3723.5);
  g_autofree char *words = cs_player_time_speak (2.1, 5);

  g_assert_cmpstr (zero, ==, "0:00.0");
  g_assert_cmpstr (some, ==, "1:02.1");
  g_assert_cmpstr (edge, ==, "1:00.0");
  g_assert_cmpstr (long_one, ==, "1:02:03.5");
  g_assert_cmpstr (words, ==, "2.1 of 5 seconds");
}

/* Sound */

static void
test_sound (Fixture *self, gconstpointer data)
{
  g_autofree char *film = cs_test_film_new (self->ui->home->path, "sound.mp4", 48, TRUE);
  GtkStack *sounds;

  show_film (self, self->film, 700, 600);
  sounds = GTK_STACK (find (self, "sounds"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (sounds), ==, "silent");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find (self, "silent_button")), ==, "This video has no sound");
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), film, NULL);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (sounds), ==, "volume");
  gtk_scale_button_set_value (GTK_SCALE_BUTTON (find (self, "volume_button")), 0.3);
  g_assert_cmpfloat_with_epsilon (facts (self)->volume, 0.3, 0.001);
  press (self->view, GDK_KEY_m);
  g_assert_cmpfloat (gtk_scale_button_get_value (GTK_SCALE_BUTTON (find (self, "volume_button"))), ==, 0);
  g_assert_cmpfloat_with_epsilon (facts (self)->volume, 0.3, 0.001);
  press (self->view, GDK_KEY_m);
  g_assert_cmpfloat_with_epsilon (gtk_scale_button_get_value (GTK_SCALE_BUTTON (find (self, "volume_button"))), 0.3, 0.001);
  press (self->view, GDK_KEY_l);
  ui_click (find (self, "play_button"));
  ui_wait (has_gone_back_cb, self);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PLAYING);
}

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
test_leave (Fixture *self, gconstpointer data)
{
  gboolean is_gone = FALSE;
  int number;

  show_film (self, self->film, 700, 600);
  ui_click (find (self, "play_button"));
  wait_range (self, 10, N_FRAMES);
  ui_settle (self->ui);
  g_object_weak_ref (G_OBJECT (get_texture (self)), gone_cb, &is_gone);
  gtk_widget_set_visible (self->view, FALSE);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_EMPTY);
  g_assert_null (get_texture (self));
  ui_wait (is_true_cb, &is_gone);
  number = (int) (facts (self)->position / FRAME + 0.5);
  g_assert_cmpint (number, >=, 10);
  gtk_widget_set_visible (self->view, TRUE);
  wait_state (self, CS_PLAYER_PAUSED);
  wait_number (self, number);
}

/* Closed while it does something: that all of it is gone is looked at when the test ends. */
static void
test_close (Fixture *self, gconstpointer data)
{
  show_film (self, self->film, 700, 600);
  ui_click (find (self, "play_button"));
  wait_range (self, 2, N_FRAMES);
  press (self->view, GDK_KEY_f);
  g_assert_nonnull (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view)));
  gtk_widget_activate_action (self->view, "view.menu", NULL);
  cs_player_drag (self->player, 1);
}

static void
test_poster (Fixture *self, gconstpointer data)
{
  g_autofree char *poster = g_build_filename (self->ui->home->path, "poster.png", NULL);
  static const guint8 red[] = { 0, 0, 255, 255 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (red, sizeof red);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (1, 1, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, 4);
  GdkPaintable *paintable = GDK_PAINTABLE (_cs_player_view_get_paintable (CS_PLAYER_VIEW (self->view)));

  g_assert_true (gdk_texture_save_to_png (texture, poster));
  g_assert_cmpfloat_with_epsilon (gdk_paintable_get_intrinsic_aspect_ratio (paintable), 16.0 / 9, 0.001);
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->film, poster);
  while (get_texture (self) == NULL)
    ui_watchdog_iterate ();
  g_assert_cmpint (gdk_texture_get_width (get_texture (self)), ==, 1);
  g_assert_cmpfloat (gdk_paintable_get_intrinsic_aspect_ratio (paintable), ==, 1);
  ui_show (self->ui, self->view, 700, 600);
  while (gdk_texture_get_width (get_texture (self)) == 1)
    ui_watchdog_iterate ();
  g_assert_cmpint (read_number (self), ==, 0);
  g_assert_cmpfloat_with_epsilon (gdk_paintable_get_intrinsic_aspect_ratio (paintable), 16.0 / 9, 0.001);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (paintable), ==, 0);
  /* One that is not there does no harm. */
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->film, "/nowhere/poster.png");
  ui_settle (self->ui);
  g_assert_cmpint (read_number (self), ==, 0);
}

/* Full screen */

static gboolean
are_controls_gone_cb (gpointer window)
{
  return !cs_player_window_are_controls_seen (window);
}

static void
test_full_screen (Fixture *self, gconstpointer data)
{
  GtkWindow *window;

  show_film (self, self->film, 700, 600);
  ui_click (ui_find (self->view, GTK_TYPE_BUTTON, "Full Screen"));
  window = _cs_player_view_get_window (CS_PLAYER_VIEW (self->view));
  g_assert_nonnull (window);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  press (GTK_WIDGET (window), GDK_KEY_l);
  press (GTK_WIDGET (window), GDK_KEY_space);
  wait_range (self, 5, N_FRAMES);
  ui_wait (are_controls_gone_cb, window);
  press (GTK_WIDGET (window), GDK_KEY_space);
  g_assert_true (cs_player_window_are_controls_seen (CS_PLAYER_WINDOW (window)));
  ui_check_names (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "window.close", NULL);
  g_assert_null (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view)));
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PAUSED);
  press (self->view, GDK_KEY_F11);
  press (GTK_WIDGET (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view))), GDK_KEY_F11);
  g_assert_null (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view)));
  /* The page is left. */
  press (self->view, GDK_KEY_f);
  gtk_widget_set_visible (self->view, FALSE);
  g_assert_null (_cs_player_view_get_window (CS_PLAYER_VIEW (self->view)));
}

/* Troubles */

static void
expect_trouble (Fixture *self, const char *title, const char *action)
{
  wait_state (self, CS_PLAYER_FAILED);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (find (self, "pages"))), ==, "trouble");
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (find (self, "trouble"))), ==, title);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (find (self, "trouble_button"))), ==, action);
  g_assert_null (get_texture (self));
  cs_player_view_toggle (CS_PLAYER_VIEW (self->view));
  ui_settle (self->ui);
}

static void
test_troubles (Fixture *self, gconstpointer data)
{
  g_autofree char *text = g_build_filename (self->ui->home->path, "text.mp4", NULL);
  g_autofree char *later = g_build_filename (self->ui->home->path, "later.mp4", NULL);

  g_assert_true (g_file_set_contents (text, "No film at all.", -1, NULL));
  ui_show (self->ui, self->view, 700, 600);
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), later, NULL);
  expect_trouble (self, "The file is gone", "view.retry");
  g_assert_cmpint (g_rename (self->film, later), ==, 0);
  ui_click (find (self, "trouble_button"));
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (find (self, "pages"))), ==, "film");
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), text, NULL);
  expect_trouble (self, "The file is damaged", "view.open");
  ui_shoot (self->ui, "player-damaged");
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), NULL, NULL);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_EMPTY);
  ui_settle (self->ui);
}

/* As on a computer without any decoder of H.264. */
static void
hide_decoders (void)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-h264");
  GList *all = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_NONE);

  for (GList *l = all; l != NULL; l = l->next)
    if (gst_element_factory_can_sink_any_caps (l->data, caps))
      gst_plugin_feature_set_rank (l->data, GST_RANK_NONE);
  gst_plugin_feature_list_free (all);
}

static void
test_no_codec (Fixture *self, gconstpointer data)
{
  AdwStatusPage *trouble;

  hide_decoders ();
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->film, NULL);
  ui_show (self->ui, self->view, 700, 600);
  expect_trouble (self, "This computer cannot play H.264", "view.open");
  trouble = ADW_STATUS_PAGE (find (self, "trouble"));
  g_assert_cmpstr (adw_status_page_get_description (trouble), ==,
                   "The file is safe. Install gstreamer1.0-libav to watch it here.");
  ui_shoot (self->ui, "player-no-codec");
  gtk_widget_grab_focus (self->view);
  g_assert_true (gtk_widget_has_focus (find (self, "trouble_button")));
}

/* Looks */

static void
shoot (Fixture *self, const char *name, int width, int height)
{
  gtk_window_set_default_size (self->ui->window, width, height);
  for (int i = 0; i < 10; i++)
    ui_settle (self->ui);
  ui_shoot (self->ui, name);
  ui_check_names (GTK_WIDGET (self->ui->window));
}

static char *
draw_sketch (Fixture *self)
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
test_look (Fixture *self, gconstpointer data)
{
  g_autofree char *film = draw_sketch (self);

  show_film (self, film, 732, 560);
  cs_player_seek (self->player, 0.42);
  for (int i = 0; i < 40; i++)
    ui_settle (self->ui);
  shoot (self, "player", 732, 560);
  shoot (self, "player-narrow", 376, 400);
  shoot (self, "player-small", 336, 300);
  /* Time runs from left to right for those too who write the other way. */
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  shoot (self, "player-rtl", 732, 560);
  g_assert_cmpint (gtk_widget_get_direction (find (self, "strip")), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (gtk_widget_get_direction (find (self, "transport")), ==, GTK_TEXT_DIR_LTR);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/player-view/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("play", test_play);
  ADD ("keys", test_keys);
  ADD ("loop-and-speed", test_loop_and_speed);
  ADD ("strip", test_strip);
  g_test_add_func ("/player-view/times", test_times);
  ADD ("sound", test_sound);
  ADD ("leave", test_leave);
  ADD ("close", test_close);
  ADD ("poster", test_poster);
  ADD ("full-screen", test_full_screen);
  ADD ("troubles", test_troubles);
  ADD ("look", test_look);
  ADD ("no-codec", test_no_codec); /* the last one: nothing can be played after it */
#undef ADD

  return g_test_run ();
}
