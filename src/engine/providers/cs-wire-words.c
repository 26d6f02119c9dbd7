/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of a provider's complaints: its own words, cleaned, and what to do about it. */
#include "config.h"
#include "providers/cs-wire.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-redact.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#include <string.h>

#define MAX_WORDS 200          /* characters of a provider's own words that are shown */
#define MAX_WORDS_BYTES 65536  /* that are looked at */
#define MAX_ERROR_LENGTH (256 * 1024)
#define MAX_DEPTH 4
#define MAX_ELEMENTS 8

/* Words */

/* A point at the end, since a sentence of ours goes on behind it. */
static void
strip_point (char *text)
{
  gsize length = strlen (text);

  while (length > 0 && (text[length - 1] == '.' || text[length - 1] == ' '))
    text[--length] = '\0';
}

/* What was cut may end with the beginning of a key, which nobody would recognise: back to the last whole word. */
static void
strip_half_word (char *line)
{
  char *space = strrchr (line, ' ');

  *(space != NULL ? space : line) = '\0';
}

/**
 * cs_wire_clean_words:
 * @text: (nullable): what somebody outside wrote
 *
 * Returns: (transfer full) (nullable): one short line without controls, keys and queries; NULL when nothing is left, or
 * when it is a page and no message.
 */
char *
cs_wire_clean_words (const char *text)
{
  g_autofree char *line = NULL;
  g_autofree char *words = NULL;

  if (text == NULL)
    return NULL;
  line = cs_text_make_line (text, MAX_WORDS_BYTES);
  if (strnlen (text, MAX_WORDS_BYTES + 1) > MAX_WORDS_BYTES)
    strip_half_word (line);
  words = cs_redact_text (line); /* not before: only now are the pieces of a key together */
  strip_point (words);
  return *words != '\0' && *words != '<' ? cs_text_ellipsize (words, MAX_WORDS) : NULL;
}

static char *dup_words_of_object (JsonObject *object, int depth);

static char *
dup_words_of_node (JsonNode *node, int depth)
{
  char *words = NULL;

  if (node == NULL || depth > MAX_DEPTH)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return dup_words_of_object (json_node_get_object (node), depth);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint length = MIN (json_array_get_length (array), MAX_ELEMENTS);

      for (guint i = 0; i < length && words == NULL; i++)
        words = dup_words_of_node (json_array_get_element (array, i), depth + 1);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    words = cs_wire_clean_words (json_node_get_string (node));
  return words;
}

/* The last line of a log is the one that tells. */
static char *
dup_last_words (JsonArray *logs)
{
  char *words = NULL;
  guint length = logs != NULL ? json_array_get_length (logs) : 0;

  for (guint i = 0; i < MIN (length, MAX_ELEMENTS) && words == NULL; i++)
    {
      JsonNode *node = json_array_get_element (logs, length - 1 - i);

      if (JSON_NODE_HOLDS_VALUE (node))
        words = dup_words_of_node (node, 0);
    }
  return words;
}

/* {"error": "..."}, {"error": {"message"}}, {"detail"}, {"detail": [{"msg"}]}, {"data": {"error": {...}, "logs"}},
 * {"message"}, {"title"}. */
static char *
dup_words_of_object (JsonObject *object, int depth)
{
  static const char *const names[] = { "error", "detail", "data", "message", "raw_message", "msg", "title", "errors" };
  char *words = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names) && words == NULL; i++)
    words = dup_words_of_node (json_object_get_member (object, names[i]), depth + 1);
  return words != NULL ? words : dup_last_words (cs_json_get_array (object, "logs"));
}

/** cs_wire_dup_words: @object: (nullable). Returns: (transfer full) (nullable): what it complains of, cleaned. */
char *
cs_wire_dup_words (JsonObject *object)
{
  return object != NULL ? dup_words_of_object (object, 0) : NULL;
}

/** cs_wire_dup_answer_words: Returns: (transfer full) (nullable): what a whole answer complains of; only JSON is quoted. */
char *
cs_wire_dup_answer_words (const CsHttpAnswer *answer)
{
  g_autoptr (JsonNode) node = NULL;
  const char *data;
  gsize length;

  if (answer->body == NULL || !answer->is_complete)
    return NULL;
  data = g_bytes_get_data (answer->body, &length);
  node = cs_json_parse (data, length, MAX_ERROR_LENGTH, NULL);
  return dup_words_of_node (node, 0);
}

/* Errors */

/* TRUE when one of @wanted, which are lower case, stands in @words as a word, or as several. */
static gboolean
has_word (const char *words, const char *const *wanted)
{
  g_autofree char *lower = words != NULL ? g_ascii_strdown (words, -1) : NULL;

  for (guint i = 0; lower != NULL && wanted != NULL && wanted[i] != NULL; i++)
    for (const char *at = strstr (lower, wanted[i]); at != NULL; at = strstr (at + 1, wanted[i]))
      if ((at == lower || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[strlen (wanted[i])]))
        return TRUE;
  return FALSE;
}

static CsError
code_from_status (guint status)
{
  if (status == 401)
    return CS_ERROR_NO_KEY;
  if (status == 429)
    return CS_ERROR_RATE_LIMITED;
  if (status == 408 || status == 425 || status == 499 || (status >= 500 && status <= 599))
    return CS_ERROR_UNAVAILABLE;
  return status >= 400 && status <= 499 ? CS_ERROR_PROVIDER_REFUSED : CS_ERROR_BAD_RESPONSE;
}

/* What to do about it: a sentence. */
static char *
dup_advice (const CsWireVendor *vendor, guint status, const char *words)
{
  CsError code = code_from_status (status);

  if (status == 401)
    /* translators: the name of a key, behind a command line */
    return g_strdup_printf (_ ("Its key was refused. Set another one with: creative-studio-cli keys set %s"),
                            cs_key_name_to_string (vendor->key));
  if (code == CS_ERROR_RATE_LIMITED)
    return g_strdup (_ ("It takes no more requests just now: wait a little."));
  if (code == CS_ERROR_UNAVAILABLE)
    return g_strdup (_ ("It has trouble of its own: try again later."));
  if (code == CS_ERROR_BAD_RESPONSE)
    return g_strdup (_ ("That is no answer to what was asked: try again later."));
  if (status == 402 || has_word (words, vendor->credit_words))
    /* translators: the address of a web page */
    return g_strdup_printf (_ ("There is no credit left there. Buy some at %s"), vendor->credit_page);
  if (status == 403)
    return g_strdup (_ ("Your key or your plan does not allow it: choose another model, or change the plan."));
  if (status == 404 || status == 410 || has_word (words, vendor->gone_words))
    return g_strdup (_ ("This model is not offered any more: choose another one."));
  return g_strdup (_ ("Change the prompt, or choose another model."));
}

/** cs_wire_dup_complaint: @words: (nullable): cleaned. Returns: (transfer full): who said what: a sentence. */
char *
cs_wire_dup_complaint (const CsWireVendor *vendor, guint status, const char *words)
{
  if (words != NULL)
    /* translators: 1: a provider, 2: what it said, in its own language */
    return g_strdup_printf (_ ("%1$s says: “%2$s”."), vendor->name, words);
  /* translators: 1: a provider, 2: a number as 404 */
  return g_strdup_printf (_ ("%1$s answered with the status %2$u."), vendor->name, status);
}

/**
 * cs_wire_error_new:
 * @status: of a whole answer; not 2xx
 * @words: (nullable): what it says, cleaned
 *
 * Returns: (transfer full): who said what, and what to do.
 */
GError *
cs_wire_error_new (const CsWireVendor *vendor, guint status, const char *words)
{
  g_autofree char *complaint = cs_wire_dup_complaint (vendor, status, words);
  g_autofree char *advice = dup_advice (vendor, status, words);

  return g_error_new (CS_ERROR, code_from_status (status), "%s %s", complaint, advice);
}

/** cs_wire_error_unreadable: Returns: (transfer full): a 2xx that says nothing that we understand. */
GError *
cs_wire_error_unreadable (const CsWireVendor *vendor)
{
  return g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("%s answered with something that cannot be read."), vendor->name);
}

/** cs_wire_error_no_output: Returns: (transfer full): a success without an address that may be fetched. */
GError *
cs_wire_error_no_output (const CsWireVendor *vendor)
{
  return g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("%s did not say where the result is."), vendor->name);
}

/**
 * cs_wire_error_from_answer:
 *
 * Returns: (transfer full): why there is no good answer. What happened on the way comes as net told it.
 */
GError *
cs_wire_error_from_answer (const CsWireVendor *vendor, const CsHttpAnswer *answer)
{
  g_autofree char *words = NULL;

  if (!answer->is_complete && answer->error != NULL)
    return g_error_copy (answer->error);
  if (!answer->is_complete || (answer->status >= 200 && answer->status <= 299))
    return cs_wire_error_unreadable (vendor);
  words = cs_wire_dup_answer_words (answer);
  return cs_wire_error_new (vendor, answer->status, words);
}

/** cs_wire_error_failed: @words: (nullable). Returns: (transfer full): it accepted and tried, and it came to nothing. */
GError *
cs_wire_error_failed (const CsWireVendor *vendor, const char *words)
{
  if (words == NULL)
    return g_error_new (CS_ERROR, CS_ERROR_FAILED, _ ("%s failed without saying why."), vendor->name);
  /* translators: 1: a provider, 2: what it said, in its own language */
  return g_error_new (CS_ERROR, CS_ERROR_FAILED, _ ("%1$s could not make it: “%2$s”."), vendor->name, words);
}
