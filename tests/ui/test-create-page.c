/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of videos and pictures: from an idea to what came of it, drawn by Sketch in a real engine. */
#include "config.h"

#include "ui-support.h"

#include "ui/composer/cs-composer.h"
#include "ui/pages/cs-create-page.h"
#include "ui/player/cs-player-view.h"
#include "ui/stage/cs-done-view.h"
#include "ui/stage/cs-failed-view.h"
#include "ui/stage/cs-fan.h"
#include "ui/stage/cs-idle-view.h"
#include "ui/stage/cs-keys-card.h"
#include "ui/stage/cs-working-view.h"

#define WIDTH 1180
#define HEIGHT 780

static CsCreatePage *
show_page (UiFixture *fixture, CsKind kind, int width)
{
  CsCreatePage *page = g_object_new (CS_TYPE_CREATE_PAGE, "kind", kind, NULL);

  cs_create_page_set_studio (page, fixture->studio);
  ui_show (fixture, GTK_WIDGET (page), width, HEIGHT);
  return page;
}

static void
write_idea (CsCreatePage *page, const char *idea)
{
  cs_composer_set_prompt (CS_COMPOSER (ui_find (GTK_WIDGET (page), CS_TYPE_COMPOSER, NULL)), idea);
}

/* What is waited for: that a widget of this type is seen. */
typedef struct
{
  GtkWidget *root;
  GType type;
} Seen;

static gboolean
is_seen_cb (gpointer user_data)
{
  Seen *seen = user_data;

  return ui_count (seen->root, seen->type) > 0;
}

static void
wait_seen (CsCreatePage *page, GType type)
{
  Seen seen = { GTK_WIDGET (page), type };

  ui_wait (is_seen_cb, &seen);
}

static gboolean
has_label_cb (gpointer user_data)
{
  const gpointer *wanted = user_data;

  return ui_find (wanted[0], GTK_TYPE_LABEL, wanted[1]) != NULL;
}

static void
wait_label (CsCreatePage *page, const char *words)
{
  gconstpointer wanted[] = { page, words };

  ui_wait (has_label_cb, wanted);
}

static void
test_idle (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_VIDEO, WIDTH);

  wait_seen (page, CS_TYPE_IDLE_VIEW);
  wait_label (page, "Generate · Free");
  ui_check_names (GTK_WIDGET (page));
  ui_settle (fixture);
  ui_shoot (fixture, "video-idle");
  ui_close (fixture);
}

/* The button is on; what is missing is said, and nothing is made. */
static void
test_no_idea (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_VIDEO, WIDTH);

  cs_create_page_generate (page);
  wait_label (page, "Write an idea first");
  g_assert_cmpuint (g_list_model_get_n_items (cs_studio_get_jobs (fixture->studio)), ==, 0);
  ui_close (fixture);
}

static guint
count_jobs (UiFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  CsJobQueue *queue = cs_engine_get_queue (cs_studio_get_engine (fixture->studio));

  cs_job_queue_list_async (queue, FALSE, 10, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  jobs = cs_job_queue_list_finish (queue, result, NULL);
  g_assert_nonnull (jobs);
  return jobs->len;
}

static void
test_image (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_IMAGE, WIDTH);

  write_idea (page, "a lighthouse at dusk");
  cs_create_page_generate (page);
  wait_seen (page, CS_TYPE_DONE_VIEW);
  wait_label (page, "a lighthouse at dusk");
  ui_check_names (GTK_WIDGET (page));
  ui_settle (fixture);
  ui_shoot (fixture, "image-done");
  ui_close (fixture);
}

/* A button pressed in haste, a shortcut held down: the same thing is made once. Another idea is another thing. */
static void
test_press_twice (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_IMAGE, WIDTH);

  write_idea (page, "a garden");
  cs_create_page_generate (page);
  cs_create_page_generate (page);
  write_idea (page, "a boat");
  cs_create_page_generate (page);
  wait_label (page, "a boat");
  g_assert_cmpuint (count_jobs (fixture), ==, 2);
  ui_close (fixture);
}

/* Seen while it is made, and playing when it is. */
static void
test_video (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_VIDEO, WIDTH);

  write_idea (page, "a lighthouse at dusk, the camera slowly circles");
  cs_create_page_generate (page);
  wait_seen (page, CS_TYPE_WORKING_VIEW);
  ui_settle (fixture);
  ui_shoot (fixture, "video-working");
  wait_seen (page, CS_TYPE_PLAYER_VIEW);
  ui_settle (fixture);
  ui_shoot (fixture, "video-done");
  ui_close (fixture);
}

/* Into the trash: the invitation comes back. */
static void
test_trash (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_IMAGE, WIDTH);
  GtkWidget *done;

  write_idea (page, "a garden");
  cs_create_page_generate (page);
  wait_seen (page, CS_TYPE_DONE_VIEW);
  wait_label (page, "a garden");
  done = ui_find (GTK_WIDGET (page), CS_TYPE_DONE_VIEW, NULL);
  g_assert_true (gtk_widget_activate_action (done, "done.trash", NULL));
  ui_wait_asked (fixture, "say: 1 creation moved to the trash");
  wait_seen (page, CS_TYPE_IDLE_VIEW);
  ui_close (fixture);
}

/* A picture that cannot be read: the reason, the money, and a way on. */
static void
test_failed (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_VIDEO, WIDTH);
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_VIDEO);

  brief->prompt = g_strdup ("a garden");
  brief->model = g_strdup ("nobody/knows");
  cs_create_page_set_brief (page, brief);
  wait_label (page, "None that can be used");
  ui_check_names (GTK_WIDGET (page));
  ui_close (fixture);
}

/* Folded: the composer alone, then the stage alone, and back. */
static void
test_narrow (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_IMAGE, 400);
  gboolean can_go_back;

  g_assert_cmpuint (ui_count (GTK_WIDGET (page), CS_TYPE_COMPOSER), ==, 1);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 400);
  ui_shoot (fixture, "image-narrow");
  write_idea (page, "a garden");
  cs_create_page_generate (page);
  wait_seen (page, CS_TYPE_DONE_VIEW);
  ui_settle (fixture);
  ui_shoot (fixture, "image-done-narrow");
  g_assert_cmpuint (ui_count (GTK_WIDGET (page), CS_TYPE_COMPOSER), ==, 0);
  g_object_get (page, "can-go-back", &can_go_back, NULL);
  g_assert_true (can_go_back);
  cs_create_page_go_back (page);
  wait_seen (page, CS_TYPE_COMPOSER);
  g_object_get (page, "can-go-back", &can_go_back, NULL);
  g_assert_false (can_go_back);
  ui_close (fixture);
}

/* The composer takes no more than 336 pixels: the cards of the styles go sideways. */
static void
test_narrowest (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_VIDEO, 360);
  GtkWidget *composer = ui_find (GTK_WIDGET (page), CS_TYPE_COMPOSER, NULL);
  int minimum;

  gtk_widget_measure (composer, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 336);
  ui_shoot (fixture, "video-narrowest");
  ui_close (fixture);
}

static gboolean
is_hidden_cb (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

/* Where there is little height the prompt is smaller, and what only invites is not seen. */
static void
test_short (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = g_object_new (CS_TYPE_CREATE_PAGE, "kind", CS_KIND_VIDEO, NULL);

  cs_create_page_set_studio (page, fixture->studio);
  ui_show (fixture, GTK_WIDGET (page), WIDTH, 480);
  ui_wait (is_hidden_cb, ui_find (GTK_WIDGET (page), CS_TYPE_FAN, NULL));
  ui_settle (fixture);
  ui_shoot (fixture, "video-short");
  ui_close (fixture);
}

/* Before there is a key: ready to write, and the keys are offered until one says no. */
static void
test_first_run (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_VIDEO, WIDTH);
  GtkWidget *card = ui_find (GTK_WIDGET (page), CS_TYPE_KEYS_CARD, NULL);
  GtkWidget *focus = gtk_window_get_focus (fixture->window);

  wait_label (page, "Ready when you are");
  wait_label (page, "$0.28 a video");
  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  g_assert_true (gtk_widget_get_mapped (card));
  gtk_widget_activate (ui_find (card, GTK_TYPE_BUTTON, "Add Key"));
  ui_wait_asked (fixture, "add-key: 'PIAPI_KEY'");
  ui_click (ui_find (card, GTK_TYPE_BUTTON, "_Not Now"));
  ui_wait (is_hidden_cb, card);
  g_assert_true (g_settings_get_boolean (cs_studio_get_settings (fixture->studio), "keys-card-dismissed"));
  ui_close (fixture);
}

static gboolean
is_offered_cb (gpointer page)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (ui_find (page, GTK_TYPE_REVEALER, "keys_place")));
}

/* Below the first thing that was drawn, and never again. */
static void
test_first_sketch (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = show_page (fixture, CS_KIND_IMAGE, WIDTH);

  write_idea (page, "a garden");
  cs_create_page_generate (page);
  wait_seen (page, CS_TYPE_DONE_VIEW);
  ui_wait (is_offered_cb, page);
  ui_settle (fixture);
  ui_shoot (fixture, "first-sketch");
  cs_create_page_clear (page);
  g_assert_false (is_offered_cb (page));
  write_idea (page, "a lake");
  cs_create_page_generate (page);
  wait_seen (page, CS_TYPE_DONE_VIEW);
  g_assert_false (is_offered_cb (page));
  ui_close (fixture);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/create-page/idle", test_idle);
  g_test_add_func ("/create-page/no-idea", test_no_idea);
  g_test_add_func ("/create-page/image", test_image);
  g_test_add_func ("/promise-3/press-twice", test_press_twice);
  g_test_add_func ("/create-page/video", test_video);
  g_test_add_func ("/create-page/trash", test_trash);
  g_test_add_func ("/create-page/unknown-model", test_failed);
  g_test_add_func ("/create-page/narrow", test_narrow);
  g_test_add_func ("/create-page/narrowest", test_narrowest);
  g_test_add_func ("/create-page/short", test_short);
  g_test_add_func ("/create-page/first-run", test_first_run);
  g_test_add_func ("/create-page/first-sketch", test_first_sketch);
  return g_test_run ();
}
