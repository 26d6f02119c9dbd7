/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of an answer as it grows: thoughts left out wherever they are cut, bounded, no key in it. */
#include "config.h"
#include "providers/chat/cs-chat-reader.h"

#include "core/cs-redact.h"

#include <string.h>

static void
keep_piece (const char *piece, gpointer user_data)
{
  g_string_append (user_data, piece);
}

/* What comes of @text when it is handed over in two pieces. */
static char *
read_in_two (const char *text, gsize cut)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "m", keep_piece, shown);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autofree char *first = g_strndup (text, cut);

  g_assert_true (cs_chat_reader_add (reader, first));
  g_assert_true (cs_chat_reader_add (reader, text + cut));
  cs_chat_reader_finish (reader, FALSE);
  answer = cs_chat_reader_end (reader);
  if (answer->text == NULL)
    {
      g_assert_error (answer->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
      return g_strdup ("");
    }
  g_assert_no_error (answer->error);
  if (strstr (text, "lone") == NULL)
    g_assert_cmpstr (shown->str, ==, answer->text);
  return g_strdup (answer->text);
}

static void
test_thoughts (void)
{
  static const struct
  {
    const char *said;
    const char *text;
  } cases[] = {
    { "plain", "plain" },
    { "  \n plain ", "plain " },
    { "<think>hm</think>{\"a\":1}", "{\"a\":1}" },
    { "\n<think>\n\n</think>\n\n{\"a\":1}", "{\"a\":1}" },
    { "<think>a</think> <think>b</think>c", "c" },
    { "<think>never ended", "" },
    { "<think></think>", "" },
    { "<thin air", "<thin air" },
    { "<thinking is no mark>", "<thinking is no mark>" },
    { "<think><</</think</think>x", "x" },
    { "lone thoughts</think>\nx", "x" },
    { "a <think> inside", "a <think> inside" },
    { "<", "<" },
    { "", "" },
    { "  \n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize cut = 0; cut <= strlen (cases[i].said); cut++)
      {
        g_autofree char *text = read_in_two (cases[i].said, cut);

        g_assert_cmpstr (text, ==, cases[i].text);
      }
}

static void
try_too_long (const char *beginning)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "m", keep_piece, shown);
  g_autoptr (CsChatAnswer) answer = NULL;
  int n_pieces = 0;

  cs_chat_reader_add (reader, beginning);
  while (cs_chat_reader_add (reader, "قارب في العاصفة "))
    g_assert_cmpint (++n_pieces, <, CS_CHAT_MAX_TEXT);
  g_assert_false (cs_chat_reader_add (reader, "more"));
  answer = cs_chat_reader_end (reader);
  g_assert_error (answer->error, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_assert_cmpuint (strlen (answer->text), <=, CS_CHAT_MAX_TEXT);
  g_assert_cmpuint (strlen (answer->text), >, CS_CHAT_MAX_TEXT - 4);
  g_assert_true (g_utf8_validate (answer->text, -1, NULL));
  g_assert_cmpstr (shown->str, ==, answer->text);
}

/* A model that never stops is stopped; what it wrote until then is whole characters, wherever the limit falls. */
static void
test_too_long (void)
{
  static const char *const beginnings[] = { "a", "ab", "abc", "abcd" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    try_too_long (beginnings[i]);
}

/* Thoughts count for nothing, however long they are. */
static void
test_long_thoughts (void)
{
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autofree char *thought = g_strnfill (100 * 1024, '<');

  g_assert_true (cs_chat_reader_add (reader, "<think>"));
  for (int i = 0; i < 100; i++)
    g_assert_true (cs_chat_reader_add (reader, thought));
  g_assert_false (cs_chat_reader_has_text (reader));
  g_assert_true (cs_chat_reader_add (reader, "</think>x"));
  g_assert_true (cs_chat_reader_has_text (reader));
  cs_chat_reader_finish (reader, FALSE);
  answer = cs_chat_reader_end (reader);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->text, ==, "x");
}

static void
test_ends (void)
{
  g_autoptr (CsChatReader) unfinished = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsChatReader) mute = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsChatReader) failed = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsChatAnswer) cut = NULL;
  g_autoptr (CsChatAnswer) empty = NULL;
  g_autoptr (CsChatAnswer) error = NULL;

  cs_chat_reader_add (unfinished, "half of");
  cut = cs_chat_reader_end (unfinished);
  g_assert_error (cut->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
  g_assert_cmpstr (cut->text, ==, "half of");
  g_assert_false (cut->is_cut);
  g_assert_cmpint (cut->input_tokens, ==, -1);

  cs_chat_reader_finish (mute, TRUE);
  cs_chat_reader_finish (mute, FALSE);
  cs_chat_reader_set_tokens (mute, 7, G_MAXINT64);
  empty = cs_chat_reader_end (mute);
  g_assert_error (empty->error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
  g_assert_null (empty->text);
  g_assert_true (empty->is_cut);
  g_assert_cmpint (empty->input_tokens, ==, 7);
  g_assert_cmpint (empty->output_tokens, ==, -1);

  cs_chat_reader_set_error (failed, CS_ERROR_RATE_LIMITED, "first");
  cs_chat_reader_set_error (failed, CS_ERROR_FAILED, "second");
  error = cs_chat_reader_end (failed);
  g_assert_error (error->error, CS_ERROR, CS_ERROR_RATE_LIMITED);
}

/* Promise 5: a key that comes back is not written anywhere. */
static void
test_no_key (void)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "m", keep_piece, shown);
  g_autoptr (CsChatAnswer) answer = NULL;

  cs_redact_add_secret ("gsk_canary0123456789canary");
  cs_chat_reader_add (reader, "Your key is gsk_canary0123456789canary.");
  cs_chat_reader_add (reader, " Bearer gsk_canary01");
  cs_chat_reader_add (reader, "23456789canary");
  cs_chat_reader_finish (reader, FALSE);
  answer = cs_chat_reader_end (reader);
  g_assert_null (strstr (answer->text, "canary0123456789"));
  g_assert_null (strstr (shown->str, "is gsk_canary0123456789canary"));
}

static void
test_chat (void)
{
  CsChat *chat = cs_chat_new ();
  g_autoptr (CsChat) kept = cs_chat_ref (chat);

  kept->schema = json_object_new ();
  cs_chat_unref (chat);
  g_assert_cmpint (kept->connect_timeout, ==, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (kept->first_timeout, ==, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (kept->idle_timeout, ==, 15 * G_USEC_PER_SEC);
  g_assert_cmpint (kept->total_timeout, ==, 90 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat/patience", test_chat);
  g_test_add_func ("/chat-reader/thoughts", test_thoughts);
  g_test_add_func ("/chat-reader/long-thoughts", test_long_thoughts);
  g_test_add_func ("/chat-reader/too-long", test_too_long);
  g_test_add_func ("/chat-reader/ends", test_ends);
  g_test_add_func ("/promise-5/chat-reader/no-key", test_no_key);
  return g_test_run ();
}
