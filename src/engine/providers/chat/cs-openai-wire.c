/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chat that OpenAI began: what is written and read. */
#include "config.h"
#include "providers/chat/cs-openai-wire.h"

#include "core/cs-json.h"
#include "core/cs-words.h"
#include "net/cs-retry.h"

#include <string.h>

#define MAX_MESSAGE (4 * 1024 * 1024) /* bytes of one JSON text */
#define MAX_REFUSAL (256 * 1024)
#define CHARACTERS_A_TOKEN 3 /* few, so that a prompt is thought longer rather than shorter than it is */
#define PROMPT_MARGIN 200    /* tokens: what stands around the texts */

/* Written */

/** cs_openai_choose_format: Returns: the strictest format that both sides know. */
CsOpenaiFormat
cs_openai_choose_format (const CsOpenaiDialect *dialect, const CsChat *chat)
{
  if (chat->schema == NULL)
    return CS_OPENAI_TEXT;
  return dialect->has_schema != NULL && dialect->has_schema (chat->model) ? CS_OPENAI_SCHEMA : CS_OPENAI_OBJECT;
}

gboolean
cs_openai_is_streamed (const CsOpenaiDialect *dialect, CsOpenaiFormat format)
{
  return format == CS_OPENAI_TEXT || dialect->streams_json;
}

/* Servers refuse to write an object, or never end it, when the prompt does not speak of JSON. */
static char *
build_system (const CsChat *chat, CsOpenaiFormat format)
{
  GString *text = g_string_new (chat->system);

  if (chat->schema != NULL && format != CS_OPENAI_SCHEMA)
    {
      g_autofree char *schema = cs_json_object_to_string (chat->schema, FALSE);

      if (text->len > 0)
        g_string_append (text, "\n\n");
      g_string_append_printf (text, "Answer with one JSON object and nothing else. It follows this JSON schema:\n%s",
                              schema);
    }
  return g_string_free (text, FALSE);
}

static void
add_message (JsonArray *messages, const char *role, const char *content)
{
  JsonObject *message = json_object_new ();

  json_object_set_string_member (message, "role", role);
  json_object_set_string_member (message, "content", content);
  json_array_add_object_element (messages, message);
}

static JsonArray *
build_messages (const CsChat *chat, CsOpenaiFormat format)
{
  JsonArray *messages = json_array_new ();
  g_autofree char *system_text = build_system (chat, format);

  if (*system_text != '\0')
    add_message (messages, "system", system_text);
  add_message (messages, "user", chat->user);
  return messages;
}

static JsonObject *
build_format (const CsChat *chat, CsOpenaiFormat format)
{
  JsonObject *object = json_object_new ();
  JsonObject *schema;

  json_object_set_string_member (object, "type", format == CS_OPENAI_SCHEMA ? "json_schema" : "json_object");
  if (format != CS_OPENAI_SCHEMA)
    return object;
  schema = json_object_new ();
  json_object_set_string_member (schema, "name", chat->schema_name != NULL ? chat->schema_name : "answer");
  json_object_set_boolean_member (schema, "strict", TRUE);
  json_object_set_object_member (schema, "schema", json_object_ref (chat->schema));
  json_object_set_object_member (object, "json_schema", schema);
  return object;
}

static gint64
estimate_prompt (const CsChat *chat)
{
  glong characters = g_utf8_strlen (chat->user, -1) + (chat->system != NULL ? g_utf8_strlen (chat->system, -1) : 0);

  return characters / CHARACTERS_A_TOKEN + PROMPT_MARGIN;
}

/*
 * What a model thinks before it writes is counted as part of the answer, so there is room for as much again; but not at
 * the price of a request that is over what the server takes from anybody at once.
 */
static gint64
count_tokens (const CsOpenaiDialect *dialect, const CsChat *chat)
{
  gint64 tokens = (gint64) chat->max_tokens * 2;

  if (dialect->max_tokens_at_once > 0)
    tokens = MIN (tokens, dialect->max_tokens_at_once - estimate_prompt (chat));
  return MAX (tokens, chat->max_tokens);
}

static void
add_reasoning (JsonObject *body, const char *model)
{
  if (g_str_has_prefix (model, "openai/gpt-oss"))
    {
      json_object_set_string_member (body, "reasoning_effort", "low");
      json_object_set_boolean_member (body, "include_reasoning", FALSE);
    }
  else if (g_str_has_prefix (model, "qwen/qwen3"))
    json_object_set_string_member (body, "reasoning_effort", "none");
}

/** cs_openai_build_body: Returns: (transfer full): the body of POST .../chat/completions. */
JsonObject *
cs_openai_build_body (const CsOpenaiDialect *dialect, const CsChat *chat, CsOpenaiFormat format)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "model", chat->model);
  json_object_set_array_member (body, "messages", build_messages (chat, format));
  json_object_set_double_member (body, "temperature", chat->temperature);
  json_object_set_int_member (body, dialect->tokens_member, count_tokens (dialect, chat));
  if (dialect->has_reasoning)
    add_reasoning (body, chat->model);
  if (format != CS_OPENAI_TEXT)
    json_object_set_object_member (body, "response_format", build_format (chat, format));
  json_object_set_boolean_member (body, "stream", cs_openai_is_streamed (dialect, format));
  return body;
}

/* Read */

static JsonObject *
parse (CsChatReader *reader, const char *data, gsize length)
{
  JsonObject *object = cs_json_parse_object (data, length, MAX_MESSAGE, NULL);

  if (object == NULL)
    cs_chat_reader_set_error (reader, CS_ERROR_BAD_RESPONSE, _ ("%s answered with something that cannot be read."),
                              cs_chat_reader_get_name (reader));
  return object;
}

/* An error has its own object, or is a mere sentence. */
static JsonNode *
find_complaint (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "error");
  JsonObject *groq = cs_json_get_object (object, "x_groq");

  if ((node == NULL || JSON_NODE_HOLDS_NULL (node)) && groq != NULL)
    node = json_object_get_member (groq, "error");
  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static JsonObject *
get_object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
dup_complaint (JsonNode *complaint)
{
  if (JSON_NODE_HOLDS_OBJECT (complaint))
    return cs_wire_dup_words (json_node_get_object (complaint));
  if (JSON_NODE_HOLDS_VALUE (complaint) && json_node_get_value_type (complaint) == G_TYPE_STRING)
    return cs_wire_clean_words (json_node_get_string (complaint));
  return NULL;
}

/*
 * JSON that did not pass the server's own check is handed on: whoever asked reads tolerantly, and asking again would
 * cost as much as it did.
 */
static gboolean
read_failed_generation (CsChatReader *reader, JsonObject *complaint)
{
  const char *text = cs_json_get_string (complaint, "failed_generation", "");
  g_autofree char *message = g_ascii_strdown (cs_json_get_string (complaint, "message", ""), -1);

  if (!g_str_equal (cs_json_get_string (complaint, "code", ""), "json_validate_failed") || *text == '\0')
    return FALSE;
  if (cs_chat_reader_add (reader, text))
    cs_chat_reader_finish (reader, strstr (message, "max completion tokens") != NULL);
  return TRUE;
}

/* A complaint where an answer was expected: the status said that all is well. */
static void
read_complaint (CsChatReader *reader, JsonNode *complaint)
{
  g_autofree char *words = NULL;
  JsonObject *object = get_object_of (complaint);

  if (!cs_chat_reader_has_text (reader) && object != NULL && read_failed_generation (reader, object))
    return;
  words = dup_complaint (complaint);
  if (words == NULL)
    cs_chat_reader_set_error (reader, CS_ERROR_BAD_RESPONSE, _ ("%s failed without saying why."),
                              cs_chat_reader_get_name (reader));
  else
    /* translators: 1: a provider, 2: what it said, in its own language */
    cs_chat_reader_set_error (reader, CS_ERROR_BAD_RESPONSE, _ ("%1$s could not make it: “%2$s”."),
                              cs_chat_reader_get_name (reader), words);
}

static void
read_usage (CsChatReader *reader, JsonObject *object)
{
  JsonObject *usage = cs_json_get_object (object, "usage");
  JsonObject *groq = cs_json_get_object (object, "x_groq");

  if (usage == NULL && groq != NULL)
    usage = cs_json_get_object (groq, "usage");
  cs_chat_reader_set_tokens (reader, cs_json_get_int (usage, "prompt_tokens", -1),
                             cs_json_get_int (usage, "completion_tokens", -1));
}

static JsonObject *
get_choice (JsonObject *object)
{
  JsonArray *choices = cs_json_get_array (object, "choices");

  if (choices == NULL || json_array_get_length (choices) == 0)
    return NULL;
  return get_object_of (json_array_get_element (choices, 0));
}

/* Why it stopped. NULL: it goes on. */
static void
read_reason (CsChatReader *reader, const char *reason)
{
  if (reason == NULL)
    return;
  if (g_str_equal (reason, "content_filter"))
    cs_chat_reader_set_error (reader, CS_ERROR_PROVIDER_REFUSED, _ ("%s does not write about that. Change the prompt."),
                              cs_chat_reader_get_name (reader));
  else
    cs_chat_reader_finish (reader, g_str_equal (reason, "length"));
}

/* @text: "delta" or "message". Returns: FALSE when there is an error. */
static gboolean
read_choice (CsChatReader *reader, JsonObject *object, const char *text)
{
  JsonNode *complaint = find_complaint (object);
  JsonObject *choice = get_choice (object);
  JsonObject *message = cs_json_get_object (choice, text);

  cs_chat_reader_set_model (reader, cs_json_get_string (object, "model", NULL));
  read_usage (reader, object);
  if (complaint != NULL)
    {
      read_complaint (reader, complaint);
      return FALSE;
    }
  if (!cs_chat_reader_add (reader, cs_json_get_string (message, "content", "")))
    return FALSE;
  read_reason (reader, cs_json_get_string (choice, "finish_reason", NULL));
  return !cs_chat_reader_has_error (reader);
}

/**
 * cs_openai_read_event:
 *
 * Reads the data of one event of a stream. What the model thinks has a member of its own, and is passed over.
 *
 * Returns: FALSE when nothing more is to be read.
 */
gboolean
cs_openai_read_event (CsChatReader *reader, const char *data, gsize length)
{
  g_autofree char *line = g_strndup (data, MIN (length, 16));
  g_autoptr (JsonObject) object = NULL;

  if (g_str_equal (g_strstrip (line), "[DONE]"))
    {
      cs_chat_reader_finish (reader, FALSE);
      return FALSE;
    }
  object = parse (reader, data, length);
  return object != NULL && read_choice (reader, object, "delta");
}

/**
 * cs_openai_read_answer:
 *
 * Reads an answer in one piece.
 *
 * Returns: FALSE when it is none.
 */
gboolean
cs_openai_read_answer (CsChatReader *reader, const char *data, gsize length)
{
  g_autoptr (JsonObject) object = parse (reader, data, length);

  if (object == NULL || !read_choice (reader, object, "message"))
    return FALSE;
  if (get_choice (object) == NULL)
    {
      cs_chat_reader_set_error (reader, CS_ERROR_BAD_RESPONSE, _ ("%s answered with something that cannot be read."),
                                cs_chat_reader_get_name (reader));
      return FALSE;
    }
  cs_chat_reader_finish (reader, FALSE);
  return TRUE;
}

/* Refused */

static JsonObject *
parse_refusal (const CsHttpAnswer *refusal)
{
  const char *data;
  gsize length;

  if (refusal->body == NULL)
    return NULL;
  data = g_bytes_get_data (refusal->body, &length);
  return data != NULL ? cs_json_parse_object (data, length, MAX_REFUSAL, NULL) : NULL;
}

static JsonObject *
get_complaint_object (JsonObject *object)
{
  JsonObject *complaint = object != NULL ? get_object_of (find_complaint (object)) : NULL;

  return complaint != NULL ? complaint : object;
}

/** cs_openai_is_about_format: Returns: TRUE when the same question without its response_format may be answered. */
gboolean
cs_openai_is_about_format (const CsHttpAnswer *refusal)
{
  static const char *const words[] = { "response format", "response_format", "json_schema", "json_object", "json mode",
                                       "structured output" };
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *message = NULL;
  JsonObject *complaint;

  if (refusal->status != 400 && refusal->status != 422)
    return FALSE;
  object = parse_refusal (refusal);
  complaint = get_complaint_object (object);
  if (g_str_equal (cs_json_get_string (complaint, "code", ""), "json_validate_failed"))
    return FALSE;
  message = g_ascii_strdown (cs_json_get_string (complaint, "message", cs_json_get_string (complaint, "error", "")),
                             -1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (message, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* "... Please try again in 2m59.56s. ..." Returns: microseconds; 0: not said. */
static gint64
parse_wait (const char *message)
{
  static const char words[] = "try again in ";
  const char *begin = strstr (message, words);
  g_autofree char *duration = NULL;
  gsize length;

  if (begin == NULL)
    return 0;
  begin += strlen (words);
  length = strspn (begin, "0123456789.hmsuµn");
  while (length > 0 && begin[length - 1] == '.')
    length--;
  duration = g_strndup (begin, length);
  return MAX (cs_retry_parse_duration (duration), 0);
}

static gboolean
is_too_large (guint status, JsonObject *complaint)
{
  return status == 413 || g_str_equal (cs_json_get_string (complaint, "code", ""), "context_length_exceeded");
}

/**
 * cs_openai_read_refusal:
 * @refusal: an answer whose status is not 2xx
 *
 * Says what it means, and what to do.
 */
void
cs_openai_read_refusal (CsChatReader *reader, const CsOpenaiDialect *dialect, const CsHttpAnswer *refusal)
{
  g_autoptr (JsonObject) object = parse_refusal (refusal);
  JsonObject *complaint = get_complaint_object (object);
  guint status = refusal->status == 498 ? 503 : refusal->status; /* Groq's own: no room for those who pay less */
  g_autofree char *words = NULL;

  if (refusal->status == 400 && read_failed_generation (reader, complaint))
    return;
  if (is_too_large (refusal->status, complaint))
    {
      cs_chat_reader_set_error (reader, CS_ERROR_TOO_LARGE,
                                _ ("%s does not take that much text at once. Shorten it, or choose another provider."),
                                dialect->vendor->name);
      return;
    }
  if (refusal->status == 429 && refusal->retry_after > 0)
    cs_chat_reader_set_wait (reader, refusal->retry_after);
  else if (refusal->status == 429)
    cs_chat_reader_set_wait (reader, parse_wait (cs_json_get_string (complaint, "message", "")));
  words = cs_wire_dup_words (object);
  cs_chat_reader_take_error (reader, cs_wire_error_new (dialect->vendor, status, words));
}
