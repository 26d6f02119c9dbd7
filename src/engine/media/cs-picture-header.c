/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headers of PNG, JPEG and WebP pictures, with every length checked. */
#include "config.h"
#include "media/cs-media-header.h"

#include <string.h>

#define MAX_SEGMENTS 10000
#define MAX_CHUNKS 1000000

static guint32
get_be (const guint8 *data, int bytes)
{
  guint32 value = 0;

  for (int i = 0; i < bytes; i++)
    value = value << 8 | data[i];
  return value;
}

static guint32
get_le (const guint8 *data, int bytes)
{
  guint32 value = 0;

  for (int i = bytes - 1; i >= 0; i--)
    value = value << 8 | data[i];
  return value;
}

/* A size that does not even fit an int is as good as the largest. */
static int
to_side (guint32 value)
{
  return MIN (value, G_MAXINT32);
}

/* All chunks have to be there, up to the last one: decoders are content with less. Their sums are for the decoder. */
static gboolean
has_png_end (const CsMediaFile *file)
{
  guint64 offset = 8;
  guint8 head[8];

  for (int i = 0; i < MAX_CHUNKS && cs_media_file_read (file, offset, head, sizeof head); i++)
    {
      offset += 12 + (guint64) get_be (head, 4);
      if (memcmp (head + 4, "IEND", 4) == 0)
        return offset <= file->size;
    }
  return FALSE;
}

/**
 * cs_png_header_read:
 *
 * The first chunk has to be IHDR, and the last IEND.
 */
gboolean
cs_png_header_read (const CsMediaFile *file, CsMediaHeader *header)
{
  guint8 head[33];

  if (!cs_media_file_read (file, 0, head, sizeof head) || get_be (head + 8, 4) != 13
      || memcmp (head + 12, "IHDR", 4) != 0)
    return FALSE;
  header->width = to_side (get_be (head + 16, 4));
  header->height = to_side (get_be (head + 20, 4));
  return has_png_end (file);
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* The end marker cannot stand inside the compressed data, so a picture without one was cut. */
static gboolean
has_end (const CsMediaFile *file, guint64 offset)
{
  g_autofree guint8 *bytes = g_malloc (65536);

  while (file->size - offset >= 2)
    {
      gsize n = MIN (65536, file->size - offset);

      if (!cs_media_file_read (file, offset, bytes, n))
        return FALSE;
      if (memmem (bytes, n, "\xff\xd9", 2) != NULL)
        return TRUE;
      offset += n - 1;
    }
  return FALSE;
}

/**
 * cs_jpeg_header_read:
 *
 * Walks the segments to the size of the picture and to the start of its data.
 */
gboolean
cs_jpeg_header_read (const CsMediaFile *file, CsMediaHeader *header)
{
  guint64 offset = 2;
  guint8 head[9];

  for (int i = 0; i < MAX_SEGMENTS; i++)
    {
      guint32 length;

      if (!cs_media_file_read (file, offset, head, 4) || head[0] != 0xff)
        return FALSE;
      if (head[1] == 0xff) /* padding */
        {
          offset++;
          continue;
        }
      length = get_be (head + 2, 2);
      if (length < 2 || head[1] == 0xd9)
        return FALSE;
      if (is_frame (head[1]))
        {
          if (length < 8 || !cs_media_file_read (file, offset, head, 9))
            return FALSE;
          header->height = get_be (head + 5, 2);
          header->width = get_be (head + 7, 2);
        }
      if (head[1] == 0xda)
        return header->width > 0 && has_end (file, offset + 2);
      offset += 2 + length;
    }
  return FALSE;
}

/**
 * cs_webp_header_read:
 *
 * The first chunk says the size in one of three ways.
 */
gboolean
cs_webp_header_read (const CsMediaFile *file, CsMediaHeader *header)
{
  guint8 head[30] = { 0 }; /* the smallest picture is shorter */
  guint32 bits;

  if (!cs_media_file_read (file, 0, head, MIN (file->size, sizeof head)) || (guint64) get_le (head + 4, 4) + 8 > file->size)
    return FALSE;

  if (memcmp (head + 12, "VP8X", 4) == 0)
    {
      header->width = 1 + get_le (head + 24, 3);
      header->height = 1 + get_le (head + 27, 3);
      return TRUE;
    }
  if (memcmp (head + 12, "VP8L", 4) == 0 && head[20] == 0x2f)
    {
      bits = get_le (head + 21, 4);
      header->width = 1 + (bits & 0x3fff);
      header->height = 1 + (bits >> 14 & 0x3fff);
      return TRUE;
    }
  if (memcmp (head + 12, "VP8 ", 4) == 0 && memcmp (head + 23, "\x9d\x01\x2a", 3) == 0)
    {
      header->width = get_le (head + 26, 2) & 0x3fff;
      header->height = get_le (head + 28, 2) & 0x3fff;
      return TRUE;
    }
  return FALSE;
}
