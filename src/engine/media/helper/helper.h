/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/cs-media-header.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Thumbnails fit into a square of this side. */
#define HELPER_THUMBNAIL_SIDE 640

/* Processor seconds, and seconds in all, after which the helper is as good as dead. */
#define HELPER_SECONDS 10

/* What became of decoding. */
typedef enum
{
  HELPER_DECODED,
  HELPER_NO_DECODER, /* this computer has none for that codec */
  HELPER_BROKEN,     /* the decoders tried and failed */
} HelperOutcome;

void          helper_set_limits   (void);
void          helper_fit          (int width, int height, int *fitted_width, int *fitted_height);
HelperOutcome helper_load_picture (const CsMediaFile *file, CsMediaHeader *header, GdkPixbuf **pixbuf);
HelperOutcome helper_load_video   (const CsMediaFile *file, CsMediaHeader *header, GdkPixbuf **pixbuf);
HelperOutcome helper_load_webp    (const CsMediaFile *file, const CsMediaHeader *header, GdkPixbuf **pixbuf);
gboolean      helper_save         (GdkPixbuf *pixbuf, int fd);

G_END_DECLS
