/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the movie box of an MP4 or MOV file says, and whether the file really holds all the samples it lists. */
#include "config.h"
#include "media/cs-media-header.h"
#include "media/cs-mp4-box.h"

#define MAX_MOVIE (64 * 1024 * 1024)
#define MAX_BOXES 200000

#define TYPE(text) CS_MP4_TYPE (text[0], text[1], text[2], text[3])

/* One track, as far as we care. */
typedef struct
{
  guint32 handler;        /* vide, soun */
  int width, height;      /* shown, before it is turned */
  int turn;
  double duration;
  double frame_rate;
  double second_key;
  const char *codec;
} Track;

typedef struct
{
  char type[5];
  const char *name;
} Codec;

static const Codec codecs[] = {
  { "avc1", "h264" }, { "avc3", "h264" }, { "hvc1", "h265" }, { "hev1", "h265" }, { "vp08", "vp8" },
  { "vp09", "vp9" },  { "av01", "av1" },  { "mp4v", "mpeg4" }, { "apch", "prores" }, { "apcn", "prores" },
  { "jpeg", "mjpeg" }, { "mjpa", "mjpeg" }, { "mp4a", "aac" }, { ".mp3", "mp3" }, { "Opus", "opus" },
  { "ac-3", "ac3" },  { "ec-3", "ac3" },  { "sowt", "pcm" },  { "twos", "pcm" },  { "lpcm", "pcm" },
};

static const char *
name_codec (guint32 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    if (TYPE (codecs[i].type) == type)
      return codecs[i].name;
  return "other";
}

/* The sizes and places of a track's samples: views on its tables. */
typedef struct
{
  CsMp4Box sizes;   /* stsz */
  CsMp4Box chunks;  /* stco or co64 */
  CsMp4Box runs;    /* stsc */
  int chunk_width;
  guint32 n_samples, n_chunks, n_runs;
  guint32 same_size;/* of every sample, or 0 */
} Samples;

static gboolean
find_samples (const CsMp4Box *table, Samples *samples)
{
  *samples = (Samples) { .chunk_width = 4 };
  if (!cs_mp4_box_find (table, TYPE ("stsz"), &samples->sizes)
      || !cs_mp4_box_find (table, TYPE ("stsc"), &samples->runs))
    return FALSE;
  if (!cs_mp4_box_find (table, TYPE ("stco"), &samples->chunks))
    {
      samples->chunk_width = 8;
      if (!cs_mp4_box_find (table, TYPE ("co64"), &samples->chunks))
        return FALSE;
    }

  samples->same_size = cs_mp4_box_get_32 (&samples->sizes, 4);
  samples->n_samples = cs_mp4_box_get_32 (&samples->sizes, 8);
  samples->n_chunks = cs_mp4_box_get_32 (&samples->chunks, 4);
  samples->n_runs = cs_mp4_box_get_32 (&samples->runs, 4);
  return samples->chunks.length >= 8 && samples->n_chunks <= (samples->chunks.length - 8) / samples->chunk_width
         && samples->runs.length >= 8 && samples->n_runs <= (samples->runs.length - 8) / 12
         && samples->sizes.length >= 12
         && (samples->same_size != 0 || samples->n_samples <= (samples->sizes.length - 12) / 4);
}

static guint64
get_chunk (const Samples *samples, guint32 index)
{
  gsize offset = 8 + (gsize) index * samples->chunk_width;

  return samples->chunk_width == 8 ? cs_mp4_box_get_64 (&samples->chunks, offset)
                                   : cs_mp4_box_get_32 (&samples->chunks, offset);
}

/* Bytes of @n samples from @first on. */
static guint64
get_length (const Samples *samples, guint32 first, guint32 n)
{
  guint64 length = 0;

  if (samples->same_size != 0)
    return (guint64) samples->same_size * n;
  for (guint32 i = first; i < first + n; i++)
    length += cs_mp4_box_get_32 (&samples->sizes, 12 + (gsize) i * 4);
  return length;
}

/* Whether every sample that the tables list lies inside the file: one that was cut on its way fails here. */
static gboolean
check_samples (const CsMp4Box *table, guint64 file_size)
{
  Samples samples;
  guint32 run = 0;
  guint32 sample = 0;

  if (!find_samples (table, &samples))
    return FALSE;
  for (guint32 chunk = 0; chunk < samples.n_chunks && sample < samples.n_samples; chunk++)
    {
      guint64 offset = get_chunk (&samples, chunk);
      guint32 n;

      while (run + 1 < samples.n_runs && cs_mp4_box_get_32 (&samples.runs, 8 + (gsize) (run + 1) * 12) <= chunk + 1)
        run++;
      n = MIN (cs_mp4_box_get_32 (&samples.runs, 8 + (gsize) run * 12 + 4), samples.n_samples - sample);
      if (offset > file_size || get_length (&samples, sample, n) > file_size - offset)
        return FALSE;
      sample += n;
    }
  return sample == samples.n_samples;
}

static double
read_frame_rate (const CsMp4Box *table, guint32 timescale)
{
  CsMp4Box times;
  guint64 n_samples = 0;
  guint64 duration = 0;
  guint32 n;

  if (!cs_mp4_box_find (table, TYPE ("stts"), &times) || times.length < 8)
    return 0;
  n = MIN (cs_mp4_box_get_32 (&times, 4), (times.length - 8) / 8);
  for (guint32 i = 0; i < n; i++)
    {
      guint64 count = cs_mp4_box_get_32 (&times, 8 + (gsize) i * 8);

      n_samples += count;
      duration += count * cs_mp4_box_get_32 (&times, 12 + (gsize) i * 8);
    }
  return duration > 0 ? (double) n_samples * timescale / duration : 0;
}

/* When the sample with that number, counted from 1, is decoded. */
static double
get_sample_time (const CsMp4Box *table, guint32 number, guint32 timescale)
{
  CsMp4Box times;
  guint64 time = 0;
  guint32 n, before = number - 1;

  if (!cs_mp4_box_find (table, TYPE ("stts"), &times) || times.length < 8)
    return 0;
  n = MIN (cs_mp4_box_get_32 (&times, 4), (times.length - 8) / 8);
  for (guint32 i = 0; i < n && before > 0; i++)
    {
      guint32 count = MIN (cs_mp4_box_get_32 (&times, 8 + (gsize) i * 8), before);

      time += (guint64) count * cs_mp4_box_get_32 (&times, 12 + (gsize) i * 8);
      before -= count;
    }
  return timescale > 0 ? (double) time / timescale : 0;
}

/* Without a list all samples are key frames. */
static double
read_second_key (const CsMp4Box *table, guint32 timescale)
{
  CsMp4Box keys;

  if (!cs_mp4_box_find (table, TYPE ("stss"), &keys))
    return get_sample_time (table, 2, timescale);
  if (cs_mp4_box_get_32 (&keys, 4) < 2)
    return G_MAXDOUBLE;
  return get_sample_time (table, MAX (1, cs_mp4_box_get_32 (&keys, 12)), timescale);
}

/* The first sample description: its type is the codec, and a picture's size follows. */
static void
read_description (const CsMp4Box *table, Track *track)
{
  CsMp4Box list, entry;
  int width, height;

  if (!cs_mp4_box_find (table, TYPE ("stsd"), &list) || list.length < 8)
    return;
  list.data += 8;
  list.length -= 8;
  if (!cs_mp4_box_next (&list.data, &list.length, &entry))
    return;

  track->codec = name_codec (entry.type);
  if (track->handler != TYPE ("vide"))
    return;
  width = cs_mp4_box_get_16 (&entry, 24);
  height = cs_mp4_box_get_16 (&entry, 26);
  if (track->width <= 0 || track->height <= 0 || MAX (width, height) > CS_MEDIA_MAX_SIDE)
    {
      track->width = width;
      track->height = height;
    }
}

/* The track header: the size on the screen, and the quarter turn of a telephone held upright. */
static void
read_track_header (const CsMp4Box *header, Track *track)
{
  gsize matrix = cs_mp4_box_get_32 (header, 0) >> 24 == 1 ? 52 : 40;
  gint32 a = cs_mp4_box_get_32 (header, matrix);
  gint32 b = cs_mp4_box_get_32 (header, matrix + 4);

  track->turn = a > 0 ? 0 : a < 0 ? 180 : b > 0 ? 90 : b < 0 ? 270 : 0;
  track->width = cs_mp4_box_get_32 (header, matrix + 36) >> 16;
  track->height = cs_mp4_box_get_32 (header, matrix + 40) >> 16;
}

static gboolean
read_track (const CsMp4Box *box, gboolean fragmented, guint64 file_size, Track *track)
{
  CsMp4Box header, media, media_header, handler, info, table;
  gboolean wide;
  guint32 timescale;

  *track = (Track) { 0 };
  if (!cs_mp4_box_find (box, TYPE ("tkhd"), &header) || !cs_mp4_box_find (box, TYPE ("mdia"), &media)
      || !cs_mp4_box_find (&media, TYPE ("mdhd"), &media_header) || !cs_mp4_box_find (&media, TYPE ("hdlr"), &handler)
      || !cs_mp4_box_find (&media, TYPE ("minf"), &info) || !cs_mp4_box_find (&info, TYPE ("stbl"), &table))
    return FALSE;

  track->handler = cs_mp4_box_get_32 (&handler, 8);
  if (track->handler != TYPE ("vide") && track->handler != TYPE ("soun"))
    return TRUE;
  read_track_header (&header, track);
  read_description (&table, track);
  wide = cs_mp4_box_get_32 (&media_header, 0) >> 24 == 1;
  timescale = cs_mp4_box_get_32 (&media_header, wide ? 20 : 12);
  if (timescale > 0)
    track->duration = (wide ? (double) cs_mp4_box_get_64 (&media_header, 24) : cs_mp4_box_get_32 (&media_header, 16))
                      / timescale;
  track->frame_rate = read_frame_rate (&table, timescale);
  track->second_key = fragmented ? 0 : read_second_key (&table, timescale);
  return fragmented || check_samples (&table, file_size);
}

static void
take_track (CsMediaHeader *header, const Track *track)
{
  gboolean upright = track->turn % 180 == 0;

  if (track->handler == TYPE ("soun") && !header->has_sound)
    {
      header->has_sound = TRUE;
      header->audio_codec = track->codec;
    }
  if (track->handler != TYPE ("vide") || header->video_codec != NULL)
    return;
  header->video_codec = track->codec;
  header->frame_rate = track->frame_rate;
  header->second_key = track->second_key;
  header->turn = track->turn;
  header->width = upright ? track->width : track->height;
  header->height = upright ? track->height : track->width;
  if (header->duration == 0)
    header->duration = track->duration;
}

/* The duration of a file that comes in fragments stands in mehd, that of another in mvhd. */
static gboolean
read_movie_header (const CsMp4Box *movie, CsMediaHeader *header, gboolean *fragmented)
{
  CsMp4Box movie_header, extends, extends_header;
  gboolean wide;
  guint32 timescale;
  double duration;

  if (!cs_mp4_box_find (movie, TYPE ("mvhd"), &movie_header))
    return FALSE;
  wide = cs_mp4_box_get_32 (&movie_header, 0) >> 24 == 1;
  timescale = cs_mp4_box_get_32 (&movie_header, wide ? 20 : 12);
  duration = wide ? (double) cs_mp4_box_get_64 (&movie_header, 24) : cs_mp4_box_get_32 (&movie_header, 16);

  *fragmented = cs_mp4_box_find (movie, TYPE ("mvex"), &extends);
  if (*fragmented && cs_mp4_box_find (&extends, TYPE ("mehd"), &extends_header))
    duration = cs_mp4_box_get_32 (&extends_header, 0) >> 24 == 1 ? (double) cs_mp4_box_get_64 (&extends_header, 4)
                                                                 : cs_mp4_box_get_32 (&extends_header, 4);
  header->duration = timescale > 0 ? duration / timescale : 0;
  return TRUE;
}

static gboolean
read_movie (const CsMp4Box *movie, guint64 file_size, CsMediaHeader *header, gboolean *fragmented)
{
  const guint8 *data = movie->data;
  gsize length = movie->length;
  CsMp4Box child;

  if (!read_movie_header (movie, header, fragmented))
    return FALSE;
  while (cs_mp4_box_next (&data, &length, &child))
    {
      Track track;

      if (child.type != TYPE ("trak"))
        continue;
      if (!read_track (&child, *fragmented, file_size, &track))
        return FALSE;
      take_track (header, &track);
    }
  return header->video_codec != NULL;
}

static gboolean
load_movie (const CsMediaFile *file, guint64 offset, const CsMp4Head *head, CsMediaHeader *header, gboolean *fragmented)
{
  CsMp4Box movie = { .type = TYPE ("moov"), .length = head->size - head->header };
  g_autofree guint8 *data = NULL;

  if (head->size - head->header > MAX_MOVIE)
    return FALSE;
  movie.data = data = g_malloc (movie.length + 1);
  return cs_media_file_read (file, offset + head->header, data, movie.length)
         && read_movie (&movie, file->size, header, fragmented);
}

/**
 * cs_mp4_header_read:
 *
 * Finds the movie box among those of the file, and reads it. Bytes behind it that are no whole box are let pass when
 * all samples are there; in a file that comes in fragments all boxes have to be whole.
 */
gboolean
cs_mp4_header_read (const CsMediaFile *file, CsMediaHeader *header)
{
  gboolean fragmented = FALSE;
  guint64 offset = 0;
  CsMp4Head head;

  for (int i = 0; i < MAX_BOXES && offset < file->size; i++, offset += head.size)
    {
      guint8 bytes[16];
      gsize n = MIN (sizeof bytes, file->size - offset);

      if (!cs_media_file_read (file, offset, bytes, n) || !cs_mp4_head_parse (bytes, n, file->size - offset, &head))
        return FALSE;
      if (head.type != TYPE ("moov"))
        continue;
      if (!load_movie (file, offset, &head, header, &fragmented))
        return FALSE;
      if (!fragmented)
        return TRUE;
    }
  return fragmented;
}
