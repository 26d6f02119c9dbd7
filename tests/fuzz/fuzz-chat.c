/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/cs-line-reader.h"
#include "providers/chat/cs-openai-wire.h"

#include "cs-fuzz.h"

static const CsWireVendor vendor = { .name = "Groq", .key = CS_KEY_GROQ, .credit_page = "https://example.com" };
static const CsOpenaiDialect dialect = { .vendor = &vendor, .tokens_member = "max_tokens" };

static void
keep_piece (const char *piece, gpointer user_data)
{
  cs_fuzz_expect (*piece != '\0' && g_utf8_validate (piece, -1, NULL));
  g_string_append (user_data, piece);
}

static gboolean
message_cb (const char *message, gsize length, gpointer user_data)
{
  return cs_openai_read_event (user_data, message, length);
}

/* Always a value: text that is bounded and readable, or an error, or both. */
static void
check (CsChatAnswer *answer)
{
  cs_fuzz_expect (answer->text != NULL || answer->error != NULL);
  cs_fuzz_expect (answer->text == NULL || (*answer->text != '\0' && g_utf8_validate (answer->text, -1, NULL)));
  cs_fuzz_expect (answer->text == NULL || strlen (answer->text) <= CS_CHAT_MAX_TEXT);
  cs_fuzz_expect (answer->model != NULL && g_utf8_validate (answer->model, -1, NULL));
  cs_fuzz_expect (answer->input_tokens >= -1 && answer->output_tokens >= -1 && answer->retry_after >= 0);
  cs_fuzz_expect (answer->error == NULL || g_utf8_validate (answer->error->message, -1, NULL));
}

static CsChatAnswer *
read_stream (const char *data, gsize size, gsize step)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Groq", "m", keep_piece, shown);
  g_autoptr (CsLineReader) lines = cs_line_reader_new (CS_LINES_SSE, CS_FUZZ_MAX_SIZE, message_cb, reader);
  gboolean goes_on = TRUE;

  for (gsize at = 0; goes_on && at < size; at += step)
    goes_on = cs_line_reader_feed (lines, data + at, MIN (step, size - at), NULL);
  if (goes_on)
    cs_line_reader_end (lines, NULL);
  return cs_chat_reader_end (reader);
}

static void
read_rest (const char *data, gsize size)
{
  g_autoptr (CsChatReader) whole = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsChatReader) refused = cs_chat_reader_new ("Groq", "m", NULL, NULL);
  g_autoptr (CsHttpAnswer) refusal = cs_http_answer_new ();
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (CsChatAnswer) other = NULL;

  cs_openai_read_answer (whole, data, size);
  answer = cs_chat_reader_end (whole);
  check (answer);

  refusal->status = size % 2 == 0 ? 400 : 429;
  refusal->is_complete = TRUE;
  refusal->body = g_bytes_new (data, size);
  cs_openai_is_about_format (refusal);
  cs_openai_read_refusal (refused, &dialect, refusal);
  other = cs_chat_reader_end (refused);
  check (other);
}

/* Any bytes are an answer of some kind, the same wherever a stream is cut. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (CsChatAnswer) whole = read_stream (text, size, MAX (size, 1));
  g_autoptr (CsChatAnswer) cut = read_stream (text, size, 1 + size % 7);

  check (whole);
  check (cut);
  cs_fuzz_expect (g_strcmp0 (whole->text, cut->text) == 0 && (whole->error == NULL) == (cut->error == NULL));
  read_rest (text, size);
  return 0;
}
