/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the headers of a WebM file say: its EBML elements up to the tracks, with every length checked. */
#include "config.h"
#include "media/cs-media-header.h"

#include <string.h>

#define MAX_ELEMENTS 100000
#define MAX_HEADERS (4 * 1024 * 1024)
#define UNKNOWN_SIZE G_MAXUINT64

enum
{
  ID_EBML = 0x1a45dfa3,
  ID_SEGMENT = 0x18538067,
  ID_INFO = 0x1549a966,
  ID_TIME_SCALE = 0x2ad7b1,
  ID_DURATION = 0x4489,
  ID_TRACKS = 0x1654ae6b,
  ID_TRACK_ENTRY = 0xae,
  ID_TRACK_TYPE = 0x83,
  ID_CODEC = 0x86,
  ID_FRAME_TIME = 0x23e383,
  ID_VIDEO = 0xe0,
  ID_WIDTH = 0xb0,
  ID_HEIGHT = 0xba,
};

/* One EBML element; its content is in memory, or in the file behind the header. */
typedef struct
{
  guint32 id;
  guint64 size;         /* of the content, or UNKNOWN_SIZE */
  gsize header;
  const guint8 *data;
} Element;

/* A number whose first byte tells by its leading zeros how long it is. Returns the length, 0 when it is cut. */
static int
read_number (const guint8 *data, gsize length, int longest, gboolean is_id, guint64 *value)
{
  int n = 1;

  if (length == 0 || data[0] == 0)
    return 0;
  while (!(data[0] & (0x80 >> (n - 1))))
    n++;
  if (n > longest || (gsize) n > length)
    return 0;

  *value = is_id ? data[0] : data[0] & (0xff >> n);
  for (int i = 1; i < n; i++)
    *value = *value << 8 | data[i];
  if (!is_id && *value == (G_GUINT64_CONSTANT (1) << (7 * n)) - 1)
    *value = UNKNOWN_SIZE;
  return n;
}

static gboolean
read_head (const guint8 *data, gsize length, Element *element)
{
  guint64 id, size;
  int a = read_number (data, length, 4, TRUE, &id);
  int b = a > 0 ? read_number (data + a, length - a, 8, FALSE, &size) : 0;

  if (b == 0)
    return FALSE;
  *element = (Element) { .id = id, .size = size, .header = a + b, .data = data + a + b };
  return TRUE;
}

/* The next child of an element in memory. */
static gboolean
next_element (const guint8 **data, gsize *length, Element *element)
{
  if (!read_head (*data, *length, element) || element->size > *length - element->header)
    return FALSE;
  *data += element->header + element->size;
  *length -= element->header + element->size;
  return TRUE;
}

static guint64
get_unsigned (const Element *element)
{
  guint64 value = 0;

  for (guint64 i = 0; i < element->size && element->size <= 8; i++)
    value = value << 8 | element->data[i];
  return value;
}

static double
get_float (const Element *element)
{
  guint64 bits = get_unsigned (element);
  guint32 short_bits = bits;
  float single;
  double value;

  if (element->size == 4)
    {
      memcpy (&single, &short_bits, 4);
      return single;
    }
  memcpy (&value, &bits, 8);
  return element->size == 8 ? value : 0;
}

static void
read_info (const Element *info, CsMediaHeader *header)
{
  const guint8 *data = info->data;
  gsize length = info->size;
  guint64 scale = 1000000;
  double duration = 0;
  Element child;

  while (next_element (&data, &length, &child))
    if (child.id == ID_TIME_SCALE)
      scale = get_unsigned (&child);
    else if (child.id == ID_DURATION)
      duration = get_float (&child);
  header->duration = duration * scale / 1e9;
}

static const char *
name_codec (const Element *codec)
{
  static const struct
  {
    const char *id;
    const char *name;
  } codecs[] = {
    { "V_VP8", "vp8" },   { "V_VP9", "vp9" },       { "V_AV1", "av1" }, { "V_MPEG4/ISO/AVC", "h264" },
    { "A_OPUS", "opus" }, { "A_VORBIS", "vorbis" }, { "A_AAC", "aac" },
  };
  /* Some writers end their texts with zeros. */
  gsize length = strnlen ((const char *) codec->data, codec->size);

  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    if (length == strlen (codecs[i].id) && memcmp (codec->data, codecs[i].id, length) == 0)
      return codecs[i].name;
  return "other";
}

static void
read_size (const Element *video, CsMediaHeader *header)
{
  const guint8 *data = video->data;
  gsize length = video->size;
  Element child;

  while (next_element (&data, &length, &child))
    if (child.id == ID_WIDTH)
      header->width = MIN (get_unsigned (&child), G_MAXINT32);
    else if (child.id == ID_HEIGHT)
      header->height = MIN (get_unsigned (&child), G_MAXINT32);
}

static void
read_track (const Element *track, CsMediaHeader *header)
{
  const guint8 *data = track->data;
  gsize length = track->size;
  Element video = { 0 };
  const char *codec = "other";
  guint64 type = 0;
  guint64 frame_time = 0;
  Element child;

  while (next_element (&data, &length, &child))
    if (child.id == ID_TRACK_TYPE)
      type = get_unsigned (&child);
    else if (child.id == ID_CODEC)
      codec = name_codec (&child);
    else if (child.id == ID_FRAME_TIME)
      frame_time = get_unsigned (&child);
    else if (child.id == ID_VIDEO)
      video = child;

  if (type == 1 && header->video_codec == NULL)
    {
      header->video_codec = codec;
      header->frame_rate = frame_time > 0 ? 1e9 / frame_time : 0;
      read_size (&video, header);
    }
  else if (type == 2 && !header->has_sound)
    {
      header->has_sound = TRUE;
      header->audio_codec = codec;
    }
}

static void
read_tracks (const Element *tracks, CsMediaHeader *header)
{
  const guint8 *data = tracks->data;
  gsize length = tracks->size;
  Element child;

  while (next_element (&data, &length, &child))
    if (child.id == ID_TRACK_ENTRY)
      read_track (&child, header);
}

static gboolean
read_head_at (const CsMediaFile *file, guint64 offset, Element *element)
{
  guint8 bytes[12];
  gsize n = offset < file->size ? MIN (sizeof bytes, file->size - offset) : 0;

  return cs_media_file_read (file, offset, bytes, n) && read_head (bytes, n, element);
}

/* Info and Tracks are small and come before the pictures; they are read whole. */
static gboolean
read_child (const CsMediaFile *file, guint64 offset, Element *child, CsMediaHeader *header)
{
  g_autofree guint8 *data = NULL;

  if (child->size > MAX_HEADERS)
    return FALSE;
  child->data = data = g_malloc (child->size + 1);
  if (!cs_media_file_read (file, offset + child->header, data, child->size))
    return FALSE;
  if (child->id == ID_INFO)
    read_info (child, header);
  else
    read_tracks (child, header);
  return TRUE;
}

/**
 * cs_webm_header_read:
 *
 * A file that is shorter than its segment says was cut. A segment of unknown size, as a live stream has, is let pass.
 */
gboolean
cs_webm_header_read (const CsMediaFile *file, CsMediaHeader *header)
{
  Element element;
  guint64 offset;

  if (!read_head_at (file, 0, &element) || element.id != ID_EBML || element.size > file->size)
    return FALSE;
  offset = element.header + element.size;
  if (!read_head_at (file, offset, &element) || element.id != ID_SEGMENT)
    return FALSE;
  offset += element.header;
  if (element.size != UNKNOWN_SIZE && element.size > file->size - offset)
    return FALSE;

  for (int i = 0; i < MAX_ELEMENTS && read_head_at (file, offset, &element); i++)
    {
      if ((element.id == ID_INFO || element.id == ID_TRACKS) && !read_child (file, offset, &element, header))
        return FALSE;
      if (element.size == UNKNOWN_SIZE || element.size > file->size - offset - element.header)
        break;
      offset += element.header + element.size;
    }
  return header->video_codec != NULL;
}
