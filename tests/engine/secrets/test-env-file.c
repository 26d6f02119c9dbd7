/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-error.h"
#include "secrets/cs-env-file.h"

#include <string.h>

static CsEnvFile *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  CsEnvFile *file = cs_env_file_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return file;
}

/* One line for Groq gives @expected. */
static void
assert_value (const char *line, const char *expected)
{
  g_autoptr (CsEnvFile) file = parse (line);

  g_assert_cmpstr (file->secrets[CS_KEY_GROQ], ==, expected);
  g_assert_cmpuint (file->odd_lines->len, ==, 0);
  g_assert_cmpint (cs_env_file_has_secrets (file), ==, expected != NULL);
}

static void
assert_odd (const char *line)
{
  g_autoptr (CsEnvFile) file = parse (line);

  g_assert_cmpuint (file->odd_lines->len, ==, 1);
  g_assert_cmpuint (g_array_index (file->odd_lines, guint, 0), ==, 1);
  g_assert_false (cs_env_file_has_secrets (file));
}

static void
test_values (void)
{
  assert_value ("GROQ_API_KEY=gsk_1", "gsk_1");
  assert_value ("  GROQ_API_KEY = gsk_1  ", "gsk_1");
  assert_value ("export GROQ_API_KEY=gsk_1\n", "gsk_1");
  assert_value ("export\tGROQ_API_KEY=gsk_1", "gsk_1");
  assert_value ("GROQ_API_KEY=\"gsk_1\"", "gsk_1");
  assert_value ("GROQ_API_KEY='gsk_1' # mine", "gsk_1");
  assert_value ("GROQ_API_KEY=gsk_1 # mine", "gsk_1");
  assert_value ("GROQ_API_KEY=gsk#1", "gsk#1");
  assert_value ("GROQ_API_KEY=\"gsk#1\"", "gsk#1");
  assert_value ("GROQ_API_KEY=\"gsk\\\"1\\\\\"", "gsk\"1\\");
  assert_value ("GROQ_API_KEY='gsk\\1'", "gsk\\1");
  assert_value ("GROQ_API_KEY=a=b==", "a=b==");
  assert_value ("GROQ_API_KEY=gsk_1\r\n", "gsk_1");
  assert_value ("\xef\xbb\xbfGROQ_API_KEY=gsk_1", "gsk_1");
  assert_value ("GROQ_API_KEY=old\nGROQ_API_KEY=new", "new");
}

static void
test_absent (void)
{
  static const char *const lines[] = { "",
                                       "\n\n",
                                       "# GROQ_API_KEY=gsk_1",
                                       "GROQ_API_KEY=",
                                       "GROQ_API_KEY=''",
                                       "GROQ_API_KEY=   # later",
                                       "GROQ_API_KEY=YOUR_GROQ_KEY_HERE",
                                       "GROQ_API_KEY=\"gsk_YOUR_KEY_HERE\"",
                                       "GROQ_API_KEY=gsk_1\nGROQ_API_KEY=",
                                       "groq_api_key=gsk_1",
                                       "GROQ_API_KEY2=gsk_1" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_value (lines[i], NULL);
}

static void
test_odd (void)
{
  assert_odd ("gsk_1234567890");
  assert_odd ("GROQ_API_KEY gsk_1");
  assert_odd ("GROQ_API_KEY: gsk_1");
  assert_odd ("export");
  assert_odd ("=gsk_1");
  assert_odd ("1GROQ=gsk_1");
  assert_odd ("GROQ_API_KEY=\"gsk_1");
  assert_odd ("GROQ_API_KEY='gsk_1' more");
  assert_odd ("clé=gsk_1");
}

/* The guide's own file: placeholders, names of others and base addresses. */
static void
test_whole (void)
{
  g_autoptr (CsEnvFile) file = parse ("# Providers\r\n"
                                      "PIAPI_KEY=\"piapi-key-1\"\r\n"
                                      "PIAPI_BASE_URL=https://elsewhere.example\r\n"
                                      "REPLICATE_API_TOKEN=r8_YOUR_REPLICATE_TOKEN_HERE\r\n"
                                      "HF_API_TOKEN=hf two words\r\n"
                                      "DATABASE_URL=postgres://user:pass@host/db\r\n"
                                      "what is this\r\n"
                                      "PIAPI_BASE_URL=https://again.example\r\n");

  g_assert_cmpstr (file->secrets[CS_KEY_PIAPI], ==, "piapi-key-1");
  g_assert_false (file->is_absent[CS_KEY_PIAPI]);
  g_assert_null (file->secrets[CS_KEY_REPLICATE]);
  g_assert_true (file->is_absent[CS_KEY_REPLICATE]);
  g_assert_null (file->secrets[CS_KEY_HUGGINGFACE]);
  g_assert_error (file->refusals[CS_KEY_HUGGINGFACE], CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_null (strstr (file->refusals[CS_KEY_HUGGINGFACE]->message, "words hf"));
  g_assert_false (file->is_absent[CS_KEY_GROQ]);
  g_assert_cmpuint (file->ignored->len, ==, 2);
  g_assert_cmpstr (file->ignored->pdata[0], ==, "PIAPI_BASE_URL");
  g_assert_cmpstr (file->ignored->pdata[1], ==, "DATABASE_URL");
  g_assert_cmpuint (file->odd_lines->len, ==, 1);
  g_assert_cmpuint (g_array_index (file->odd_lines, guint, 0), ==, 7);
}

static void
test_bounds (void)
{
  g_autofree char *most = g_strnfill (CS_ENV_FILE_MAX_LENGTH + 1, '\n');
  g_autoptr (GError) error = NULL;
  g_autoptr (CsEnvFile) file = cs_env_file_parse (most, CS_ENV_FILE_MAX_LENGTH, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  g_assert_null (cs_env_file_parse (most, CS_ENV_FILE_MAX_LENGTH + 1, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
}

static void
test_not_text (void)
{
  static const char wide[] = "\xff\xfeG\0R\0O\0Q\0";
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_env_file_parse (wide, sizeof wide - 1, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (cs_env_file_parse ("A=1\0B=2", 7, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/env-file/values", test_values);
  g_test_add_func ("/secrets/env-file/absent", test_absent);
  g_test_add_func ("/secrets/env-file/odd", test_odd);
  g_test_add_func ("/secrets/env-file/whole", test_whole);
  g_test_add_func ("/secrets/env-file/bounds", test_bounds);
  g_test_add_func ("/secrets/env-file/not-text", test_not_text);
  return g_test_run ();
}
