/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyring against gnome-keyring-daemon, libsecret's file, and nobody at all. */
#include "config.h"
#include "keyring-scene.h"

#include <signal.h>
#include <sys/prctl.h>

#define SECRETS_NAME "org.freedesktop.secrets"

/* gnome-keyring-daemon, as a session would start it. */
typedef struct
{
  GSubprocess *process;
  gboolean is_owned;
  guint watch;
} Daemon;

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  Daemon *daemon = user_data;

  daemon->is_owned = TRUE;
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Daemon *daemon = user_data;

  daemon->is_owned = FALSE;
}

static gboolean
is_owned_cb (gpointer user_data)
{
  Daemon *daemon = user_data;

  return daemon->is_owned;
}

static gboolean
is_gone_cb (gpointer user_data)
{
  Daemon *daemon = user_data;

  return !daemon->is_owned;
}

/* A case that fails leaves nobody behind who would hold its pipes open. */
static void
die_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* @password: (nullable): of the login keyring; without it, what there is stays locked */
static void
start_daemon (Daemon *daemon, const char *password)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;
  GOutputStream *input;

  if (daemon->watch == 0)
    daemon->watch = g_bus_watch_name (G_BUS_TYPE_SESSION, SECRETS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb,
                                      vanished_cb, daemon, NULL);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  /* Its own warnings are not ours. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  daemon->process = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                                 "--components=secrets", password != NULL ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (daemon->process);
  if (password != NULL)
    g_output_stream_write_all (input, password, strlen (password), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);
  cs_test_wait (is_owned_cb, daemon);
}

static void
stop_daemon (Daemon *daemon)
{
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
  cs_test_wait (is_gone_cb, daemon);
  g_clear_object (&daemon->process);
}

static void
end_daemon (Daemon *daemon)
{
  stop_daemon (daemon);
  g_bus_unwatch_name (daemon->watch);
}

/* Stands where gnome-keyring would ask for the password: sees whether it does, and thinks about it for ever. */
typedef struct
{
  guint name;
  guint filter;
  GDBusConnection *bus;
  int n_calls; /* atomic */
  gboolean is_owned;
} Prompter;

static GDBusMessage *
prompter_filter_cb (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  Prompter *prompter = user_data;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL
      || !g_str_has_prefix (g_dbus_message_get_path (message), "/org/gnome/keyring/Prompter"))
    return message;
  g_atomic_int_inc (&prompter->n_calls);
  g_object_unref (message);
  return NULL;
}

static void
prompter_owned_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Prompter *prompter = user_data;

  prompter->is_owned = TRUE;
}

static gboolean
prompter_is_owned_cb (gpointer user_data)
{
  Prompter *prompter = user_data;

  return prompter->is_owned;
}

static gboolean
was_prompted_cb (gpointer user_data)
{
  Prompter *prompter = user_data;

  return g_atomic_int_get (&prompter->n_calls) > 0;
}

static void
start_prompter (Prompter *prompter)
{
  g_autoptr (GError) error = NULL;

  prompter->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  prompter->filter = g_dbus_connection_add_filter (prompter->bus, prompter_filter_cb, prompter, NULL);
  prompter->name = g_bus_own_name_on_connection (prompter->bus, "org.gnome.keyring.SystemPrompter",
                                                 G_BUS_NAME_OWNER_FLAGS_NONE, prompter_owned_cb, NULL, prompter, NULL);
  cs_test_wait (prompter_is_owned_cb, prompter);
}

static void
end_prompter (Prompter *prompter)
{
  g_dbus_connection_remove_filter (prompter->bus, prompter->filter);
  g_bus_unown_name (prompter->name);
  g_object_unref (prompter->bus);
}

static void
inner_real (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();
  Daemon daemon = { NULL };

  start_daemon (&daemon, "password\n");
  assert_kept (store, CS_KEY_REPLICATE, NULL);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, NULL, FALSE, NULL), ==, -1);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, "first", FALSE, NULL), ==, -1);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, CANARY, FALSE, NULL), ==, -1);
  g_assert_cmpint (put (store, CS_KEY_GROQ, "gsk_other", FALSE, NULL), ==, -1);
  assert_kept (store, CS_KEY_REPLICATE, CANARY);
  assert_kept (store, CS_KEY_GROQ, "gsk_other");
  assert_kept (store, CS_KEY_PIAPI, NULL);

  /* The same object, another daemon. */
  stop_daemon (&daemon);
  start_daemon (&daemon, "password\n");
  assert_kept (store, CS_KEY_REPLICATE, CANARY);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, NULL, FALSE, NULL), ==, -1);
  assert_kept (store, CS_KEY_REPLICATE, NULL);
  assert_kept (store, CS_KEY_GROQ, "gsk_other");
  end_daemon (&daemon);
}

/* Locked is not absent; nothing is asked that may not be asked, and what may be asked can be given up. */
static void
inner_locked (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Daemon daemon = { NULL };
  Prompter prompter = { 0 };

  start_daemon (&daemon, "password\n");
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, CANARY, FALSE, NULL), ==, -1);
  stop_daemon (&daemon);
  start_prompter (&prompter);
  start_daemon (&daemon, NULL);

  assert_unreadable (store, CS_KEY_REPLICATE, "locked");
  assert_unreadable (store, CS_KEY_GROQ, "locked");
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, "new", FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (put (store, CS_KEY_GROQ, "new", FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, NULL, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (g_atomic_int_get (&prompter.n_calls), ==, 0);

  cs_secret_store_store_async (store, CS_KEY_REPLICATE, "new", TRUE, cancellable, cs_test_keep_result, &result);
  cs_test_wait (was_prompted_cb, &prompter);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  cs_test_wait_result (&result);
  g_assert_false (cs_secret_store_store_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  end_prompter (&prompter);
  stop_daemon (&daemon);
  start_daemon (&daemon, "password\n");
  assert_kept (store, CS_KEY_REPLICATE, CANARY);
  end_daemon (&daemon);
}

/* A service that has no keyring yet: nothing is stored there, and that is no mistake when reading. */
static void
inner_empty (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();
  Daemon daemon = { NULL };
  Prompter prompter = { 0 };

  start_prompter (&prompter);
  start_daemon (&daemon, NULL);
  assert_kept (store, CS_KEY_REPLICATE, NULL);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, CANARY, FALSE, "no keyring yet"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, NULL, FALSE, NULL), ==, -1);
  g_assert_cmpint (g_atomic_int_get (&prompter.n_calls), ==, 0);
  end_prompter (&prompter);
  end_daemon (&daemon);
}

static void
inner_missing (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  assert_unreadable (store, CS_KEY_REPLICATE, "gnome-keyring");
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, CANARY, FALSE, "environment"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, CANARY, TRUE, "environment"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, NULL, FALSE, "environment"), ==, CS_ERROR_NO_KEYRING);
}

static void
inner_store_one (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  assert_kept (store, CS_KEY_REPLICATE, NULL);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, "first", FALSE, NULL), ==, -1);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, CANARY, FALSE, NULL), ==, -1);
  g_assert_cmpint (put (store, CS_KEY_GROQ, "gsk_other", FALSE, NULL), ==, -1);
}

static void
inner_read_one (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  assert_kept (store, CS_KEY_REPLICATE, CANARY);
  assert_kept (store, CS_KEY_GROQ, "gsk_other");
  assert_kept (store, CS_KEY_PIAPI, NULL);
}

static void
inner_clear_one (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  g_assert_cmpint (put (store, CS_KEY_REPLICATE, NULL, FALSE, NULL), ==, -1);
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, NULL, FALSE, NULL), ==, -1);
  assert_kept (store, CS_KEY_REPLICATE, NULL);
  assert_kept (store, CS_KEY_GROQ, "gsk_other");
}

/* libsecret cannot tell a wrong password from a file without this key; nothing that is there may be lost by it. */
static void
inner_wrong_password (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  assert_kept (store, CS_KEY_REPLICATE, NULL);
}

static void
inner_broken_file (void)
{
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  assert_unreadable (store, CS_KEY_REPLICATE, "cannot be used");
  g_assert_cmpint (put (store, CS_KEY_REPLICATE, CANARY, FALSE, "cannot be used"), ==, CS_ERROR_NO_KEYRING);
}

static const Scene scenes[] = {
  { "real", inner_real },
  { "locked", inner_locked },
  { "empty", inner_empty },
  { "missing", inner_missing },
  { "store-one", inner_store_one },
  { "read-one", inner_read_one },
  { "clear-one", inner_clear_one },
  { "wrong-password", inner_wrong_password },
  { "broken-file", inner_broken_file },
};

static gboolean
skip_without (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);
  g_autofree char *words = g_strdup_printf ("%s is not installed", name);

  if (path == NULL)
    g_test_skip (words);
  return path == NULL;
}

static void
test_real (gconstpointer data)
{
  g_autofree char *home = NULL;
  g_autofree char *settings = NULL;

  if (skip_without ("gnome-keyring-daemon"))
    return;
  home = make_home ();
  settings = write_bare_settings (home);
  run_in_session (home, settings, data);
  cs_test_remove_tree (home);
}

static void
test_no_bus (void)
{
  g_autofree char *home = make_home ();
  g_autofree char *runtime = g_strdup_printf ("XDG_RUNTIME_DIR=%s/runtime", home);
  g_autoptr (GPtrArray) unset = g_ptr_array_new ();
  g_autoptr (GPtrArray) dead = g_ptr_array_new ();

  g_ptr_array_add (unset, "env");
  g_ptr_array_add (unset, "--unset=DISPLAY");
  g_ptr_array_add (unset, "--unset=DBUS_SESSION_BUS_ADDRESS");
  g_ptr_array_add (unset, runtime);
  run_here (unset, "missing");

  g_ptr_array_add (dead, "env");
  g_ptr_array_add (dead, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus");
  g_ptr_array_add (dead, runtime);
  run_here (dead, "missing");
  cs_test_remove_tree (home);
}

/* libsecret 0.20 forgets a string whenever it writes its file: leaks are not looked for there. */
static char *
build_sanitizer_options (void)
{
  const char *options = g_getenv ("ASAN_OPTIONS");

  return g_strdup_printf ("ASAN_OPTIONS=%s:detect_leaks=0", options != NULL ? options : "");
}

static void
run_with_file (const char *path, const char *password, const char *scene)
{
  g_autofree char *sanitizer = build_sanitizer_options ();
  g_autofree char *file = g_strdup_printf ("SECRET_FILE_TEST_PATH=%s", path);
  g_autofree char *word = g_strdup_printf ("SECRET_FILE_TEST_PASSWORD=%s", password);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, "env");
  g_ptr_array_add (argv, "DBUS_SESSION_BUS_ADDRESS=disabled:");
  g_ptr_array_add (argv, "SECRET_BACKEND=file");
  g_ptr_array_add (argv, file);
  g_ptr_array_add (argv, word);
  g_ptr_array_add (argv, sanitizer);
  run_here (argv, scene);
}

/* As inside a Flatpak: libsecret's file, which needs no bus. */
static void
test_file (void)
{
  g_autofree char *home = make_home ();
  g_autofree char *path = g_build_filename (home, "default.keyring", NULL);
  g_autofree char *content = NULL;
  GStatBuf status;
  gsize length;

  run_with_file (path, "right", "store-one");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (g_strstr_len (content, length, CANARY));
  run_with_file (path, "wrong", "wrong-password");
  run_with_file (path, "right", "read-one");
  run_with_file (path, "right", "clear-one");

  g_assert_true (g_file_set_contents (path, "not a keyring", -1, NULL));
  run_with_file (path, "right", "broken-file");
  cs_test_remove_tree (home);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--scene"))
    return run_scene (scenes, G_N_ELEMENTS (scenes), argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/secrets/keyring/real", "real", test_real);
  g_test_add_data_func ("/secrets/keyring/locked", "locked", test_real);
  g_test_add_data_func ("/secrets/keyring/empty", "empty", test_real);
  g_test_add_data_func ("/secrets/keyring/no-service", "missing", test_in_session);
  g_test_add_func ("/secrets/keyring/no-bus", test_no_bus);
  g_test_add_func ("/secrets/keyring/file", test_file);
  return g_test_run ();
}
