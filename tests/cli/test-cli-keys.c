/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys: what it stores, shows and refuses; and that a key is found nowhere but in its keyring. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Looks like no key of a provider: nothing takes it out because of its shape. */
#define CANARY "canary0bird9yellow7song"

static const char *const names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };
static const char *const providers[] = { "piapi", "replicate", "huggingface", "groq" };

/* A studio of its own whose keyring is a file of libsecret, as inside a Flatpak. */
typedef struct
{
  CsTestHome *home;
  char *folder;    /* for what does not belong to the studio */
  char *sanitizer; /* (nullable) what ASAN_OPTIONS was */
} Fixture;

/* libsecret 0.20 forgets a string whenever it writes its file: leaks are not looked for here. */
static void
look_for_no_leaks (Fixture *fixture)
{
  g_autofree char *options = NULL;

  fixture->sanitizer = g_strdup (g_getenv ("ASAN_OPTIONS"));
  options = g_strconcat (fixture->sanitizer != NULL ? fixture->sanitizer : "", ":detect_leaks=0", NULL);
  g_setenv ("ASAN_OPTIONS", options, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *keyring = NULL;

  fixture->home = cs_test_home_new ();
  fixture->folder = g_dir_make_tmp ("cs-cli-keys-XXXXXX", NULL);
  keyring = g_build_filename (fixture->folder, "default.keyring", NULL);
  g_setenv ("CREATIVE_STUDIO_KEYRING", "auto", TRUE);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
  look_for_no_leaks (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_setenv ("CREATIVE_STUDIO_KEYRING", "none", TRUE);
  g_unsetenv ("SECRET_BACKEND");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
  g_setenv ("ASAN_OPTIONS", fixture->sanitizer != NULL ? fixture->sanitizer : "", TRUE);
  g_free (fixture->sanitizer);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  cs_test_home_free (fixture->home);
}

static void
assert_untold (const CsTestRun *run)
{
  g_assert_null (g_strstr_len (run->out, run->out_length, CANARY));
  g_assert_null (g_strstr_len (run->err, run->err_length, CANARY));
}

/* @source: of the key @index; the others have none */
static void
assert_list (guint index, const char *source)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "keys", "list", NULL);

  cli_assert_code (answer, 0, NULL);
  assert_untold (answer->run);
  g_assert_cmpuint (cli_get_length (answer, "keys"), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *row = cli_get_element (answer, "keys", i);
      const char *expected = i == index ? source : "none";

      g_assert_cmpstr (cs_json_get_string (row, "name", NULL), ==, names[i]);
      g_assert_cmpstr (cs_json_get_string (row, "provider", NULL), ==, providers[i]);
      g_assert_cmpstr (cs_json_get_string (row, "source", NULL), ==, expected);
      g_assert_cmpint (cs_json_get_boolean (row, "set", FALSE), ==, !g_str_equal (expected, "none"));
    }
}

static void
test_environment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) odd = NULL;

  assert_list (G_MAXUINT, NULL);
  g_setenv ("PIAPI_KEY", CANARY, TRUE);
  g_setenv ("REPLICATE_API_TOKEN", "r8_YOUR_REPLICATE_TOKEN_HERE", TRUE);
  g_setenv ("GROQ_API_KEY", "", TRUE);
  assert_list (0, "environment");

  g_setenv ("HF_API_TOKEN", CANARY " " CANARY, TRUE);
  odd = cli_ask (NULL, "keys", "list", NULL);
  cli_assert_code (odd, 0, NULL);
  assert_untold (odd->run);
  g_assert_false (cs_json_get_boolean (cli_get_element (odd, "keys", 2), "set", TRUE));
  g_assert_nonnull (cs_json_get_string (cli_get_element (odd, "keys", 2), "trouble", NULL));
  g_assert_nonnull (strstr (odd->run->err, "HF_API_TOKEN"));
}

static void
test_set_and_clear (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) set = cli_ask (CANARY "\r\n", "keys", "set", "GROQ_API_KEY", NULL);
  g_autoptr (CliAnswer) clear = NULL;
  g_autoptr (CliAnswer) again = NULL;

  cli_assert_code (set, 0, NULL);
  assert_untold (set->run);
  g_assert_cmpstr (cs_json_get_string (set->document, "name", NULL), ==, "GROQ_API_KEY");
  g_assert_cmpstr (cs_json_get_string (set->document, "source", NULL), ==, "keyring");
  assert_list (3, "keyring");

  /* The environment goes first, and that is said. */
  g_setenv ("GROQ_API_KEY", CANARY "2", TRUE);
  assert_list (3, "environment");
  clear = cli_ask (NULL, "keys", "clear", "GROQ_API_KEY", NULL);
  cli_assert_code (clear, 0, NULL);
  assert_untold (clear->run);
  g_assert_cmpstr (cs_json_get_string (clear->document, "source", NULL), ==, "environment");
  g_assert_nonnull (strstr (clear->run->err, "environment"));
  g_unsetenv ("GROQ_API_KEY");
  assert_list (G_MAXUINT, NULL);
  again = cli_ask (NULL, "keys", "clear", "GROQ_API_KEY", NULL);
  cli_assert_code (again, 0, NULL);
}

/* A key on the command line is refused wherever it stands, and not repeated. */
static void
test_never_an_argument (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[][4] = { { "keys", "set", "PIAPI_KEY", CANARY },
                                          { "keys", "set", CANARY, NULL },
                                          { "keys", "set", "PIAPI_KEY=" CANARY, NULL },
                                          { "keys", "set", "PIAPI_KEY", "--key=" CANARY },
                                          { "keys", "clear", CANARY, NULL },
                                          { "keys", "clear", "PIAPI_KEY", CANARY },
                                          { "keys", "check", CANARY, NULL },
                                          { "keys", "check", "PIAPI_KEY", CANARY },
                                          { "keys", "PIAPI_KEY=" CANARY, NULL, NULL },
                                          { "keys", "r8_" CANARY, NULL, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (CANARY, lines[i][0], lines[i][1], lines[i][2], lines[i][3], NULL);

      cli_assert_code (answer, 2, "usage");
      assert_untold (answer->run);
    }
  assert_list (G_MAXUINT, NULL);
}

static void
test_bad_values (Fixture *fixture, gconstpointer data)
{
  static const char *const values[] = { "", "\n", "two words", "two\nlines", "YOUR_PIAPI_KEY_HERE", "cl\xc3\xa9" };
  g_autofree char *huge = g_strnfill (100000, 'k');
  g_autoptr (CliAnswer) large = cli_ask (huge, "keys", "set", "PIAPI_KEY", NULL);
  g_autoptr (CliAnswer) broken = cli_ask ("caf\xff", "keys", "set", "PIAPI_KEY", NULL);

  cli_assert_code (large, 2, "too_large");
  cli_assert_code (broken, 2, "malformed");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (values[i], "keys", "set", "PIAPI_KEY", NULL);

      cli_assert_code (answer, 2, "invalid_value");
    }
  assert_list (G_MAXUINT, NULL);
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, ".env", NULL);
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) nothing = NULL;
  g_autoptr (CliAnswer) refused = NULL;
  g_autoptr (CliAnswer) missing = cli_ask (NULL, "keys", "import", path, NULL);

  cli_assert_code (missing, 2, "not_found");
  g_assert_true (g_file_set_contents (path,
                                      "\xef\xbb\xbf# Providers\r\nexport PIAPI_KEY=\"" CANARY "\"\r\n"
                                      "PIAPI_BASE_URL=https://elsewhere.example\r\nREPLICATE_API_TOKEN="
                                      "r8_YOUR_REPLICATE_TOKEN_HERE\r\n" CANARY "\r\n",
                                      -1, NULL));
  answer = cli_ask (NULL, "keys", "import", path, NULL);
  cli_assert_code (answer, 0, NULL);
  assert_untold (answer->run);
  g_assert_cmpuint (cli_get_length (answer, "keys"), ==, 1);
  g_assert_cmpstr (cs_json_get_string (cli_get_element (answer, "keys", 0), "source", NULL), ==, "keyring");
  g_assert_cmpstr (json_array_get_string_element (cs_json_get_array (answer->document, "ignored"), 0), ==, "PIAPI_BASE_URL");
  g_assert_cmpstr (json_array_get_string_element (cs_json_get_array (answer->document, "absent"), 0), ==,
                   "REPLICATE_API_TOKEN");
  g_assert_nonnull (strstr (answer->run->err, "5"));
  assert_list (0, "keyring");

  nothing = cli_ask ("PIAPI_KEY=\nOTHER=1\n", "keys", "import", "-", NULL);
  cli_assert_code (nothing, 3, "no_key");
  refused = cli_ask ("HF_API_TOKEN=" CANARY " x\nPIAPI_KEY=other1234\n", "keys", "import", "-", NULL);
  cli_assert_code (refused, 2, "invalid_value");
  assert_untold (refused->run);
  g_assert_cmpuint (cli_get_length (refused, "keys"), ==, 1);
}

static void
test_import_hostile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (64 * 1024 + 1, '#');
  g_autofree char *folder = g_strdup (fixture->folder);
  g_autoptr (CliAnswer) large = cli_ask (huge, "keys", "import", "-", NULL);
  g_autoptr (CliAnswer) binary = cli_ask ("\xff\xfe" CANARY, "keys", "import", "-", NULL);
  g_autoptr (CliAnswer) no_file = cli_ask (NULL, "keys", "import", folder, NULL);

  cli_assert_code (large, 2, "too_large");
  cli_assert_code (binary, 2, "malformed");
  assert_untold (binary->run);
  g_assert_cmpint (no_file->run->exit_status, !=, 0);
  assert_list (G_MAXUINT, NULL);
}

/* A keyring that is not there is no reason not to list, and every reason not to pretend to store. */
static void
test_no_keyring (Fixture *fixture, gconstpointer data)
{
  g_unsetenv ("SECRET_BACKEND");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CliAnswer) list = cli_ask (NULL, "keys", "list", NULL);
      g_autoptr (CliAnswer) set = cli_ask (CANARY, "keys", "set", "PIAPI_KEY", NULL);
      g_autoptr (CliAnswer) clear = cli_ask (NULL, "keys", "clear", "PIAPI_KEY", NULL);
      g_autoptr (CliAnswer) import = cli_ask ("PIAPI_KEY=" CANARY, "keys", "import", "-", NULL);
      JsonObject *keyring = cs_json_get_object (list->document, "keyring");

      cli_assert_code (list, 0, NULL);
      cli_assert_code (set, 3, "no_keyring");
      cli_assert_code (clear, 3, "no_keyring");
      cli_assert_code (import, 3, "no_keyring");
      assert_untold (set->run);
      assert_untold (import->run);
      /* Without the user's wish for one, a keyring that is missing is trouble; with it, it is not. */
      g_assert_true ((keyring != NULL) == (i == 0));
      if (keyring != NULL)
        {
          g_assert_cmpstr (cs_json_get_string (keyring, "code", NULL), ==, "no_keyring");
          g_assert_nonnull (strstr (list->run->err, cs_json_get_string (keyring, "message", "?")));
        }
      g_setenv ("CREATIVE_STUDIO_KEYRING", "none", TRUE);
    }
}

static void
test_check_unset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) all = cli_ask (NULL, "keys", "check", NULL);
  g_autoptr (CliAnswer) one = cli_ask (NULL, "keys", "check", "GROQ_API_KEY", NULL);
  g_autoptr (CliAnswer) odd = cli_ask (NULL, "keys", "check", "GROQ", NULL);
  g_autoptr (CliAnswer) lost = NULL;

  cli_assert_code (all, 3, "no_key");
  cli_assert_code (one, 3, "no_key");
  g_assert_nonnull (strstr (one->run->err, "GROQ_API_KEY"));
  cli_assert_code (odd, 2, "usage");
  g_unsetenv ("SECRET_BACKEND");
  lost = cli_ask (NULL, "keys", "check", NULL);
  cli_assert_code (lost, 3, "no_keyring");
}

/* The whole way with the keyring of a desktop: stored by one run, read by another, locked after the next login. */
static void
test_real_keyring (Fixture *fixture, gconstpointer data)
{
  static const char script[]
      = "H=$2; export HOME=$H XDG_DATA_HOME=$H/data XDG_CONFIG_HOME=$H/config XDG_CACHE_HOME=$H/cache;"
        " export XDG_RUNTIME_DIR=$H/runtime; mkdir -m 700 $H/runtime;"
        " unset SECRET_BACKEND DISPLAY WAYLAND_DISPLAY;"
        " exec dbus-run-session -- sh -ec '"
        " owned () { dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner"
        "   string:org.freedesktop.secrets >/dev/null 2>&1; };"
        " start () { G_DEBUG= gnome-keyring-daemon --foreground --components=secrets \"$@\" >/dev/null <$H/password & pid=$!;"
        "   until owned; do sleep 0.05; done; };"
        " stop () { kill $pid; wait $pid || true; while owned; do sleep 0.05; done; };"
        " trap \"kill \\$pid 2>/dev/null || true\" EXIT;"
        " echo password >$H/password;"
        " start --unlock; printf \"%s\\n\" \"$CANARY_VALUE\" | \"$1\" keys set PIAPI_KEY --json >&2; \"$1\" keys list; stop;"
        " start --unlock; \"$1\" keys list; stop;"
        " start; \"$1\" keys list; echo code=$?;"
        " if echo other1 | \"$1\" keys set PIAPI_KEY; then echo code=0; else echo code=$?; fi; stop' sh \"$1\"";
  g_autofree char *daemon = g_find_program_in_path ("gnome-keyring-daemon");
  g_auto (GStrv) rows = NULL;
  g_autoptr (CsTestRun) run = NULL;

  if (daemon == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return;
    }
  g_setenv ("CANARY_VALUE", CANARY, TRUE);
  run = cli_run_in_shell (script, fixture->folder, NULL);
  g_unsetenv ("CANARY_VALUE");
  if (run->exit_status != 0)
    g_error ("It ended with %d:\n%s\n%s", run->exit_status, run->out, run->err);
  assert_untold (run);
  rows = g_strsplit (run->out, "piapi        keyring", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, 3);
  g_assert_nonnull (strstr (rows[2], "piapi        none"));
  g_assert_nonnull (strstr (run->err, "locked"));
  g_assert_nonnull (strstr (run->out, "code=0"));
  g_assert_nonnull (strstr (run->out, "code=3"));
}

/* A terminal with nobody behind it. */
typedef struct
{
  int master;
  char *name;
  GString *shown;
} Terminal;

static void
open_terminal (Terminal *terminal)
{
  terminal->master = posix_openpt (O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (terminal->master, >=, 0);
  g_assert_cmpint (grantpt (terminal->master), ==, 0);
  g_assert_cmpint (unlockpt (terminal->master), ==, 0);
  terminal->name = g_strdup (ptsname (terminal->master));
  terminal->shown = g_string_new (NULL);
}

static void
close_terminal (Terminal *terminal)
{
  close (terminal->master);
  g_free (terminal->name);
  g_string_free (terminal->shown, TRUE);
}

static void
look_at (Terminal *terminal)
{
  char chunk[256];
  ssize_t got;

  while ((got = read (terminal->master, chunk, sizeof chunk)) > 0)
    g_string_append_len (terminal->shown, chunk, got);
}

static gboolean
echoes (Terminal *terminal)
{
  struct termios settings;

  g_assert_cmpint (tcgetattr (terminal->master, &settings), ==, 0);
  return (settings.c_lflag & ECHO) != 0;
}

static gboolean
is_hidden_cb (gpointer user_data)
{
  return !echoes (user_data);
}

static GSubprocess *
start_at (Terminal *terminal, int slave, const char *errors)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_take_stdin_fd (launcher, fcntl (slave, F_DUPFD_CLOEXEC, 3));
  g_subprocess_launcher_set_stderr_file_path (launcher, errors);
  process = g_subprocess_launcher_spawn (launcher, &error, cli_get_program (), "keys", "set", "PIAPI_KEY", NULL);
  g_assert_no_error (error);
  return process;
}

/* Asked for by name, not shown while it is typed; one line is enough; afterwards the terminal is as before. */
static void
test_terminal (Fixture *fixture, gconstpointer data)
{
  static const char typed[] = CANARY "\n";
  g_autofree char *errors = g_build_filename (fixture->folder, "errors", NULL);
  g_autoptr (GSubprocess) process = NULL;
  Terminal terminal;
  int slave;

  open_terminal (&terminal);
  slave = open (terminal.name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  process = start_at (&terminal, slave, errors);
  cli_wait_words (errors, "PIAPI_KEY");
  cs_test_wait (is_hidden_cb, &terminal);
  g_assert_cmpint (write (terminal.master, typed, strlen (typed)), ==, strlen (typed));
  g_assert_cmpint (cli_end (process, 0), ==, 0);
  look_at (&terminal);
  g_assert_null (strstr (terminal.shown->str, "canary"));
  g_assert_true (echoes (&terminal));
  assert_list (0, "keyring");
  close (slave);
  close_terminal (&terminal);
}

static void
test_terminal_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *errors = g_build_filename (fixture->folder, "errors", NULL);
  g_autoptr (GSubprocess) process = NULL;
  Terminal terminal;
  int slave;

  open_terminal (&terminal);
  slave = open (terminal.name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  process = start_at (&terminal, slave, errors);
  cs_test_wait (is_hidden_cb, &terminal);
  g_assert_cmpint (cli_end (process, SIGINT), ==, 130);
  g_assert_true (echoes (&terminal));
  assert_list (G_MAXUINT, NULL);
  close (slave);
  close_terminal (&terminal);
}

static gboolean is_found;

static int
search_cb (const char *path, const struct stat *info, int kind, struct FTW *position)
{
  g_autofree char *content = NULL;
  gsize length;

  if (kind == FTW_F && g_file_get_contents (path, &content, &length, NULL) && memmem (content, length, CANARY, strlen (CANARY)))
    {
      g_test_message ("It is in %s", path);
      is_found = TRUE;
    }
  return 0;
}

static gboolean
is_in_folder (const char *folder)
{
  is_found = FALSE;
  nftw (folder, search_cb, 16, FTW_PHYS);
  return is_found;
}

static gboolean
is_in_process (const char *pid, const char *file)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/%s", pid, file);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return memmem (content, length, CANARY, strlen (CANARY)) != NULL;
}

/* While it runs with keys in its environment: others see none, neither in its line nor in what it was started with. */
static void
test_process_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *errors = g_build_filename (fixture->folder, "errors", NULL);
  g_autoptr (GSubprocess) process = NULL;
  Terminal terminal;
  int slave;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], CANARY, TRUE);
  open_terminal (&terminal);
  slave = open (terminal.name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  process = start_at (&terminal, slave, errors);
  cs_test_wait (is_hidden_cb, &terminal);
  g_assert_false (is_in_process (g_subprocess_get_identifier (process), "cmdline"));
  g_assert_false (is_in_process (g_subprocess_get_identifier (process), "environ"));
  g_assert_cmpint (cli_end (process, SIGINT), ==, 130);
  close (slave);
  close_terminal (&terminal);
}

/* A program of that name before the real one sees what children are started with. */
static void
test_children (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bin = g_build_filename (fixture->folder, "bin", NULL);
  g_autofree char *spy = g_build_filename (bin, "bwrap", NULL);
  g_autofree char *seen = g_build_filename (fixture->folder, "seen", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\n{ echo child; env; tr '\\0' '\\n' </proc/$PPID/environ; } >>%s\n"
                                             "exit 1\n",
                                             seen);
  g_autofree char *before = g_strdup (g_getenv ("PATH"));
  g_autofree char *path = g_strconcat (bin, ":", before, NULL);
  g_autofree char *content = NULL;
  g_autoptr (CliAnswer) answer = NULL;

  g_assert_cmpint (g_mkdir (bin, 0700), ==, 0);
  g_assert_true (g_file_set_contents (spy, script, -1, NULL));
  g_assert_cmpint (g_chmod (spy, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], CANARY, TRUE);
  g_setenv ("PATH", path, TRUE);
  answer = cli_ask (NULL, "image", "a lake", "--provider", "sketch", NULL);
  g_setenv ("PATH", before, TRUE);
  cli_assert_code (answer, 0, NULL);
  assert_untold (answer->run);
  g_assert_true (g_file_get_contents (seen, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "child"));
  g_assert_null (strstr (content, CANARY));
}

/* After all that can be done with a key, at the highest level of logs, it is in no file of the studio. */
static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) set = NULL;
  g_autoptr (CliAnswer) import = NULL;
  g_autoptr (CliAnswer) image = NULL;
  g_autoptr (CliAnswer) check = NULL;
  g_autoptr (CsTestRun) wordy = NULL;

  g_setenv ("CREATIVE_STUDIO_DEBUG", "http,jobs,sql", TRUE);
  g_setenv ("HF_API_TOKEN", CANARY, TRUE);
  /* Nothing leaves this computer. */
  g_setenv ("HF_HUB_URL", "http://127.0.0.1:9", TRUE);
  g_setenv ("HF_BASE_URL", "http://127.0.0.1:9", TRUE);
  g_setenv ("PIAPI_BASE_URL", "http://127.0.0.1:9", TRUE);
  set = cli_ask (CANARY, "keys", "set", "PIAPI_KEY", NULL);
  import = cli_ask ("PIAPI_KEY=" CANARY "\n", "keys", "import", "-", NULL);
  image = cli_ask (NULL, "image", "a lake", "--provider", "sketch", NULL);
  check = cli_ask (NULL, "keys", "check", NULL);
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  wordy = cli_run (CANARY, "keys", "set", "GROQ_API_KEY", NULL);
  g_unsetenv ("G_MESSAGES_DEBUG");
  g_unsetenv ("CREATIVE_STUDIO_DEBUG");
  g_unsetenv ("HF_HUB_URL");
  g_unsetenv ("HF_BASE_URL");
  g_unsetenv ("PIAPI_BASE_URL");
  cli_assert_code (set, 0, NULL);
  cli_assert_code (import, 0, NULL);
  cli_assert_code (image, 0, NULL);
  g_assert_cmpint (check->run->exit_status, !=, 0);
  g_assert_cmpuint (cli_get_length (check, "checks"), ==, 2);
  assert_untold (set->run);
  assert_untold (import->run);
  assert_untold (image->run);
  assert_untold (check->run);
  assert_untold (wordy);
  g_assert_cmpint (wordy->exit_status, ==, 0);
  g_assert_cmpuint (cli_count_files (fixture->home->path), >, 0);
  g_assert_false (is_in_folder (fixture->home->path));
  g_assert_false (is_in_folder (fixture->folder));
}

#define ADD(name, function) g_test_add ("/cli/keys/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("environment", test_environment);
  ADD ("set-and-clear", test_set_and_clear);
  ADD ("never-an-argument", test_never_an_argument);
  ADD ("bad-values", test_bad_values);
  ADD ("import", test_import);
  ADD ("import-hostile", test_import_hostile);
  ADD ("no-keyring", test_no_keyring);
  ADD ("check-unset", test_check_unset);
  ADD ("real-keyring", test_real_keyring);
  ADD ("terminal", test_terminal);
  ADD ("terminal-interrupted", test_terminal_interrupted);
  ADD ("process-list", test_process_list);
  ADD ("children", test_children);
  ADD ("nowhere", test_nowhere);
  return g_test_run ();
}
