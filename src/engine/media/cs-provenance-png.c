/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stamp of a PNG: three text chunks behind the first chunk. All other chunks stay as they are, byte for byte. */
#include "config.h"
#include "media/cs-provenance-private.h"

#include <string.h>

#define MAX_CHUNKS 1000000
#define MAX_TEXT (1024 * 1024)
#define HEAD_LENGTH 33 /* signature and IHDR */

#define KEY_XMP "XML:com.adobe.xmp"
#define KEY_PARAMETERS "parameters"
#define KEY_OWN "creative_studio"

/* One chunk of the file. */
typedef struct
{
  guint64 offset; /* of its length */
  guint32 length; /* of its data */
  char type[5];
} Chunk;

/* What a chunk is to us. */
typedef enum
{
  CHUNK_KEEP,
  CHUNK_XMP,
  CHUNK_STALE,      /* ours, from an earlier stamp */
  CHUNK_PARAMETERS, /* of others: kept, and none of ours added */
  CHUNK_CREDENTIALS,
} ChunkKind;

static guint32
get_32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
}

static void
put_32 (guint8 *data, guint32 value)
{
  for (int i = 3; i >= 0; i--, value >>= 8)
    data[i] = value & 0xff;
}

static guint32
get_sum (const guint8 *data, gsize length)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      sum ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        sum = sum >> 1 ^ (0xedb88320 & -(sum & 1));
    }
  return ~sum;
}

/* The chunk at @offset; FALSE when it is cut or no chunk. */
static gboolean
read_chunk (const CsMediaFile *file, guint64 offset, Chunk *chunk)
{
  guint8 head[8];

  if (!cs_media_file_read (file, offset, head, sizeof head))
    return FALSE;
  *chunk = (Chunk) { .offset = offset, .length = get_32 (head) };
  memcpy (chunk->type, head + 4, 4);
  for (int i = 0; i < 4; i++)
    if (!g_ascii_isalpha (chunk->type[i]))
      return FALSE;
  return chunk->length <= G_MAXINT32 && file->size - offset >= 12 + (guint64) chunk->length;
}

static guint64
get_end (const Chunk *chunk)
{
  return chunk->offset + 12 + chunk->length;
}

/* (transfer full) (nullable): the text of a chunk that is not compressed, behind its keyword. */
static char *
read_text (const CsMediaFile *file, const Chunk *chunk)
{
  g_autofree char *data = NULL;
  gsize at;

  if (chunk->length == 0 || chunk->length > MAX_TEXT)
    return NULL;
  data = g_malloc0 (chunk->length + 1);
  if (!cs_media_file_read (file, chunk->offset + 8, data, chunk->length))
    return NULL;
  at = strlen (data) + 1;
  if (strcmp (chunk->type, "iTXt") == 0)
    {
      if (at + 2 > chunk->length || data[at] != 0)
        return NULL;
      at += 2;
      for (int i = 0; i < 2 && at < chunk->length; i++) /* language, translated keyword */
        at += strlen (data + at) + 1;
    }
  return at <= chunk->length ? g_strdup (data + at) : NULL;
}

static ChunkKind
classify (const CsMediaFile *file, const Chunk *chunk)
{
  char keyword[32] = { 0 };
  g_autofree char *text = NULL;

  if (strcmp (chunk->type, "caBX") == 0)
    return CHUNK_CREDENTIALS;
  if (strcmp (chunk->type, "tEXt") != 0 && strcmp (chunk->type, "iTXt") != 0 && strcmp (chunk->type, "zTXt") != 0)
    return CHUNK_KEEP;
  cs_media_file_read (file, chunk->offset + 8, keyword, MIN (chunk->length, sizeof keyword - 1));
  if (strcmp (keyword, KEY_XMP) == 0)
    return CHUNK_XMP;
  if (strcmp (keyword, KEY_OWN) == 0)
    return CHUNK_STALE;
  if (strcmp (keyword, KEY_PARAMETERS) != 0)
    return CHUNK_KEEP;
  text = strcmp (chunk->type, "zTXt") != 0 ? read_text (file, chunk) : NULL;
  return text != NULL && cs_provenance_owns_parameters (text) ? CHUNK_STALE : CHUNK_PARAMETERS;
}

/* What a first look finds. */
typedef struct
{
  gboolean has_credentials;
  gboolean has_parameters;
  char *xmp;    /* (nullable) (owned) */
} Survey;

static gboolean
survey (const CsMediaFile *file, Survey *found)
{
  guint64 offset = 8;
  Chunk chunk;

  *found = (Survey) { 0 };
  for (int i = 0; i < MAX_CHUNKS && read_chunk (file, offset, &chunk); i++)
    {
      ChunkKind kind = classify (file, &chunk);

      if (i == 0 && (strcmp (chunk.type, "IHDR") != 0 || chunk.length != 13))
        return FALSE;
      found->has_credentials |= kind == CHUNK_CREDENTIALS;
      found->has_parameters |= kind == CHUNK_PARAMETERS;
      if (kind == CHUNK_XMP && found->xmp == NULL)
        found->xmp = read_text (file, &chunk);
      if (strcmp (chunk.type, "IEND") == 0)
        return TRUE;
      offset = get_end (&chunk);
    }
  return FALSE;
}

static gboolean
write_chunk (CsStamp *stamp, const char *type, GByteArray *data)
{
  guint8 number[4];
  guint8 name[4];

  memcpy (name, type, 4);
  put_32 (number, data->len);
  g_byte_array_prepend (data, name, 4);
  if (!cs_stamp_write (stamp, number, 4) || !cs_stamp_write (stamp, data->data, data->len))
    return FALSE;
  put_32 (number, get_sum (data->data, data->len));
  return cs_stamp_write (stamp, number, 4);
}

static gboolean
write_unicode (CsStamp *stamp, const char *keyword, const char *text)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  static const guint8 plain[4] = { 0 }; /* not compressed, no language, no translation */

  g_byte_array_append (data, (const guint8 *) keyword, strlen (keyword) + 1);
  g_byte_array_append (data, plain, sizeof plain);
  g_byte_array_append (data, (const guint8 *) text, strlen (text));
  return write_chunk (stamp, "iTXt", data);
}

/* Other programs read "parameters" as Latin-1 where that is enough, as they write it themselves. */
static gboolean
write_text (CsStamp *stamp, const char *keyword, const char *text)
{
  g_autofree char *latin = g_convert (text, -1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL);
  g_autoptr (GByteArray) data = NULL;

  for (const char *c = text; latin != NULL && *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)) && *c != '\n')
      g_clear_pointer (&latin, g_free);
  if (latin == NULL)
    return write_unicode (stamp, keyword, text);

  data = g_byte_array_new ();
  g_byte_array_append (data, (const guint8 *) keyword, strlen (keyword) + 1);
  g_byte_array_append (data, (const guint8 *) latin, strlen (latin));
  return write_chunk (stamp, "tEXt", data);
}

static gboolean
write_stamp (CsStamp *stamp, const Survey *found)
{
  g_autofree char *xmp = cs_xmp_merge (found->xmp, stamp->provenance, CS_XMP_MAX);
  g_autofree char *parameters = found->has_parameters ? NULL : cs_provenance_to_parameters (stamp->provenance);
  g_autofree char *json = cs_provenance_to_json (stamp->provenance);

  return write_unicode (stamp, KEY_XMP, xmp) && (parameters == NULL || write_text (stamp, KEY_PARAMETERS, parameters))
         && write_unicode (stamp, KEY_OWN, json);
}

/* All chunks behind the first but those that are replaced; and what stands behind the last one. */
static gboolean
copy_rest (CsStamp *stamp)
{
  guint64 from = HEAD_LENGTH; /* not yet copied */
  guint64 offset = HEAD_LENGTH;
  Chunk chunk;

  while (read_chunk (&stamp->in, offset, &chunk))
    {
      ChunkKind kind = classify (&stamp->in, &chunk);

      if (kind == CHUNK_XMP || kind == CHUNK_STALE)
        {
          if (!cs_stamp_copy_range (stamp, from, offset - from))
            return FALSE;
          from = get_end (&chunk);
        }
      offset = get_end (&chunk);
      if (strcmp (chunk.type, "IEND") == 0)
        break;
    }
  return cs_stamp_copy_range (stamp, from, stamp->in.size - from);
}

CsStampOutcome
cs_png_stamp (CsStamp *stamp)
{
  Survey found;
  gboolean whole = survey (&stamp->in, &found);
  g_autofree char *xmp = found.xmp;

  if (!whole)
    return CS_STAMP_DAMAGED;
  if (found.has_credentials)
    return CS_STAMP_NO_PLACE;
  return cs_stamp_copy_range (stamp, 0, HEAD_LENGTH) && write_stamp (stamp, &found) && copy_rest (stamp)
           ? CS_STAMP_DONE
           : CS_STAMP_FAILED;
}

char *
cs_png_read_xmp (const CsMediaFile *file)
{
  Survey found;

  survey (file, &found);
  return found.xmp;
}
