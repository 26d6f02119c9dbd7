/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Videos that cannot be played, and files that change under the hand. */
#include "config.h"

#include "ui-player.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <unistd.h>

/* Troubles */

static void
expect_trouble (UiPlayer *self, const char *title, const char *action)
{
  ui_player_wait_state (self, CS_PLAYER_FAILED);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (ui_player_find (self, "pages"))), ==, "trouble");
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (ui_player_find (self, "trouble"))), ==, title);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (ui_player_find (self, "trouble_button"))), ==, action);
  g_assert_null (ui_player_get_texture (self));
  cs_player_view_toggle (CS_PLAYER_VIEW (self->view));
  ui_settle (self->ui);
}

static void
test_troubles (UiPlayer *self, gconstpointer data)
{
  g_autofree char *text = g_build_filename (self->ui->home->path, "text.mp4", NULL);
  g_autofree char *later = g_build_filename (self->ui->home->path, "later.mp4", NULL);

  g_assert_true (g_file_set_contents (text, "No film at all.", -1, NULL));
  ui_show (self->ui, self->view, 700, 600);
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), later, NULL);
  expect_trouble (self, "The file is gone", "view.retry");
  g_assert_cmpint (g_rename (self->film, later), ==, 0);
  ui_click (ui_player_find (self, "trouble_button"));
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (ui_player_find (self, "pages"))), ==, "film");
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), text, NULL);
  expect_trouble (self, "The file is damaged", "view.open");
  ui_shoot (self->ui, "player-damaged");
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), NULL, NULL);
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_EMPTY);
  ui_settle (self->ui);
}

/* Cut in the middle, empty, or a folder. */
static void
test_damaged (UiPlayer *self, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree char *cut = g_build_filename (self->ui->home->path, "cut.mp4", NULL);
  g_autofree char *empty = g_build_filename (self->ui->home->path, "empty.mp4", NULL);
  gsize length;

  g_assert_true (g_file_get_contents (self->film, &content, &length, NULL));
  g_assert_true (g_file_set_contents (cut, content, 300, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  ui_show (self->ui, self->view, 700, 600);
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), cut, NULL);
  expect_trouble (self, "The file is damaged", "view.open");
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), empty, NULL);
  expect_trouble (self, "The file is damaged", "view.open");
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->ui->home->path, NULL);
  expect_trouble (self, "The file is damaged", "view.open");
  /* The next one is none of that. */
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->film, NULL);
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
  ui_player_wait_number (self, 0);
}

/* Another file takes its place while it plays: what plays goes on to its end, and the new one is there when one comes back. */
static void
test_replaced (UiPlayer *self, gconstpointer data)
{
  g_autofree char *other = cs_test_film_new (self->ui->home->path, "other.mp4", 24, FALSE);

  ui_player_show (self, self->film, 700, 600);
  ui_click (ui_player_find (self, "play_button"));
  ui_player_wait_range (self, 10, N_FRAMES);
  g_assert_cmpint (g_rename (other, self->film), ==, 0);
  ui_player_wait_range (self, 40, N_FRAMES);
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (ui_player_read_number (self), ==, N_FRAMES - 1);
  ui_player_press (self->view, GDK_KEY_Home);
  ui_player_wait_number (self, 0);
  gtk_widget_set_visible (self->view, FALSE);
  gtk_widget_set_visible (self->view, TRUE);
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpfloat_with_epsilon (ui_player_facts (self)->duration, 1, 0.01);
}

static gboolean
is_over_cb (gpointer user_data)
{
  CsPlayerState state = ui_player_facts (user_data)->state;

  return state == CS_PLAYER_PAUSED || state == CS_PLAYER_FAILED;
}

/* Cut short while it plays: it ends, or says that it is damaged; it does not hang. */
static void
test_cut_short (UiPlayer *self, gconstpointer data)
{
  ui_player_show (self, self->film, 700, 600);
  ui_click (ui_player_find (self, "play_button"));
  ui_player_wait_range (self, 5, N_FRAMES);
  g_assert_cmpint (truncate (self->film, 400), ==, 0);
  ui_wait (is_over_cb, self);
}

/* Deleted while it plays: the system keeps it until it is let go of; who comes back is told. */
static void
test_deleted (UiPlayer *self, gconstpointer data)
{
  ui_player_show (self, self->film, 700, 600);
  ui_click (ui_player_find (self, "play_button"));
  ui_player_wait_range (self, 5, N_FRAMES);
  g_assert_cmpint (g_unlink (self->film), ==, 0);
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (ui_player_read_number (self), ==, N_FRAMES - 1);
  gtk_widget_set_visible (self->view, FALSE);
  gtk_widget_set_visible (self->view, TRUE);
  expect_trouble (self, "The file is gone", "view.retry");
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
test_no_codec (UiPlayer *self, gconstpointer data)
{
  AdwStatusPage *trouble;

  hide_decoders ();
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), self->film, NULL);
  ui_show (self->ui, self->view, 700, 600);
  expect_trouble (self, "This computer cannot play H.264", "view.open");
  trouble = ADW_STATUS_PAGE (ui_player_find (self, "trouble"));
  g_assert_cmpstr (adw_status_page_get_description (trouble), ==,
                   "The file is safe. Install gstreamer1.0-libav to watch it here.");
  ui_shoot (self->ui, "player-no-codec");
  gtk_widget_grab_focus (self->view);
  g_assert_true (gtk_widget_has_focus (ui_player_find (self, "trouble_button")));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/player-files/" name, UiPlayer, NULL, ui_player_set_up, func, ui_player_tear_down)
  ADD ("troubles", test_troubles);
  ADD ("damaged", test_damaged);
  ADD ("replaced", test_replaced);
  ADD ("cut-short", test_cut_short);
  ADD ("deleted", test_deleted);
  ADD ("no-codec", test_no_codec); /* the last one: nothing can be played after it */
#undef ADD

  return g_test_run ();
}
