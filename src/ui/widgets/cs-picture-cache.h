/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture, and how large it is needed; a plain value. */
typedef struct
{
  const char *path;  /* of a file; or of a resource of this program */
  gboolean resource;
  int width, height; /* device pixels of the place it is for */
  gboolean cover;    /* it fills the place, and may be cut; else all of it is seen */
} CsPictureWish;

/*
 * Pictures out of files, decoded on threads of their own, in one bounded cache that the whole program shares; those used last
 * stay. No picture is larger than it is needed, or than its file. Main thread. Errors: those of GdkPixbuf.
 */
GdkTexture *cs_picture_cache_peek        (const CsPictureWish *wish); /* (transfer none) (nullable) */
void        cs_picture_cache_load_async  (const CsPictureWish *wish, GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
GdkTexture *cs_picture_cache_load_finish (GAsyncResult *result, GError **error); /* (transfer full) */
void        cs_picture_cache_forget      (const char *path); /* the file is another */

G_END_DECLS
