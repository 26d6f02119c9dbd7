/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The types of media we know, told by their first bytes and never by a name or a header of the network. */
#include "config.h"
#include "media/cs-media-info.h"

#include <string.h>

static const struct
{
  const char *mime_type;
  const char *extension;
} types[] = {
  { "image/png", "png" },  { "image/jpeg", "jpg" },  { "image/webp", "webp" },
  { "video/mp4", "mp4" },  { "video/webm", "webm" },
};

static gboolean
has_bytes (const guint8 *head, gsize length, gsize offset, const void *bytes, gsize n)
{
  return length >= offset + n && memcmp (head + offset, bytes, n) == 0;
}

/* An ISO file of another kind: HEIF and AVIF pictures begin like an MP4. */
static gboolean
is_picture_brand (const guint8 *head)
{
  static const char brands[][5] = { "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis" };

  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (memcmp (head + 8, brands[i], 4) == 0)
      return TRUE;
  return FALSE;
}

/* EBML whose DocType is webm; writers differ in how they say its length, and whether they end it with a zero. */
static gboolean
is_webm (const guint8 *head, gsize length)
{
  const guint8 *type;
  gsize left;

  length = MIN (length, 64);
  if (!has_bytes (head, length, 0, "\x1a\x45\xdf\xa3", 4))
    return FALSE;
  type = memmem (head, length, "\x42\x82", 2);
  left = type != NULL ? length - (type - head) : 0;
  return type != NULL && memmem (type, MIN (left, 16), "webm", 4) != NULL;
}

/**
 * cs_media_type_sniff:
 * @head: the first bytes of a file, 64 are enough
 *
 * Returns: (transfer none) (nullable): the MIME type, or NULL when it is no medium that we know.
 */
const char *
cs_media_type_sniff (const guint8 *head, gsize length)
{
  if (has_bytes (head, length, 0, "\x89PNG\r\n\x1a\n", 8))
    return "image/png";
  if (has_bytes (head, length, 0, "\xff\xd8\xff", 3))
    return "image/jpeg";
  if (has_bytes (head, length, 0, "RIFF", 4) && has_bytes (head, length, 8, "WEBP", 4))
    return "image/webp";
  if (has_bytes (head, length, 4, "ftyp", 4) && length >= 12 && !is_picture_brand (head))
    return "video/mp4";
  if (is_webm (head, length))
    return "video/webm";
  return NULL;
}

/**
 * cs_media_type_extension:
 *
 * Returns: (transfer none) (nullable): how a file of that type ends, without the dot.
 */
const char *
cs_media_type_extension (const char *mime_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].mime_type, mime_type) == 0)
      return types[i].extension;
  return NULL;
}
