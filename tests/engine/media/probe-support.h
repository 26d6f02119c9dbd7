/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the probe share. */
#pragma once

#include "media-support.h"
#include "media/cs-media-info.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

typedef struct
{
  char *folder;
  char *path;
  char *thumbnail;
} Fixture;

static inline void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "file.mp4", NULL);
  self->thumbnail = g_build_filename (self->folder, "file.png", NULL);
}

static inline void
tear_down (Fixture *self, gconstpointer data)
{
  test_folder_free (self->folder);
  g_free (self->path);
  g_free (self->thumbnail);
}

static inline void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **where = user_data;

  *where = g_object_ref (result);
}

static inline CsMediaInfo *
probe (Fixture *self, gboolean thumbnail, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_media_probe_async (self->path, thumbnail ? self->thumbnail : NULL, NULL, ready_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return cs_media_probe_finish (result, error);
}

static inline GdkPixbuf *
make_picture (int width, int height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (pixbuf, 0x3366ccff);
  for (int y = 0; y < height / 2; y++)
    memset (gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf), 0xff, width);
  return pixbuf;
}

static inline void
save_picture (Fixture *self, int width, int height, const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = make_picture (width, height);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_save (pixbuf, self->path, type, &error, NULL);
  g_assert_no_error (error);
}
