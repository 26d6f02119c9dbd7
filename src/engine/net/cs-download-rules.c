/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a download may go on where it stopped, and what its first bytes say. Pure; any thread. */
#include "config.h"
#include "net/cs-download-rules.h"

#include "core/cs-json.h"
#include "core/cs-text.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_NOTE 4096        /* bytes */
#define MAX_VALIDATOR 1024   /* bytes */
#define SURELY_UNCHANGED 60  /* seconds between a change and the answer, so that the date tells two versions apart */

static gboolean
parse_offset (const char *text, gsize length, goffset *offset)
{
  g_autofree char *number = g_strndup (text, length);

  return cs_text_parse_int (number, 0, G_MAXINT64 - 1, offset);
}

/**
 * cs_download_parse_range:
 * @text: (nullable): the value of Content-Range
 * @start: (out): the first byte; -1 for an answer without bytes ("bytes * /10", without the space)
 * @end: (out): the last byte, itself included; -1 as well
 * @length: (out): of the whole; -1 when it is not said
 */
gboolean
cs_download_parse_range (const char *text, goffset *start, goffset *end, goffset *length)
{
  const char *slash = text != NULL ? strchr (text, '/') : NULL;
  const char *dash = text != NULL ? strchr (text, '-') : NULL;
  const char *at;

  if (slash == NULL || g_ascii_strncasecmp (text, "bytes ", strlen ("bytes ")) != 0)
    return FALSE;
  at = text + strlen ("bytes ");
  *start = *end = *length = -1;
  if (!g_str_equal (slash + 1, "*") && !parse_offset (slash + 1, strlen (slash + 1), length))
    return FALSE;
  if (slash == at + 1 && at[0] == '*')
    return *length >= 0;
  return dash != NULL && dash < slash && parse_offset (at, dash - at, start) && parse_offset (dash + 1, slash - dash - 1, end)
         && *start <= *end && (*length < 0 || *end < *length);
}

static gboolean
is_strong_date (const char *last_modified, const char *date)
{
  g_autoptr (GDateTime) changed = last_modified != NULL ? soup_date_time_new_from_http_string (last_modified) : NULL;
  g_autoptr (GDateTime) answered = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;

  return changed != NULL && answered != NULL
         && g_date_time_to_unix (answered) - g_date_time_to_unix (changed) >= SURELY_UNCHANGED;
}

/**
 * cs_download_dup_validator:
 * @etag: (nullable): the value of ETag
 * @last_modified: (nullable): of Last-Modified
 * @date: (nullable): of Date
 *
 * Returns: (transfer full) (nullable): what to send as If-Range; NULL when nothing proves that it is still the same file,
 * byte for byte.
 */
char *
cs_download_dup_validator (const char *etag, const char *last_modified, const char *date)
{
  if (etag != NULL && etag[0] == '"' && strlen (etag) >= 2 && strlen (etag) <= MAX_VALIDATOR && g_str_has_suffix (etag, "\""))
    return g_strdup (etag);
  if (etag == NULL && is_strong_date (last_modified, date))
    return g_strdup (last_modified);
  return NULL;
}

/* Valid UTF-8, but for a last character that may be cut, and nothing in it that words do not have. */
static gboolean
is_words (const char *data, gsize length)
{
  const char *end;

  g_utf8_validate_len (data, length, &end);
  if ((gsize) (end - data) + 4 <= length)
    return FALSE;
  for (const char *at = data; at < end; at++)
    if (((guchar) *at < 0x20 && strchr ("\t\n\r\f", *at) == NULL) || *at == '\0' || *at == 0x7f)
      return FALSE;
  return end > data;
}

/**
 * cs_download_look:
 * @data: how the result begins
 * @is_all: whether no more comes
 *
 * No film and no picture begins like a text.
 */
CsLook
cs_download_look (const char *data, gsize length, gboolean is_all)
{
  gsize i = length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < length && g_ascii_isspace (data[i]))
    i++;
  if (i < length && strchr ("<{[", data[i]) != NULL && data[i] != '\0')
    return CS_LOOK_TEXT;
  if (!is_words (data, length))
    return length > 0 ? CS_LOOK_BINARY : CS_LOOK_UNCLEAR;
  return length >= CS_LOOK_BYTES || is_all ? CS_LOOK_TEXT : CS_LOOK_UNCLEAR;
}

/**
 * cs_download_note_new:
 * @address: where the result is
 * @boot: (nullable): the name of this run of the computer
 */
CsDownloadNote *
cs_download_note_new (const char *address, const char *boot)
{
  CsDownloadNote *self = g_new0 (CsDownloadNote, 1);

  /* Links carry signatures: what is on the disk does not. */
  self->address_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, address, -1);
  self->boot = g_strdup (boot != NULL ? boot : "");
  self->length = -1;
  return self;
}

void
cs_download_note_free (CsDownloadNote *self)
{
  if (self == NULL)
    return;
  g_free (self->address_hash);
  g_free (self->validator);
  g_free (self->boot);
  g_free (self);
}

/** cs_download_note_to_text: Returns: (transfer full): JSON. */
char *
cs_download_note_to_text (const CsDownloadNote *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *validator = self->validator != NULL ? g_utf8_make_valid (self->validator, -1) : NULL;

  cs_json_set_string (object, "address", self->address_hash);
  cs_json_set_string (object, "boot", self->boot);
  cs_json_set_string (object, "validator", g_strcmp0 (validator, self->validator) == 0 ? validator : NULL);
  json_object_set_int_member (object, "length", self->length);
  return cs_json_object_to_string (object, FALSE);
}

/** cs_download_note_from_text: Returns: (transfer full) (nullable): what cs_download_note_to_text() wrote. */
CsDownloadNote *
cs_download_note_from_text (const char *text, gsize length)
{
  g_autoptr (JsonObject) object = cs_json_parse_object (text, length, MAX_NOTE, NULL);
  CsDownloadNote *self;

  if (object == NULL)
    return NULL;
  self = g_new0 (CsDownloadNote, 1);
  self->address_hash = g_strdup (cs_json_get_string (object, "address", ""));
  self->boot = g_strdup (cs_json_get_string (object, "boot", ""));
  self->validator = g_strdup (cs_json_get_string (object, "validator", NULL));
  self->length = cs_json_get_int (object, "length", -1);
  return self;
}

/**
 * cs_download_note_get_offset:
 * @self: (nullable): what was written beside the part
 * @now: what would be written today
 * @size: bytes of the part
 *
 * Returns: how many bytes of the part are good.
 */
goffset
cs_download_note_get_offset (const CsDownloadNote *self, const CsDownloadNote *now, goffset size)
{
  if (self == NULL || size <= 0 || self->validator == NULL || strlen (self->validator) > MAX_VALIDATOR
      || !g_str_equal (self->address_hash, now->address_hash))
    return 0;
  if (now->boot[0] == '\0' || !g_str_equal (self->boot, now->boot))
    return 0;
  return self->length < 0 || size <= self->length ? size : 0;
}
