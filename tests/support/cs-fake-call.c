/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request to the fake servers, and the answer that its vendor gives. Server's thread. */
#include "config.h"
#include "cs-fake-call.h"

#include "core/cs-json.h"

#include <string.h>

#define MAX_BODY (16 * 1024 * 1024)

/* The answer is out, or the client is gone. */
static void
finished_cb (SoupServerMessage *message, gpointer user_data)
{
  CsFakeCall *self = user_data;

  self->is_over = TRUE;
}

CsFakeCall *
cs_fake_call_new (CsFakeServer *server, SoupServerMessage *message, const char *path)
{
  CsFakeCall *self = g_new0 (CsFakeCall, 1);
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  self->server = server;
  self->message = message;
  self->path = g_strdup (path);
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->query = query != NULL ? soup_form_decode (query) : NULL;
  cs_fake_call_set_word (self, "ok");
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  return self;
}

void
cs_fake_call_free (CsFakeCall *self)
{
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_ptr_array_unref (self->parts);
  g_free (self->path);
  g_free (self->word);
  g_free (self->argument);
  g_free (self->type);
  g_free (self->remote_id);
  g_free (self);
}

/* Puts what stands at the stars into @parts. */
static gboolean
match_pattern (const char *pattern, const char *path, GPtrArray *parts)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) found = g_strsplit (path, "/", -1);
  guint i;

  g_ptr_array_set_size (parts, 0);
  for (i = 0; wanted[i] != NULL && found[i] != NULL; i++)
    {
      if (g_str_equal (wanted[i], "**"))
        {
          g_ptr_array_add (parts, g_strjoinv ("/", found + i));
          return TRUE;
        }
      if (g_str_equal (wanted[i], "*") && found[i][0] != '\0')
        g_ptr_array_add (parts, g_strdup (found[i]));
      else if (!g_str_equal (wanted[i], found[i]))
        return FALSE;
    }
  return wanted[i] == NULL && found[i] == NULL;
}

/** cs_fake_call_find_route: Returns: whether the vendor has something at this path, by this method. */
gboolean
cs_fake_call_find_route (CsFakeCall *self)
{
  const char *method = soup_server_message_get_method (self->message);

  for (const CsFakeRoute *route = self->vendor->routes; route->method != NULL; route++)
    if (g_str_equal (route->method, method) && match_pattern (route->pattern, self->path, self->parts))
      {
        self->route = route;
        return TRUE;
      }
  return FALSE;
}

/* "429:2@50": the word, its argument, and milliseconds. */
void
cs_fake_call_set_word (CsFakeCall *self, const char *word)
{
  const char *at = strrchr (word, '@');
  g_autofree char *plain = at != NULL ? g_strndup (word, at - word) : g_strdup (word);
  const char *colon = strchr (plain, ':');

  g_free (self->word);
  g_free (self->argument);
  self->word = colon != NULL ? g_strndup (plain, colon - plain) : g_strdup (plain);
  self->argument = colon != NULL ? g_strdup (colon + 1) : NULL;
  self->delay = at != NULL ? (guint) g_ascii_strtoull (at + 1, NULL, 10) : 0;
}

/** cs_fake_call_read_body: Takes the body over, once all of it is here. */
void
cs_fake_call_read_body (CsFakeCall *self)
{
  const char *data;
  gsize length;

  self->bytes = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  data = g_bytes_get_data (self->bytes, &length);
  self->body = cs_json_parse (data, length, MAX_BODY, NULL);
}

gboolean
cs_fake_call_is (CsFakeCall *self, const char *word)
{
  return g_str_equal (self->word, word);
}

/** cs_fake_call_get_part: Returns: (nullable): what stood at the star number @n of the pattern. */
const char *
cs_fake_call_get_part (CsFakeCall *self, guint n)
{
  return n < self->parts->len ? self->parts->pdata[n] : NULL;
}

const char *
cs_fake_call_get_query (CsFakeCall *self, const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

const char *
cs_fake_call_get_header (CsFakeCall *self, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message), name);
}

gboolean
cs_fake_key_is_good (const char *key)
{
  return key != NULL && key[0] != '\0' && strstr (key, "bad-") == NULL;
}

/** cs_fake_call_has_bearer: Returns: whether a good key stands behind "Bearer ". */
gboolean
cs_fake_call_has_bearer (CsFakeCall *self)
{
  const char *value = cs_fake_call_get_header (self, "Authorization");

  return value != NULL && g_str_has_prefix (value, "Bearer ") && cs_fake_key_is_good (value + strlen ("Bearer "));
}

/** cs_fake_call_get_object: Returns: (nullable): the JSON object in the body, when it is called JSON. */
JsonObject *
cs_fake_call_get_object (CsFakeCall *self)
{
  const char *type
      = soup_message_headers_get_content_type (soup_server_message_get_request_headers (self->message), NULL);

  if (self->body == NULL || !JSON_NODE_HOLDS_OBJECT (self->body) || g_strcmp0 (type, "application/json") != 0)
    return NULL;
  return json_node_get_object (self->body);
}

void
cs_fake_call_set_header (CsFakeCall *self, const char *name, const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name, value);
}

/** cs_fake_call_reply_bytes: @bytes: (transfer full). */
void
cs_fake_call_reply_bytes (CsFakeCall *self, guint status, const char *type, GBytes *bytes)
{
  g_free (self->type);
  g_clear_pointer (&self->answer, g_bytes_unref);
  self->status = status;
  self->type = g_strdup (type);
  self->answer = bytes;
}

/** cs_fake_call_reply_text: @text: (transfer full). */
void
cs_fake_call_reply_text (CsFakeCall *self, guint status, const char *type, char *text)
{
  cs_fake_call_reply_bytes (self, status, type, g_bytes_new_take (text, strlen (text)));
}

/** cs_fake_call_reply: @json: (transfer full). */
void
cs_fake_call_reply (CsFakeCall *self, guint status, char *json)
{
  cs_fake_call_reply_text (self, status, "application/json", json);
}

/** cs_fake_call_refuse: Says no as the vendor does; @variant is "" or one of the vendor's own words. */
void
cs_fake_call_refuse (CsFakeCall *self, guint status, const char *variant)
{
  self->vendor->refuse (self, status, variant);
}
