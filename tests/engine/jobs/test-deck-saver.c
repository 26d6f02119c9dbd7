/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promises 4: an edited deck is what it was or what it became, whenever the program dies. */
#include "config.h"

#include "cs-test.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "cs-engine.h"
#include "jobs/cs-deck-saver.h"
#include "library/cs-deck-files.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define N_KILLS 6

typedef struct
{
  CsTestHome *home;
  CsEngine *engine;
} Fixture;

static void
open_engine (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaths) paths = cs_paths_new (&error);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  cs_engine_open_async (paths, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  f->engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
close_engine (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_engine_close_async (f->engine, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_true (cs_engine_close_finish (f->engine, result, NULL));
  g_clear_object (&f->engine);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->home = cs_test_home_new ();
  open_engine (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_engine (f);
  cs_test_home_free (f->home);
}

static CsCreation *
save (Fixture *f, const char *id, const char *sha256, const char *markdown, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (markdown, strlen (markdown));
  CsDeckEdit edit = { .id = id, .sha256 = sha256, .markdown = bytes, .theme = CS_THEME_SOLARIZED, .language = CS_LANGUAGE_FR };
  g_autoptr (GAsyncResult) result = NULL;

  cs_deck_saver_save_async (cs_engine_get_library (f->engine), cs_engine_get_store (f->engine), cs_engine_get_paths (f->engine), &edit,
                            NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_deck_saver_save_finish (result, error);
}

static char *
read_file (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (cs_paths_get_creations (cs_engine_get_paths (f->engine)), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = cs_file_read (path, 1 << 24, NULL, &error);

  g_assert_no_error (error);
  return text;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
check_content (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryReport) report = NULL;

  cs_library_check_async (cs_engine_get_library (f->engine), NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  report = cs_library_check_finish (cs_engine_get_library (f->engine), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_missing, ==, 0);
  g_assert_cmpuint (report->n_changed, ==, 0);
  g_assert_cmpuint (report->n_orphans, ==, 0);
}

static void
check_clean (Fixture *f, guint n_decks)
{
  CsPaths *paths = cs_engine_get_paths (f->engine);

  check_content (f);
  g_assert_cmpuint (count_files (cs_paths_get_creations (paths)), ==, 2 * n_decks);
  g_assert_cmpuint (count_files (cs_paths_get_work (paths)), ==, 0);
}

/* As every front end does that drives jobs. */
static void
resume (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  cs_job_queue_resume_async (cs_engine_get_queue (f->engine), NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_resume_finish (cs_engine_get_queue (f->engine), result, NULL);
  g_assert_nonnull (jobs);
}

static void
test_new (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = save (f, NULL, NULL, "# Sun to spare\n\n---\n\n## Why\n\n- a\n", &error);
  const CsCreationFacts *facts;
  g_autofree char *html = NULL;
  g_autofree char *markdown = NULL;

  g_assert_no_error (error);
  facts = cs_creation_get_facts (creation);
  g_assert_cmpstr (facts->title, ==, "Sun to spare");
  g_assert_cmpstr (facts->provider, ==, CS_LIBRARY_IMPORT_PROVIDER);
  g_assert_cmpstr (facts->theme, ==, "solarized");
  g_assert_cmpstr (facts->language, ==, "fr");
  g_assert_cmpint (facts->num_slides, ==, 2);
  g_assert_cmpint (facts->kind, ==, CS_KIND_DECK);
  html = read_file (f, facts->file);
  markdown = read_file (f, facts->markdown_file);
  g_assert_nonnull (strstr (html, "Sun to spare"));
  g_assert_nonnull (strstr (html, "lang=\"fr\""));
  g_assert_cmpstr (markdown, ==, "# Sun to spare\n\n---\n\n## Why\n\n- a\n");
  check_clean (f, 1);
}

static void
changed_cb (CsLibrary *library, const char *id, gpointer user_data)
{
  char **place = user_data;

  g_free (*place);
  *place = g_strdup (id);
}

static void
test_edit (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) before = save (f, NULL, NULL, "# One\n", &error);
  const CsCreationFacts *old = cs_creation_get_facts (before);
  g_autoptr (CsCreation) after = NULL;
  const CsCreationFacts *facts;
  g_autofree char *html = NULL;
  g_autofree char *told = NULL;

  g_signal_connect (cs_engine_get_library (f->engine), "changed", G_CALLBACK (changed_cb), &told);
  after = save (f, old->id, old->sha256, "# Two\n\n---\n\n# Three\n\nNote: words\n", &error);
  g_assert_no_error (error);
  facts = cs_creation_get_facts (after);
  g_assert_cmpstr (facts->id, ==, old->id);
  g_assert_cmpstr (facts->title, ==, "Two");
  g_assert_cmpint (facts->num_slides, ==, 2);
  g_assert_cmpstr (facts->sha256, !=, old->sha256);
  g_assert_cmpstr (facts->file, !=, old->file);
  g_assert_cmpint (facts->created_at, ==, old->created_at);
  g_assert_cmpstr (told, ==, old->id);
  html = read_file (f, facts->file);
  g_assert_nonnull (strstr (html, "Three"));
  check_clean (f, 1);
}

static void
rename_to (Fixture *f, const char *id, const char *title)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsCreation) creation = NULL;

  cs_library_rename_async (cs_engine_get_library (f->engine), id, title, "my notes", NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  creation = cs_library_rename_finish (cs_engine_get_library (f->engine), result, NULL);
  g_assert_nonnull (creation);
}

/* A title that somebody gave stays, and so do his notes. */
static void
test_own_title (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) before = save (f, NULL, NULL, "# One\n", &error);
  g_autoptr (CsCreation) after = NULL;

  rename_to (f, cs_creation_get_id (before), "For the council");
  after = save (f, cs_creation_get_id (before), NULL, "# Two\n", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (cs_creation_get_facts (after)->title, ==, "For the council");
  g_assert_cmpstr (cs_creation_get_facts (after)->notes, ==, "my notes");
  check_clean (f, 1);
}

/* Two who edit the same deck: the second is told, and nothing is lost. */
static void
test_conflict (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) before = save (f, NULL, NULL, "# One\n", &error);
  const CsCreationFacts *old = cs_creation_get_facts (before);
  g_autoptr (CsCreation) mine = save (f, old->id, old->sha256, "# Mine\n", &error);
  g_autoptr (CsCreation) theirs = NULL;
  g_autofree char *markdown = NULL;

  g_assert_no_error (error);
  theirs = save (f, old->id, old->sha256, "# Theirs\n", &error);
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_assert_null (theirs);
  markdown = read_file (f, cs_creation_get_facts (mine)->markdown_file);
  g_assert_cmpstr (markdown, ==, "# Mine\n");
  check_clean (f, 1);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) before = save (f, NULL, NULL, "# One\n", &error);

  g_assert_null (save (f, cs_creation_get_id (before), NULL, " \n\n---\n\n", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (save (f, cs_creation_get_id (before), NULL, "# \xff\n", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (save (f, "01hzzzzzzzzzzzzzzzzzzzzzzz", NULL, "# One\n", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  check_clean (f, 1);
}

/* What a dead process left is taken away, and what a row names is not. */
static void
test_leftovers (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = save (f, NULL, NULL, "# One\n", &error);
  g_autoptr (CsCreationFacts) other = cs_creation_facts_new ();
  g_autoptr (GBytes) markdown = g_bytes_new_static ("# New\n", 6);
  CsPaths *paths = cs_engine_get_paths (f->engine);

  other->id = g_strdup (cs_creation_get_id (creation));
  other->title = g_strdup ("One");
  other->file = g_strdup (cs_creation_get_facts (creation)->file);
  other->markdown_file = g_strdup (cs_creation_get_facts (creation)->markdown_file);
  cs_deck_files_free (cs_deck_files_write (paths, other, markdown, "<p>", 3, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (cs_paths_get_creations (paths)), ==, 4);
  close_engine (f);
  open_engine (f);
  check_content (f); /* before anybody cleaned up, too */
  resume (f);
  check_clean (f, 1);
}

/* The child saves one deck again and again, and is killed in the middle of it. */

static int
run_child (const char *id)
{
  Fixture f = { 0 };

  open_engine (&f);
  for (guint i = 0;; i++)
    {
      g_autofree char *markdown = g_strdup_printf ("# Version %u\n", i);
      g_autoptr (GError) error = NULL;
      g_autoptr (CsCreation) creation = save (&f, id, NULL, markdown, &error);

      g_assert_no_error (error);
      g_print ("%u\n", i);
      fflush (stdout);
    }
  return 0;
}

static void
kill_child (const char *program, const char *id, guint delay)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--child", id, NULL);
  char byte;

  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (child), &byte, 1, NULL, NULL), ==, 1);
  g_usleep (delay);
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
}

static void
test_kill (Fixture *f, gconstpointer program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = save (f, NULL, NULL, "# Version\n", &error);

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *markdown = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (CsCreation) now = NULL;

      close_engine (f);
      kill_child (program, cs_creation_get_id (creation), 1000 + 3700 * i); /* anywhere in a save */
      open_engine (f);
      cs_library_get_async (cs_engine_get_library (f->engine), cs_creation_get_id (creation), NULL, cs_test_keep_result, &result);
      cs_test_wait_result (&result);
      now = cs_library_get_finish (cs_engine_get_library (f->engine), result, &error);
      g_assert_no_error (error);
      markdown = read_file (f, cs_creation_get_facts (now)->markdown_file);
      g_assert_true (g_str_has_prefix (markdown, "# Version"));
      check_content (f);
    }
  resume (f);
  check_clean (f, 1);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = g_canonicalize_filename (argv[0], NULL);

  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/deck-saver/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/deck-saver/edit", Fixture, NULL, set_up, test_edit, tear_down);
  g_test_add ("/deck-saver/own-title", Fixture, NULL, set_up, test_own_title, tear_down);
  g_test_add ("/deck-saver/conflict", Fixture, NULL, set_up, test_conflict, tear_down);
  g_test_add ("/deck-saver/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/deck-saver/leftovers", Fixture, NULL, set_up, test_leftovers, tear_down);
  g_test_add ("/deck-saver/promise-4-kill", Fixture, program, set_up, test_kill, tear_down);
  return g_test_run ();
}
