/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client for the tests of the fake servers, which shares no code with the studio's own. */
#include "config.h"
#include "fake-client.h"

#include <string.h>

guint fake_patience = 20;

static void
set_key (SoupMessage *message, const char *vendor)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (g_str_equal (vendor, "piapi"))
    soup_message_headers_replace (headers, "x-api-key", "good-key");
  else if (!g_str_equal (vendor, "ollama") && !g_str_equal (vendor, "files"))
    soup_message_headers_replace (headers, "Authorization", "Bearer good-key");
}

static void
read_body (FakeAnswer *self, GInputStream *stream)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 piece[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, piece, sizeof piece, NULL, &self->error)) > 0)
    g_byte_array_append (all, piece, n);
  self->body = g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

/* json-glib takes one value behind another for JSON too, and forgets the first. */
static void
parse_body (FakeAnswer *self)
{
  const char *type = self->headers != NULL ? soup_message_headers_get_content_type (self->headers, NULL) : NULL;
  g_autoptr (JsonNode) node = NULL;

  if (type == NULL || g_str_equal (type, "application/x-ndjson") || self->text[0] != '{')
    return;
  node = json_from_string (self->text, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    self->object = json_node_dup_object (node);
}

/* With what NULs there are, and one behind. */
static char *
copy_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  char *text = g_malloc0 (length + 1);

  if (length > 0)
    memcpy (text, data, length);
  return text;
}

static FakeAnswer *
send_message (SoupMessage *message)
{
  g_autoptr (SoupSession) session
      = soup_session_new_with_options ("timeout", fake_patience, "proxy-resolver", NULL, NULL);
  FakeAnswer *self = g_new0 (FakeAnswer, 1);
  g_autoptr (GInputStream) stream = NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  stream = soup_session_send (session, message, NULL, &self->error);
  if (stream != NULL)
    {
      self->status = soup_message_get_status (message);
      self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
      read_body (self, stream);
    }
  else
    self->body = g_bytes_new_static ("", 0);
  self->text = copy_text (self->body);
  parse_body (self);
  return self;
}

FakeAnswer *
fake_ask_with (CsFakeServer *server,
               const char *vendor,
               const char *method,
               const char *path,
               const char *json,
               const char *header,
               const char *value)
{
  g_autofree char *base = cs_fake_server_dup_base (server, vendor);
  g_autofree char *address = g_strconcat (base, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, address);
  char *text = g_strdup (json);

  set_key (message, vendor);
  if (text != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (g_strdelimit (text, "'", '"'), strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", body);
    }
  if (header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), header, value);
  return send_message (message);
}

FakeAnswer *
fake_ask (CsFakeServer *server, const char *vendor, const char *method, const char *path, const char *json)
{
  return fake_ask_with (server, vendor, method, path, json, NULL, NULL);
}

FakeAnswer *
fake_fetch (const char *address, const char *header, const char *value)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);

  if (header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), header, value);
  return send_message (message);
}

void
fake_answer_free (FakeAnswer *self)
{
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_clear_pointer (&self->object, json_object_unref);
  g_clear_error (&self->error);
  g_bytes_unref (self->body);
  g_free (self->text);
  g_free (self);
}

static JsonNode *
find (FakeAnswer *self, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  JsonObject *object = self->object;
  JsonNode *node = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
        {
          guint n = (guint) atoi (parts[i]);
          JsonArray *array = json_node_get_array (node);

          node = n < json_array_get_length (array) ? json_array_get_element (array, n) : NULL;
        }
      else
        node = object != NULL ? json_object_get_member (object, parts[i]) : NULL;
      if (node == NULL)
        return NULL;
      object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    }
  return node;
}

const char *
fake_answer_get (FakeAnswer *self, const char *path)
{
  JsonNode *node = find (self, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

gint64
fake_answer_get_int (FakeAnswer *self, const char *path)
{
  JsonNode *node = find (self, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : G_MININT64;
}
