/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys check: what the providers say of their keys, all at once and free of charge. */
#include "config.h"

#include "cli-support.h"

#include "cs-fake-server.h"

#include "core/cs-json.h"

#include <string.h>

#define CANARY "canary0bird9yellow7song"

static const char *const names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };

/* Which question a provider's check is. */
static const char *const questions[][2]
    = { { "piapi", "account" }, { "replicate", "account" }, { "hub", "account" }, { "groq", "models" } };

static const char *const bases[] = { "PIAPI_BASE_URL", "REPLICATE_BASE_URL", "HF_BASE_URL",
                                     "HF_HUB_URL",     "GROQ_BASE_URL",      "OLLAMA_HOST" };

typedef struct
{
  CsTestHome *home;
  CsFakeServer *server;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = cs_test_home_new ();
  fixture->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (fixture->server);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], CANARY, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    g_unsetenv (bases[i]);
  cs_fake_server_free (fixture->server);
  cs_test_home_free (fixture->home);
}

/* @code: what the key @index was found to be; all others are good */
static void
assert_checks (CliAnswer *answer, guint index, const char *code)
{
  g_assert_null (g_strstr_len (answer->run->out, answer->run->out_length, CANARY));
  g_assert_null (g_strstr_len (answer->run->err, answer->run->err_length, CANARY));
  g_assert_cmpuint (cli_get_length (answer, "checks"), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *check = cli_get_element (answer, "checks", i);
      const char *expected = i == index ? code : "ok";

      g_assert_cmpstr (cs_json_get_string (check, "name", NULL), ==, names[i]);
      g_assert_cmpstr (cs_json_get_string (check, "code", NULL), ==, expected);
      g_assert_cmpint (cs_json_get_boolean (check, "ok", FALSE), ==, g_str_equal (expected, "ok"));
      g_assert_cmpstr (cs_json_get_string (check, "message", ""), !=, "");
    }
}

static guint
count_all (Fixture *fixture)
{
  return cs_fake_server_count (fixture->server, NULL, NULL);
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) all = cli_ask (NULL, "keys", "check", NULL);
  g_autoptr (CliAnswer) one = NULL;
  guint n_asked;

  cli_assert_code (all, 0, NULL);
  assert_checks (all, G_MAXUINT, NULL);
  g_assert_true (json_object_has_member (cli_get_element (all, "checks", 0), "balance_usd"));
  g_assert_nonnull (cs_json_get_string (cli_get_element (all, "checks", 2), "account", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    g_assert_cmpuint (cs_fake_server_count (fixture->server, questions[i][0], questions[i][1]), ==, 1);
  n_asked = count_all (fixture);
  g_assert_cmpuint (n_asked, ==, G_N_ELEMENTS (questions));
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, NULL), ==, 0);

  one = cli_ask (NULL, "keys", "check", "GROQ_API_KEY", NULL);
  cli_assert_code (one, 0, NULL);
  g_assert_cmpuint (cli_get_length (one, "checks"), ==, 1);
  g_assert_cmpuint (count_all (fixture), ==, n_asked + 1);
}

/* Each refusal on each wire: the others are checked all the same. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (CliAnswer) answer = NULL;

      cs_fake_server_script (fixture->server, questions[i][0], questions[i][1], "401");
      answer = cli_ask (NULL, "keys", "check", NULL);
      cli_assert_code (answer, 5, "provider_refused");
      g_assert_nonnull (strstr (answer->run->err, names[i]));
      assert_checks (answer, i, "unauthorized");
    }
}

static void
test_no_credit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = NULL;

  cs_fake_server_script (fixture->server, "piapi", "account", "402");
  answer = cli_ask (NULL, "keys", "check", NULL);
  cli_assert_code (answer, 4, "insufficient_credit");
  assert_checks (answer, 0, "insufficient_credit");
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autofree char *closed = cs_fake_server_dup_closed_base (fixture->server, "groq");
  g_autoptr (CliAnswer) answer = NULL;

  g_setenv ("GROQ_BASE_URL", closed, TRUE);
  answer = cli_ask (NULL, "keys", "check", NULL);
  cli_assert_code (answer, 6, "offline");
  assert_checks (answer, 3, "offline");
}

/* In words the good ones are the answer, and what is wrong is said once. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsTestRun) run = NULL;

  cs_fake_server_script (fixture->server, "replicate", "account", "401");
  cs_fake_server_script (fixture->server, "groq", "models", "401");
  run = cli_run (NULL, "keys", "check", NULL);
  g_assert_cmpint (run->exit_status, ==, 5);
  g_assert_nonnull (strstr (run->out, names[0]));
  g_assert_nonnull (strstr (run->out, names[2]));
  g_assert_null (strstr (run->out, names[1]));
  g_assert_null (strstr (run->out, names[3]));
  g_assert_nonnull (strstr (run->err, names[1]));
  g_assert_nonnull (strstr (run->err, names[3]));
}

/* A key of the keyring goes to its provider or stays on this computer; nothing is sent anywhere else. */
static void
test_keyring_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = cs_test_home_build (fixture->home, "default.keyring");
  g_autofree char *sanitizer = g_strdup (g_getenv ("ASAN_OPTIONS"));
  g_autoptr (CliAnswer) set = NULL;
  g_autoptr (CliAnswer) here = NULL;
  g_autoptr (CliAnswer) away = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
  g_setenv ("CREATIVE_STUDIO_KEYRING", "auto", TRUE);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
  /* libsecret 0.20 forgets a string whenever it writes its file. */
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);
  set = cli_ask (CANARY, "keys", "set", "GROQ_API_KEY", NULL);
  here = cli_ask (NULL, "keys", "check", NULL);
  g_setenv ("GROQ_BASE_URL", "https://elsewhere.invalid", TRUE);
  away = cli_ask (NULL, "keys", "check", NULL);
  g_setenv ("ASAN_OPTIONS", sanitizer != NULL ? sanitizer : "", TRUE);
  g_setenv ("CREATIVE_STUDIO_KEYRING", "none", TRUE);
  g_unsetenv ("SECRET_BACKEND");

  cli_assert_code (set, 0, NULL);
  cli_assert_code (here, 0, NULL);
  cli_assert_code (away, 3, "no_key");
  g_assert_cmpuint (cs_fake_server_count (fixture->server, NULL, NULL), ==, 1);
}

#define ADD(name, function) g_test_add ("/cli/keys-check/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good", test_good);
  ADD ("refused", test_refused);
  ADD ("no-credit", test_no_credit);
  ADD ("offline", test_offline);
  ADD ("words", test_words);
  ADD ("keyring-key", test_keyring_key);
  return g_test_run ();
}
