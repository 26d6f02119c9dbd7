/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes one picture with the loader of its own type, and writes thumbnails. */
#include "config.h"
#include "media/helper/helper.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define CHUNK 65536

/**
 * helper_fit:
 *
 * The size of a thumbnail: never larger than the picture, never thinner than a pixel.
 */
void
helper_fit (int width, int height, int *fitted_width, int *fitted_height)
{
  double scale = MIN (1.0, (double) HELPER_THUMBNAIL_SIDE / MAX (width, height));

  *fitted_width = CLAMP ((int) (width * scale + 0.5), 1, HELPER_THUMBNAIL_SIDE);
  *fitted_height = CLAMP ((int) (height * scale + 0.5), 1, HELPER_THUMBNAIL_SIDE);
}

/* JPEG is decoded at an eighth, a quarter or half of its size when that is enough. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  CsMediaHeader *header = user_data;
  int fitted_width, fitted_height;

  if (width != header->width || height != header->height)
    {
      header->width = 0;
      width = height = 1;
    }
  helper_fit (width, height, &fitted_width, &fitted_height);
  gdk_pixbuf_loader_set_size (loader, fitted_width, fitted_height);
}

static gboolean
feed (const CsMediaFile *file, GdkPixbufLoader *loader)
{
  g_autofree guint8 *bytes = g_malloc (CHUNK);
  gboolean fine = TRUE;

  for (guint64 offset = 0; fine && offset < file->size; offset += CHUNK)
    {
      gsize n = MIN (CHUNK, file->size - offset);

      fine = cs_media_file_read (file, offset, bytes, n) && gdk_pixbuf_loader_write (loader, bytes, n, NULL);
    }
  return gdk_pixbuf_loader_close (loader, NULL) && fine;
}

/* A camera held upright says so in the EXIF data; the size is that of the picture as shown. */
static GdkPixbuf *
turn (GdkPixbuf *pixbuf, CsMediaHeader *header)
{
  const char *orientation = gdk_pixbuf_get_option (pixbuf, "orientation");
  int width = header->width;

  if (orientation != NULL && orientation[0] >= '5' && orientation[0] <= '8')
    {
      header->width = header->height;
      header->height = width;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

/**
 * helper_load_picture:
 * @header: (inout): turned as the picture is
 * @pixbuf: (out): the picture, small enough for a thumbnail
 */
HelperOutcome
helper_load_picture (const CsMediaFile *file, CsMediaHeader *header, GdkPixbuf **pixbuf)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (header->mime_type, NULL);

  if (loader == NULL)
    return g_str_equal (header->mime_type, "image/webp") ? helper_load_webp (file, header, pixbuf) : HELPER_NO_DECODER;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), header);
  if (!feed (file, loader) || header->width == 0 || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    return HELPER_BROKEN;
  *pixbuf = turn (gdk_pixbuf_loader_get_pixbuf (loader), header);
  return *pixbuf != NULL ? HELPER_DECODED : HELPER_BROKEN;
}

static gboolean
write_cb (const char *data, gsize length, GError **error, gpointer user_data)
{
  int fd = GPOINTER_TO_INT (user_data);

  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, g_strerror (errno));
          return FALSE;
        }
      data += n;
      length -= n;
    }
  return TRUE;
}

/**
 * helper_save:
 *
 * Writes @pixbuf as PNG to @fd; quickly rather than as small as can be.
 */
gboolean
helper_save (GdkPixbuf *pixbuf, int fd)
{
  return gdk_pixbuf_save_to_callback (pixbuf, write_cb, GINT_TO_POINTER (fd), "png", NULL, "compression", "2", NULL);
}
