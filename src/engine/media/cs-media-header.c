/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what a media file says of itself, before any decoder sees it. Blocking: in the helper process, and in tests. */
#include "config.h"
#include "media/cs-media-header.h"

#include "media/cs-media-info.h"

#include <errno.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

/**
 * cs_media_file_open:
 * @fd: borrowed
 *
 * Returns: FALSE when @fd is not an ordinary file.
 */
gboolean
cs_media_file_open (CsMediaFile *file, int fd)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size < 0)
    return FALSE;
  *file = (CsMediaFile) { fd, info.st_size };
  return TRUE;
}

/**
 * cs_media_file_read:
 *
 * Returns: TRUE when all of the @length bytes at @offset are in @buffer.
 */
gboolean
cs_media_file_read (const CsMediaFile *file, guint64 offset, void *buffer, gsize length)
{
  guint8 *bytes = buffer;

  if (offset > file->size || file->size - offset < length)
    return FALSE;
  while (length > 0)
    {
      ssize_t n = pread (file->fd, bytes, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      offset += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
is_too_large (const CsMediaHeader *header)
{
  return header->width > CS_MEDIA_MAX_SIDE || header->height > CS_MEDIA_MAX_SIDE
         || (gint64) header->width * header->height > CS_MEDIA_MAX_PIXELS;
}

/* A time that is no number, or a year long, is not said at all. */
static double
clean (double value, double maximum)
{
  return isfinite (value) && value > 0 && value <= maximum ? value : 0;
}

/**
 * cs_media_header_read:
 * @header: (out): what the file says; only whole when CS_MEDIA_OK is returned
 */
CsMediaVerdict
cs_media_header_read (const CsMediaFile *file, CsMediaHeader *header)
{
  static const struct
  {
    const char *mime_type;
    gboolean (*read) (const CsMediaFile *, CsMediaHeader *);
  } readers[] = {
    { "image/png", cs_png_header_read },   { "image/jpeg", cs_jpeg_header_read },
    { "image/webp", cs_webp_header_read }, { "video/mp4", cs_mp4_header_read },
    { "video/webm", cs_webm_header_read },
  };
  guint8 head[64];
  gsize length = MIN (file->size, sizeof head);

  *header = (CsMediaHeader) { 0 };
  if (!cs_media_file_read (file, 0, head, length))
    return CS_MEDIA_DAMAGED;
  header->mime_type = cs_media_type_sniff (head, length);

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_strcmp0 (readers[i].mime_type, header->mime_type) == 0)
      {
        gboolean whole = readers[i].read (file, header);

        if (is_too_large (header))
          return CS_MEDIA_TOO_LARGE;
        header->duration = clean (header->duration, 7 * 24 * 3600);
        header->frame_rate = clean (header->frame_rate, 1000);
        return whole && header->width > 0 && header->height > 0 ? CS_MEDIA_OK : CS_MEDIA_DAMAGED;
      }
  return CS_MEDIA_DAMAGED;
}
