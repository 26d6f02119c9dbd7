/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "secrets/cs-key-name.h"

static void
test_table (void)
{
  static const char *const names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };
  static const char *const providers[] = { "piapi", "replicate", "huggingface", "groq" };

  g_assert_cmpuint (G_N_ELEMENTS (names), ==, CS_N_KEYS);
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      CsKeyName found = CS_N_KEYS;

      g_assert_cmpstr (cs_key_name_to_string (i), ==, names[i]);
      g_assert_cmpstr (cs_key_name_get_provider (i), ==, providers[i]);
      g_assert_true (cs_key_name_from_string (names[i], &found));
      g_assert_cmpuint (found, ==, i);
    }
}

static void
test_strangers (void)
{
  static const char *const strangers[] = { "", "piapi_key", "PIAPI_KEY ", "PIAPI", "OPENAI_API_KEY", "PIAPI_BASE_URL" };
  CsKeyName name = CS_KEY_GROQ;

  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    g_assert_false (cs_key_name_from_string (strangers[i], &name));
  g_assert_false (cs_key_name_from_string (NULL, &name));
  g_assert_cmpuint (name, ==, CS_KEY_GROQ);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/key-name/table", test_table);
  g_test_add_func ("/secrets/key-name/strangers", test_strangers);
  return g_test_run ();
}
