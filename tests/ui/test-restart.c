/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real program with a window, ended in the middle of what is paid for, by force and in order: the next start goes on with
 * it, it ends once, and the provider is asked once. And what other starts of it and the command line see of each other.
 */
#include "config.h"

#include "cs-fake-server.h"
#include "cs-test.h"
#include "ui-desktop.h"

#include "creative-studio.h"
#include "jobs/cs-job-store.h"
#include "store/cs-database.h"

#include <signal.h>
#include <string.h>

#define PATIENCE 60 /* seconds */

static UiDesktop *desktop;

typedef struct
{
  CsTestHome *home;
  CsFakeServer *server;
  char *id; /* (nullable) of the job */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ollama = NULL;

  fixture->home = cs_test_home_new ();
  fixture->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (fixture->server);
  ollama = cs_fake_server_dup_closed_base (fixture->server, "ollama");
  g_setenv ("OLLAMA_HOST", ollama, TRUE);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "50", TRUE);
  g_setenv ("REPLICATE_API_TOKEN", "canary0123456789", TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->id);
  cs_fake_server_free (fixture->server);
  cs_test_home_free (fixture->home);
}

/* The program */

static GSubprocess *
start (const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *program = g_getenv ("CREATIVE_STUDIO_PROGRAM");
  GSubprocess *process;
  va_list args;

  g_assert_nonnull (program);
  g_ptr_array_add (argv, (char *) program);
  va_start (args, first);
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (argv, (char *) word);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  return process;
}

static gboolean
has_result_cb (gpointer user_data)
{
  GAsyncResult **slot = user_data;

  return *slot != NULL;
}

/* @number: the signal to send; 0: none. Returns: its exit status; -1 when a signal ended it. */
static int
end (GSubprocess *process, int number)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (number != 0)
    g_subprocess_send_signal (process, number);
  g_subprocess_wait_async (process, NULL, cs_test_keep_result, &result);
  if (!cs_test_wait_seconds (has_result_cb, &result, PATIENCE))
    g_error ("It did not end");
  g_assert_true (g_subprocess_wait_finish (process, result, NULL));
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

/* The database */

static CsDatabase *
open_database (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CREATIVE_STUDIO_HOME"), "studio.db", NULL);
  g_autoptr (GError) error = NULL;
  CsDatabase *database = cs_database_open (path, &error);

  g_assert_no_error (error);
  return database;
}

static gint64
query (const char *sql)
{
  g_autoptr (CsDatabase) database = open_database ();
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  cs_database_get_integer (database, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static gboolean
is_true_cb (gpointer sql)
{
  return query (sql) != 0;
}

static void
wait_for (const char *sql)
{
  if (!cs_test_wait_seconds (is_true_cb, (gpointer) sql, PATIENCE))
    g_error ("It never came that %s", sql);
}

/* A paid picture that is asked for; nobody has begun with it. */
static void
add_job (Fixture *fixture)
{
  g_autoptr (CsPaths) paths = cs_paths_new (NULL);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (CsStore) store = NULL;
  g_autoptr (CsDatabase) database = NULL;
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_IMAGE);
  g_autoptr (CsJobFacts) facts = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_open_async (paths, NULL, cs_test_keep_result, &opened); /* makes the tables */
  cs_test_wait_result (&opened);
  store = cs_store_open_finish (opened, &error);
  g_assert_no_error (error);
  cs_store_close_async (store, NULL, cs_test_keep_result, &closed);
  cs_test_wait_result (&closed);
  brief->prompt = g_strdup ("A lighthouse at dusk");
  brief->model = g_strdup ("replicate/flux-schnell");
  brief->max_cost = CS_MONEY_UNIT;
  facts = cs_job_facts_new (brief);
  fixture->id = g_strdup (facts->id);
  database = open_database ();
  g_assert_true (cs_job_store_insert (database, facts, &error));
}

#define IS_DONE "SELECT count(*) FROM jobs WHERE state = 'done'"

/* It was paid once, and is there once. */
static void
check_once (Fixture *fixture)
{
  wait_for (IS_DONE);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "replicate", "create"), ==, 1);
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, "replicate"), ==, 1);
  g_assert_cmpint (query ("SELECT count(*) FROM creations"), ==, 1);
  g_assert_cmpint (query ("SELECT count(*) FROM attempts"), ==, 1);
  g_assert_cmpint (query ("SELECT count(*) FROM usage_events"), ==, 1);
}

static gboolean
is_asked_cb (gpointer server)
{
  return cs_fake_server_count (server, "replicate", "create") == 1;
}

static void
wait_asked (Fixture *fixture)
{
  g_assert_true (cs_test_wait_seconds (is_asked_cb, fixture->server, PATIENCE));
}

#define IS_RENDERING "SELECT count(*) FROM jobs WHERE state = 'rendering'"

static void
test_killed_rendering (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) one = NULL;
  g_autoptr (GSubprocess) two = NULL;

  cs_fake_server_set_usual (fixture->server, "replicate", "get", "polls:20");
  add_job (fixture);
  one = start (NULL);
  wait_for (IS_RENDERING);
  g_assert_cmpint (end (one, SIGKILL), ==, -1);
  g_assert_cmpint (query (IS_RENDERING), ==, 1);
  two = start (NULL);
  check_once (fixture);
  g_assert_cmpint (end (two, SIGTERM), ==, 0);
}

/* Nobody knows whether it was taken: it is looked for, and found. */
static void
test_killed_sending (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) one = NULL;
  g_autoptr (GSubprocess) two = NULL;

  cs_fake_server_script (fixture->server, "replicate", "create", "ok@1000");
  add_job (fixture);
  one = start (NULL);
  wait_asked (fixture);
  g_assert_cmpint (end (one, SIGKILL), ==, -1);
  two = start (NULL);
  check_once (fixture);
  g_assert_cmpint (end (two, SIGTERM), ==, 0);
}

/* The answer is waited for: then there is no doubt. */
static void
test_quit_sending (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) one = NULL;
  g_autoptr (GSubprocess) two = NULL;

  cs_fake_server_script (fixture->server, "replicate", "create", "ok@1000");
  cs_fake_server_set_usual (fixture->server, "replicate", "get", "polls:5");
  add_job (fixture);
  one = start (NULL);
  wait_asked (fixture);
  g_assert_cmpint (end (one, SIGTERM), ==, 0);
  g_assert_cmpint (query ("SELECT count(*) FROM jobs WHERE state = 'rendering' AND owner IS NULL"), ==, 1);
  g_free (ui_desktop_wait (desktop, "notify kept: Not everything is made yet | 1 job is kept"));
  two = start (NULL);
  check_once (fixture);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "replicate", "list"), ==, 0);
  g_assert_cmpint (end (two, SIGTERM), ==, 0);
}

/* Its name on the bus */

static gboolean
has_name_cb (gpointer bus)
{
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                                     g_variant_new ("(s)", CS_APP_ID), G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean has_owner = FALSE;

  g_variant_get (answer, "(b)", &has_owner);
  return has_owner;
}

/* As the desktop does it for a notification. */
static void
activate (GDBusConnection *bus, const char *action, const char *id)
{
  GVariantBuilder parameters;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  if (id != NULL)
    g_variant_builder_add (&parameters, "v", g_variant_new_string (id));
  answer = g_dbus_connection_call_sync (bus, CS_APP_ID, "/dz/iafactory/CreativeStudio", "org.freedesktop.Application", "ActivateAction",
                                        g_variant_new ("(sava{sv})", action, &parameters, NULL), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                        &error);
  g_assert_no_error (error);
}

/* One process for all windows: another start hands on what it was given, and ends. */
static void
test_single (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GSubprocess) first = NULL;
  g_autoptr (GSubprocess) second = NULL;
  g_autoptr (GSubprocess) third = NULL;

  first = start (NULL);
  g_assert_true (cs_test_wait_seconds (has_name_cb, bus, PATIENCE));
  second = start ("--new-window", NULL);
  g_assert_cmpint (end (second, 0), ==, 0);
  third = start ("creative-studio:creation/01ARZ3NDEKTSV4RRFFQ69G5FAV", NULL);
  g_assert_cmpint (end (third, 0), ==, 0);
  activate (bus, "quit", NULL);
  g_assert_cmpint (end (first, 0), ==, 0);
}

static gboolean
is_there_cb (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Begun by the bus, for one action alone; it stays for the window that comes of it. */
static void
test_service (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GSubprocess) process = start ("--gapplication-service", NULL);
  g_autofree char *database = cs_test_home_build (fixture->home, "studio.db");

  g_assert_true (cs_test_wait_seconds (has_name_cb, bus, PATIENCE));
  g_assert_false (is_there_cb (database)); /* nobody asked for anything yet */
  activate (bus, "show-gallery", NULL);
  g_assert_true (cs_test_wait_seconds (is_there_cb, database, PATIENCE));
  activate (bus, "quit", NULL);
  g_assert_cmpint (end (process, 0), ==, 0);
}

/* What the command line leaves with its provider, the window goes on with. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { g_getenv ("CREATIVE_STUDIO_CLI"), "--json", "image", "A lighthouse", "--no-screenwriter", "--model",
                               "replicate/flux-schnell", "--detach", NULL };
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GSubprocess) process = start (NULL);
  g_autoptr (CsTestRun) run = NULL;

  cs_fake_server_set_usual (fixture->server, "replicate", "get", "polls:10");
  g_assert_true (cs_test_wait_seconds (has_name_cb, bus, PATIENCE));
  run = cs_test_run (argv, NULL, PATIENCE);
  g_assert_cmpint (run->exit_status, ==, 0);
  check_once (fixture);
  g_assert_cmpint (end (process, SIGTERM), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  desktop = ui_desktop_start ();
  g_test_add ("/promise-3/restart/killed-rendering", Fixture, NULL, set_up, test_killed_rendering, tear_down);
  g_test_add ("/promise-3/restart/killed-sending", Fixture, NULL, set_up, test_killed_sending, tear_down);
  g_test_add ("/promise-3/restart/quit-sending", Fixture, NULL, set_up, test_quit_sending, tear_down);
  g_test_add ("/restart/single", Fixture, NULL, set_up, test_single, tear_down);
  g_test_add ("/restart/service", Fixture, NULL, set_up, test_service, tear_down);
  g_test_add ("/promise-4/restart/others", Fixture, NULL, set_up, test_others, tear_down);
  status = g_test_run ();
  ui_desktop_stop (desktop);
  return status;
}
