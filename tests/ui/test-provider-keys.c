/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys in the preferences: kept, checked at stand-ins of their providers, refused, and what is said where the keyring fails. */
#include "config.h"
#include "ui-dialog.h"

#include "cs-fake-keyring.h"
#include "cs-fake-server.h"

#include "ui/preferences/cs-key-expander.h"
#include "ui/preferences/cs-keys-page.h"
#include "ui/preferences/cs-preferences-window.h"

#include <signal.h>
#include <sys/prctl.h>

#define SECRETS_NAME "org.freedesktop.secrets"

/* What the words of the window may never hold. */
#define CANARY "r8_canary0123456789abcdef"

static CsFakeServer *server;

static GtkWidget *
find_row (UiFixture *fixture, const char *provider)
{
  GtkWidget *title = ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, provider);

  g_assert_nonnull (title);
  return gtk_widget_get_ancestor (title, CS_TYPE_KEY_EXPANDER);
}

static CsKeysPage *
find_page (UiFixture *fixture)
{
  return CS_KEYS_PAGE (ui_find (GTK_WIDGET (fixture->window), CS_TYPE_KEYS_PAGE, NULL));
}

static UiFixture *
open_keys (CsKeyName key)
{
  UiFixture *fixture = ui_open ();

  ui_open_dialog (fixture, cs_preferences_window_new (fixture->studio, NULL));
  cs_preferences_window_show_key (CS_PREFERENCES_WINDOW (fixture->window), key);
  ui_settle (fixture);
  return fixture;
}

static GtkWidget *
get_entry (GtkWidget *row)
{
  return ui_find (row, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
}

static void
type_key (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_entry (row)), text);
  ui_click (ui_find (row, GTK_TYPE_BUTTON, "_Check"));
}

static void
assert_session_key (UiFixture *fixture, CsKeyName key, const char *expected)
{
  CsKeySource source;

  g_assert_cmpstr (cs_keys_get (cs_engine_get_keys (fixture->engine), key, &source), ==, expected);
  if (expected != NULL)
    g_assert_cmpint (source, ==, CS_KEY_SOURCE_SESSION);
}

/* Spaces and line ends around a key that was pasted are not part of it; the key is emptied out of the entry when it is kept. */
static void
test_good (void)
{
  UiFixture *fixture = open_keys (CS_KEY_PIAPI);
  GtkWidget *row = find_row (fixture, "PiAPI");
  g_autoptr (JsonObject) request = NULL;
  guint n = cs_fake_server_count (server, "piapi", "account");

  g_assert_true (ui_has_words (row, "Not set"));
  type_key (row, "  piapi-good-key-0123 \n");
  ui_wait_words (row, "Works");
  g_assert_cmpuint (cs_fake_server_count (server, "piapi", "account"), ==, n + 1);
  request = cs_fake_server_dup_request (server, "piapi", "account", n);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (request, "headers"), "x-api-key"), ==,
                   "piapi-good-key-0123");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (row))), ==, "");
  assert_session_key (fixture, CS_KEY_PIAPI, "piapi-good-key-0123");
  ui_shoot (fixture, "keys-good");
  ui_click (ui_find (row, GTK_TYPE_BUTTON, "Remove This Key"));
  ui_wait_words (row, "Not set");
  assert_session_key (fixture, CS_KEY_PIAPI, NULL);
  ui_close_dialog (fixture);
}

static void
test_refused (void)
{
  UiFixture *fixture = open_keys (CS_KEY_REPLICATE);
  GtkWidget *row = find_row (fixture, "Replicate");

  cs_fake_server_script (server, "replicate", "account", "401");
  type_key (row, CANARY);
  ui_wait_words (row, "Refused");
  g_assert_true (ui_has_words (row, "Replicate does not know this key."));
  assert_session_key (fixture, CS_KEY_REPLICATE, CANARY);
  ui_shoot (fixture, "keys-refused");
  /* Checked again, it is found good: what was said before is not said any more. */
  ui_click (ui_find (row, GTK_TYPE_BUTTON, "_Check"));
  ui_wait_words (row, "Works");
  g_assert_false (ui_has_words (row, "Replicate does not know this key."));
  ui_close_dialog (fixture);
}

/* Nobody answers, or asks to wait: the key is kept all the same, and nothing is said against it. */
static void
test_unchecked (void)
{
  UiFixture *fixture = open_keys (CS_KEY_GROQ);
  GtkWidget *row = find_row (fixture, "Groq");

  cs_fake_server_set_usual (server, "groq", "models", "reset");
  type_key (row, "gsk_unanswered0123");
  ui_wait_words (row, "No answer from Groq. The key was kept, unchecked.");
  assert_session_key (fixture, CS_KEY_GROQ, "gsk_unanswered0123");
  cs_fake_server_set_usual (server, "groq", "models", "429:1");
  ui_click (ui_find (row, GTK_TYPE_BUTTON, "_Check"));
  ui_wait_words (row, "Groq asks to wait a moment. The key was kept, unchecked.");
  g_assert_true (ui_has_words (row, "Not checked"));
  cs_fake_server_set_usual (server, "groq", "models", "ok");
  ui_close_dialog (fixture);
}

/* What cannot be a key is not kept, not sent, and stays to be mended. */
static void
test_junk (void)
{
  UiFixture *fixture = open_keys (CS_KEY_REPLICATE);
  GtkWidget *row = find_row (fixture, "Replicate");
  guint n = cs_fake_server_count (server, "replicate", NULL);

  type_key (row, "r8_one two");
  ui_wait_words (row, "A key has no spaces, line breaks or accented letters in it. Copy the key alone.");
  g_assert_true (gtk_widget_has_css_class (get_entry (row), "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (row))), ==, "r8_one two");
  assert_session_key (fixture, CS_KEY_REPLICATE, NULL);
  gtk_editable_set_text (GTK_EDITABLE (get_entry (row)), "r8_");
  g_assert_false (gtk_widget_has_css_class (get_entry (row), "error"));
  type_key (row, "r8_YOUR_REPLICATE_TOKEN_HERE");
  ui_wait_words (row, "This is the placeholder of a guide, not a key. Copy your own from the provider’s page.");
  g_assert_cmpuint (cs_fake_server_count (server, "replicate", NULL), ==, n);
  ui_close_dialog (fixture);
}

/* The window is closed while a provider thinks about it. */
static void
test_closed_while_checking (void)
{
  UiFixture *fixture = open_keys (CS_KEY_PIAPI);
  GtkWidget *row = find_row (fixture, "PiAPI");

  cs_fake_server_script (server, "piapi", "account", "ok@700");
  type_key (row, "piapi-slow-key");
  ui_wait_words (row, "Checking…");
  ui_close_dialog (fixture);
}

static void
test_paste (void)
{
  UiFixture *fixture = open_keys (CS_KEY_PIAPI);
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');

  cs_keys_page_take_text (find_page (fixture), "\nhf_pasted0123456789 ");
  ui_wait_words (find_row (fixture, "Hugging Face"), "Works");
  assert_session_key (fixture, CS_KEY_HUGGINGFACE, "hf_pasted0123456789");
  cs_keys_page_take_text (find_page (fixture), "# mine\nGROQ_API_KEY=\"gsk_fromfile01\"\nPIAPI_KEY=YOUR_PIAPI_KEY_HERE\n");
  ui_wait_words (find_row (fixture, "Groq"), "Works");
  assert_session_key (fixture, CS_KEY_GROQ, "gsk_fromfile01");
  assert_session_key (fixture, CS_KEY_PIAPI, NULL);
  cs_keys_page_take_text (find_page (fixture), " \n");
  ui_wait_words (fixture->window, "The clipboard is empty. Copy a key first.");
  cs_keys_page_take_text (find_page (fixture), huge);
  assert_session_key (fixture, CS_KEY_PIAPI, NULL);
  ui_close_dialog (fixture);
}

/* A key of the environment is shown as such, and cannot be changed or removed here. */
static void
test_environment (void)
{
  UiFixture *fixture;
  GtkWidget *row;

  g_setenv ("REPLICATE_API_TOKEN", CANARY, TRUE);
  fixture = open_keys (CS_KEY_REPLICATE);
  row = find_row (fixture, "Replicate");
  g_assert_null (g_getenv ("REPLICATE_API_TOKEN"));
  g_assert_true (ui_has_words (row, "From the environment"));
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (get_entry (row))));
  g_assert_false (gtk_widget_get_mapped (ui_find (row, GTK_TYPE_BUTTON, "Remove This Key")));
  ui_click (ui_find (row, GTK_TYPE_BUTTON, "_Check"));
  ui_wait_words (row, "Works");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (row))), ==, "");
  ui_close_dialog (fixture);
}

/* Ollama needs no key: the row says that it runs, and with what. */
static void
test_ollama (void)
{
  UiFixture *fixture = open_keys (CS_KEY_GROQ);

  ui_wait_words (fixture->window, "Running");
  ui_close_dialog (fixture);
}

/* The keyring */

/* Locked: the notice, a prompt that is dismissed, and one that is answered; it never stops the window. */
static void
test_locked (void)
{
  g_autoptr (CsFakeKeyring) keyring = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  UiFixture *fixture;

  g_setenv ("CREATIVE_STUDIO_KEYRING", "auto", TRUE);
  cs_fake_keyring_set_user (keyring, CS_FAKE_USER_DISMISSES);
  fixture = open_keys (CS_KEY_GROQ);
  ui_wait_words (fixture->window, "Your keyring is locked");
  ui_shoot (fixture, "keys-locked");
  g_assert_cmpuint (cs_fake_keyring_count_prompts (keyring), ==, 0);
  ui_click (ui_find (GTK_WIDGET (find_page (fixture)), GTK_TYPE_BUTTON, "_Unlock"));
  ui_wait_words (fixture->window, "It stayed locked, and nothing was changed. You can paste a key and keep it until you quit.");
  g_assert_cmpuint (cs_fake_keyring_count_prompts (keyring), ==, 1);
  cs_fake_keyring_set_user (keyring, CS_FAKE_USER_AGREES);
  ui_click (ui_find (GTK_WIDGET (find_page (fixture)), GTK_TYPE_BUTTON, "_Unlock"));
  while (ui_has_words (fixture->window, "Your keyring is locked"))
    ui_watchdog_iterate ();
  g_assert_cmpuint (cs_fake_keyring_count_prompts (keyring), ==, 2);
  ui_close_dialog (fixture);
  g_setenv ("CREATIVE_STUDIO_KEYRING", "none", TRUE);
}

/* A key that the keyring does not take can be kept for as long as the program runs. */
static void
test_kept_until_quit (void)
{
  g_autoptr (CsFakeKeyring) keyring = cs_fake_keyring_new (CS_FAKE_KEYRING_LOCKED);
  UiFixture *fixture;
  GtkWidget *row;

  g_setenv ("CREATIVE_STUDIO_KEYRING", "auto", TRUE);
  cs_fake_keyring_set_user (keyring, CS_FAKE_USER_DISMISSES);
  fixture = open_keys (CS_KEY_REPLICATE);
  row = find_row (fixture, "Replicate");
  type_key (row, CANARY);
  ui_wait_words (row, "_Keep Until I Quit");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (row))), ==, CANARY);
  ui_click (ui_find (row, GTK_TYPE_BUTTON, "_Keep Until I Quit"));
  ui_wait_words (row, "Works");
  assert_session_key (fixture, CS_KEY_REPLICATE, CANARY);
  g_assert_null (cs_fake_keyring_get_secret (keyring));
  ui_close_dialog (fixture);
  g_setenv ("CREATIVE_STUDIO_KEYRING", "none", TRUE);
}

/* gnome-keyring-daemon on the bus of this test, with a home of its own. */
typedef struct
{
  GSubprocess *process;
  char *home;
  guint watch;
  gboolean is_owned;
} Daemon;

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  ((Daemon *) user_data)->is_owned = TRUE;
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  ((Daemon *) user_data)->is_owned = FALSE;
}

static gboolean
is_owned_cb (gpointer user_data)
{
  return ((Daemon *) user_data)->is_owned;
}

static gboolean
is_left_cb (gpointer user_data)
{
  return !((Daemon *) user_data)->is_owned;
}

static void
die_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_daemon (Daemon *daemon, gboolean is_unlocked)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GOutputStream *input;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", daemon->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", daemon->home, TRUE);
  daemon->process = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground", "--components=secrets",
                                                 is_unlocked ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (daemon->process);
  if (is_unlocked)
    g_output_stream_write_all (input, "secret", 6, NULL, NULL, &error);
  g_output_stream_close (input, NULL, NULL);
  if (daemon->watch == 0)
    daemon->watch = g_bus_watch_name (G_BUS_TYPE_SESSION, SECRETS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb, vanished_cb, daemon,
                                      NULL);
  cs_test_wait (is_owned_cb, daemon);
}

static void
stop_daemon (Daemon *daemon)
{
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
  cs_test_wait (is_left_cb, daemon);
  g_clear_object (&daemon->process);
}

static void
assert_kept (UiFixture *fixture, const char *expected)
{
  CsKeySource source;

  g_assert_cmpstr (cs_keys_get (cs_engine_get_keys (fixture->engine), CS_KEY_REPLICATE, &source), ==, expected);
  if (expected != NULL)
    g_assert_cmpint (source, ==, CS_KEY_SOURCE_KEYRING);
}

/* Stored, read back by another engine, found locked by a third, and removed. */
static void
test_real (void)
{
  Daemon daemon = { .home = g_dir_make_tmp ("cs-test-keys-XXXXXX", NULL) };
  UiFixture *fixture;
  GtkWidget *row;

  g_setenv ("CREATIVE_STUDIO_KEYRING", "auto", TRUE);
  start_daemon (&daemon, TRUE);
  fixture = open_keys (CS_KEY_REPLICATE);
  row = find_row (fixture, "Replicate");
  type_key (row, CANARY);
  ui_wait_words (row, "Works");
  assert_kept (fixture, CANARY);
  ui_close_dialog (fixture);
  stop_daemon (&daemon);

  start_daemon (&daemon, FALSE);
  fixture = open_keys (CS_KEY_REPLICATE);
  ui_wait_words (fixture->window, "Your keyring is locked");
  assert_kept (fixture, NULL);
  ui_close_dialog (fixture);
  stop_daemon (&daemon);

  start_daemon (&daemon, TRUE);
  fixture = open_keys (CS_KEY_REPLICATE);
  row = find_row (fixture, "Replicate");
  assert_kept (fixture, CANARY);
  ui_wait_words (row, "API key, kept in your keyring");
  ui_click (ui_find (row, GTK_TYPE_BUTTON, "Remove This Key"));
  ui_wait_words (row, "Not set");
  assert_kept (fixture, NULL);
  ui_close_dialog (fixture);
  stop_daemon (&daemon);

  g_bus_unwatch_name (daemon.watch);
  cs_test_remove_tree (daemon.home);
  g_free (daemon.home);
  g_setenv ("CREATIVE_STUDIO_KEYRING", "none", TRUE);
}

int
main (int argc, char **argv)
{
  int status;

  ui_test_init (&argc, &argv);
  server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (server);
  g_test_add_func ("/keys/good", test_good);
  g_test_add_func ("/keys/refused", test_refused);
  g_test_add_func ("/keys/unchecked", test_unchecked);
  g_test_add_func ("/keys/junk", test_junk);
  g_test_add_func ("/keys/closed-while-checking", test_closed_while_checking);
  g_test_add_func ("/keys/paste", test_paste);
  g_test_add_func ("/keys/environment", test_environment);
  g_test_add_func ("/keys/ollama", test_ollama);
  g_test_add_func ("/keys/locked", test_locked);
  g_test_add_func ("/keys/kept-until-quit", test_kept_until_quit);
  g_test_add_func ("/keys/real", test_real);
  status = g_test_run ();
  cs_fake_server_free (server);
  return status;
}
