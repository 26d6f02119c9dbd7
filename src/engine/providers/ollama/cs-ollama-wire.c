/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said to Ollama and what it says. */
#include "config.h"
#include "providers/ollama/cs-ollama-wire.h"

#include "core/cs-json.h"
#include "core/cs-words.h"
#include "providers/cs-wire.h"

#include <string.h>

#define MAX_LINE (2 * 1024 * 1024)
#define KEEP_ALIVE "10m"
#define USUAL_CONTEXT 8192 /* tokens; the same for all usual prompts, since another one loads the model anew */
#define MAX_CONTEXT 32768
#define CHARACTERS_A_TOKEN 2 /* few: a context that is too small cuts the prompt without a word */
#define PROMPT_MARGIN 200    /* tokens: what stands around the texts */

/* Of Ollama's errors only the name is of use: it has no key and no credit. */
static const CsWireVendor vendor = { .name = "Ollama" };

/* Written */

static void
add_message (JsonArray *messages, const char *role, const char *content)
{
  JsonObject *message = json_object_new ();

  json_object_set_string_member (message, "role", role);
  json_object_set_string_member (message, "content", content);
  json_array_add_object_element (messages, message);
}

static gint64
choose_context (const CsChat *chat)
{
  glong characters = g_utf8_strlen (chat->user, -1) + (chat->system != NULL ? g_utf8_strlen (chat->system, -1) : 0);
  gint64 needed = characters / CHARACTERS_A_TOKEN + PROMPT_MARGIN + chat->max_tokens;
  gint64 context = USUAL_CONTEXT;

  while (context < needed && context < MAX_CONTEXT)
    context *= 2;
  return context;
}

/** cs_ollama_build_chat: Returns: (transfer full): the body of POST /api/chat. */
JsonObject *
cs_ollama_build_chat (const CsChat *chat)
{
  JsonObject *body = json_object_new ();
  JsonObject *options = json_object_new ();
  JsonArray *messages = json_array_new ();

  if (chat->system != NULL && *chat->system != '\0')
    add_message (messages, "system", chat->system);
  add_message (messages, "user", chat->user);
  json_object_set_int_member (options, "num_ctx", choose_context (chat));
  json_object_set_int_member (options, "num_predict", chat->max_tokens);
  json_object_set_double_member (options, "temperature", chat->temperature);

  json_object_set_string_member (body, "model", chat->model);
  json_object_set_array_member (body, "messages", messages);
  json_object_set_boolean_member (body, "stream", TRUE);
  json_object_set_boolean_member (body, "think", FALSE);
  if (chat->schema != NULL)
    json_object_set_object_member (body, "format", json_object_ref (chat->schema));
  json_object_set_string_member (body, "keep_alive", KEEP_ALIVE);
  json_object_set_object_member (body, "options", options);
  return body;
}

/** cs_ollama_build_preload: Returns: (transfer full): the body of POST /api/chat that only loads @model. */
JsonObject *
cs_ollama_build_preload (const char *model)
{
  JsonObject *body = json_object_new ();
  JsonObject *options = json_object_new ();

  json_object_set_int_member (options, "num_ctx", USUAL_CONTEXT);
  json_object_set_string_member (body, "model", model);
  json_object_set_array_member (body, "messages", json_array_new ());
  json_object_set_boolean_member (body, "stream", FALSE);
  json_object_set_string_member (body, "keep_alive", KEEP_ALIVE);
  json_object_set_object_member (body, "options", options);
  return body;
}

/* Read */

/**
 * cs_ollama_error_new:
 * @status: of the answer
 * @model: who was asked for
 * @words: (nullable): what Ollama said, cleaned
 *
 * Returns: (transfer full): what it means, and what to do.
 */
GError *
cs_ollama_error_new (guint status, const char *model, const char *words)
{
  if (status == 401)
    /* translators: the name of a model, then a command line */
    return g_error_new (CS_ERROR, CS_ERROR_PROVIDER_REFUSED,
                        _ ("“%s” runs at ollama.com and not on your computer. Choose another model, or sign in with: "
                           "ollama signin"),
                        model);
  if (status == 404 && words != NULL && strstr (words, "not found") != NULL)
    /* translators: the name of a model, twice; the second is part of a command line */
    return g_error_new (CS_ERROR, CS_ERROR_PROVIDER_REFUSED,
                        _ ("Ollama has no model “%1$s”. Install it with: ollama pull %1$s"), model);
  return cs_wire_error_new (&vendor, status, words);
}

/** cs_ollama_error_from_refusal: Returns: (transfer full): what an answer that is no 2xx means. */
GError *
cs_ollama_error_from_refusal (const char *model, const CsHttpAnswer *refusal)
{
  g_autofree char *words = cs_wire_dup_answer_words (refusal);

  return cs_ollama_error_new (refusal->status, model, words);
}

/**
 * cs_ollama_read_line:
 *
 * Reads one line of the answer to a chat. What the model thinks has a member of its own, and is passed over.
 *
 * Returns: FALSE when nothing more is to be read.
 */
gboolean
cs_ollama_read_line (CsChatReader *reader, const char *data, gsize length)
{
  g_autoptr (JsonObject) object = cs_json_parse_object (data, length, MAX_LINE, NULL);
  JsonObject *message = cs_json_get_object (object, "message");

  if (object == NULL)
    {
      cs_chat_reader_set_error (reader, CS_ERROR_BAD_RESPONSE, _ ("%s answered with something that cannot be read."),
                                vendor.name);
      return FALSE;
    }
  if (json_object_has_member (object, "error") && !json_object_get_null_member (object, "error"))
    {
      g_autofree char *words = cs_wire_dup_words (object);

      cs_chat_reader_take_error (reader, cs_ollama_error_new (500, cs_chat_reader_get_model (reader), words));
      return FALSE;
    }
  cs_chat_reader_set_model (reader, cs_json_get_string (object, "model", NULL));
  if (!cs_chat_reader_add (reader, cs_json_get_string (message, "content", "")))
    return FALSE;
  if (!cs_json_get_boolean (object, "done", FALSE))
    return TRUE;
  cs_chat_reader_set_tokens (reader, cs_json_get_int (object, "prompt_eval_count", -1),
                             cs_json_get_int (object, "eval_count", -1));
  cs_chat_reader_finish (reader, g_str_equal (cs_json_get_string (object, "done_reason", ""), "length"));
  return FALSE;
}

/** cs_ollama_read_refusal: @refusal: an answer that is no 2xx. Says what it means, and what to do. */
void
cs_ollama_read_refusal (CsChatReader *reader, const CsHttpAnswer *refusal)
{
  if (refusal->status == 429)
    cs_chat_reader_set_wait (reader, refusal->retry_after);
  cs_chat_reader_take_error (reader, cs_ollama_error_from_refusal (cs_chat_reader_get_model (reader), refusal));
}
