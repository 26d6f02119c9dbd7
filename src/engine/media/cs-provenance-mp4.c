/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stamp of an MP4: a box of type uuid with XMP at its end. No other byte moves, so every offset stays right. */
#include "config.h"
#include "media/cs-mp4-box.h"
#include "media/cs-provenance-private.h"

#include <string.h>

#define MAX_BOXES 200000
#define TYPE(text) CS_MP4_TYPE (text[0], text[1], text[2], text[3])

static const guint8 xmp_id[16] = { 0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8,
                                   0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac };
static const guint8 credentials_id[16] = { 0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c,
                                           0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81 };

/* What a first look finds. */
typedef struct
{
  guint64 end;        /* where our box goes: behind the last box, or before an index of fragments */
  guint64 xmp_offset; /* of the box that is replaced, 0 if none */
  guint64 xmp_length;
  char *xmp;          /* (nullable) (owned) */
  gboolean has_movie;
  gboolean has_credentials;
  gboolean is_open;   /* the last box ends with the file, whatever its length */
} Survey;

static void
look_at_uuid (const CsMediaFile *file, const CsMp4Head *head, guint64 offset, Survey *found)
{
  guint8 id[16];
  guint64 length = head->size - head->header;

  if (length < sizeof id || !cs_media_file_read (file, offset + head->header, id, sizeof id))
    return;
  if (memcmp (id, credentials_id, sizeof id) == 0)
    found->has_credentials = TRUE;
  if (memcmp (id, xmp_id, sizeof id) != 0 || found->xmp_length > 0)
    return;

  found->xmp_offset = offset;
  found->xmp_length = head->size;
  length -= sizeof id;
  if (length > CS_XMP_MAX)
    return;
  found->xmp = g_malloc0 (length + 1);
  if (!cs_media_file_read (file, offset + head->header + sizeof id, found->xmp, length))
    g_clear_pointer (&found->xmp, g_free);
}

static gboolean
survey (const CsMediaFile *file, Survey *found)
{
  guint64 offset = 0;
  CsMp4Head head = { 0 };

  *found = (Survey) { 0 };
  for (int i = 0; i < MAX_BOXES && offset < file->size; i++, offset += head.size)
    {
      guint8 bytes[16];
      gsize n = MIN (sizeof bytes, file->size - offset);

      /* Too little for a box: some writers leave such a rest, and nothing can be put behind it. */
      if (n < 8 && found->has_movie)
        return found->is_open = TRUE;
      if (!cs_media_file_read (file, offset, bytes, n) || !cs_mp4_head_parse (bytes, n, file->size - offset, &head))
        return FALSE;
      found->has_movie |= head.type == TYPE ("moov");
      found->is_open = head.to_the_end;
      found->end = head.type == TYPE ("mfra") ? offset : offset + head.size;
      if (head.type == TYPE ("uuid"))
        look_at_uuid (file, &head, offset, found);
    }
  return offset == file->size && found->has_movie;
}

static gboolean
write_box (CsStamp *stamp, const char *old)
{
  g_autofree char *xmp = cs_xmp_merge (old, stamp->provenance, CS_XMP_MAX);
  gsize length = strlen (xmp);
  guint32 size = GUINT32_TO_BE (8 + sizeof xmp_id + length);

  return cs_stamp_write (stamp, &size, 4) && cs_stamp_write (stamp, "uuid", 4)
         && cs_stamp_write (stamp, xmp_id, sizeof xmp_id) && cs_stamp_write (stamp, xmp, length);
}

/* The old packet is dropped where nothing lies behind it; elsewhere its place is kept, as a box that is skipped. */
static gboolean
copy_boxes (CsStamp *stamp, const Survey *found)
{
  if (found->xmp_length == 0)
    return cs_stamp_copy_range (stamp, 0, found->end);
  if (found->xmp_offset + found->xmp_length == found->end)
    return cs_stamp_copy_range (stamp, 0, found->xmp_offset);
  return cs_stamp_copy_range (stamp, 0, found->xmp_offset + 4) && cs_stamp_write (stamp, "free", 4)
         && cs_stamp_copy_range (stamp, found->xmp_offset + 8, found->end - found->xmp_offset - 8);
}

CsStampOutcome
cs_mp4_stamp (CsStamp *stamp)
{
  Survey found;
  gboolean whole = survey (&stamp->in, &found);
  g_autofree char *xmp = found.xmp;

  if (!whole)
    return CS_STAMP_DAMAGED;
  if (found.has_credentials || found.is_open)
    return CS_STAMP_NO_PLACE;
  return copy_boxes (stamp, &found) && write_box (stamp, xmp)
             && cs_stamp_copy_range (stamp, found.end, stamp->in.size - found.end)
           ? CS_STAMP_DONE
           : CS_STAMP_FAILED;
}

char *
cs_mp4_read_xmp (const CsMediaFile *file)
{
  Survey found;

  survey (file, &found);
  return found.xmp;
}
