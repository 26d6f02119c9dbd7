/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of the program: its pages, its actions, its words, and what it says when the studio cannot be opened. */
#include "config.h"

#include "ui-support.h"

#include "ui/cs-window.h"
#include "ui/preferences/cs-key-expander.h"
#include "ui/preferences/cs-preferences-window.h"
#include "ui/stage/cs-failed-view.h"
#include "ui/wallet/cs-wallet-window.h"

/* The program, without its own engine: there is one in a process. */
static CsApplication *application;

/* One window of it. */
typedef struct
{
  UiFixture *fixture;
  CsWindow *window;
} Program;

static Program *
open_program (gboolean with_studio)
{
  Program *self = g_new0 (Program, 1);

  self->fixture = ui_open ();
  self->window = cs_window_new (application);
  if (with_studio)
    cs_window_set_studio (self->window, self->fixture->studio, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
  return self;
}

static gboolean
is_gone_cb (gpointer place)
{
  return *(gpointer *) place == NULL;
}

static void
close_program (Program *self)
{
  gpointer window = self->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_wait (is_gone_cb, &window);
  ui_close (self->fixture);
  g_free (self);
}

static const char *
get_page (Program *self)
{
  return adw_view_stack_get_visible_child_name (
      ADW_VIEW_STACK (ui_find (GTK_WIDGET (self->window), ADW_TYPE_VIEW_STACK, NULL)));
}

static gboolean
has_focus_in_page (Program *self)
{
  GtkWidget *stack = ui_find (GTK_WIDGET (self->window), ADW_TYPE_VIEW_STACK, NULL);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, adw_view_stack_get_visible_child (ADW_VIEW_STACK (stack)));
}

static void
test_pages (void)
{
  static const char *const pages[] = { "image", "gallery", "video" };
  Program *program = open_program (TRUE);

  g_assert_cmpstr (get_page (program), ==, "video");
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (program->window), "win.page", "s", pages[i]));
      g_assert_cmpstr (get_page (program), ==, pages[i]);
      g_assert_true (has_focus_in_page (program));
      ui_check_names (GTK_WIDGET (program->window));
    }
  gtk_widget_activate_action (GTK_WIDGET (program->window), "win.page", "s", "nowhere");
  g_assert_cmpstr (get_page (program), ==, "video");
  gtk_widget_activate_action (GTK_WIDGET (program->window), "win.search", NULL);
  g_assert_cmpstr (get_page (program), ==, "gallery");
  gtk_widget_activate_action (GTK_WIDGET (program->window), "win.new", NULL);
  g_assert_cmpstr (get_page (program), ==, "video");
  close_program (program);
}

/* Before the engine is open nothing can be asked of it. */
static void
test_not_open_yet (void)
{
  Program *program = open_program (FALSE);

  gtk_widget_activate_action (GTK_WIDGET (program->window), "win.search", NULL);
  g_assert_cmpstr (get_page (program), ==, "video");
  close_program (program);
}

static void
test_trouble (void)
{
  Program *program = open_program (FALSE);
  g_autoptr (GError) error = g_error_new_literal (CS_ERROR, CS_ERROR_NOT_WRITABLE, "The folder cannot be written.");

  cs_window_set_studio (program->window, NULL, error);
  g_assert_nonnull (ui_find (GTK_WIDGET (program->window), GTK_TYPE_LABEL, "The folder cannot be written."));
  close_program (program);
}

static gboolean
is_label_cb (gpointer user_data)
{
  return ui_find (user_data, GTK_TYPE_LABEL, "a &lt; b") != NULL;
}

/* Words are words, whatever is in them. */
static void
test_say (void)
{
  Program *program = open_program (TRUE);

  gtk_widget_activate_action (GTK_WIDGET (program->window), "win.say", "(sssmv)", "a < b", "", "", NULL);
  ui_wait (is_label_cb, program->window);
  close_program (program);
}

static GtkWidget *
find_key (GtkWindow *window, const char *provider)
{
  GtkWidget *title = ui_find (GTK_WIDGET (window), GTK_TYPE_LABEL, provider);

  g_assert_nonnull (title);
  return gtk_widget_get_ancestor (title, CS_TYPE_KEY_EXPANDER);
}

static void
test_preferences (void)
{
  Program *program = open_program (TRUE);
  GtkWindow *window = cs_preferences_window_new (program->fixture->studio, GTK_WINDOW (program->window));
  gpointer watched = window;

  g_object_add_weak_pointer (watched, &watched);
  gtk_window_present (window);
  cs_preferences_window_show_key (CS_PREFERENCES_WINDOW (window), CS_KEY_REPLICATE);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_key (window, "Replicate"))));
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_key (window, "Groq"))));
  g_assert_nonnull (ui_find (find_key (window, "Replicate"), GTK_TYPE_LABEL, "Not set"));
  gtk_window_destroy (window);
  ui_wait (is_gone_cb, &watched);
  close_program (program);
}

static gboolean
is_nothing_spent_cb (gpointer window)
{
  return ui_find (window, GTK_TYPE_LABEL, "$0.00") != NULL;
}

static void
test_wallet (void)
{
  Program *program = open_program (TRUE);
  GtkWindow *window = cs_wallet_window_new (program->fixture->studio, GTK_WINDOW (program->window));
  gpointer watched = window;

  g_object_add_weak_pointer (watched, &watched);
  gtk_window_present (window);
  ui_wait (is_nothing_spent_cb, window);
  gtk_window_destroy (window);
  ui_wait (is_gone_cb, &watched);
  close_program (program);
}

/* Jobs */

static CsJob *
add_job_without_key (Program *program)
{
  CsJobQueue *queue = cs_engine_get_queue (program->fixture->engine);
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsBrief *brief = cs_brief_new (CS_KIND_IMAGE);

  brief->prompt = g_strdup ("a harbour");
  brief->model = g_strdup ("piapi/flux-schnell");
  g_ptr_array_add (briefs, brief);
  cs_job_queue_add_async (queue, briefs, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  jobs = cs_job_queue_add_finish (queue, result, &error);
  g_assert_no_error (error);
  return g_object_ref (jobs->pdata[0]);
}

static gboolean
needs_key_cb (gpointer job)
{
  return cs_job_get_facts (job)->waiting == CS_WAITING_NO_KEY;
}

static gboolean
is_cancelled_cb (gpointer job)
{
  return cs_job_get_facts (job)->state == CS_JOB_CANCELLED;
}

/* From the list to its page; and its words into the composer, where they can be changed. */
static void
test_jobs (void)
{
  Program *program = open_program (TRUE);
  g_autoptr (CsJob) job = add_job_without_key (program);
  GtkWidget *window = GTK_WIDGET (program->window);

  ui_wait (needs_key_cb, job);
  gtk_widget_activate_action (window, "win.page", "s", "gallery");
  gtk_widget_activate_action (window, "win.show-job", "s", cs_job_get_id (job));
  g_assert_cmpstr (get_page (program), ==, "image");
  g_assert_nonnull (ui_find (window, CS_TYPE_FAILED_VIEW, NULL));
  gtk_widget_activate_action (window, "win.page", "s", "gallery");
  gtk_widget_activate_action (window, "win.edit-job", "s", cs_job_get_id (job));
  g_assert_cmpstr (get_page (program), ==, "image");
  ui_wait (is_cancelled_cb, job);
  gtk_widget_activate_action (window, "win.show-job", "s", "nobody knows it");
  close_program (program);
}

int
main (int argc, char **argv)
{
  g_autoptr (CsApplication) program = NULL;

  ui_test_init (&argc, &argv);
  application = program = cs_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/window/jobs", test_jobs);
  g_test_add_func ("/window/pages", test_pages);
  g_test_add_func ("/window/not-open-yet", test_not_open_yet);
  g_test_add_func ("/window/trouble", test_trouble);
  g_test_add_func ("/window/say", test_say);
  g_test_add_func ("/window/preferences", test_preferences);
  g_test_add_func ("/window/wallet", test_wallet);
  return g_test_run ();
}
