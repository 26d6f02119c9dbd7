/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stamp of a JPEG: one APP1 segment with XMP, behind those that have to come first. */
#include "config.h"
#include "media/cs-provenance-private.h"

#include <string.h>

#define MAX_SEGMENTS 10000
#define MAX_PACKET 65502

#define XMP_NAME "http://ns.adobe.com/xap/1.0/"

enum
{
  APP0 = 0xe0,
  APP1 = 0xe1,
  APP11 = 0xeb,
  START_OF_SCAN = 0xda,
  END_OF_IMAGE = 0xd9,
  PADDING = 0xff,
};

/* What a first look finds. */
typedef struct
{
  guint64 place;      /* where our segment goes */
  guint64 xmp_offset; /* of the segment that is replaced, 0 if none */
  guint64 xmp_length;
  char *xmp;          /* (nullable) (owned) */
  gboolean has_credentials;
} Survey;

/* Content Credentials stand in APP11 segments: "JP", numbers, then a box of type jumb. */
static gboolean
is_credentials (const CsMediaFile *file, guint64 offset, guint32 length)
{
  char head[18];

  return length >= sizeof head && cs_media_file_read (file, offset, head, sizeof head) && memcmp (head + 2, "JP", 2) == 0
         && memcmp (head + 14, "jumb", 4) == 0;
}

static gboolean
has_name (const CsMediaFile *file, guint64 offset, guint32 length, const char *name, gsize n)
{
  char head[40];

  return length >= n + 2 && n <= sizeof head && cs_media_file_read (file, offset + 2, head, n)
         && memcmp (head, name, n) == 0;
}

/* @offset: of the segment's length, which it counts. */
static void
look_at (const CsMediaFile *file, guint8 marker, guint64 offset, guint32 length, Survey *found)
{
  gsize n = sizeof XMP_NAME;

  if (marker == APP11 && is_credentials (file, offset, length))
    found->has_credentials = TRUE;
  if (marker == APP0 || (marker == APP1 && has_name (file, offset, length, "Exif\0", 6)))
    found->place = offset + length;
  if (marker != APP1 || found->xmp != NULL || !has_name (file, offset, length, XMP_NAME, n))
    return;
  found->xmp_offset = offset - 2;
  found->xmp_length = length + 2;
  found->xmp = g_malloc0 (length);
  if (!cs_media_file_read (file, offset + 2 + n, found->xmp, length - 2 - n))
    g_clear_pointer (&found->xmp, g_free);
}

static gboolean
survey (const CsMediaFile *file, Survey *found)
{
  guint64 offset = 2;
  guint8 head[4];

  *found = (Survey) { .place = 2 };
  for (int i = 0; i < MAX_SEGMENTS && cs_media_file_read (file, offset, head, sizeof head) && head[0] == 0xff; i++)
    {
      guint32 length = head[2] << 8 | head[3];

      if (head[1] == PADDING)
        {
          offset++;
          continue;
        }
      if (length < 2 || head[1] == END_OF_IMAGE || file->size - offset - 2 < length)
        return FALSE;
      if (head[1] == START_OF_SCAN)
        return TRUE;
      look_at (file, head[1], offset + 2, length, found);
      offset += 2 + length;
    }
  return FALSE;
}

static gboolean
write_segment (CsStamp *stamp, const char *old)
{
  g_autofree char *xmp = cs_xmp_merge (old, stamp->provenance, MAX_PACKET);
  gsize length = 2 + sizeof XMP_NAME + strlen (xmp);
  guint8 head[4] = { 0xff, APP1, length >> 8, length & 0xff };

  return cs_stamp_write (stamp, head, sizeof head) && cs_stamp_write (stamp, XMP_NAME, sizeof XMP_NAME)
         && cs_stamp_write (stamp, xmp, strlen (xmp));
}

CsStampOutcome
cs_jpeg_stamp (CsStamp *stamp)
{
  Survey found;
  gboolean whole = survey (&stamp->in, &found);
  g_autofree char *xmp = found.xmp;
  guint64 cut, after;

  if (!whole)
    return CS_STAMP_DAMAGED;
  if (found.has_credentials)
    return CS_STAMP_NO_PLACE;

  /* The old packet may stand on either side of the place of the new one. */
  cut = found.xmp_length > 0 ? found.xmp_offset : stamp->in.size;
  after = MIN (cut, stamp->in.size) + found.xmp_length;
  if (cut < found.place)
    {
      if (!cs_stamp_copy_range (stamp, 0, cut) || !cs_stamp_copy_range (stamp, after, found.place - after)
          || !write_segment (stamp, xmp)
          || !cs_stamp_copy_range (stamp, found.place, stamp->in.size - found.place))
        return CS_STAMP_FAILED;
      return CS_STAMP_DONE;
    }
  if (!cs_stamp_copy_range (stamp, 0, found.place) || !write_segment (stamp, xmp)
      || !cs_stamp_copy_range (stamp, found.place, cut - found.place)
      || !cs_stamp_copy_range (stamp, after, stamp->in.size - after))
    return CS_STAMP_FAILED;
  return CS_STAMP_DONE;
}

char *
cs_jpeg_read_xmp (const CsMediaFile *file)
{
  Survey found;

  survey (file, &found);
  return found.xmp;
}
