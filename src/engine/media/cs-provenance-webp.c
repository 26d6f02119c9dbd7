/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stamp of a WebP picture: an XMP chunk at its end, and the header that says that there is one. */
#include "config.h"
#include "media/cs-provenance-private.h"

#include <string.h>

#define MAX_CHUNKS 100000
#define FLAG_XMP 0x04
#define FLAG_ALPHA 0x10

/* What a first look finds. Offsets of chunk headers. */
typedef struct
{
  guint64 end;        /* of the chunks */
  guint64 xmp_offset; /* 0 if none */
  guint64 xmp_length; /* with header and padding */
  char *xmp;          /* (nullable) (owned) */
  gboolean is_extended;
  gboolean has_credentials;
  gboolean has_alpha; /* of a plain lossless picture */
} Survey;

static void
put_le (guint8 *data, int bytes, guint32 value)
{
  for (int i = 0; i < bytes; i++, value >>= 8)
    data[i] = value & 0xff;
}

static guint32
get_le (const guint8 *data)
{
  return data[0] | data[1] << 8 | data[2] << 16 | (guint32) data[3] << 24;
}

static void
look_at (const CsMediaFile *file, const guint8 *head, guint64 offset, guint32 length, Survey *found)
{
  guint8 bits[5] = { 0 };

  if (memcmp (head, "C2PA", 4) == 0)
    found->has_credentials = TRUE;
  if (memcmp (head, "VP8X", 4) == 0 && length >= 10)
    found->is_extended = TRUE;
  if (memcmp (head, "VP8L", 4) == 0 && cs_media_file_read (file, offset + 8, bits, sizeof bits))
    found->has_alpha = (bits[4] & 0x10) != 0;
  if (memcmp (head, "XMP ", 4) != 0 || found->xmp_length > 0)
    return;
  found->xmp_offset = offset;
  found->xmp_length = 8 + (guint64) length + (length & 1);
  if (length > CS_XMP_MAX)
    return;
  found->xmp = g_malloc0 ((gsize) length + 1);
  if (!cs_media_file_read (file, offset + 8, found->xmp, length))
    g_clear_pointer (&found->xmp, g_free);
}

static gboolean
survey (const CsMediaFile *file, Survey *found)
{
  guint8 head[12];
  guint64 offset = 12;

  *found = (Survey) { 0 };
  if (!cs_media_file_read (file, 0, head, sizeof head))
    return FALSE;
  found->end = 8 + (guint64) get_le (head + 4);
  if (found->end > file->size || found->end < 20)
    return FALSE;

  for (int i = 0; i < MAX_CHUNKS && offset < found->end; i++)
    {
      guint64 length;

      if (found->end - offset < 8 || !cs_media_file_read (file, offset, head, 8))
        return FALSE;
      length = get_le (head + 4);
      /* The padding of the last chunk is sometimes forgotten. */
      if (length > found->end - offset - 8)
        return FALSE;
      look_at (file, head, offset, length, found);
      offset += 8 + length + (length & 1);
    }
  found->end = MIN (offset, file->size);
  return offset >= found->end;
}

/* A plain picture gets the header that an XMP chunk needs; one that has it gets its flag. */
static gboolean
write_header (CsStamp *stamp, const Survey *found, guint8 *header)
{
  CsMediaHeader size = { 0 };

  if (found->is_extended)
    {
      if (!cs_media_file_read (&stamp->in, 12, header, 18) || memcmp (header, "VP8X", 4) != 0)
        return FALSE;
      header[8] |= FLAG_XMP;
      return TRUE;
    }
  if (!cs_webp_header_read (&stamp->in, &size) || size.width < 1 || size.height < 1)
    return FALSE;
  memset (header, 0, 18);
  memcpy (header, "VP8X", 4);
  put_le (header + 4, 4, 10);
  header[8] = FLAG_XMP | (found->has_alpha ? FLAG_ALPHA : 0);
  put_le (header + 12, 3, size.width - 1);
  put_le (header + 15, 3, size.height - 1);
  return TRUE;
}

static gboolean
write_xmp (CsStamp *stamp, const char *xmp)
{
  gsize length = strlen (xmp);
  guint8 head[8] = "XMP ";

  put_le (head + 4, 4, length);
  return cs_stamp_write (stamp, head, 8) && cs_stamp_write (stamp, xmp, length + (length & 1));
}

CsStampOutcome
cs_webp_stamp (CsStamp *stamp)
{
  Survey found;
  gboolean whole = survey (&stamp->in, &found);
  g_autofree char *old = found.xmp;
  g_autofree char *xmp = NULL;
  guint64 from = found.is_extended ? 30 : 12;
  guint64 cut = found.xmp_length > 0 ? found.xmp_offset : found.end;
  guint64 after = MIN (cut + found.xmp_length, found.end);
  guint64 length;
  guint8 riff[12] = "RIFF    WEBP";
  guint8 header[18];

  if (!whole || cut < from || !write_header (stamp, &found, header))
    return CS_STAMP_DAMAGED;
  if (found.has_credentials)
    return CS_STAMP_NO_PLACE;
  xmp = cs_xmp_merge (old, stamp->provenance, CS_XMP_MAX);
  length = 4 + sizeof header + (cut - from) + (found.end - after);
  length += (length & 1) + 8 + strlen (xmp) + (strlen (xmp) & 1);
  if (length > G_MAXUINT32 - 16)
    return CS_STAMP_NO_PLACE;

  put_le (riff + 4, 4, length);
  if (!cs_stamp_write (stamp, riff, sizeof riff) || !cs_stamp_write (stamp, header, sizeof header)
      || !cs_stamp_copy_range (stamp, from, cut - from) || !cs_stamp_copy_range (stamp, after, found.end - after)
      || (((cut - from) + (found.end - after)) % 2 != 0 && !cs_stamp_write (stamp, "", 1)) || !write_xmp (stamp, xmp))
    return CS_STAMP_FAILED;
  return CS_STAMP_DONE;
}

char *
cs_webp_read_xmp (const CsMediaFile *file)
{
  Survey found;

  survey (file, &found);
  return found.xmp;
}
