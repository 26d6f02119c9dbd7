/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ollama on this computer: a few models, chat in lines of JSON, and one that can be pulled. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-chat.h"
#include "cs-fake-json.h"

#include "core/cs-json.h"

#include <string.h>

#define N_LAYERS 3
#define DURATIONS "'total_duration':5191566416,'load_duration':2154458,'prompt_eval_count':26,'prompt_eval_duration':383809000," \
                  "'eval_count':298,'eval_duration':4799921000"

/* What is there from the beginning, and what can be pulled. */
static const struct Tag
{
  const char *name;
  const char *family;
  const char *size;
  gint64 bytes;
  gboolean is_installed;
  gboolean thinks;
  const char *remote_host; /* (nullable) it runs in their cloud */
} tags[] = {
  { "qwen2.5:7b", "qwen2", "7.6B", 4683087332, TRUE, FALSE },
  { "qwen2.5:0.5b", "qwen2", "494.03M", 397821319, TRUE, FALSE },
  { "qwen3:4b", "qwen3", "4.0B", 2620788260, TRUE, TRUE },
  { "llama3.2:3b", "llama", "3.2B", 2019393189, TRUE, FALSE },
  { "gpt-oss:120b-cloud", "gptoss", "120B", 384, TRUE, TRUE, "https://ollama.com:443" },
  { "qwen2.5:1.5b", "qwen2", "1.5B", 986061892, FALSE, FALSE },
  { "qwen3:8b", "qwen3", "8.2B", 5225388164, FALSE, TRUE },
};

static gboolean
admit (CsFakeCall *call)
{
  return TRUE;
}

static void
refuse_with (CsFakeCall *call, guint status, const char *message)
{
  cs_fake_call_reply (call, status, cs_fake_json ("{'error':%s}", message));
}

static void
refuse (CsFakeCall *call, guint status, const char *variant)
{
  static const struct
  {
    guint status;
    const char *message;
  } words[] = {
    { 401, "unauthorized" },
    { 404, "model 'x' not found" },
    { 499, "request canceled" },
    { 500, "model requires more system memory (5.6 GiB) than is available (3.1 GiB)" },
    { 503, "server busy, please try again.  maximum pending requests exceeded" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].status == status && !g_str_equal (variant, "path"))
      {
        refuse_with (call, status, words[i].message);
        return;
      }
  refuse_with (call, status, soup_status_get_phrase (status));
}

/* Whatever the body says of its type, it is read as JSON. */
static JsonObject *
get_body (CsFakeCall *call)
{
  return call->body != NULL && JSON_NODE_HOLDS_OBJECT (call->body) ? json_node_get_object (call->body) : NULL;
}

static const struct Tag *
find_tag (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_equal (tags[i].name, name))
      return &tags[i];
  return NULL;
}

/* What was pulled and deleted since the beginning is in a list of the server. */
static gboolean
is_installed (CsFakeCall *call, const struct Tag *tag)
{
  gpointer value;

  if (g_hash_table_lookup_extended (call->server->pulled, tag->name, NULL, &value))
    return GPOINTER_TO_INT (value);
  return tag->is_installed;
}

static char *
format_details (const struct Tag *tag)
{
  return cs_fake_json ("{'parent_model':'','format':'gguf','family':%s,'families':[%s],'parameter_size':%s,"
                       "'quantization_level':'Q4_K_M'}",
                       tag->family, tag->family, tag->size);
}

static char *
format_tag (const struct Tag *tag, const char *more)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, tag->name, -1);
  g_autofree char *details = format_details (tag);
  g_autofree char *remote = tag->remote_host != NULL
                                ? cs_fake_json (",'remote_model':'gpt-oss:120b','remote_host':%s", tag->remote_host)
                                : g_strdup ("");

  return cs_fake_json (
      "{'name':%s,'model':%s,'modified_at':'2026-11-01T10:00:00.123456789+01:00','size':%l,'digest':%s,"
      "'details':%r%r%r}",
      tag->name, tag->name, tag->bytes, digest, details, remote, more);
}

static void
version (CsFakeCall *call)
{
  cs_fake_call_reply (call, 200, g_strdup ("{\"version\":\"0.33.0\"}"));
}

static void
root (CsFakeCall *call)
{
  cs_fake_call_reply_text (call, 200, "text/plain; charset=utf-8", g_strdup ("Ollama is running"));
}

/* The script may leave one model, or none. */
static void
list (CsFakeCall *call)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (is_installed (call, &tags[i]) && !cs_fake_call_is (call, "none")
        && (!cs_fake_call_is (call, "only") || g_strcmp0 (call->argument, tags[i].name) == 0))
      {
        g_autofree char *one = format_tag (&tags[i], "");

        g_string_append_printf (all, "%s%s", all->len > 0 ? "," : "", one);
      }
  cs_fake_call_reply (call, 200, cs_fake_json ("{'models':[%r]}", all->str));
}

static void
list_running (CsFakeCall *call)
{
  g_autofree char *one = format_tag (&tags[0], ",\"expires_at\":\"2026-11-22T10:05:00+01:00\",\"size_vram\":3300000000,"
                                               "\"context_length\":4096");

  cs_fake_call_reply (call, 200, cs_fake_json ("{'models':[%r]}", cs_fake_call_is (call, "none") ? "" : one));
}

/* "name" is the older word; Ollama's own client still uses it to delete. */
static const char *
get_name (JsonObject *body)
{
  return cs_json_get_string (body, "model", cs_json_get_string (body, "name", NULL));
}

/* The model that a body names, when it is here. */
static const struct Tag *
read_tag (CsFakeCall *call)
{
  JsonObject *body = get_body (call);
  const char *name = get_name (body);
  const struct Tag *tag = name != NULL ? find_tag (name) : NULL;
  g_autofree char *unknown = g_strdup_printf ("model '%s' not found", name);

  if (body == NULL)
    refuse_with (call, 400, "missing request body");
  else if (name == NULL)
    refuse_with (call, 400, "model is required");
  else if (tag == NULL || !is_installed (call, tag))
    refuse_with (call, 404, unknown);
  else
    return tag;
  return NULL;
}

static void
show (CsFakeCall *call)
{
  const struct Tag *tag = read_tag (call);
  g_autofree char *details = tag != NULL ? format_details (tag) : NULL;

  if (tag != NULL)
    cs_fake_call_reply (
        call, 200,
        cs_fake_json ("{'license':'','modelfile':'','parameters':'','template':'','details':%r,"
                      "'model_info':{'general.architecture':%s,'%r.context_length':32768},"
                      "'capabilities':['completion','tools'%r],'modified_at':'2026-11-01T10:00:00+01:00'}",
                      details, tag->family, tag->family, tag->thinks ? ",\"thinking\"" : ""));
}

static void
delete_model (CsFakeCall *call)
{
  const struct Tag *tag = read_tag (call);

  if (tag == NULL)
    return;
  g_hash_table_insert (call->server->pulled, g_strdup (tag->name), GINT_TO_POINTER (FALSE));
  cs_fake_call_reply_text (call, 200, "text/plain", g_strdup (""));
}

/* Numbers where Ollama wants numbers; what it does not know it does not mind. */
static const char *
find_fault_in_options (JsonObject *options)
{
  static const char *const numbers[] = { "temperature", "num_ctx", "num_predict", "top_p", "top_k", "min_p", "seed" };

  for (guint i = 0; options != NULL && i < G_N_ELEMENTS (numbers); i++)
    if (json_object_has_member (options, numbers[i]) && cs_json_get_double (options, numbers[i], 0) == 0
        && cs_json_get_double (options, numbers[i], 1) == 1)
      return numbers[i];
  return NULL;
}

static gboolean
has_good_messages (JsonObject *body)
{
  JsonArray *messages = cs_json_get_array (body, "messages");

  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++)
    {
      JsonNode *node = json_array_get_element (messages, i);

      if (!JSON_NODE_HOLDS_OBJECT (node) || cs_json_get_string (json_node_get_object (node), "content", NULL) == NULL
          || cs_json_get_string (json_node_get_object (node), "role", NULL) == NULL)
        return FALSE;
    }
  return messages != NULL || !json_object_has_member (body, "messages");
}

static char *
find_fault_in_chat (JsonObject *body, const struct Tag *tag)
{
  JsonNode *format = json_object_get_member (body, "format");
  const char *option = find_fault_in_options (cs_json_get_object (body, "options"));

  if (!has_good_messages (body))
    return g_strdup ("invalid messages");
  if (option != NULL)
    return g_strdup_printf ("option \"%s\" must be of type float32", option);
  if (cs_json_get_boolean (body, "think", FALSE) && !tag->thinks)
    return g_strdup_printf ("\"%s\" does not support thinking", tag->name);
  if (format != NULL && !JSON_NODE_HOLDS_OBJECT (format)
      && g_strcmp0 (cs_json_get_string (body, "format", ""), "json") != 0)
    return g_strdup ("invalid format: expected \"json\" or a JSON schema");
  return NULL;
}

static void
append_line (GString *out, const struct Tag *tag, const char *name, const char *text)
{
  g_autofree char *created = cs_fake_json_time (0);
  g_autofree char *more = g_str_equal (name, "thinking") ? cs_fake_json (",'thinking':%s", text) : g_strdup ("");
  g_autofree char *line
      = cs_fake_json ("{'model':%s,'created_at':%s,'message':{'role':'assistant','content':%s%r},'done':false}",
                      tag->name, created, g_str_equal (name, "content") ? text : "", more);

  g_string_append_printf (out, "%s\n", line);
}

static char *
make_last (const struct Tag *tag, const char *text, const char *reason)
{
  g_autofree char *created = cs_fake_json_time (0);

  return cs_fake_json (
      "{'model':%s,'created_at':%s,'message':{'role':'assistant','content':%s},'done':true,'done_reason':%s," DURATIONS
      "}\n",
      tag->name, created, text, reason);
}

static char *
make_stream (CsFakeCall *call, const struct Tag *tag, const char *text, gboolean thinks, const char *reason)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) pieces = cs_fake_chat_split (text);
  g_autofree char *last = make_last (tag, "", reason);
  guint n = g_strv_length (pieces);

  if (thinks)
    append_line (out, tag, "thinking", "hmm, a storm. ");
  for (guint i = 0; i < n; i++)
    {
      if (i == n / 2 && cs_fake_call_is (call, "midstream"))
        {
          g_string_append (out, "{\"error\":\"an error was encountered while running the model: unexpected EOF\"}\n");
          return g_string_free (out, FALSE);
        }
      append_line (out, tag, "content", pieces[i]);
    }
  g_string_append (out, last);
  return g_string_free (out, FALSE);
}

static char *
compose (CsFakeCall *call, JsonObject *body)
{
  char *text = cs_fake_chat_compose (call, cs_json_get_object (body, "format"),
                                     g_strcmp0 (cs_json_get_string (body, "format", NULL), "json") == 0);

  if (cs_fake_call_is (call, "nooutput"))
    text[0] = '\0';
  if (cs_fake_call_is (call, "length"))
    *g_utf8_offset_to_pointer (text, g_utf8_strlen (text, -1) / 2) = '\0';
  return text;
}

static void
reply_chat (CsFakeCall *call, JsonObject *body, const struct Tag *tag)
{
  g_autofree char *text = compose (call, body);
  const char *reason = cs_fake_call_is (call, "length") ? "length" : "stop";

  if (!cs_json_get_boolean (body, "stream", TRUE))
    {
      cs_fake_call_reply (call, 200, make_last (tag, text, reason));
      return;
    }
  call->in_lines = TRUE;
  cs_fake_call_reply_text (
      call, 200, "application/x-ndjson",
      make_stream (call, tag, text, tag->thinks && cs_json_get_boolean (body, "think", TRUE), reason));
}

/* Without messages a chat only loads the model. */
static void
chat (CsFakeCall *call)
{
  const struct Tag *tag = read_tag (call);
  JsonObject *body = get_body (call);
  JsonArray *messages = cs_json_get_array (body, "messages");
  g_autofree char *fault = tag != NULL ? find_fault_in_chat (body, tag) : NULL;
  g_autofree char *prompt = NULL;

  if (tag == NULL)
    return;
  if (fault != NULL)
    {
      refuse_with (call, 400, fault);
      return;
    }
  if (messages == NULL || json_array_get_length (messages) == 0)
    {
      cs_fake_call_reply (call, 200, make_last (tag, "", "load"));
      return;
    }
  prompt = cs_fake_chat_get_user (body);
  cs_fake_call_accept (call, NULL, cs_json_get_int (cs_json_get_object (body, "options"), "seed", -1), prompt);
  reply_chat (call, body, tag);
}

static void
append_layer (GString *out, guint layer, gint64 total)
{
  g_autofree char *words = g_strdup_printf ("layer %u", layer);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, words, -1);
  g_autofree char *status = g_strdup_printf ("pulling %.12s", digest);
  g_autofree char *name = g_strconcat ("sha256:", digest, NULL);
  /* The first line of a layer may have nothing completed. */
  g_autofree char *first = cs_fake_json ("{'status':%s,'digest':%s,'total':%l}", status, name, total);

  g_string_append_printf (out, "%s\n", first);
  for (gint64 part = 1; part <= 4; part++)
    {
      g_autofree char *line
          = cs_fake_json ("{'status':%s,'digest':%s,'total':%l,'completed':%l}", status, name, total, total * part / 4);

      g_string_append_printf (out, "%s\n", line);
    }
}

static char *
make_pull (CsFakeCall *call, const struct Tag *tag)
{
  GString *out = g_string_new ("{\"status\":\"pulling manifest\"}\n");

  if (tag == NULL)
    g_string_append (out, "{\"error\":\"pull model manifest: file does not exist\"}\n");
  for (guint i = 0; tag != NULL && i < N_LAYERS; i++)
    {
      append_layer (out, i, i == 0 ? tag->bytes - 1500 : 1000 * i);
      if (cs_fake_call_is (call, "midstream"))
        {
          g_string_append (out, "{\"error\":\"max retries exceeded: unexpected EOF\"}\n");
          return g_string_free (out, FALSE);
        }
    }
  if (tag != NULL)
    g_string_append (
        out, "{\"status\":\"verifying sha256 digest\"}\n{\"status\":\"writing manifest\"}\n{\"status\":\"success\"}\n");
  return g_string_free (out, FALSE);
}

static void
pull (CsFakeCall *call)
{
  JsonObject *body = get_body (call);
  const char *name = get_name (body);
  const struct Tag *tag = name != NULL ? find_tag (name) : NULL;

  if (body == NULL)
    {
      refuse_with (call, 400, "missing request body");
      return;
    }
  if (tag != NULL && cs_fake_call_is (call, "ok"))
    g_hash_table_insert (call->server->pulled, g_strdup (tag->name), GINT_TO_POINTER (TRUE));
  if (!cs_json_get_boolean (body, "stream", TRUE))
    {
      cs_fake_call_reply (call, tag != NULL ? 200 : 500,
                          g_strdup (tag != NULL ? "{\"status\":\"success\"}"
                                                : "{\"error\":\"pull model manifest: file does not exist\"}"));
      return;
    }
  call->in_lines = TRUE;
  cs_fake_call_reply_text (call, 200, "application/x-ndjson", make_pull (call, tag));
}

static const CsFakeRoute routes[] = {
  { "GET", "", "root", root },
  { "GET", "/", "root", root },
  { "GET", "/api/version", "version", version },
  { "GET", "/api/tags", "models", list },
  { "GET", "/api/ps", "running", list_running },
  { "POST", "/api/show", "show", show },
  { "POST", "/api/chat", "chat", chat },
  { "POST", "/api/pull", "pull", pull },
  { "DELETE", "/api/delete", "delete", delete_model },
  { NULL },
};

const CsFakeVendor cs_fake_ollama = { "ollama", routes, admit, refuse };
