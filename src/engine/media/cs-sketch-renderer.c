/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sketch's kitchen: an order goes in, a finished file comes out. One worker thread cooks one order at a time, whoever
 * asks, because each takes all processors that there are.
 */
#include "config.h"
#include "media/cs-sketch-renderer.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "media/cs-provenance-private.h"
#include "media/cs-sketch-painter.h"
#include "media/cs-sketch-progress.h"
#include "media/cs-sketch-sound.h"
#include "media/cs-video-encoder.h"
#include "media/sketch/cs-sketch-scene.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#define FRAME_RATE 24
#define LONGEST 60

/* How much of the way lies behind when the scene is composed, and when the last frame is encoded. */
#define SHARE_SCENE 0.08
#define SHARE_FRAMES 0.97

/* One order on its way; belongs to its task. */
typedef struct
{
  CsSketchOrder *order;
  CsSketchProgress *progress;
  char *draft; /* the file before it has its stamp */
  int width, height;
} Render;

typedef struct
{
  int width, height;
} Size;

static const Size video_sizes[CS_N_ASPECTS] = {
  [CS_ASPECT_16_9] = { 1280, 720 },
  [CS_ASPECT_9_16] = { 720, 1280 },
  [CS_ASPECT_1_1] = { 1024, 1024 },
};
static const Size image_sizes[CS_N_ASPECTS] = {
  [CS_ASPECT_16_9] = { 1344, 768 },
  [CS_ASPECT_9_16] = { 768, 1344 },
  [CS_ASPECT_1_1] = { 1024, 1024 },
  [CS_ASPECT_4_3] = { 1152, 864 },
};

/**
 * cs_sketch_order_free:
 * @self: (nullable)
 */
void
cs_sketch_order_free (CsSketchOrder *self)
{
  if (self == NULL)
    return;
  g_free (self->prompt);
  g_free (self->path);
  g_free (self);
}

/**
 * cs_sketch_result_free:
 * @self: (nullable)
 */
void
cs_sketch_result_free (CsSketchResult *self)
{
  if (self == NULL)
    return;
  g_free (self->mime_type);
  g_free (self->note);
  g_free (self);
}

static void
render_free (Render *self)
{
  cs_sketch_order_free (self->order);
  cs_sketch_progress_unref (self->progress);
  g_free (self->draft);
  g_free (self);
}

static CsSketchScene *
compose (Render *self)
{
  gboolean moves = self->order->kind == CS_KIND_VIDEO;
  CsSketchSpec spec = {
    .prompt = self->order->prompt,
    .style = self->order->style,
    .width = self->width,
    .height = self->height,
    .seed = self->order->seed,
    .duration = moves ? self->order->duration : 0,
    .has_caption = moves,
  };

  return cs_sketch_scene_new (&spec);
}

/* Nothing in it depends on the day: the same order gives the same file. */
static CsProvenance
describe (Render *self, const char *title)
{
  return (CsProvenance) {
    .source = CS_SOURCE_DIGITAL_CREATION,
    .title = title,
    .prompt = self->order->prompt,
    .original_prompt = self->order->prompt,
    .system = "Sketch",
    .system_version = CS_VERSION,
    .provider = "sketch",
    .model = "sketch",
    .seed = (gint64) self->order->seed,
    .has_seed = TRUE,
    .width = self->width,
    .height = self->height,
  };
}

/* The draft gets its stamp and its name, and is on the disk then. */
static gboolean
stamp (Render *self, const CsProvenance *provenance, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->order->path);

  return cs_provenance_stamp_copy (self->draft, self->order->path, provenance, NULL, cancellable, error)
         && cs_file_sync_folder (folder, error);
}

static GBytes *
make_sound (Render *self, CsSketchScene *scene)
{
  return cs_sketch_sound_render (cs_sketch_scene_get_mood (scene), self->order->duration);
}

/* The frames in their order, from the painters to the encoder. */
static gboolean
encode_frames (Render *self, CsSketchPainter *painter, CsVideoEncoder *encoder, GError **error)
{
  guint n_frames = self->order->duration * FRAME_RATE;

  for (guint i = 0; i < n_frames; i++)
    {
      g_autoptr (GBytes) frame = cs_sketch_painter_next (painter);

      if (!cs_video_encoder_push_frame (encoder, frame, error))
        return FALSE;
      cs_sketch_progress_tell (self->progress, SHARE_SCENE + (SHARE_FRAMES - SHARE_SCENE) * (i + 1) / n_frames);
    }
  return cs_video_encoder_finish (encoder, error);
}

static gboolean
render_video (Render *self, CsSketchScene *scene, const CsProvenance *provenance, CsSketchResult *result,
              GCancellable *cancellable, GError **error)
{
  g_autofree char *comment = cs_provenance_to_json (provenance);
  CsVideoFormat format = { .width = self->width, .height = self->height, .frame_rate = FRAME_RATE,
                           .has_sound = self->order->sound, .comment = comment };
  /* In this order, because the encoder lets go of its frames before the painter goes. */
  g_autoptr (CsSketchPainter) painter = NULL;
  g_autoptr (CsVideoEncoder) encoder = cs_video_encoder_new (self->draft, &format, cancellable, error);

  if (encoder == NULL)
    return FALSE;
  painter = cs_sketch_painter_new (scene, self->width, self->height, FRAME_RATE, self->order->duration * FRAME_RATE);
  if (self->order->sound)
    {
      g_autoptr (GBytes) sound = make_sound (self, scene);

      if (!cs_video_encoder_push_sound (encoder, sound, error))
        return FALSE;
    }
  if (!encode_frames (self, painter, encoder, error))
    return FALSE;

  result->duration = self->order->duration;
  result->has_sound = self->order->sound;
  result->mime_type = g_strdup (cs_video_encoder_get_mime_type (encoder));
  result->note = g_strdup (cs_video_encoder_get_note (encoder));
  return TRUE;
}

static GdkPixbuf *
draw_picture (Render *self, CsSketchScene *scene)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, self->width, self->height);
  g_autofree guint8 *pixels = g_malloc ((gsize) self->width * self->height * 4);

  cs_sketch_scene_draw (scene, 0, pixels, self->width * 4);
  for (int y = 0; y < self->height; y++)
    {
      const guint8 *from = pixels + (gsize) y * self->width * 4;
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < self->width; x++, from += 4, to += 3)
        {
          to[0] = from[2];
          to[1] = from[1];
          to[2] = from[0];
        }
    }
  return pixbuf;
}

static gboolean
render_picture (Render *self, CsSketchScene *scene, CsSketchResult *result, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = draw_picture (self, scene);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  cs_sketch_progress_tell (self->progress, 0.5);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "png", &local_error, NULL))
    {
      cs_set_error (error, CS_ERROR_FAILED, _ ("The picture could not be written: %s."), local_error->message);
      return FALSE;
    }
  if (!cs_file_write (self->draft, bytes, length, TRUE, error))
    return FALSE;
  result->mime_type = g_strdup ("image/png");
  return TRUE;
}

static CsSketchResult *
render (Render *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsSketchResult) result = g_new0 (CsSketchResult, 1);
  g_autoptr (CsSketchScene) scene = NULL;
  g_autofree char *title = cs_text_make_title (self->order->prompt, 80);
  CsProvenance provenance = describe (self, title);
  gboolean done;

  scene = compose (self);
  cs_sketch_progress_tell (self->progress, SHARE_SCENE);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  result->width = self->width;
  result->height = self->height;
  if (self->order->kind == CS_KIND_VIDEO)
    done = render_video (self, scene, &provenance, result, cancellable, error);
  else
    done = render_picture (self, scene, result, error);
  done = done && stamp (self, &provenance, cancellable, error);
  g_unlink (self->draft);
  if (!done)
    return NULL;
  cs_sketch_progress_tell (self->progress, 1);
  return g_steal_pointer (&result);
}

/* On the one worker thread. */
static void
render_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  CsSketchResult *result = NULL;
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    result = render (g_task_get_task_data (task), cancellable, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) cs_sketch_result_free);
  else
    g_task_return_error (task, error);
}

static GThreadPool *
get_pool (void)
{
  static gsize pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (render_thread, NULL, 1, FALSE, NULL));
  return (GThreadPool *) pool;
}

static gboolean
check_order (Render *self, GError **error)
{
  const CsSketchOrder *order = self->order;
  gboolean moves = order->kind == CS_KIND_VIDEO;
  Size size = { 0 };

  if (order->aspect < CS_N_ASPECTS && order->kind != CS_KIND_DECK)
    size = moves ? video_sizes[order->aspect] : image_sizes[order->aspect];
  self->width = size.width;
  self->height = size.height;
  if (size.width == 0)
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("Sketch does not make this format. Choose another one."));
  else if (moves && (order->duration < 1 || order->duration > LONGEST))
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("Sketch makes videos of 1 to %d seconds. Choose another length."),
                  LONGEST);
  else
    return TRUE;
  return FALSE;
}

/**
 * cs_sketch_render_async:
 * @order: (transfer full): what is made; its prompt and its path are there
 * @progress: (nullable): called until @callback is
 *
 * Waits for its turn: one order is made at a time. The file is whole and on the disk, with its stamp, when @callback
 * runs without an error; else there is none.
 */
void
cs_sketch_render_async (CsSketchOrder *order, CsSketchProgressFunc progress, gpointer progress_data,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Render *self;

  g_return_if_fail (order != NULL && order->prompt != NULL && order->path != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_sketch_render_async);
  g_task_set_check_cancellable (task, FALSE); /* a file that is there is said to be there */
  self = g_new0 (Render, 1);
  self->order = order;
  self->progress = cs_sketch_progress_new (g_task_get_context (task), progress, progress_data);
  self->draft = g_strconcat (order->path, ".draft", NULL);
  g_task_set_task_data (task, self, (GDestroyNotify) render_free);

  if (check_order (self, &error))
    g_thread_pool_push (get_pool (), g_steal_pointer (&task), NULL);
  else
    g_task_return_error (task, error);
}

/**
 * cs_sketch_render_finish:
 *
 * Returns: (transfer full): what was made. Errors: CS_ERROR_UNAVAILABLE (an encoder is missing), DISK_FULL,
 * NOT_WRITABLE, INVALID_VALUE, G_IO_ERROR_CANCELLED.
 */
CsSketchResult *
cs_sketch_render_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_sketch_render_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
