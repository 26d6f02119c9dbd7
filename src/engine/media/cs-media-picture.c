/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a file can be a picture to begin from: PNG and JPEG alone, since those are what every provider takes. */
#include "config.h"
#include "media/cs-media-picture.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "media/cs-media-info.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

gboolean
cs_media_picture_sniff (const void *head, gsize length)
{
  const char *type = cs_media_type_sniff (head, MIN (length, CS_MEDIA_PICTURE_HEAD));

  return g_strcmp0 (type, "image/png") == 0 || g_strcmp0 (type, "image/jpeg") == 0;
}

/**
 * cs_media_picture_check:
 *
 * Whether @path can be read and begins as a picture does. A pipe or a device is none, and is not waited for.
 *
 * Errors: those of cs_error_from_io(); %CS_ERROR_INVALID_VALUE for what is no picture.
 */
gboolean
cs_media_picture_check (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_basename (path);
  guint8 head[CS_MEDIA_PICTURE_HEAD];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  ssize_t got;

  if (fd < 0)
    {
      GError *cause = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));

      g_propagate_error (error, cs_error_from_io (cause, shown));
      return FALSE;
    }
  got = read (fd, head, sizeof head);
  close (fd);
  if (got > 0 && cs_media_picture_sniff (head, (gsize) got))
    return TRUE;
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” is not a PNG or JPEG picture."), shown);
  return FALSE;
}
