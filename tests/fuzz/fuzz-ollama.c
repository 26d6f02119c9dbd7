/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/cs-address.h"
#include "net/cs-line-reader.h"
#include "providers/ollama/cs-ollama-host.h"
#include "providers/ollama/cs-ollama-models.h"
#include "providers/ollama/cs-ollama-pull.h"
#include "providers/ollama/cs-ollama-wire.h"

#include "cs-fuzz.h"

static gboolean
chat_line_cb (const char *message, gsize length, gpointer user_data)
{
  return cs_ollama_read_line (user_data, message, length);
}

static gboolean
pull_line_cb (const char *message, gsize length, gpointer user_data)
{
  double before = cs_ollama_pull_get_share (user_data);
  gboolean goes_on = cs_ollama_pull_read_line (user_data, message, length);
  double share = cs_ollama_pull_get_share (user_data);

  cs_fuzz_expect (share >= before && share <= 1);
  return goes_on;
}

static void
read_lines (const char *data, gsize size, CsLineFunc func, gpointer user_data)
{
  g_autoptr (CsLineReader) lines = cs_line_reader_new (CS_LINES_NDJSON, CS_FUZZ_MAX_SIZE, func, user_data);
  gsize step = 1 + size % 97;
  gboolean goes_on = TRUE;

  for (gsize at = 0; goes_on && at < size; at += step)
    goes_on = cs_line_reader_feed (lines, data + at, MIN (step, size - at), NULL);
  if (goes_on)
    cs_line_reader_end (lines, NULL);
}

static void
try_chat (const char *data, gsize size)
{
  g_autoptr (CsChatReader) reader = cs_chat_reader_new ("Ollama", "m", NULL, NULL);
  g_autoptr (CsChatAnswer) answer = NULL;

  read_lines (data, size, chat_line_cb, reader);
  answer = cs_chat_reader_end (reader);
  cs_fuzz_expect (answer->text != NULL || answer->error != NULL);
  cs_fuzz_expect (answer->text == NULL || (*answer->text != '\0' && g_utf8_validate (answer->text, -1, NULL)));
  cs_fuzz_expect (answer->text == NULL || strlen (answer->text) <= CS_CHAT_MAX_TEXT);
  cs_fuzz_expect (answer->input_tokens >= -1 && answer->output_tokens >= -1);
}

static void
try_pull (const char *data, gsize size)
{
  g_autoptr (CsOllamaPull) pull = cs_ollama_pull_new ("m");
  g_autoptr (GError) error = NULL;

  read_lines (data, size, pull_line_cb, pull);
  cs_fuzz_expect (cs_ollama_pull_end (pull, &error) == (error == NULL));
}

/* What is chosen is installed, and safe in a command line. */
static void
try_models (const char *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = cs_ollama_models_parse (data, size, &error);
  const char *best;

  cs_fuzz_expect ((models == NULL) == (error != NULL));
  best = models != NULL ? cs_ollama_models_choose (models) : NULL;
  if (best != NULL)
    cs_fuzz_expect (cs_ollama_models_has (models, best) && strpbrk (best, " \t\n'\"\\$`;&|<>") == NULL && best[0] != '-');
}

/* A base that is accepted is accepted again, and stays the same. */
static void
try_host (const char *data, gsize size)
{
  g_autofree char *text = g_strndup (data, size);
  g_autofree char *base = cs_ollama_host_to_base (text, NULL);
  g_autofree char *again = base != NULL ? cs_address_check_base (base, CS_BASE_LAN, NULL) : NULL;

  cs_fuzz_expect (g_strcmp0 (base, again) == 0);
}

/* Any bytes may come from Ollama, or stand in OLLAMA_HOST. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;

  try_chat (text, size);
  try_pull (text, size);
  try_models (text, size);
  try_host (text, size);
  return 0;
}
