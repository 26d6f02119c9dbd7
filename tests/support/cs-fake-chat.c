/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chat as OpenAI has it: what Groq and Hugging Face's router have in common. Server's thread. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-chat.h"
#include "cs-fake-json.h"

#include "core/cs-json.h"

#include <string.h>

/* Language models, and those that are gone. */
static const struct
{
  const char *id;
  const char *owner;
  gboolean is_strict; /* takes a JSON schema strictly */
  gboolean is_retired;
} models[] = {
  { "openai/gpt-oss-120b", "OpenAI", TRUE },          { "openai/gpt-oss-20b", "OpenAI", TRUE },
  { "qwen/qwen3.6-27b", "Alibaba Cloud", FALSE },     { "whisper-large-v3", "OpenAI", FALSE },
  { "llama-3.3-70b-versatile", "Meta", FALSE, TRUE }, { "llama-3.1-8b-instant", "Meta", FALSE, TRUE },
};

static void
refuse (CsFakeCall *call, guint status, const char *code, const char *message)
{
  cs_fake_call_reply (
      call, status, cs_fake_json ("{'error':{'message':%s,'type':'invalid_request_error','code':%s}}", message, code));
}

/* The router lets one say who shall serve: "openai/gpt-oss-120b:groq". -1: unknown. */
static int
find_model (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ":", 2);

  for (guint i = 0; parts[0] != NULL && i < G_N_ELEMENTS (models); i++)
    if (g_str_equal (models[i].id, parts[0]))
      return (int) i;
  return -1;
}

static gboolean
check_model (CsFakeCall *call, const char *name)
{
  int model = find_model (name);
  g_autofree char *unknown = g_strdup_printf ("The model `%s` does not exist or you do not have access to it.", name);
  g_autofree char *retired = g_strdup_printf (
      "The model `%s` has been decommissioned and is no longer supported. Please refer to "
      "https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.",
      name);

  if (model < 0)
    refuse (call, 404, "model_not_found", unknown);
  else if (models[model].is_retired)
    refuse (call, 400, "model_decommissioned", retired);
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_good_message (JsonNode *node)
{
  JsonObject *message = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *role = cs_json_get_string (message, "role", "");

  return cs_json_get_string (message, "content", NULL) != NULL
         && (g_str_equal (role, "system") || g_str_equal (role, "user") || g_str_equal (role, "assistant"));
}

static const char *
find_fault_in_messages (JsonObject *body)
{
  JsonArray *messages = cs_json_get_array (body, "messages");

  if (messages == NULL || json_array_get_length (messages) == 0)
    return "'messages' : minimum number of items is 1";
  for (guint i = 0; i < json_array_get_length (messages); i++)
    if (!is_good_message (json_array_get_element (messages, i)))
      return "'messages.0' : discriminator property 'role' has invalid value";
  return NULL;
}

static gboolean
has_name (JsonArray *array, const char *name)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), name) == 0)
      return TRUE;
  return FALSE;
}

/* Strict: every object closed, and everything in it required. */
static gboolean
is_strict_schema (JsonObject *schema)
{
  JsonObject *properties = cs_json_get_object (schema, "properties");
  JsonObject *items = cs_json_get_object (schema, "items");
  g_autoptr (GList) names = properties != NULL ? json_object_get_members (properties) : NULL;

  if (schema == NULL || (items != NULL && !is_strict_schema (items)))
    return FALSE;
  if (g_str_equal (cs_json_get_string (schema, "type", ""), "object")
      && cs_json_get_boolean (schema, "additionalProperties", TRUE))
    return FALSE;
  for (GList *l = names; l != NULL; l = l->next)
    if (!has_name (cs_json_get_array (schema, "required"), l->data)
        || !is_strict_schema (cs_json_get_object (properties, l->data)))
      return FALSE;
  return TRUE;
}

static const char *
find_fault_in_schema (CsFakeCall *call, JsonObject *body, JsonObject *format)
{
  JsonObject *wrapper = cs_json_get_object (format, "json_schema");
  int model = find_model (cs_json_get_string (body, "model", ""));

  if (wrapper == NULL || cs_json_get_string (wrapper, "name", "")[0] == '\0'
      || cs_json_get_object (wrapper, "schema") == NULL)
    return "'response_format.json_schema' : a name and a schema are required";
  if (!models[model].is_strict)
    return "This model does not support response format `json_schema`.";
  if (cs_json_get_boolean (wrapper, "strict", FALSE) && !is_strict_schema (cs_json_get_object (wrapper, "schema")))
    return "invalid JSON schema for response_format: 'required' must have every property and 'additionalProperties' "
           "must be false";
  if (cs_json_get_boolean (body, "stream", FALSE) && g_str_equal (call->vendor->name, "groq"))
    return "response_format `json_schema` does not support streaming";
  return NULL;
}

static const char *
find_fault_in_format (CsFakeCall *call, JsonObject *body)
{
  JsonObject *format = cs_json_get_object (body, "response_format");
  const char *type = cs_json_get_string (format, "type", "");
  g_autofree char *text = cs_fake_chat_get_user (body);

  if (!json_object_has_member (body, "response_format") || g_str_equal (type, "text"))
    return NULL;
  if (g_str_equal (type, "json_schema"))
    return find_fault_in_schema (call, body, format);
  if (!g_str_equal (type, "json_object"))
    return "'response_format.type' : value must be one of 'text', 'json_object', 'json_schema'";
  return strcasestr (text, "json") != NULL
             ? NULL
             : "'messages' must contain the word 'json' in some form, to use 'response_format' of type "
               "'json_object'.";
}

/* What Groq does not take. */
static const char *
find_fault_in_settings (JsonObject *body)
{
  static const char *const unsupported[] = { "logprobs", "logit_bias", "top_logprobs" };
  double temperature = cs_json_get_double (body, "temperature", 1);

  for (guint i = 0; i < G_N_ELEMENTS (unsupported); i++)
    if (json_object_has_member (body, unsupported[i]))
      return "property is unsupported";
  if (cs_json_get_int (body, "n", 1) != 1)
    return "'n' : number must be at most 1";
  if (temperature < 0 || temperature > 2)
    return "'temperature' : number must be at most 2";
  if (cs_json_get_int (body, "max_completion_tokens", 1) < 1)
    return "'max_completion_tokens' : value must be at least 1";
  if (json_object_has_member (body, "reasoning_format") && json_object_has_member (body, "include_reasoning"))
    return "cannot specify both 'reasoning_format' and 'include_reasoning'";
  return NULL;
}

static gboolean
check (CsFakeCall *call, JsonObject *body)
{
  const char *fault;

  if (body == NULL)
    fault = "request body must be a JSON object";
  else if ((fault = find_fault_in_messages (body)) == NULL)
    fault = find_fault_in_settings (body);
  if (fault == NULL && !check_model (call, cs_json_get_string (body, "model", "")))
    return FALSE;
  if (fault == NULL)
    fault = find_fault_in_format (call, body);
  if (fault != NULL)
    refuse (call, 400, "invalid_request", fault);
  return fault == NULL;
}

/* One event of the stream. @delta, @finish: JSON that is ready. */
static void
append_chunk (
    GString *out, CsFakeCall *call, const char *model, const char *delta, const char *finish, const char *more)
{
  g_autofree char *json
      = cs_fake_json ("{'id':%s,'object':'chat.completion.chunk','created':%l,'model':%s,"
                      "'choices':[{'index':0,'delta':%r,'logprobs':null,'finish_reason':%r}]%r}",
                      call->remote_id, g_get_real_time () / G_USEC_PER_SEC, model, delta, finish, more);

  g_string_append_printf (out, "data: %s\n\n", json);
}

static void
append_delta (GString *out, CsFakeCall *call, const char *model, const char *name, const char *text)
{
  g_autofree char *delta = cs_fake_json ("{%s:%s}", name, text);

  append_chunk (out, call, model, delta, "null", "");
}

static const char *
get_finish (CsFakeCall *call)
{
  return cs_fake_call_is (call, "length") ? "length" : "stop";
}

static void
append_end (GString *out, CsFakeCall *call, const char *model)
{
  g_autofree char *finish = cs_fake_json ("%s", get_finish (call));
  g_autofree char *usage = cs_fake_json (",'x_groq':{'id':'req_1','usage':{'prompt_tokens':9,'completion_tokens':30,"
                                         "'total_tokens':39}}");

  append_chunk (out, call, model, "{}", finish, usage);
  g_string_append (out, "data: [DONE]\n\n");
}

static char *
make_stream (CsFakeCall *call, const char *model, const char *text, gboolean reasons)
{
  GString *out = g_string_new (": a comment, as one may come\n\n");
  g_auto (GStrv) pieces = cs_fake_chat_split (text);
  guint n = g_strv_length (pieces);

  append_chunk (out, call, model, "{\"role\":\"assistant\",\"content\":\"\"}", "null",
                ",\"x_groq\":{\"id\":\"req_1\"}");
  if (reasons)
    append_delta (out, call, model, "reasoning", "The user wants a storm. ");
  for (guint i = 0; i < n; i++)
    {
      if (i == n / 2 && cs_fake_call_is (call, "midstream"))
        {
          g_string_append (out,
                           "data: {\"error\":{\"message\":\"The upstream failed.\",\"type\":\"server_error\"}}\n\n");
          return g_string_free (out, FALSE);
        }
      append_delta (out, call, model, "content", pieces[i]);
    }
  append_end (out, call, model);
  return g_string_free (out, FALSE);
}

static char *
make_plain (CsFakeCall *call, const char *model, const char *text, gboolean reasons)
{
  g_autofree char *reasoning = reasons ? cs_fake_json (",'reasoning':'The user wants a storm.'") : g_strdup ("");

  return cs_fake_json (
      "{'id':%s,'object':'chat.completion','created':%l,'model':%s,'choices':[{'index':0,"
      "'message':{'role':'assistant','content':%s%r},'logprobs':null,'finish_reason':%s}],"
      "'usage':{'queue_time':0.02,'prompt_tokens':120,'prompt_time':0.01,'completion_tokens':300,"
      "'completion_time':0.6,'total_tokens':420,'total_time':0.61,'prompt_tokens_details':{'cached_tokens':0},"
      "'completion_tokens_details':{'reasoning_tokens':80}},'system_fingerprint':'fp_1',"
      "'service_tier':'on_demand','x_groq':{'id':'req_1'}}",
      call->remote_id, g_get_real_time () / G_USEC_PER_SEC, model, text, reasoning, get_finish (call));
}

static char *
compose (CsFakeCall *call, JsonObject *body)
{
  JsonObject *format = cs_json_get_object (body, "response_format");
  JsonObject *schema = cs_json_get_object (cs_json_get_object (format, "json_schema"), "schema");
  char *text
      = cs_fake_chat_compose (call, schema, g_str_equal (cs_json_get_string (format, "type", "text"), "json_object"));

  if (cs_fake_call_is (call, "nooutput"))
    text[0] = '\0';
  if (cs_fake_call_is (call, "length"))
    *g_utf8_offset_to_pointer (text, g_utf8_strlen (text, -1) / 2) = '\0';
  return text;
}

/** cs_fake_chat_answer: What a vendor's table calls for a chat. */
void
cs_fake_chat_answer (CsFakeCall *call)
{
  JsonObject *body = cs_fake_call_get_object (call);
  g_autofree char *id = NULL, *part = NULL, *prompt = NULL, *text = NULL;
  const char *model;
  gboolean reasons;

  if (!check (call, body))
    return;
  part = cs_fake_id_new (24);
  id = g_strconcat ("chatcmpl-", part, NULL);
  prompt = cs_fake_chat_get_user (body);
  model = cs_json_get_string (body, "model", "");
  reasons = cs_json_get_boolean (body, "include_reasoning", TRUE);
  cs_fake_call_accept (call, id, cs_json_get_int (body, "seed", -1), prompt);
  text = compose (call, body);
  if (!cs_json_get_boolean (body, "stream", FALSE))
    {
      cs_fake_call_reply (call, 200, make_plain (call, model, text, reasons));
      return;
    }
  call->in_lines = TRUE;
  cs_fake_call_reply_text (call, 200, "text/event-stream", make_stream (call, model, text, reasons));
}

void
cs_fake_chat_list_models (CsFakeCall *call)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (!models[i].is_retired && !cs_fake_call_is (call, "none"))
      {
        g_autofree char *one = cs_fake_json (
            "{'id':%s,'object':'model','created':1754408224,'owned_by':%s,'active':true,'context_window':131072,"
            "'max_completion_tokens':65536,'public_apps':null}",
            models[i].id, models[i].owner);

        g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", one);
      }
  cs_fake_call_reply (call, 200, cs_fake_json ("{'object':'list','data':[%r]}", list->str));
}
