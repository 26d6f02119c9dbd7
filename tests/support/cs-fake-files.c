/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where outputs are fetched, without a key: with a length, a validator and ranges. And the foreign host, which
 * redirects lead to: it gives a picture to everybody, and its requests tell what it got to see.
 */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-media.h"

#include <string.h>

static gboolean
admit (CsFakeCall *call)
{
  return TRUE;
}

static void
refuse (CsFakeCall *call, guint status, const char *variant)
{
  cs_fake_call_reply_text (call, status, "text/plain", g_strdup_printf ("%s\n", soup_status_get_phrase (status)));
}

/* "bytes=N-" or "bytes=N-M", and the file is still the one that it was. */
static gboolean
read_range (CsFakeCall *call, const char *tag, gsize length, gsize *first, gsize *last)
{
  const char *range = cs_fake_call_get_header (call, "Range");
  const char *condition = cs_fake_call_get_header (call, "If-Range");
  char *end;

  if (range == NULL || !g_str_has_prefix (range, "bytes=") || !g_ascii_isdigit (range[6])
      || (condition != NULL && !g_str_equal (condition, tag)))
    return FALSE;
  *first = g_ascii_strtoull (range + strlen ("bytes="), &end, 10);
  if (*end != '-')
    return FALSE;
  *last = g_ascii_isdigit (end[1]) ? MIN (g_ascii_strtoull (end + 1, NULL, 10), length - 1) : length - 1;
  return TRUE;
}

static void
reply_range (CsFakeCall *call, CsFakeFile *file, gsize first, gsize last)
{
  gsize length = g_bytes_get_size (file->bytes);
  g_autofree char *range
      = first < length
            ? g_strdup_printf ("bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT, first, last, length)
            : g_strdup_printf ("bytes */%" G_GSIZE_FORMAT, length);

  cs_fake_call_set_header (call, "Content-Range", range);
  if (first >= length)
    refuse (call, 416, "");
  else
    cs_fake_call_reply_bytes (call, 206, file->type, g_bytes_new_from_bytes (file->bytes, first, last - first + 1));
}

static void
download (CsFakeCall *call)
{
  CsFakeFile *file = cs_fake_tasks_find_file (call->server->tasks, cs_fake_call_get_part (call, 0));
  g_autofree char *hash = file != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes) : NULL;
  g_autofree char *tag = g_strdup_printf ("\"%s\"", hash);
  gsize first, last;

  if (file == NULL)
    {
      refuse (call, 404, "");
      return;
    }
  cs_fake_call_set_header (call, "ETag", tag);
  cs_fake_call_set_header (call, "Accept-Ranges", "bytes");
  if (read_range (call, tag, g_bytes_get_size (file->bytes), &first, &last))
    reply_range (call, file, first, last);
  else
    {
      /* libsoup would cut a range out by itself, and knows nothing of If-Range. */
      soup_message_headers_remove (soup_server_message_get_request_headers (call->message), "Range");
      cs_fake_call_reply_bytes (call, 200, file->type, g_bytes_ref (file->bytes));
    }
}

/* A script says "expired" for a file that was taken away. */
static void
download_or_expired (CsFakeCall *call)
{
  if (cs_fake_call_is (call, "expired"))
    refuse (call, call->argument != NULL ? atoi (call->argument) : 410, "");
  else
    download (call);
}

static void
welcome (CsFakeCall *call)
{
  cs_fake_call_reply_bytes (call, 200, "image/png", cs_fake_media_picture (call->path, 128, 72, "image/png"));
}

static const CsFakeRoute routes[] = {
  { "GET", "/*", "download", download_or_expired },
  { NULL },
};

static const CsFakeRoute elsewhere_routes[] = {
  { "GET", "/**", "download", welcome },
  { "POST", "/**", "create", welcome },
  { "PUT", "/**", "create", welcome },
  { "DELETE", "/**", "cancel", welcome },
  { NULL },
};

const CsFakeVendor cs_fake_files = { "files", routes, admit, refuse };
const CsFakeVendor cs_fake_elsewhere = { "elsewhere", elsewhere_routes, admit, refuse };
