/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_MEDIA_MAX_SIDE 16384
#define CS_MEDIA_MAX_PIXELS (100 * 1000 * 1000)

/* An open file that is read at any place, never behind its end; it owns nothing. */
typedef struct
{
  int fd;
  guint64 size;
} CsMediaFile;

/* What the headers of a media file say, read by ourselves before any decoder sees it. A plain value of constants. */
typedef struct
{
  const char *mime_type;
  int width, height;       /* pixels, as shown */
  int turn;                /* degrees clockwise that a decoded frame has to be turned: 0, 90, 180, 270 */
  double duration;         /* seconds; 0 when unknown and for pictures */
  double frame_rate;       /* 0 when unknown and for pictures */
  double second_key;       /* seconds at which the second key frame stands, above `duration` if there is one only; 0 when
                              unknown */
  gboolean has_sound;
  const char *video_codec; /* (nullable) h264, h265, vp8, vp9, av1, mpeg4, prores, mjpeg or other */
  const char *audio_codec; /* (nullable) aac, mp3, opus, vorbis, ac3, pcm or other */
} CsMediaHeader;

typedef enum
{
  CS_MEDIA_OK,
  CS_MEDIA_DAMAGED,   /* not a medium that we know, or cut, or inconsistent */
  CS_MEDIA_TOO_LARGE, /* more pixels than we decode */
} CsMediaVerdict;

gboolean       cs_media_file_open   (CsMediaFile *file, int fd);
gboolean       cs_media_file_read   (const CsMediaFile *file, guint64 offset, void *buffer, gsize length);
CsMediaVerdict cs_media_header_read (const CsMediaFile *file, CsMediaHeader *header);

/* One reader a format; FALSE when the file is damaged. */
gboolean       cs_png_header_read   (const CsMediaFile *file, CsMediaHeader *header);
gboolean       cs_jpeg_header_read  (const CsMediaFile *file, CsMediaHeader *header);
gboolean       cs_webp_header_read  (const CsMediaFile *file, CsMediaHeader *header);
gboolean       cs_mp4_header_read   (const CsMediaFile *file, CsMediaHeader *header);
gboolean       cs_webm_header_read  (const CsMediaFile *file, CsMediaHeader *header);

G_END_DECLS
