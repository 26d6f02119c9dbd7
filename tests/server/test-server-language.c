/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which language an answer is in, and what is said of errors that came in another one. */
#include "config.h"

#include "server-routes.h"
#include "server-socket.h"

#include "server/cs-api-error.h"
#include "server/cs-api-language.h"

#include <string.h>

static void
test_choice (void)
{
  static const struct
  {
    const char *accepted;
    CsLanguage language;
  } rows[] = {
    { NULL, CS_LANGUAGE_FR },
    { "", CS_LANGUAGE_FR },
    { "*", CS_LANGUAGE_FR },
    { "fr", CS_LANGUAGE_FR },
    { "en", CS_LANGUAGE_EN },
    { "ar", CS_LANGUAGE_AR },
    { "AR-dz", CS_LANGUAGE_AR },
    { "en-GB,en;q=0.9", CS_LANGUAGE_EN },
    { "de", CS_LANGUAGE_FR },
    { "de, en;q=0.1", CS_LANGUAGE_EN },
    { "fr;q=0.5, en;q=0.9, ar;q=0.8", CS_LANGUAGE_EN },
    { "fr;q=0.5, en;q=0.89, ar;q=0.9", CS_LANGUAGE_AR },
    { "en;q=0.501,fr;q=0.5", CS_LANGUAGE_EN },
    { "en, ar", CS_LANGUAGE_EN },
    { "ar, en", CS_LANGUAGE_AR },
    { "en;q=0", CS_LANGUAGE_FR },
    { "fr;q=0, en;q=0.1", CS_LANGUAGE_EN },
    { "fr;q=0, *", CS_LANGUAGE_EN },
    { "en;q=0.5, *;q=0.8", CS_LANGUAGE_FR },
    { "en;q=0.8, *;q=0.5", CS_LANGUAGE_EN },
    { "english", CS_LANGUAGE_FR },
    { "e", CS_LANGUAGE_FR },
    { " en ; q=0.3 , ar ;q=0.2", CS_LANGUAGE_EN },
    { "ar;Q=0.2, en;q=1.000", CS_LANGUAGE_EN },
    { "en;level=1;q=0.1, ar;q=0.2", CS_LANGUAGE_AR },
    { "en;q=, fr;q=0.9", CS_LANGUAGE_EN },
    { ",,,;;;q=q=,", CS_LANGUAGE_FR },
    { "en;q=9", CS_LANGUAGE_EN },
    { "\xff\xfe, en", CS_LANGUAGE_EN },
  };
  g_autofree char *long_one = g_strnfill (5000, ',');

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].accepted);
      g_assert_cmpint (cs_api_language_choose (rows[i].accepted), ==, rows[i].language);
    }
  g_assert_cmpint (cs_api_language_choose (long_one), ==, CS_LANGUAGE_FR);
}

static void
test_answers (void)
{
  static const char *const languages[] = { "fr", "ar", "en" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (ServerAnswer) answer = server_ask (fixture, "GET", "none", NULL, "Accept-Language", languages[i], NULL);

      server_assert_error (answer, 404, "not_found", NULL);
      g_assert_cmpstr (server_answer_header (answer, "Content-Language"), ==, languages[i]);
      g_assert_nonnull (strstr (server_answer_header (answer, "Vary"), "Accept-Language"));
    }
}

/* Also of what libsoup refuses, as far as it has read. */
static void
test_refusals (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerAnswer) english
      = server_say (fixture, "GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nExpect: x\r\n\r\n");

  server_assert_refusal (english, 417, "expectation_failed");
  g_assert_true (g_str_has_prefix (server_answer_string (english, "detail"), "This server knows"));
}

/* Errors of the engine */

static const struct
{
  const char *slug;
  guint status;
  const char *code;
} faults[] = {
  { "failed", 500, "failed" },
  { "invalid_value", 422, "invalid_value" },
  { "missing_field", 422, "missing_field" },
  { "usage", 422, "invalid_value" },
  { "malformed", 400, "malformed" },
  { "too_large", 413, "too_large" },
  { "not_found", 404, "not_found" },
  { "conflict", 409, "conflict" },
  { "exists", 409, "exists" },
  { "no_key", 503, "no_key" },
  { "no_keyring", 503, "no_keyring" },
  { "insufficient_credit", 402, "insufficient_credit" },
  { "over_budget", 503, "over_budget" },
  { "over_max_cost", 422, "over_max_cost" },
  { "provider_refused", 502, "provider_refused" },
  { "rate_limited", 429, "rate_limited" },
  { "offline", 503, "offline" },
  { "unavailable", 503, "unavailable" },
  { "bad_response", 502, "bad_response" },
  { "uncertain", 500, "uncertain" },
  { "cancelled", 409, "cancelled" },
  { "damaged", 500, "damaged" },
  { "corrupt", 500, "corrupt" },
  { "newer", 500, "newer" },
  { "busy", 503, "busy" },
  { "disk_full", 500, "disk_full" },
  { "not_writable", 500, "not_writable" },
};

static void
test_faults (void)
{
  ServerSetup setup = { .routes = server_routes };
  g_autoptr (ServerFixture) fixture = server_open_setup (&setup);

  G_STATIC_ASSERT (G_N_ELEMENTS (faults) == CS_N_ERRORS);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("fails/", faults[i].slug, NULL);
      g_autoptr (ServerAnswer) french = server_get (fixture, path);
      g_autoptr (ServerAnswer) english = server_ask (fixture, "GET", path, NULL, "Accept-Language", "en", NULL);

      server_assert_error (french, faults[i].status, faults[i].code, NULL);
      server_assert_error (english, faults[i].status, faults[i].code, NULL);
      g_assert_cmpint (server_answer_header (english, "Retry-After") != NULL, ==, faults[i].status == 429);
      /* The process speaks English: in French nothing of its words is left but those of a provider. */
      g_assert_null (strstr (french->text, "engine's words"));
      g_assert_cmpint (strstr (french->text, "(no bears)") != NULL, ==, strcmp (faults[i].slug, "provider_refused") == 0);
      if (faults[i].status == 500)
        g_assert_null (strstr (english->text, "somebody"));
    }
}

static void
test_strangers (void)
{
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) other = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "/home/somebody/file is not there");
  g_autofree char *words = cs_api_error_describe (other);
  g_autofree char *none = cs_api_error_describe (NULL);

  g_assert_cmpuint (cs_api_error_get_status (cancelled), ==, 409);
  g_assert_cmpuint (cs_api_error_get_status (other), ==, 500);
  g_assert_cmpuint (cs_api_error_get_status (NULL), ==, 500);
  g_assert_cmpstr (cs_api_error_get_code (NULL), ==, "failed");
  g_assert_null (strstr (words, "somebody"));
  g_assert_cmpstr (words, ==, none);
}

/* The words of a provider stand in the quotation marks of the language of the process. */
static void
test_quotes (void)
{
  static const struct
  {
    const char *message;
    const char *end; /* of what is said in another language; NULL: nothing is added */
  } rows[] = {
    { "PiAPI says: “No such thing.”. Change it, or “that”.", "(No such thing.)" },
    { "PiAPI dit\u202f: «\u00a0Rien de tel.\u00a0». Changez.", "(Rien de tel.)" },
    { "PiAPI dit : « ici ».", "(ici)" },
    { "Nothing is quoted here.", NULL },
    { "“ without an end", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (CsWordsScope) scope G_GNUC_UNUSED = cs_words_enter (CS_LANGUAGE_AR);
      g_autoptr (GError) error = g_error_new_literal (CS_ERROR, CS_ERROR_PROVIDER_REFUSED, rows[i].message);
      g_autofree char *words = cs_api_error_describe (error);

      if (rows[i].end != NULL)
        g_assert_true (g_str_has_suffix (words, rows[i].end));
      else
        g_assert_null (strchr (words, '('));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/language/choice", test_choice);
  g_test_add_func ("/server/language/answers", test_answers);
  g_test_add_func ("/server/language/refusals", test_refusals);
  g_test_add_func ("/server/language/faults", test_faults);
  g_test_add_func ("/server/language/strangers", test_strangers);
  g_test_add_func ("/server/language/quotes", test_quotes);
  return g_test_run ();
}
