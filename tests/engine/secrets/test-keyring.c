/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keyring against real and false services. Every case runs in a process and on a session bus of its own: this program
 * starts itself again there with the name of the case.
 */
#include "config.h"

#include "core/cs-error.h"
#include "core/cs-redact.h"
#include "secrets/cs-secret-store.h"

#include "cs-fake-keyring.h"
#include "cs-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#ifdef CS_SANITIZED
#define LIMIT 300 /* seconds that one case may take */
#else
#define LIMIT 60
#endif

#define SECRETS_NAME "org.freedesktop.secrets"

/* Nothing of what is stored may be found where it does not belong. */
#define CANARY "r8_canary0123456789"

static const char *program;

/* What the store said: -1 is well done, or the code of the error. */
typedef struct
{
  char *secret; /* (nullable) */
  int code;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->secret, cs_secret_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static int
take_error (GError *error, const char *words)
{
  int code = error->code;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    code = G_MAXINT;
  else
    g_assert_cmpint (error->domain, ==, CS_ERROR);
  g_test_message ("%s", error->message);
  g_assert_null (strstr (error->message, CANARY));
  if (words != NULL && strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_error_free (error);
  return code;
}

/* @words: (nullable): what the sentence says when it fails */
static Answer
look_up (CsSecretStore *store, CsKeyName name, const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  Answer answer = { NULL, -1 };

  cs_secret_store_lookup_async (store, name, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  answer.secret = cs_secret_store_lookup_finish (store, result, &error);
  if (error != NULL)
    answer.code = take_error (error, words);
  return answer;
}

static void
assert_kept (CsSecretStore *store, CsKeyName name, const char *expected)
{
  g_auto (Answer) answer = look_up (store, name, NULL);

  g_assert_cmpint (answer.code, ==, -1);
  g_assert_cmpstr (answer.secret, ==, expected);
}

static void
assert_unreadable (CsSecretStore *store, CsKeyName name, const char *words)
{
  g_auto (Answer) answer = look_up (store, name, words);

  g_assert_cmpint (answer.code, ==, CS_ERROR_NO_KEYRING);
  g_assert_null (answer.secret);
}

/* @secret: (nullable): NULL forgets it */
static int
put (CsSecretStore *store, CsKeyName name, const char *secret, gboolean may_prompt, const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean good;

  if (secret != NULL)
    cs_secret_store_store_async (store, name, secret, may_prompt, NULL, cs_test_keep_result, &result);
  else
    cs_secret_store_clear_async (store, name, may_prompt, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  good = secret != NULL ? cs_secret_store_store_finish (store, result, &error)
                        : cs_secret_store_clear_finish (store, result, &error);
  g_assert_true (good == (error == NULL));
  return good ? -1 : take_error (error, words);
}

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

static gboolean
tick_cb (gpointer user_data)
{
  guint *ticks = user_data;

  ++*ticks;
  return G_SOURCE_CONTINUE;
}

/* Four questions to somebody who never answers cost three seconds in all, in which the loop goes on turning. */
static void
inner_silent (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_SILENT);
  CsSecretStore *store = cs_keyring_new ();
  GAsyncResult *results[CS_N_KEYS] = { NULL };
  gint64 start = g_get_monotonic_time ();
  guint ticks = 0;
  guint ticker = g_timeout_add (50, tick_cb, &ticks);
  gint64 took;

  for (guint i = 0; i < CS_N_KEYS; i++)
    cs_secret_store_lookup_async (store, i, NULL, cs_test_keep_result, &results[i]);
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      GError *error = NULL;

      cs_test_wait_result (&results[i]);
      g_assert_null (cs_secret_store_lookup_finish (store, results[i], &error));
      g_assert_cmpint (take_error (error, "does not answer"), ==, CS_ERROR_NO_KEYRING);
      g_object_unref (results[i]);
    }
  took = g_get_monotonic_time () - start;
  g_source_remove (ticker);
  g_assert_cmpuint (cs_fake_keyring_count_calls (fake), >, 0);
  g_assert_cmpint (took, >, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (took, <, 10 * G_USEC_PER_SEC);
  g_assert_cmpuint (ticks, >=, 20);
  g_assert_finalize_object (store);
}

/* Given up while it waits: answered at once. */
static void
inner_given_up (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_SILENT);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  cs_secret_store_store_async (store, CS_KEY_GROQ, CANARY, TRUE, cancellable, cs_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  cs_test_wait_result (&result);
  g_assert_false (cs_secret_store_store_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

/* A keyring that asks for everything, as some do, is not asked where nobody sits in front of it. */
static void
inner_asking (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_ASKING);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  cs_fake_keyring_set_user (fake, CS_FAKE_USER_AGREES);
  assert_kept (store, CS_KEY_GROQ, NULL);
  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 0);
  g_assert_null (cs_fake_keyring_get_secret (fake));

  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, TRUE, NULL), ==, -1);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 1);
  g_assert_cmpstr (cs_fake_keyring_get_secret (fake), ==, CANARY);
  assert_kept (store, CS_KEY_GROQ, CANARY);

  g_assert_cmpint (put (store, CS_KEY_GROQ, NULL, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 1);
  g_assert_cmpint (put (store, CS_KEY_GROQ, NULL, TRUE, NULL), ==, -1);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 2);
  assert_kept (store, CS_KEY_GROQ, NULL);
}

/* One that does not tell what is in it while it is locked. */
static void
inner_discreet (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();

  cs_fake_keyring_set_user (fake, CS_FAKE_USER_DISMISSES);
  assert_unreadable (store, CS_KEY_GROQ, "locked");
  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpint (put (store, CS_KEY_GROQ, NULL, FALSE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 0);

  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, TRUE, "locked"), ==, CS_ERROR_NO_KEYRING);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 1);
  g_assert_null (cs_fake_keyring_get_secret (fake));

  cs_fake_keyring_set_user (fake, CS_FAKE_USER_AGREES);
  g_assert_cmpint (put (store, CS_KEY_GROQ, CANARY, TRUE, NULL), ==, -1);
  g_assert_cmpuint (cs_fake_keyring_count_prompts (fake), ==, 2);
  assert_kept (store, CS_KEY_GROQ, CANARY);
}

static gboolean
prompts_cb (gpointer user_data)
{
  return cs_fake_keyring_count_prompts (user_data) > 0;
}

/* Somebody who is asked may take longer than a program. */
static void
inner_pondering (void)
{
  g_autoptr (CsFakeKeyring) fake = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  g_autoptr (CsSecretStore) store = cs_keyring_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_secret_store_clear_async (store, CS_KEY_GROQ, TRUE, cancellable, cs_test_keep_result, &result);
  cs_test_wait (prompts_cb, fake);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  cs_test_wait_result (&result);
  g_assert_false (cs_secret_store_clear_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The service goes away while its user thinks. */
static void
inner_vanishing (void)
{
  CsFakeKeyring *fake = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  CsSecretStore *store = cs_keyring_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  cs_secret_store_store_async (store, CS_KEY_GROQ, CANARY, TRUE, NULL, cs_test_keep_result, &result);
  cs_test_wait (prompts_cb, fake);
  cs_fake_keyring_free (fake);
  cs_test_wait_result (&result);
  g_assert_false (cs_secret_store_store_finish (store, result, &error));
  g_assert_cmpint (take_error (error, "keyring"), ==, CS_ERROR_NO_KEYRING);
  g_clear_object (&result);
  g_assert_finalize_object (store);
}

static const struct
{
  const char *name;
  void (*run) (void);
} scenes[] = {
  { "real", inner_real },
  { "locked", inner_locked },
  { "empty", inner_empty },
  { "missing", inner_missing },
  { "store-one", inner_store_one },
  { "read-one", inner_read_one },
  { "clear-one", inner_clear_one },
  { "wrong-password", inner_wrong_password },
  { "broken-file", inner_broken_file },
  { "silent", inner_silent },
  { "given-up", inner_given_up },
  { "asking", inner_asking },
  { "discreet", inner_discreet },
  { "pondering", inner_pondering },
  { "vanishing", inner_vanishing },
};

static int
run_scene (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (g_str_equal (scenes[i].name, name))
      {
        scenes[i].run ();
        return 0;
      }
  return 77;
}

/* A folder that is the whole home of one case. */
static char *
make_home (void)
{
  g_autoptr (GError) error = NULL;
  char *home = g_dir_make_tmp ("cs-test-keyring-XXXXXX", &error);
  g_autofree char *runtime = g_build_filename (home, "runtime", NULL);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (runtime, 0700), ==, 0);
  return home;
}

static void
run_here (GPtrArray *argv, const char *scene)
{
  CsTestRun *run;

  g_ptr_array_add (argv, (char *) program);
  g_ptr_array_add (argv, "--scene");
  g_ptr_array_add (argv, (char *) scene);
  g_ptr_array_add (argv, NULL);
  run = cs_test_run ((const char *const *) argv->pdata, NULL, LIMIT);
  if (run->exit_status != 0)
    g_error ("“%s” ended with %d:\n%s\n%s", scene, run->exit_status, run->out, run->err);
  g_assert_null (strstr (run->out, CANARY));
  g_assert_null (strstr (run->err, CANARY));
  cs_test_run_free (run);
}

/* @settings: (nullable): of the bus; a variable that is set to nothing is unset */
static void
run_in_session (const char *home, const char *settings, const char *scene)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) line = g_ptr_array_new ();

  g_ptr_array_add (argv, g_strdup ("env"));
  g_ptr_array_add (argv, g_strdup ("--unset=DISPLAY"));
  g_ptr_array_add (argv, g_strdup ("--unset=WAYLAND_DISPLAY"));
  g_ptr_array_add (argv, g_strdup_printf ("HOME=%s", home));
  g_ptr_array_add (argv, g_strdup_printf ("XDG_DATA_HOME=%s/data", home));
  g_ptr_array_add (argv, g_strdup_printf ("XDG_CONFIG_HOME=%s/config", home));
  g_ptr_array_add (argv, g_strdup_printf ("XDG_CACHE_HOME=%s/cache", home));
  g_ptr_array_add (argv, g_strdup_printf ("XDG_RUNTIME_DIR=%s/runtime", home));
  g_ptr_array_add (argv, g_strdup ("dbus-run-session"));
  if (settings != NULL)
    g_ptr_array_add (argv, g_strdup_printf ("--config-file=%s", settings));
  g_ptr_array_add (argv, g_strdup ("--"));
  for (guint i = 0; i < argv->len; i++)
    g_ptr_array_add (line, argv->pdata[i]);
  run_here (line, scene);
}

static gboolean
skip_without (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);
  g_autofree char *words = g_strdup_printf ("%s is not installed", name);

  if (path == NULL)
    g_test_skip (words);
  return path == NULL;
}

/* A bus that starts nothing by itself. */
static char *
write_bare_settings (const char *home)
{
  g_autofree char *path = g_build_filename (home, "bus.conf", NULL);
  g_autofree char *text = g_strdup_printf (
      "<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN'"
      " 'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'>"
      "<busconfig><type>session</type><listen>unix:dir=%s/runtime</listen>"
      "<policy context='default'><allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/>"
      "<allow own='*'/></policy></busconfig>",
      home);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_steal_pointer (&path);
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
test_fake (gconstpointer data)
{
  g_autofree char *home = make_home ();
  g_autofree char *settings = write_bare_settings (home);

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
    return run_scene (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/secrets/keyring/real", "real", test_real);
  g_test_add_data_func ("/secrets/keyring/locked", "locked", test_real);
  g_test_add_data_func ("/secrets/keyring/empty", "empty", test_real);
  g_test_add_data_func ("/secrets/keyring/no-service", "missing", test_fake);
  g_test_add_func ("/secrets/keyring/no-bus", test_no_bus);
  g_test_add_func ("/secrets/keyring/file", test_file);
  g_test_add_data_func ("/secrets/keyring/silent", "silent", test_fake);
  g_test_add_data_func ("/secrets/keyring/given-up", "given-up", test_fake);
  g_test_add_data_func ("/secrets/keyring/asking", "asking", test_fake);
  g_test_add_data_func ("/secrets/keyring/discreet", "discreet", test_fake);
  g_test_add_data_func ("/secrets/keyring/pondering", "pondering", test_fake);
  g_test_add_data_func ("/secrets/keyring/vanishing", "vanishing", test_fake);
  return g_test_run ();
}
