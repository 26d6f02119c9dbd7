/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that one uploads to Replicate. Kept among the server's other files, under the id that was given out. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-json.h"

#include "core/cs-json.h"

#define MAX_FILE (100 * 1024 * 1024)
#define MAX_METADATA (64 * 1024)
#define LIFE (24 * G_TIME_SPAN_HOUR)

static void
reply_file (CsFakeCall *call, CsFakeFile *file, guint status)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes);
  g_autofree char *created = cs_fake_json_time (0);
  g_autofree char *expires = cs_fake_json_time (g_get_real_time () + LIFE);
  g_autofree char *address = cs_fake_server_build_address (call->server, "/replicate/v1/files/%s", file->name);

  g_free (call->remote_id);
  call->remote_id = g_strdup (file->name);
  cs_fake_call_reply (
      call, status,
      cs_fake_json ("{'id':%s,'name':%s,'content_type':%s,'size':%d,'etag':%s,'checksums':{'sha256':%s},'metadata':%r,"
                    "'created_at':%s,'expires_at':%s,'urls':{'get':%s}}",
                    file->name, file->name, file->type, (int) g_bytes_get_size (file->bytes), hash, hash,
                    file->metadata != NULL ? file->metadata : "{}", created, expires, address));
}

/* The last line may lack its end; libsoup wants it. */
static GBytes *
end_line (GBytes *bytes)
{
  GByteArray *copy = g_byte_array_new ();

  g_byte_array_append (copy, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_byte_array_append (copy, (const guint8 *) "\r\n", 2);
  return g_byte_array_free_to_bytes (copy);
}

/* The part of a multipart body with this name; (transfer full) (nullable). @type: (out) (transfer full) (nullable). */
static GBytes *
read_part (CsFakeCall *call, const char *name, char **type)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  g_autoptr (GBytes) bytes = end_line (call->bytes);
  SoupMultipart *multipart = soup_multipart_new_from_message (headers, bytes);
  GBytes *content = NULL;

  for (int i = 0; multipart != NULL && content == NULL && i < soup_multipart_get_length (multipart); i++)
    {
      g_autoptr (GHashTable) params = NULL;
      g_autofree char *disposition = NULL;
      SoupMessageHeaders *part;
      GBytes *body;

      soup_multipart_get_part (multipart, i, &part, &body);
      if (!soup_message_headers_get_content_disposition (part, &disposition, &params)
          || g_strcmp0 (g_hash_table_lookup (params, "name"), name) != 0)
        continue;
      *type = g_strdup (soup_message_headers_get_content_type (part, NULL));
      content = g_bytes_ref (body);
    }
  g_clear_pointer (&multipart, soup_multipart_free);
  return content;
}

/* @metadata: (out) (transfer full): JSON. FALSE when it is none. */
static gboolean
read_metadata (CsFakeCall *call, char **metadata)
{
  g_autofree char *type = NULL;
  g_autoptr (GBytes) part = read_part (call, "metadata", &type);
  gsize length = 0;
  const char *data = part != NULL ? g_bytes_get_data (part, &length) : "{}";
  g_autoptr (JsonObject) object = cs_json_parse_object (data, part != NULL ? length : 2, MAX_METADATA, NULL);

  *metadata = object != NULL ? cs_json_object_to_string (object, FALSE) : NULL;
  return object != NULL;
}

void
cs_fake_replicate_upload (CsFakeCall *call)
{
  g_autofree char *type = NULL, *metadata = NULL;
  g_autoptr (GBytes) content = read_part (call, "content", &type);
  CsFakeFile *file;

  if (content == NULL || g_bytes_get_size (content) == 0 || !read_metadata (call, &metadata))
    cs_fake_call_refuse (call, 400, "");
  else if (g_bytes_get_size (content) >= MAX_FILE)
    cs_fake_call_refuse (call, 413, "");
  else
    {
      file = cs_fake_tasks_add_upload (call->server->tasks, g_steal_pointer (&content),
                                       type != NULL ? type : "application/octet-stream");
      file->metadata = g_steal_pointer (&metadata);
      reply_file (call, file, 201);
    }
}

static CsFakeFile *
find_file (CsFakeCall *call)
{
  CsFakeFile *file = cs_fake_tasks_find_file (call->server->tasks, cs_fake_call_get_part (call, 0));

  if (file == NULL)
    cs_fake_call_refuse (call, 404, "");
  return file;
}

void
cs_fake_replicate_get_file (CsFakeCall *call)
{
  CsFakeFile *file = find_file (call);

  if (file != NULL)
    reply_file (call, file, 200);
}

void
cs_fake_replicate_delete_file (CsFakeCall *call)
{
  CsFakeFile *file = find_file (call);

  if (file == NULL)
    return;
  cs_fake_tasks_remove_file (call->server->tasks, file->name);
  cs_fake_call_reply_text (call, 204, NULL, g_strdup (""));
}
