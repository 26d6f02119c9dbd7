/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A video and its controls: playing, single frames, speed, sound, dragging along the strip. */
#include "config.h"

#include "ui-player.h"

#include "ui/player/cs-player-time.h"

/* Playing */

static void
test_play (UiPlayer *self, gconstpointer data)
{
  ui_player_show (self, self->film, 700, 600);
  ui_player_wait_number (self, 0);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (ui_player_find (self, "position_label"))), ==, "0:00.0");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (ui_player_find (self, "duration_label"))), "0:03.0"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (ui_player_find (self, "play_button")), ==, "Play");
  ui_click (ui_player_find (self, "play_button"));
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_PLAYING);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (ui_player_find (self, "play_button")), ==, "Pause");
  ui_player_wait_range (self, 20, N_FRAMES);
  cs_player_view_toggle (CS_PLAYER_VIEW (self->view));
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_PAUSED);
  ui_player_press (ui_player_find (self, "play_button"), GDK_KEY_space);
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_PLAYING);
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (ui_player_find (self, "position_label"))), ==, "0:03.0");
  g_assert_cmpuint (self->n_back, ==, 0);
}

static void
test_keys (UiPlayer *self, gconstpointer data)
{
  ui_player_show (self, self->film, 700, 600);
  ui_player_press (self->view, GDK_KEY_Right);
  ui_player_wait_number (self, 24);
  ui_player_press (self->view, GDK_KEY_period);
  ui_player_press (self->view, GDK_KEY_period);
  ui_player_wait_number (self, 26);
  ui_player_press (self->view, GDK_KEY_comma);
  ui_player_wait_number (self, 25);
  ui_player_press (self->view, GDK_KEY_End);
  ui_player_wait_number (self, N_FRAMES - 1);
  ui_player_press (self->view, GDK_KEY_Left);
  ui_player_wait_number (self, N_FRAMES - 1 - 24);
  ui_player_press (self->view, GDK_KEY_Home);
  ui_player_wait_number (self, 0);
  ui_player_press (self->view, GDK_KEY_l);
  g_assert_true (ui_player_facts (self)->is_looping);
  ui_player_press (self->view, GDK_KEY_l);
  g_assert_false (ui_player_facts (self)->is_looping);
  ui_player_press (self->view, GDK_KEY_Down);
  g_assert_cmpfloat_with_epsilon (ui_player_facts (self)->volume, 0.9, 0.001);
  ui_player_press (self->view, GDK_KEY_m);
  g_assert_true (ui_player_facts (self)->is_muted);
  ui_player_press (self->view, GDK_KEY_Up);
  g_assert_false (ui_player_facts (self)->is_muted);
  ui_player_press (self->view, GDK_KEY_bracketright);
  g_assert_cmpfloat (ui_player_facts (self)->speed, ==, 1.25);
  for (int i = 0; i < 10; i++)
    ui_player_press (self->view, GDK_KEY_bracketleft);
  g_assert_cmpfloat (ui_player_facts (self)->speed, ==, 0.25);
  ui_player_press (self->view, GDK_KEY_space);
  ui_player_wait_state (self, CS_PLAYER_PLAYING);
}

static void
test_loop_and_speed (UiPlayer *self, gconstpointer data)
{
  GtkToggleButton *loop;

  ui_player_show (self, self->film, 700, 600);
  loop = GTK_TOGGLE_BUTTON (ui_find (self->view, GTK_TYPE_TOGGLE_BUTTON, "Loop"));
  g_assert_false (gtk_toggle_button_get_active (loop));
  ui_click (GTK_WIDGET (loop));
  g_assert_true (gtk_toggle_button_get_active (loop));
  gtk_widget_activate_action (self->view, "player.speed", "d", 2.0);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (ui_player_find (self, "speed_label"))), "2×"));
  ui_click (ui_player_find (self, "play_button"));
  ui_wait (ui_player_has_looped, self);
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_PLAYING);
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
test_strip (UiPlayer *self, gconstpointer data)
{
  GtkWidget *strip;
  GtkGesture *drag;
  double width;

  ui_player_show (self, self->film, 700, 600);
  strip = ui_player_find (self, "strip");
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
  ui_player_wait_number (self, 48);
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_PAUSED);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (strip), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "2 of 3 seconds");
  /* Far outside of it. */
  g_signal_emit_by_name (drag, "drag-begin", width / 2, 10.0);
  g_signal_emit_by_name (drag, "drag-update", 10 * width, 0.0);
  g_signal_emit_by_name (drag, "end", NULL);
  ui_player_wait_number (self, N_FRAMES - 1);
  g_signal_emit_by_name (drag, "drag-begin", width / 2, 10.0);
  g_signal_emit_by_name (drag, "drag-update", -10 * width, 0.0);
  g_signal_emit_by_name (drag, "end", NULL);
  ui_player_wait_number (self, 0);
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
test_sound (UiPlayer *self, gconstpointer data)
{
  g_autofree char *film = cs_test_film_new (self->ui->home->path, "sound.mp4", 48, TRUE);
  GtkStack *sounds;

  ui_player_show (self, self->film, 700, 600);
  sounds = GTK_STACK (ui_player_find (self, "sounds"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (sounds), ==, "silent");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (ui_player_find (self, "silent_button")), ==, "This video has no sound");
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), film, NULL);
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (sounds), ==, "volume");
  gtk_scale_button_set_value (GTK_SCALE_BUTTON (ui_player_find (self, "volume_button")), 0.3);
  g_assert_cmpfloat_with_epsilon (ui_player_facts (self)->volume, 0.3, 0.001);
  ui_player_press (self->view, GDK_KEY_m);
  g_assert_cmpfloat (gtk_scale_button_get_value (GTK_SCALE_BUTTON (ui_player_find (self, "volume_button"))), ==, 0);
  g_assert_cmpfloat_with_epsilon (ui_player_facts (self)->volume, 0.3, 0.001);
  ui_player_press (self->view, GDK_KEY_m);
  g_assert_cmpfloat_with_epsilon (gtk_scale_button_get_value (GTK_SCALE_BUTTON (ui_player_find (self, "volume_button"))), 0.3, 0.001);
  ui_player_press (self->view, GDK_KEY_l);
  ui_click (ui_player_find (self, "play_button"));
  ui_wait (ui_player_has_looped, self);
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_PLAYING);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/player-view/" name, UiPlayer, NULL, ui_player_set_up, func, ui_player_tear_down)
  ADD ("play", test_play);
  ADD ("keys", test_keys);
  ADD ("loop-and-speed", test_loop_and_speed);
  ADD ("strip", test_strip);
  g_test_add_func ("/player-view/times", test_times);
  ADD ("sound", test_sound);
#undef ADD

  return g_test_run ();
}
