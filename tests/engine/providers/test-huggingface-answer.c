/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "providers/huggingface/cs-huggingface-answer.h"

#include "core/cs-error.h"

#include "cs-test.h"

#include <glib/gstdio.h>
#include <string.h>

static const char png[] = "\x89PNG\r\n\x1a\n" "not much of a picture, but it begins as one";

typedef struct
{
  CsTestHome *home;
  char *path;
  char *work_file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->home = cs_test_home_new ();
  fixture->path = cs_test_home_build (fixture->home, "job-1.answer");
  fixture->work_file = cs_test_home_build (fixture->home, "job-1.part");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_test_home_free (fixture->home);
  g_free (fixture->path);
  g_free (fixture->work_file);
}

static char *
take (Fixture *fixture, const void *answer, gsize length, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (g_file_set_contents (fixture->path, answer, length, NULL));
  cs_huggingface_answer_take_async (fixture->path, fixture->work_file, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_huggingface_answer_take_finish (result, error);
}

static void
check_file (Fixture *fixture, const char *expected, gsize length)
{
  g_autofree char *contents = NULL;
  gsize found;

  g_assert_true (g_file_get_contents (fixture->work_file, &contents, &found, NULL));
  g_assert_cmpmem (contents, found, expected, length);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = take (fixture, png, sizeof png, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (output, ==, fixture->work_file);
  check_file (fixture, png, sizeof png);
}

/* What an earlier run left is no hindrance. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  g_assert_true (g_file_set_contents (fixture->work_file, "old", -1, NULL));
  output = take (fixture, png, sizeof png, &error);
  g_assert_no_error (error);
  check_file (fixture, png, sizeof png);
}

static char *
make_json (const char *beginning, const void *bytes, gsize length)
{
  g_autofree char *base64 = g_base64_encode (bytes, length);

  return g_strdup_printf ("{\"created\": 7, \"data\": [{\"index\": 0, \"b64_json\": \"%s%s\"}]}", beginning, base64);
}

static void
test_base64 (Fixture *fixture, gconstpointer data)
{
  static const char *const beginnings[] = { "", "data:image/png;base64," };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    for (gsize length = sizeof png - 3; length <= sizeof png; length++) /* every kind of padding */
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *json = make_json (beginnings[i], png, length);
        g_autofree char *output = take (fixture, json, strlen (json), &error);

        g_assert_no_error (error);
        g_assert_cmpstr (output, ==, fixture->work_file);
        check_file (fixture, png, length);
      }
}

/* Pictures of the size that providers really send. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  gsize length = 6 * 1024 * 1024;
  g_autofree char *bytes = g_malloc (length);
  g_autofree char *json = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) (i * 7919 >> 3);
  memcpy (bytes, "\xff\xd8\xff\xe0", 4);
  json = make_json ("", bytes, length);
  output = take (fixture, json, strlen (json), &error);
  g_assert_no_error (error);
  check_file (fixture, bytes, length);
}

static void
test_address (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *json;
    const char *address;
  } cases[] = {
    { "{\"data\": [{\"url\": \"https://a/b.png\"}]}", "https://a/b.png" },
    { "{\"output\": [\"https://a/c.png\"]}", "https://a/c.png" },
    { "{\"output\": \"https://a/d.png\"}", "https://a/d.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *output = take (fixture, cases[i].json, strlen (cases[i].json), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (output, ==, cases[i].address);
      g_assert_false (g_file_test (fixture->work_file, G_FILE_TEST_EXISTS));
      g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
    }
}

static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = {
    "",
    "\x89PNG",
    "<html>busy</html>",
    "GIF89a, which nobody asked for",
    "{}",
    "[]",
    "null",
    "{\"error\": \"no\"}",
    "{\"data\": []}",
    "{\"data\": [7]}",
    "{\"data\": [null]}",
    "{\"data\": {\"b64_json\": \"iVBORw0KGgo=\"}}",
    "{\"data\": [{\"b64_json\": 7}]}",
    "{\"data\": [{\"b64_json\": \"\"}]}",
    "{\"data\": [{\"b64_json\": \"====\"}]}",
    "{\"data\": [{\"b64_json\": \"not base64 at all!\"}]}",
    "{\"data\": [{\"b64_json\": \"iVBORw0KGgoAAAANSUhEUg\"}]}",
    "{\"data\": [{\"b64_json\": \"iVBORw0KGgoAAAANSUhE\\nUgAA\"}]}",
    "{\"data\": [{\"b64_json\": \"PGh0bWw+PGJvZHk+YnVzeTwvYm9keT4=\"}]}",
    "{\"data\": [{\"b64_json\": \"data:image/png;base64,\"}]}",
    "{\"data\": [{\"b64_json\": \"iVBORw0KGgoAAAANSUhEUgAA\"}]", /* cut */
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *output = take (fixture, answers[i], strlen (answers[i]), &error);

      g_test_message ("%s", answers[i]);
      g_assert_null (output);
      g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
      g_assert_false (g_file_test (fixture->work_file, G_FILE_TEST_EXISTS));
    }
}

static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_huggingface_answer_take_async (fixture->path, fixture->work_file, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_assert_null (cs_huggingface_answer_take_finish (result, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

static void
test_strict_base64 (void)
{
  static const char *const good[] = { "AAAA", "AAA=", "AA==", "ab+/", "data:image/png;base64,AAAA" };
  static const char *const bad[] = { "", "A", "AA", "AAA", "A===", "====", "AA=A", "AA AA===", "AAAA\n", "AA-_", "data:AAAA", "AAAA=AAA" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gsize length;
      g_autofree guint8 *bytes = cs_huggingface_decode_base64 (good[i], &length);

      g_test_message ("%s", good[i]);
      g_assert_nonnull (bytes);
      g_assert_cmpint (length, >, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gsize length;
      g_autofree guint8 *bytes = cs_huggingface_decode_base64 (bad[i], &length);

      g_test_message ("%s", bad[i]);
      g_assert_null (bytes);
    }
}

static void
test_pictures (void)
{
  g_assert_true (cs_huggingface_is_picture ("\x89PNG\r\n\x1a\n0123", 12));
  g_assert_true (cs_huggingface_is_picture ("\xff\xd8\xff\xe0" "01234567", 12));
  g_assert_true (cs_huggingface_is_picture ("RIFF....WEBP", 12));
  g_assert_false (cs_huggingface_is_picture ("RIFF....AVI ", 12));
  g_assert_false (cs_huggingface_is_picture ("\x89PNG\r\n\x1a\n012", 11));
  g_assert_false (cs_huggingface_is_picture ("<!DOCTYPE ht", 12));
  g_assert_false (cs_huggingface_is_picture (NULL, 0));
}

#define ADD(name, function) g_test_add ("/huggingface-answer/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("bytes", test_bytes);
  ADD ("again", test_again);
  ADD ("base64", test_base64);
  ADD ("large", test_large);
  ADD ("address", test_address);
  ADD ("nonsense", test_nonsense);
  ADD ("no-file", test_no_file);
  g_test_add_func ("/huggingface-answer/strict-base64", test_strict_base64);
  g_test_add_func ("/huggingface-answer/pictures", test_pictures);
  return g_test_run ();
}
