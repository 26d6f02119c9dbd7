/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-error.h"
#include "core/cs-redact.h"
#include "secrets/cs-key-value.h"

#include <string.h>

static void
assert_accepted (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *value = cs_key_value_check (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, expected);
  g_assert_false (cs_key_value_is_absent (text));
  cs_secret_free (value);
}

/* Refused, with a sentence that does not repeat what might be a key. */
static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_key_value_check (text, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_true (*text == '\0' || strlen (text) < 4 || strstr (error->message, text) == NULL);
}

static void
test_trimmed (void)
{
  assert_accepted ("r8_abcDEF0123", "r8_abcDEF0123");
  assert_accepted (" \t r8_abcDEF0123\r\n", "r8_abcDEF0123");
  assert_accepted ("\n\nk\n", "k");
  assert_accepted ("a+b/c==.-_~!", "a+b/c==.-_~!");
}

static void
test_refused (void)
{
  static const char *const bad[] = { "two words",  "line\nX-Other: header", "line\rbreak", "tab\tinside",
                                     "cl\xc3\xa9", "bell\a",                "del\x7f",     "caf\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      assert_refused (bad[i]);
      g_assert_false (cs_key_value_is_absent (bad[i]));
    }
}

static void
test_length (void)
{
  g_autofree char *longest = g_strnfill (CS_KEY_MAX_LENGTH, 'k');
  g_autofree char *longer = g_strnfill (CS_KEY_MAX_LENGTH + 1, 'k');
  g_autofree char *padded = g_strconcat ("  ", longest, " \n", NULL);

  assert_accepted (longest, longest);
  assert_accepted (padded, longest);
  assert_refused (longer);
}

static void
test_absent (void)
{
  static const char *const absent[] = { "",
                                        " \r\n",
                                        "YOUR_PIAPI_KEY_HERE",
                                        "r8_YOUR_REPLICATE_TOKEN_HERE",
                                        "hf_YOUR_HUGGINGFACE_TOKEN_HERE",
                                        "  your_groq_key_here\n",
                                        "gsk-YOUR_KEY_HERE" };

  g_assert_true (cs_key_value_is_absent (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (absent); i++)
    {
      g_assert_true (cs_key_value_is_absent (absent[i]));
      assert_refused (absent[i]);
    }
}

/* Keys that only look a little like placeholders. */
static void
test_near_placeholders (void)
{
  assert_accepted ("_HERE", "_HERE");
  assert_accepted ("YOUR_KEY", "YOUR_KEY");
  assert_accepted ("FLAVOUR_KEY_HERE", "FLAVOUR_KEY_HERE");
  assert_accepted ("r8_xYOUR_HERE", "r8_xYOUR_HERE");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/key-value/trimmed", test_trimmed);
  g_test_add_func ("/secrets/key-value/refused", test_refused);
  g_test_add_func ("/secrets/key-value/length", test_length);
  g_test_add_func ("/secrets/key-value/absent", test_absent);
  g_test_add_func ("/secrets/key-value/near-placeholders", test_near_placeholders);
  return g_test_run ();
}
