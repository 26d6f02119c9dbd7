/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One picture or video that Sketch is asked for; a plain value. */
typedef struct
{
  CsKind kind;      /* video or image */
  char *prompt;     /* the user's own words */
  CsStyle style;
  CsAspect aspect;
  int duration;     /* seconds, 5 to 10; videos only */
  gboolean sound;   /* videos only */
  guint64 seed;
  char *path;       /* where the file goes; replaced. Its extension is the caller's: see `extension` in the result */
} CsSketchOrder;

/* Called on the main context of the caller with 0.0 .. 1.0, never backwards, at most about 20 times a second. */
typedef void (*CsSketchProgressFunc) (double share, gpointer user_data);

typedef struct
{
  int width, height;      /* pixels */
  double duration;        /* seconds; 0 for pictures */
  gboolean has_sound;
  char *mime_type;        /* what was really written: image/png, video/mp4 or video/webm */
  char *note;             /* (nullable) what had to be done another way, in the user's language */
} CsSketchResult;

void            cs_sketch_order_free   (CsSketchOrder *self);
void            cs_sketch_result_free  (CsSketchResult *self);
void            cs_sketch_render_async (CsSketchOrder *order, CsSketchProgressFunc progress, gpointer progress_data,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsSketchResult *cs_sketch_render_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSketchOrder, cs_sketch_order_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSketchResult, cs_sketch_result_free)

G_END_DECLS
