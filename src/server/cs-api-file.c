/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of a creation: the master byte for byte as it was made, its thumbnail, the Markdown of a deck; whole, in parts, or
 * not at all when the caller has it already. Main thread; the disk is read on others.
 */
#include "config.h"
#include "server/cs-api-handlers.h"

#include "server/cs-api-find.h"
#include "server/cs-api-range.h"
#include "server/cs-api-sending.h"

#include <string.h>

#define LONGEST_EXTENSION 8

/* A file on its way to be opened. */
typedef struct
{
  CsApiCall *call;
  CsCreation *creation;
  CsCreationPart part;
} Opening;

static void
opening_free (Opening *opening)
{
  cs_api_call_unref (opening->call);
  g_object_unref (opening->creation);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

/* What the answer says about the file */

static const char *
get_name (const Opening *opening)
{
  const CsCreationFacts *facts = cs_creation_get_facts (opening->creation);

  if (opening->part == CS_CREATION_THUMBNAIL)
    return facts->thumbnail;
  return opening->part == CS_CREATION_MARKDOWN ? facts->markdown_file : facts->file;
}

/* A row that somebody else wrote must bring no header of its own with it: neither here nor in the type. */
static const char *
get_extension (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize length = dot != NULL ? strspn (dot + 1, "abcdefghijklmnopqrstuvwxyz0123456789") : 0;

  return length > 0 && length <= LONGEST_EXTENSION && dot[1 + length] == '\0' ? dot + 1 : "bin";
}

static gboolean
is_type (const char *text)
{
  return text != NULL && strchr (text, '/') != NULL
         && strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-/") == strlen (text);
}

static char *
dup_type (const Opening *opening)
{
  const char *type = cs_creation_get_facts (opening->creation)->mime_type;
  const char *extension = get_extension (get_name (opening));

  if (opening->part == CS_CREATION_MARKDOWN)
    type = "text/markdown";
  else if (opening->part == CS_CREATION_THUMBNAIL)
    type = strcmp (extension, "jpg") == 0 ? "image/jpeg" : strcmp (extension, "webp") == 0 ? "image/webp" : "image/png";
  if (!is_type (type))
    type = "application/octet-stream";
  return g_str_has_prefix (type, "text/") ? g_strconcat (type, "; charset=utf-8", NULL) : g_strdup (type);
}

/* The master is known by its content; what is beside it, by when it was written. */
static char *
dup_tag (const Opening *opening, const CsApiFile *file)
{
  const CsCreationFacts *facts = cs_creation_get_facts (opening->creation);

  if (opening->part == CS_CREATION_FILE && strspn (facts->sha256, "0123456789abcdef") == strlen (facts->sha256))
    return g_strdup_printf ("\"%s\"", facts->sha256);
  return g_strdup_printf ("\"%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x\"", file->modified, file->size);
}

/* The title as the name of the file (RFC 6266), and for those who read only ASCII its id. */
static char *
dup_disposition (const Opening *opening)
{
  const CsCreationFacts *facts = cs_creation_get_facts (opening->creation);
  const char *extension = get_extension (get_name (opening));
  g_autofree char *name = cs_text_make_file_name (facts->title, extension);
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  gboolean is_saved = g_strcmp0 (cs_api_call_get_query (opening->call, "download"), "1") == 0;

  return g_strdup_printf ("%s; filename=\"%s.%s\"; filename*=UTF-8''%s", is_saved ? "attachment" : "inline", facts->id, extension,
                          escaped);
}

static char *
dup_http_date (gint64 seconds)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);

  return date != NULL ? soup_date_time_to_string (date, SOUP_DATE_HTTP) : NULL;
}

static void
describe (const Opening *opening, const CsApiFile *file, const char *tag)
{
  SoupMessageHeaders *headers = cs_api_call_get_headers (opening->call);
  g_autofree char *type = dup_type (opening);
  g_autofree char *disposition = dup_disposition (opening);
  g_autofree char *date = dup_http_date (file->modified);

  soup_message_headers_replace (headers, "Content-Type", type);
  soup_message_headers_replace (headers, "Content-Disposition", disposition);
  soup_message_headers_replace (headers, "ETag", tag);
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  soup_message_headers_replace (headers, "Cache-Control", "private, no-cache"); /* kept, and asked about every time */
  soup_message_headers_replace (headers, "Vary", "Origin");
  if (date != NULL)
    soup_message_headers_replace (headers, "Last-Modified", date);
  if (g_str_has_prefix (type, "text/html"))
    soup_message_headers_replace (headers, "Content-Security-Policy", "sandbox allow-scripts");
}

/* What the caller has already */

static gboolean
is_in_list (const char *list, const char *tag)
{
  g_auto (GStrv) tags = g_strsplit (list, ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      const char *one = g_strstrip (tags[i]);

      if (strcmp (one, "*") == 0 || strcmp (g_str_has_prefix (one, "W/") ? one + 2 : one, tag) == 0)
        return TRUE;
    }
  return FALSE;
}

static gint64
read_date (const char *text)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : -1;
}

static gboolean
is_known (CsApiCall *call, const CsApiFile *file, const char *tag)
{
  const char *tags = cs_api_call_get_header (call, "If-None-Match");

  if (tags != NULL)
    return is_in_list (tags, tag);
  return read_date (cs_api_call_get_header (call, "If-Modified-Since")) >= file->modified;
}

/* Whether the part that the caller asks for is one of the file that he has begun with. */
static gboolean
is_same (CsApiCall *call, const CsApiFile *file, const char *tag)
{
  const char *condition = cs_api_call_get_header (call, "If-Range");

  return condition == NULL || strcmp (condition, tag) == 0 || read_date (condition) == file->modified;
}

/* Only GET has parts (RFC 9110, section 14.2). */
static const char *
get_range (CsApiCall *call, const CsApiFile *file, const char *tag)
{
  gboolean is_get = strcmp (soup_server_message_get_method (cs_api_call_get_message (call)), "GET") == 0;

  return is_get && is_same (call, file, tag) ? cs_api_call_get_header (call, "Range") : NULL;
}

/* The answer */

static void
refuse_range (CsApiCall *call, const CsApiFile *file)
{
  SoupMessageHeaders *headers = cs_api_call_get_headers (call);
  g_autofree char *extent = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, file->size);

  soup_message_headers_replace (headers, "Content-Range", extent);
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  cs_api_call_fail_status (call, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, "invalid_value",
                           _ ("The file has no such part. “Content-Range” says how long it is."), "Range");
}

static void
send_file (const Opening *opening, CsApiFile *file)
{
  g_autoptr (CsApiFile) owned = file;
  CsApiCall *call = opening->call;
  SoupServerMessage *message = cs_api_call_get_message (call);
  g_autofree char *tag = dup_tag (opening, file);
  g_autofree char *extent = NULL;
  gint64 first;
  gint64 last;
  CsApiRange range = cs_api_range_read (get_range (call, file, tag), file->size, &first, &last);

  if (!is_known (call, file, tag) && range == CS_API_RANGE_NOWHERE)
    {
      refuse_range (call, file);
      return;
    }
  describe (opening, file, tag);
  if (is_known (call, file, tag))
    {
      cs_api_call_reply_none (call, SOUP_STATUS_NOT_MODIFIED);
      return;
    }
  soup_server_message_set_status (message, range == CS_API_RANGE_PART ? SOUP_STATUS_PARTIAL_CONTENT : SOUP_STATUS_OK, NULL);
  if (range == CS_API_RANGE_PART)
    {
      extent = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, first, last, file->size);
      soup_message_headers_replace (cs_api_call_get_headers (call), "Content-Range", extent);
    }
  cs_api_send_file (call, g_steal_pointer (&owned), first, last - first + 1);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  CsApiFile *file = cs_api_file_open_finish (result, &error);
  CS_API_CALL_WORDS (opening->call);

  if (file != NULL)
    send_file (opening, file);
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    cs_api_call_fail_status (opening->call, SOUP_STATUS_NOT_FOUND, "not_found",
                             _ ("The file of this creation is gone from the disk."), NULL);
  else
    cs_api_call_fail (opening->call, error);
}

static void
open_part (CsApiCall *call, CsCreation *creation, CsCreationPart part)
{
  CsPaths *paths = cs_engine_get_paths (cs_api_call_get_engine (call));
  g_autoptr (Opening) opening = g_new0 (Opening, 1);
  const char *folder = part == CS_CREATION_THUMBNAIL ? cs_paths_get_thumbnails (paths) : cs_paths_get_creations (paths);
  const char *name;

  opening->call = cs_api_call_ref (call);
  opening->creation = g_object_ref (creation);
  opening->part = part;
  name = get_name (opening);
  if (name == NULL)
    cs_api_call_fail_status (call, SOUP_STATUS_NOT_FOUND, "not_found", _ ("This creation has no such file."), NULL);
  else
    cs_api_file_open_async (folder, name, opened_cb, g_steal_pointer (&opening));
}

static void
open_file (CsApiCall *call, CsCreation *creation, CsJob *job)
{
  open_part (call, creation, CS_CREATION_FILE);
}

static void
open_thumbnail (CsApiCall *call, CsCreation *creation, CsJob *job)
{
  open_part (call, creation, CS_CREATION_THUMBNAIL);
}

static void
open_markdown (CsApiCall *call, CsCreation *creation, CsJob *job)
{
  open_part (call, creation, CS_CREATION_MARKDOWN);
}

/** cs_api_get_file: GET creations/{id}/file: the master, also from the trash. */
void
cs_api_get_file (CsApiCall *call)
{
  cs_api_find_creation (call, FALSE, open_file);
}

/** cs_api_get_thumbnail: GET creations/{id}/thumbnail: a small picture of it. */
void
cs_api_get_thumbnail (CsApiCall *call)
{
  cs_api_find_creation (call, FALSE, open_thumbnail);
}

/** cs_api_get_markdown: GET creations/{id}/markdown: what a deck was made from. */
void
cs_api_get_markdown (CsApiCall *call)
{
  cs_api_find_creation (call, FALSE, open_markdown);
}
