/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CS_SOUND_RATE 48000

/* What is to be written; a plain value. */
typedef struct
{
  int width, height;   /* pixels, even */
  int frame_rate;      /* frames a second */
  gboolean has_sound;  /* stereo at CS_SOUND_RATE */
  const char *comment; /* (nullable) kept in the file: ©cmt in MP4 */
} CsVideoFormat;

/*
 * Writes frames and sound to one video file with GStreamer: H.264 and AAC in MP4, or VP8 and Opus in WebM where this
 * computer cannot make the first. Owned and used by one worker thread: every call may block. A file that was not
 * finished is removed when the encoder is freed.
 */
typedef struct _CsVideoEncoder CsVideoEncoder;

CsVideoEncoder *cs_video_encoder_new           (const char *path, const CsVideoFormat *format, GCancellable *cancellable, GError **error);
gboolean        cs_video_encoder_push_sound    (CsVideoEncoder *self, GBytes *samples, GError **error);
gboolean        cs_video_encoder_push_frame    (CsVideoEncoder *self, GBytes *pixels, GError **error);
gboolean        cs_video_encoder_finish        (CsVideoEncoder *self, GError **error);
void            cs_video_encoder_free          (CsVideoEncoder *self);
const char     *cs_video_encoder_get_mime_type (CsVideoEncoder *self);
const char     *cs_video_encoder_get_note      (CsVideoEncoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsVideoEncoder, cs_video_encoder_free)

G_END_DECLS
