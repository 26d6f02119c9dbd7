/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a media file really is, read from its bytes by the helper process; a plain value. */
typedef struct
{
  char *mime_type;       /* image/png, image/jpeg, image/webp, video/mp4, video/webm */
  int width, height;     /* pixels, as shown */
  double duration;       /* seconds; 0 for pictures */
  double frame_rate;     /* 0 for pictures */
  gboolean has_sound;
  char *video_codec;     /* (nullable) for example h264 */
  char *audio_codec;     /* (nullable) for example aac */
} CsMediaInfo;

void         cs_media_info_free      (CsMediaInfo *self);
const char  *cs_media_type_sniff     (const guint8 *head, gsize length);
const char  *cs_media_type_extension (const char *mime_type);

/*
 * Probes @path in the bounded helper process (memory, CPU time, 10 s, no network where bubblewrap is present) and,
 * when @thumbnail is given, writes a PNG of at most 640x640 there. CS_ERROR_DAMAGED when it cannot be decoded,
 * CS_ERROR_TOO_LARGE when it has too many pixels. A video whose codec has no decoder on this computer is described from
 * its headers, and there is no thumbnail. Two files are looked at at a time; the others wait.
 */
void         cs_media_probe_async    (const char *path, const char *thumbnail, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
CsMediaInfo *cs_media_probe_finish   (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsMediaInfo, cs_media_info_free)

G_END_DECLS
