/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: how it begins and ends, what it does without a window, what it tells the desktop, and what it opens. */
#include "config.h"

#include "ui-desktop.h"
#include "ui-program.h"

#include "ui/composer/cs-composer.h"
#include "ui/composer/cs-reference-row.h"
#include "ui/cs-link.h"
#include "ui/gallery/cs-detail-page.h"
#include "ui/stage/cs-working-view.h"

#define MODEL "replicate/flux-schnell"
#define MISSING "01ARZ3NDEKTSV4RRFFQ69G5FAV"

static UiDesktop *desktop;

static UiProgram *
start (void)
{
  UiProgram *self = ui_program_new ();

  ui_desktop_forget (desktop);
  ui_program_start (self);
  return self;
}

/* Jobs without a window */

/* The window is closed; the job goes on, is told of with its picture, and then the program is over. */
static void
test_goes_on (void)
{
  UiProgram *program = ui_program_new ();
  g_autoptr (CsJob) job = NULL;
  g_autofree char *told = NULL;

  ui_desktop_forget (desktop);
  cs_fake_server_set_usual (program->server, "replicate", "get", "polls:10@20");
  ui_program_start (program);
  job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse at dusk", MODEL);
  ui_program_wait_state (job, CS_JOB_RENDERING);
  ui_program_close (program);
  g_assert_nonnull (cs_application_get_studio (program->application));
  ui_program_wait_state (job, CS_JOB_DONE);
  ui_program_wait_closed (program);
  told = ui_desktop_wait (desktop, "notify done: A lighthouse at dusk | Your picture is ready. | app.show-creation");
  g_assert_nonnull (strstr (told, cs_job_get_id (job)));
  g_assert_nonnull (strstr (told, "Show in Folder"));
  g_assert_nonnull (strstr (told, "thumbnails"));
  g_assert_cmpuint (cs_fake_server_count_accepted (program->server, "replicate"), ==, 1);
  ui_program_free (program);
}

static void
test_failed (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = NULL;
  g_autofree char *told = NULL;

  cs_fake_server_script (program->server, "replicate", "create", "400@300");
  job = ui_program_add_job (program, CS_KIND_IMAGE, "Something refused", MODEL);
  ui_program_close (program);
  told = ui_desktop_wait (desktop, "notify failed: Something refused | ");
  g_assert_nonnull (strstr (told, "app.show-job"));
  ui_program_wait_closed (program);
  ui_program_free (program);
}

static void
test_uncertain (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = NULL;

  cs_fake_server_script (program->server, "piapi", "create", "500@200");
  job = ui_program_add_job (program, CS_KIND_IMAGE, "Perhaps billed", "piapi/flux-schnell");
  ui_program_close (program);
  g_free (ui_desktop_wait (desktop, "notify uncertain: Perhaps billed | "));
  ui_desktop_forget (desktop);
  ui_program_start (program); /* somebody looks */
  g_free (ui_desktop_wait (desktop, "withdraw uncertain"));
  ui_program_free (program);
}

/* However many there are, there is one notification of a kind; and looking takes it away. */
static void
test_several (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) one = NULL;
  g_autoptr (CsJob) two = NULL;
  g_autoptr (CsJob) three = NULL;

  cs_fake_server_set_usual (program->server, "replicate", "get", "polls:5@20");
  one = ui_program_add_job (program, CS_KIND_IMAGE, "One", MODEL);
  two = ui_program_add_job (program, CS_KIND_IMAGE, "Two", MODEL);
  three = ui_program_add_job (program, CS_KIND_IMAGE, "Three", MODEL);
  ui_program_close (program);
  g_free (ui_desktop_wait (desktop, "notify done: 3 creations are ready | "));
  ui_program_wait_closed (program);
  g_assert_cmpuint (ui_desktop_count (desktop, "notify"), ==, ui_desktop_count (desktop, "notify done"));
  ui_program_free (program);
}

static void
activate (UiProgram *program, const char *name, const char *id)
{
  g_action_group_activate_action (G_ACTION_GROUP (program->application), name, id != NULL ? g_variant_new_string (id) : NULL);
}

static gboolean
shows_detail_cb (gpointer user_data)
{
  CsWindow *window = ui_program_get_window (user_data);

  return window != NULL && ui_count (GTK_WIDGET (window), CS_TYPE_DETAIL_PAGE) > 0;
}

/* What its buttons do, also when the program is not running any more. */
static void
test_answers (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", MODEL);
  g_autofree char *shown = NULL;

  ui_program_wait_state (job, CS_JOB_DONE);
  activate (program, "show-in-folder", cs_job_get_id (job));
  shown = ui_desktop_wait (desktop, "show file:///");
  g_assert_nonnull (strstr (shown, cs_job_get_id (job)));
  ui_program_end (program);
  program->application = cs_application_new ();
  g_application_register (G_APPLICATION (program->application), NULL, NULL);
  activate (program, "show-creation", cs_job_get_id (job));
  ui_wait (shows_detail_cb, program);
  activate (program, "show-gallery", NULL);
  g_assert_cmpstr (ui_program_get_page (program), ==, "gallery");
  ui_program_free (program);
}

/* Sleep */

static gboolean
is_inhibiting_cb (gpointer user_data)
{
  return cs_inhibitor_get_inhibiting (cs_application_get_inhibitor (user_data));
}

static gboolean
is_resting_cb (gpointer user_data)
{
  return !is_inhibiting_cb (user_data);
}

/* However often it was asked, it was told as often that it may sleep again. */
static gboolean
may_sleep_cb (gpointer user_data)
{
  guint n = ui_desktop_count (desktop, "inhibit");

  return n > 0 && ui_desktop_count (desktop, "uninhibit") == n;
}

static void
test_inhibits (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = NULL;

  cs_fake_server_set_usual (program->server, "files", "download", "ok@500");
  job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", MODEL);
  ui_program_wait_state (job, CS_JOB_DOWNLOADING);
  ui_wait (is_inhibiting_cb, program->application);
  g_free (ui_desktop_wait (desktop, "inhibit 4: "));
  ui_program_wait_state (job, CS_JOB_DONE);
  ui_wait (is_resting_cb, program->application);
  ui_wait (may_sleep_cb, NULL);
  ui_program_free (program);
}

/* What costs nothing may begin again. */
static void
test_free_sleeps (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", "sketch/image");

  ui_program_wait_state (job, CS_JOB_DONE);
  g_assert_cmpuint (ui_desktop_count (desktop, "inhibit"), ==, 0);
  ui_program_free (program);
}

/* Ending, and coming back */

/* What is under way is kept, that is said, and the next start goes on with it, and shows it where it was. */
static void
test_quit (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = NULL;
  g_autoptr (CsJob) later = NULL;
  CsWindow *window;

  cs_fake_server_set_usual (program->server, "replicate", "get", "polls:40@20");
  job = ui_program_add_job (program, CS_KIND_IMAGE, "A slow lighthouse", MODEL);
  ui_program_wait_state (job, CS_JOB_RENDERING);
  cs_window_show_job (ui_program_get_window (program), job);
  ui_program_end (program);
  g_free (ui_desktop_wait (desktop, "notify kept: Not everything is made yet | 1 job is kept"));
  ui_program_start (program);
  window = ui_program_get_window (program);
  g_assert_cmpstr (ui_program_get_page (program), ==, "image");
  ui_program_wait_label (program, "Making your picture");
  g_assert_cmpuint (ui_count (GTK_WIDGET (window), CS_TYPE_WORKING_VIEW), ==, 1);
  later = g_list_model_get_item (cs_studio_get_jobs (cs_application_get_studio (program->application)), 0);
  g_assert_cmpstr (cs_job_get_id (later), ==, cs_job_get_id (job));
  ui_program_wait_state (later, CS_JOB_DONE);
  g_assert_cmpuint (cs_fake_server_count (program->server, "replicate", "create"), ==, 1);
  ui_program_free (program);
}

static gboolean
is_sent_cb (gpointer server)
{
  return cs_fake_server_count (server, "replicate", "create") == 1;
}

static gboolean
is_made_cb (gpointer server)
{
  return cs_fake_server_count (server, "files", "download") > 0;
}

/* Whoever comes back while it still ends gets the studio again. */
static void
test_back_while_closing (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = NULL;
  CsStudio *first = cs_application_get_studio (program->application);

  cs_fake_server_script (program->server, "replicate", "create", "ok@800");
  job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", MODEL);
  ui_wait (is_sent_cb, program->server);
  g_action_group_activate_action (G_ACTION_GROUP (program->application), "quit", NULL);
  g_assert_cmpuint (ui_program_count (program), ==, 0);
  g_free (ui_desktop_wait (desktop, "notify kept"));
  g_assert_true (cs_application_get_studio (program->application) == first);
  activate (program, "show-jobs", NULL);
  g_assert_cmpuint (ui_program_count (program), ==, 1);
  ui_program_wait_closed (program);
  ui_program_start (program);
  g_assert_nonnull (cs_window_get_studio (ui_program_get_window (program)));
  ui_wait (is_made_cb, program->server);
  g_assert_cmpuint (cs_fake_server_count (program->server, "replicate", "create"), ==, 1);
  ui_program_free (program);
}

/* The size and the page come again, whichever way it ends. */
static void
test_state (void)
{
  UiProgram *program = start ();
  int width, height;

  cs_window_show_page (ui_program_get_window (program), "gallery");
  gtk_window_set_default_size (GTK_WINDOW (ui_program_get_window (program)), 900, 640);
  ui_program_close (program);
  ui_program_wait_closed (program);
  ui_program_start (program);
  g_assert_cmpstr (ui_program_get_page (program), ==, "gallery");
  gtk_window_get_default_size (GTK_WINDOW (ui_program_get_window (program)), &width, &height);
  g_assert_cmpint (width, ==, 900);
  g_assert_cmpint (height, ==, 640);
  cs_window_show_page (ui_program_get_window (program), "video");
  ui_program_end (program);
  ui_program_start (program);
  g_assert_cmpstr (ui_program_get_page (program), ==, "video");
  ui_program_free (program);
}

/* Opening */

static void
open_one (UiProgram *program, GFile *file)
{
  g_application_open (G_APPLICATION (program->application), &file, 1, "");
}

static void
open_text (UiProgram *program, const char *text)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (text);

  open_one (program, file);
}

static char *
write_file (UiProgram *program, const char *name, const char *data, gssize length)
{
  char *path = cs_test_home_build (program->home, name);

  g_assert_true (g_file_set_contents (path, data, length, NULL));
  return path;
}

static char *
write_picture (UiProgram *program, const char *name)
{
  char *path = cs_test_home_build (program->home, name);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 64, 48);

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  return path;
}

static void
test_open_picture (void)
{
  UiProgram *program = start ();
  g_autofree char *path = write_picture (program, "picture without an ending");

  cs_window_show_page (ui_program_get_window (program), "gallery");
  open_text (program, path);
  ui_program_wait_label (program, "picture without an ending");
  g_assert_cmpstr (ui_program_get_page (program), ==, "video");
  ui_program_free (program);
}

static void
test_open_markdown (void)
{
  UiProgram *program = start ();
  g_autofree char *path = write_file (program, "talk.md", "# The sea\n\n---\n\n## Boats\n", -1);

  open_text (program, path);
  ui_program_wait_label (program, "The sea");
  g_assert_cmpstr (ui_program_get_page (program), ==, "presentation");
  ui_program_free (program);
}

/* By its address, by its id alone, by its file: all before the studio is open, too. */
static void
test_open_creation (void)
{
  UiProgram *program = start ();
  g_autoptr (CsJob) job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", "sketch/image");
  CsLibrary *library = cs_engine_get_library (cs_studio_get_engine (cs_application_get_studio (program->application)));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsCreation) creation = NULL;
  g_autofree char *id = g_strdup (cs_job_get_id (job));
  g_autofree char *link = g_strconcat ("creative-studio:creation/", id, NULL);
  g_autofree char *path = NULL;
  const char *texts[3] = { link, id };

  ui_program_wait_state (job, CS_JOB_DONE);
  cs_library_get_async (library, cs_job_get_id (job), NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  creation = cs_library_get_finish (library, result, NULL);
  path = cs_library_dup_file_path (library, creation);
  texts[2] = path;
  g_clear_object (&result);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ui_program_end (program);
      program->application = cs_application_new ();
      g_application_register (G_APPLICATION (program->application), NULL, NULL);
      open_text (program, texts[i]);
      g_assert_null (cs_application_get_studio (program->application));
      ui_wait (shows_detail_cb, program);
    }
  ui_program_free (program);
}

/* What cannot be opened is said, in a sentence, and nothing else happens. */
static void
test_open_bad (void)
{
  static const struct { const char *text; const char *words; } links[] = {
    { "creative-studio:creation/" MISSING, "There is no creation “" MISSING "” in the library." },
    { MISSING, "There is no creation “" MISSING "” in the library." },
    { "creative-studio:creation/nonsense", "“creative-studio:creation/nonsense” is not the address of a creation. "
                                           "It should be creative-studio:creation/ and the 26 characters of its id." },
    { "https://example.org/picture.png", "This file is not on this computer. Copy it here first." },
  };
  UiProgram *program = start ();
  g_autofree char *text = write_file (program, "letter.txt", "Dear all", -1);
  g_autofree char *fake = write_file (program, "fake.png", "GIF89a", -1);

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      open_text (program, links[i].text);
      ui_program_wait_label (program, links[i].words);
      ui_program_close (program);
      ui_program_start (program);
    }
  open_text (program, text);
  ui_program_wait_label (program, "“letter.txt” cannot be opened here. Pictures (PNG, JPEG, WebP), Markdown files and creations of the "
                                  "library can.");
  open_text (program, fake);
  open_text (program, program->home->path);
  open_text (program, "/dev/zero");
  g_assert_cmpstr (ui_program_get_page (program), ==, "video");
  ui_program_free (program);
}

static void
check_link (const char *uri, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = cs_link_dup_creation (uri, &error);

  g_assert_cmpstr (found, ==, id);
  if (id == NULL)
    g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  if (id == NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_links (void)
{
  g_autofree char *long_one = g_strnfill (100000, 'a');

  check_link ("creative-studio:creation/" MISSING, MISSING);
  check_link ("Creative-Studio://creation/" MISSING "/", MISSING);
  check_link ("creative-studio:///creation/" MISSING "?x#y", MISSING);
  check_link ("creation:" MISSING, MISSING);
  check_link ("creation:01arz3ndektsv4rrffq69g5fav", MISSING);
  check_link ("creative-studio:", NULL);
  check_link ("creative-studio:creation/", NULL);
  check_link ("creative-studio:creation/" MISSING "0", NULL);
  check_link ("creative-studio:creation/../" MISSING, NULL);
  check_link ("creative-studio:creation/\xff\xfe", NULL);
  check_link (long_one, NULL);
  g_assert_false (cs_link_is_ours ("creativestudio:x"));
  g_assert_false (cs_link_is_ours ("file:///creation:" MISSING));
}

/* What others do */

static gboolean
has_jobs_cb (gpointer jobs)
{
  return g_list_model_get_n_items (jobs) > 0;
}

static gboolean
has_no_jobs_cb (gpointer jobs)
{
  return g_list_model_get_n_items (jobs) == 0;
}

/* A job that the command line drives is seen while it goes on, and no more when it is over. */
static void
test_others (void)
{
  UiProgram *program = start ();
  GListModel *jobs = cs_studio_get_jobs (cs_application_get_studio (program->application));
  CsJobQueue *queue = cs_engine_get_queue (cs_studio_get_engine (cs_application_get_studio (program->application)));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (CsJob) job = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, g_getenv ("CREATIVE_STUDIO_CLI"), "--json", "video",
                              "A lighthouse", "--no-screenwriter", "--model", "sketch/video", NULL);
  g_assert_no_error (error);
  ui_wait (has_jobs_cb, jobs);
  job = g_list_model_get_item (jobs, 0);
  g_assert_cmpstr (cs_job_get_facts (job)->title, ==, "A lighthouse");
  g_assert_false (cs_job_queue_is_driving (queue, cs_job_get_id (job)));
  ui_wait (has_no_jobs_cb, jobs);
  ui_program_free (program);
}

/* The clock */

/* Two days on, and then three days back: what is under way goes on, and nothing is said that is not so. */
static void
test_clock (void)
{
  UiProgram *program = ui_program_new ();
  g_autoptr (CsJob) made = NULL;
  g_autoptr (CsJob) job = NULL;

  cs_fake_server_set_usual (program->server, "replicate", "get", "polls:10@20");
  ui_program_start (program);
  made = ui_program_add_job (program, CS_KIND_IMAGE, "A boat", "sketch/image");
  ui_program_wait_state (made, CS_JOB_DONE);
  cs_window_show_page (ui_program_get_window (program), "gallery");
  job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", MODEL);
  ui_program_wait_state (job, CS_JOB_RENDERING);
  cs_clock_turn (2 * G_TIME_SPAN_DAY);
  cs_window_show_page (ui_program_get_window (program), "image");
  cs_window_show_job (ui_program_get_window (program), job);
  cs_clock_turn (-3 * G_TIME_SPAN_DAY);
  cs_window_show_page (ui_program_get_window (program), "gallery");
  ui_program_wait_state (job, CS_JOB_DONE);
  cs_clock_turn (G_TIME_SPAN_DAY);
  ui_program_free (program);
}

int
main (int argc, char **argv)
{
  int status;

  ui_program_set_keys ();
  ui_test_init (&argc, &argv);
  desktop = ui_desktop_start ();
  g_test_add_func ("/application/links", test_links);
  g_test_add_func ("/application/goes-on", test_goes_on);
  g_test_add_func ("/application/failed", test_failed);
  g_test_add_func ("/application/uncertain", test_uncertain);
  g_test_add_func ("/application/several", test_several);
  g_test_add_func ("/application/answers", test_answers);
  g_test_add_func ("/application/inhibits", test_inhibits);
  g_test_add_func ("/application/free-sleeps", test_free_sleeps);
  g_test_add_func ("/application/quit", test_quit);
  g_test_add_func ("/application/back-while-closing", test_back_while_closing);
  g_test_add_func ("/application/state", test_state);
  g_test_add_func ("/application/open/picture", test_open_picture);
  g_test_add_func ("/application/open/markdown", test_open_markdown);
  g_test_add_func ("/application/open/creation", test_open_creation);
  g_test_add_func ("/application/open/bad", test_open_bad);
  g_test_add_func ("/application/others", test_others);
  g_test_add_func ("/application/clock", test_clock);
  status = g_test_run ();
  ui_desktop_stop (desktop);
  return status;
}
