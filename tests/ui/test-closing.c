/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window closed in every state: it goes, each of its pages goes, and nothing comes too late. */
#include "config.h"

#include "ui-desktop.h"
#include "ui-program.h"

#include "ui/composer/cs-composer.h"
#include "ui/deck/cs-deck-page.h"
#include "ui/gallery/cs-detail-page.h"
#include "ui/gallery/cs-gallery-page.h"
#include "ui/jobs/cs-jobs-button.h"
#include "ui/pages/cs-create-page.h"
#include "ui/player/cs-player-view.h"
#include "ui/preferences/cs-preferences-window.h"
#include "ui/stage/cs-done-view.h"
#include "ui/stage/cs-failed-view.h"
#include "ui/stage/cs-working-view.h"
#include "ui/wallet/cs-wallet-window.h"

#define MODEL "replicate/flux-schnell"

static GType
get_page_type (guint i)
{
  switch (i)
    {
    case 0:
      return CS_TYPE_CREATE_PAGE;
    case 1:
      return CS_TYPE_DECK_PAGE;
    case 2:
      return CS_TYPE_GALLERY_PAGE;
    case 3:
      return CS_TYPE_DETAIL_PAGE;
    case 4:
      return CS_TYPE_COMPOSER;
    default:
      return CS_TYPE_JOBS_BUTTON;
    }
}

#define N_PAGES 6

static gboolean
is_gone_cb (gpointer place)
{
  return *(gpointer *) place == NULL;
}

/* Nothing of ours is left on the screen. */
static void
check_windows (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    g_error ("A %s is still there", G_OBJECT_TYPE_NAME (item->data));
}

/* The window goes, and with it all that was in it. */
static void
close_and_check (UiProgram *program)
{
  gpointer window = ui_program_get_window (program);
  gpointer pages[N_PAGES];
  guint n = 0;

  for (guint i = 0; i < N_PAGES; i++)
    {
      pages[i] = ui_find (window, get_page_type (i), NULL); /* those that were seen are there */
      n += pages[i] != NULL;
      if (pages[i] != NULL)
        g_object_add_weak_pointer (pages[i], &pages[i]);
    }
  g_assert_cmpuint (n, >=, 2);
  g_object_add_weak_pointer (window, &window);
  gtk_window_close (GTK_WINDOW (window));
  for (guint i = 0; i < N_PAGES; i++)
    ui_wait (is_gone_cb, &pages[i]);
  ui_wait (is_gone_cb, &window);
  check_windows ();
  ui_program_free (program);
}

static UiProgram *
start (void)
{
  UiProgram *program = ui_program_new ();

  ui_program_start (program);
  return program;
}

/* What is waited for: that something of this type is seen. */
typedef struct
{
  UiProgram *program;
  GType type;
} Seen;

static gboolean
is_seen_cb (gpointer user_data)
{
  Seen *seen = user_data;

  return ui_count (GTK_WIDGET (ui_program_get_window (seen->program)), seen->type) > 0;
}

static void
wait_seen (UiProgram *program, GType type)
{
  Seen seen = { program, type };

  ui_wait (is_seen_cb, &seen);
}

static void
test_idle (void)
{
  static const char *const names[] = { "image", "presentation", "gallery", "video" };
  UiProgram *program = start ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    cs_window_show_page (ui_program_get_window (program), names[i]);
  close_and_check (program);
}

/* The engine is not open yet; or it never will be. */
static void
test_opening (void)
{
  UiProgram *program = ui_program_new ();

  ui_program_begin (program);
  g_assert_null (cs_application_get_studio (program->application));
  close_and_check (program);
}

static void
test_trouble (void)
{
  UiProgram *program = ui_program_new ();
  g_autofree char *path = cs_test_home_build (program->home, "creations");

  g_assert_true (g_file_set_contents (path, "in the way", -1, NULL));
  ui_program_begin (program);
  ui_program_wait_label (program, "The folder cannot be used");
  close_and_check (program);
}

/* The job goes on without it, and ends. */
static void
test_working (void)
{
  UiProgram *program = ui_program_new ();
  g_autoptr (CsJob) job = NULL;

  cs_fake_server_set_usual (program->server, "replicate", "get", "polls:20");
  ui_program_start (program);
  job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", MODEL);
  cs_window_show_job (ui_program_get_window (program), job);
  wait_seen (program, CS_TYPE_WORKING_VIEW);
  gtk_widget_activate_action (GTK_WIDGET (ui_program_get_window (program)), "win.jobs", NULL);
  close_and_check (program);
}

static void
test_failed (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = NULL;

  cs_fake_server_script (program->server, "replicate", "create", "400@200");
  job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", MODEL);
  cs_window_show_job (ui_program_get_window (program), job);
  wait_seen (program, CS_TYPE_FAILED_VIEW);
  close_and_check (program);
}

/* A film runs on the stage, and then on the page of the one creation. */
static void
test_playing (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = ui_program_add_job (program, CS_KIND_VIDEO, "A lighthouse", "sketch/video");
  CsWindow *window = ui_program_get_window (program);

  cs_window_show_job (window, job);
  wait_seen (program, CS_TYPE_PLAYER_VIEW);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-creation", "s", cs_job_get_id (job));
  wait_seen (program, CS_TYPE_DETAIL_PAGE);
  wait_seen (program, CS_TYPE_PLAYER_VIEW);
  close_and_check (program);
}

static void
test_preferences (void)
{
  UiProgram *program = start ();

  gtk_widget_activate_action (GTK_WIDGET (ui_program_get_window (program)), "win.preferences", NULL);
  close_and_check (program);
}

static void
test_wallet (void)
{
  UiProgram *program = start ();

  gtk_widget_activate_action (GTK_WIDGET (ui_program_get_window (program)), "win.wallet", NULL);
  close_and_check (program);
}

/* A question is open. */
static void
test_question (void)
{
  UiProgram *program = start ();
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (ui_program_get_window (program)), "Stop?", "Really?");

  gtk_window_present (GTK_WINDOW (dialog));
  close_and_check (program);
}

/* Words that are written a moment before it closes are kept. */
static void
test_writing (void)
{
  UiProgram *program = start ();
  g_autofree char *path = cs_test_home_build (program->home, "talk.md");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GDir) folder = NULL;
  g_autofree char *creations = cs_test_home_build (program->home, "creations");
  guint n = 0;

  g_assert_true (g_file_set_contents (path, "# The sea\n", -1, NULL));
  cs_window_begin_deck (ui_program_get_window (program), file);
  ui_program_wait_label (program, "The sea");
  ui_program_close (program);
  ui_program_wait_closed (program);
  folder = g_dir_open (creations, 0, NULL);
  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    n += g_str_has_suffix (name, ".md") || g_str_has_suffix (name, ".html");
  g_assert_cmpuint (n, ==, 2);
  ui_program_free (program);
}

/* Each of two has its own pages; the other stays. */
static void
test_two (void)
{
  UiProgram *program = start ();
  CsWindow *first = ui_program_get_window (program);
  gpointer second;

  g_action_group_activate_action (G_ACTION_GROUP (program->application), "new-window", NULL);
  second = ui_program_get_window (program);
  g_assert_true (second != (gpointer) first);
  g_object_add_weak_pointer (second, &second);
  gtk_window_close (GTK_WINDOW (second));
  ui_wait (is_gone_cb, &second);
  g_assert_cmpuint (ui_program_count (program), ==, 1);
  g_assert_nonnull (cs_application_get_studio (program->application));
  close_and_check (program);
}

int
main (int argc, char **argv)
{
  UiDesktop *desktop;
  int status;

  ui_program_set_keys ();
  ui_test_init (&argc, &argv);
  desktop = ui_desktop_start ();
  g_test_add_func ("/closing/idle", test_idle);
  g_test_add_func ("/closing/opening", test_opening);
  g_test_add_func ("/closing/trouble", test_trouble);
  g_test_add_func ("/closing/working", test_working);
  g_test_add_func ("/closing/failed", test_failed);
  g_test_add_func ("/closing/playing", test_playing);
  g_test_add_func ("/closing/preferences", test_preferences);
  g_test_add_func ("/closing/wallet", test_wallet);
  g_test_add_func ("/closing/question", test_question);
  g_test_add_func ("/closing/writing", test_writing);
  g_test_add_func ("/closing/two", test_two);
  status = g_test_run ();
  ui_desktop_stop (desktop);
  return status;
}
