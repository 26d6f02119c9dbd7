/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-redact.h"

#include <string.h>

static void
assert_redacted (const char *text, const char *expected)
{
  g_autofree char *clean = cs_redact_text (text);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_nothing (void)
{
  assert_redacted (NULL, NULL);
  assert_redacted ("", "");
  assert_redacted ("A risk-averse fox, the bearer of news: 12 tokens.", "A risk-averse fox, the bearer of news: 12 tokens.");
  assert_redacted ("https://example.com/a/b.png", "https://example.com/a/b.png");
}

/* A key that is known, and every shape of it. */
static void
test_known (void)
{
  static const char secret[] = "Aa1!/\"quoted\\+key é";
  g_autofree char *percent = g_uri_escape_string (secret, NULL, FALSE);

  assert_redacted ("say Aa1!/\"quoted\\+key é", "say Aa1!/\"quoted\\+key é");
  cs_redact_add_secret (secret);
  assert_redacted ("say Aa1!/\"quoted\\+key é, twice Aa1!/\"quoted\\+key é", "say ***, twice ***");
  assert_redacted ("{\"a\": \"Aa1!/\\\"quoted\\\\+key é\"}", "{\"a\": \"***\"}");
  assert_redacted ("{\"a\": \"Aa1!\\/\\\"quoted\\\\+key é\"}", "{\"a\": \"***\"}");
  assert_redacted (percent, "***");
}

/* Wherever it stands in a longer text that was encoded. */
static void
test_base64 (void)
{
  static const char secret[] = "MySecretKey0123456789";

  cs_redact_add_secret (secret);
  for (int before = 0; before < 7; before++)
    for (int behind = 0; behind < 4; behind++)
      {
        g_autofree char *left = g_strnfill (before, ':');
        g_autofree char *right = g_strnfill (behind, '?');
        g_autofree char *whole = g_strconcat (left, secret, right, NULL);
        g_autofree char *encoded = g_base64_encode ((const guchar *) whole, strlen (whole));
        g_autofree char *clean = cs_redact_text (encoded);

        g_assert_nonnull (strstr (clean, "***"));
        /* what may be left are the characters that belong to its neighbours too */
        g_assert_cmpuint (strlen (clean), <=, 3 + (before + behind + 4) * 4 / 3 + 8);
      }
}

static void
test_longest_first (void)
{
  cs_redact_add_secret ("longest");
  cs_redact_add_secret ("longest-of-all");
  assert_redacted ("(longest-of-all) (longest)", "(***) (***)");
}

/* Too short to be a key: it would take every text apart. */
static void
test_short (void)
{
  cs_redact_add_secret (NULL);
  cs_redact_add_secret ("");
  cs_redact_add_secret ("   ");
  cs_redact_add_secret ("e");
  cs_redact_add_secret ("abcde");
  assert_redacted ("eee abcde", "eee abcde");
  cs_redact_add_secret ("  fghijk\n");
  assert_redacted ("fghijk", "***");
}

static void
test_looks_like_a_key (void)
{
  static const char *const texts[][2] = {
    { "Authorization: Bearer abc.def-123\r\nHost: x", "Authorization: ***\r\nHost: x" },
    { "authorization: Token abcdef\nb", "authorization: ***\nb" },
    { "{\"Authorization\": \"Bearer abcdef\", \"b\": 1}", "{\"Authorization\": \"***\", \"b\": 1}" },
    { "sent bearer abcdef123", "sent bearer ***" },
    { "Basic dXNlcjpwYXNz==", "Basic ***" },
    { "x-api-key: 123abc; next", "x-api-key: ***; next" },
    { "X-API-KEY=123abc&b=1", "X-API-KEY=***&b=1" },
    { "{\"api_key\":\"s3cret\",\"b\":1}", "{\"api_key\":\"***\",\"b\":1}" },
    { "\"{\\\"api_key\\\":\\\"s3cret\\\"}\"", "\"{\\\"api_key\\\":\\\"***\\\"}\"" },
    { "access_token=s3cret", "access_token=***" },
    { "Invalid key hf_abcDEF123456.", "Invalid key hf_***." },
    { "r8_abcDEF123456", "r8_***" },
    { "Incorrect API key provided: gsk_abc*****DEF123", "Incorrect API key provided: gsk_abc*****DEF123" },
    { "gsk_abcDEF123456 sk-proj-abcDEF_123456", "gsk_*** sk-***" },
    { "see https://x.y/a.png?X-Amz-Signature=abc&b=1.", "see https://x.y/a.png?***" },
    { "<https://x.y/a#token=1>", "<https://x.y/a?***>" },
    { "\"HTTPS://x.y?a=1\" b", "\"HTTPS://x.y?***\" b" },
    { "https://me:secret@x.y/a", "https://***@x.y/a" },
    { "{\"key_code\": \"KEY-0A1B2-C3D4E-F5G6H-J7K8M-N9PQR\"}", "{\"key_code\": \"KEY-***\"}" },
    { "key-0a1b2-c3d4e-f5g6h-j7k8m-n9pqr KEY-…-9PQR", "key-*** KEY-…-9PQR" },
    { "a\xff Bearer abcdef123 \xff", "a\xff Bearer *** \xff" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_redacted (texts[i][0], texts[i][1]);
}

/* Nothing that anybody sends makes it slow, or lets it give up with the text as it was. */
static void
test_long (void)
{
  static const char *const pieces[] = { "authorization", "api_key\\\\\\", "https://", "bearer ", "\\\"", ":    ", "hf_", "a@", "x" };

  cs_redact_add_secret ("needle-in-a-haystack");
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *clean = NULL;
      gint64 start = g_get_monotonic_time ();

      while (text->len < 256 * 1024)
        g_string_append (text, pieces[i]);
      g_string_append (text, "needle-in-a-haystack");
      clean = cs_redact_text (text->str);
      g_assert_null (strstr (clean, "needle"));
      g_test_message ("%s: %" G_GINT64_FORMAT " ms", pieces[i], (g_get_monotonic_time () - start) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
    }
}

static gpointer
redact_thread (gpointer data)
{
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *secret = g_strdup_printf ("thread-%p-%d", data, i % 20);
      g_autofree char *clean = NULL;

      cs_redact_add_secret (secret);
      clean = cs_redact_text (secret);
      g_assert_cmpstr (clean, ==, "***");
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("redact", redact_thread, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_free (void)
{
  cs_secret_free (NULL);
  cs_secret_free (g_strdup (""));
  cs_secret_free (g_strdup ("a key"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/redact/nothing", test_nothing);
  g_test_add_func ("/core/redact/known", test_known);
  g_test_add_func ("/core/redact/base64", test_base64);
  g_test_add_func ("/core/redact/longest-first", test_longest_first);
  g_test_add_func ("/core/redact/short", test_short);
  g_test_add_func ("/core/redact/looks-like-a-key", test_looks_like_a_key);
  g_test_add_func ("/core/redact/long", test_long);
  g_test_add_func ("/core/redact/threads", test_threads);
  g_test_add_func ("/core/redact/free", test_free);
  return g_test_run ();
}
