/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small frames for film strips. A short video is decoded once from end to end, which is quicker than a dozen exact seeks;
 * in a long one the nearest frames that are quick to reach will do.
 */
#include "config.h"
#include "media/cs-film-frames.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "media/cs-playback-private.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>

#define MAX_KEPT 8 /* videos; about half a megabyte each */
#define SHORT (20 * GST_SECOND)
#define STEP (50 * GST_MSECOND)
#define PATIENCE (10 * GST_SECOND) /* for one frame */

/* What is asked for; owned by its task. */
typedef struct
{
  char *path;
  char *key; /* under which it is kept: says also which version of the file it was */
  guint n_frames;
  int height;
} Order;

/* Frames that were made. */
typedef struct
{
  char *key;
  GPtrArray *frames;
} Kept;

static GMutex lock;
static GQueue kept = G_QUEUE_INIT; /* (element-type Kept) newest first, under the lock */

static void
order_free (Order *self)
{
  g_free (self->path);
  g_free (self->key);
  g_free (self);
}

/* What is kept */

static void
kept_free (gpointer data)
{
  Kept *self = data;

  g_free (self->key);
  g_ptr_array_unref (self->frames);
  g_free (self);
}

static GPtrArray *
find_kept (const char *key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  for (GList *l = kept.head; l != NULL; l = l->next)
    {
      Kept *one = l->data;

      if (!g_str_equal (one->key, key))
        continue;
      g_queue_unlink (&kept, l);
      g_queue_push_head_link (&kept, l);
      return g_ptr_array_ref (one->frames);
    }
  return NULL;
}

static void
keep (const char *key, GPtrArray *frames)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Kept *one = g_new0 (Kept, 1);

  one->key = g_strdup (key);
  one->frames = g_ptr_array_ref (frames);
  g_queue_push_head (&kept, one);
  if (kept.length > MAX_KEPT)
    kept_free (g_queue_pop_tail (&kept));
}

/* Making */

static gboolean
is_over (CsPlaybackPipeline *pipeline, GCancellable *cancellable)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline->playbin);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  return message != NULL || g_cancellable_is_cancelled (cancellable)
         || gst_app_sink_is_eos (GST_APP_SINK (pipeline->frames));
}

static GstSample *
pull (CsPlaybackPipeline *pipeline, gboolean is_preroll, GCancellable *cancellable)
{
  GstAppSink *sink = GST_APP_SINK (pipeline->frames);

  for (GstClockTime waited = 0; waited < PATIENCE; waited += STEP)
    {
      GstSample *sample = is_preroll ? gst_app_sink_try_pull_preroll (sink, STEP) : gst_app_sink_try_pull_sample (sink, STEP);

      if (sample != NULL || is_over (pipeline, cancellable))
        return sample;
    }
  return NULL;
}

static void
add (GPtrArray *frames, GstSample *sample)
{
  gint64 length;
  g_autoptr (CsPlayerFrame) frame = _cs_player_frame_new (sample, &length);

  if (frame != NULL)
    g_ptr_array_add (frames, _cs_player_frame_copy (frame));
}

/* Each one shows the middle of its part. */
static GstClockTime
get_target (GPtrArray *frames, guint n_frames, GstClockTime duration)
{
  return gst_util_uint64_scale (duration, 2 * frames->len + 1, 2 * n_frames);
}

static GstClockTime
get_time (GstSample *sample)
{
  return gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                     GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
}

/* From end to end. */
static void
take_in_passing (CsPlaybackPipeline *pipeline, GPtrArray *frames, guint n_frames, GstClockTime duration,
                 GCancellable *cancellable)
{
  GstSample *sample;

  gst_element_set_state (pipeline->playbin, GST_STATE_PLAYING);
  while (frames->len < n_frames && (sample = pull (pipeline, FALSE, cancellable)) != NULL)
    {
      if (get_time (sample) >= get_target (frames, n_frames, duration))
        add (frames, sample);
      gst_sample_unref (sample);
    }
}

static void
take_by_seeking (CsPlaybackPipeline *pipeline, GPtrArray *frames, guint n_frames, GstClockTime duration,
                 GCancellable *cancellable)
{
  GstSample *sample = NULL;

  do
    {
      guint before = frames->len;

      if (!gst_element_seek_simple (pipeline->playbin, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT,
                                    (gint64) get_target (frames, n_frames, duration)))
        return;
      sample = pull (pipeline, TRUE, cancellable);
      if (sample != NULL)
        add (frames, sample);
      g_clear_pointer (&sample, gst_sample_unref);
      if (frames->len == before)
        return;
    }
  while (frames->len < n_frames);
}

static void
take_all (CsPlaybackPipeline *pipeline, GPtrArray *frames, guint n_frames, GCancellable *cancellable)
{
  GstSample *first;
  gint64 duration = 0;

  gst_element_set_state (pipeline->playbin, GST_STATE_PAUSED);
  first = pull (pipeline, TRUE, cancellable);
  if (first == NULL)
    return;
  gst_sample_unref (first);
  if (!gst_element_query_duration (pipeline->playbin, GST_FORMAT_TIME, &duration) || duration <= 0)
    return;
  if (duration <= (gint64) SHORT)
    take_in_passing (pipeline, frames, n_frames, duration, cancellable);
  else
    take_by_seeking (pipeline, frames, n_frames, duration, cancellable);
}

static GPtrArray *
make (const Order *order, GCancellable *cancellable)
{
  g_autofree char *size = g_strdup_printf ("height=(int)%d", order->height);
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_player_frame_unref);
  CsPlaybackPipeline pipeline;
  CsMediaHeader header;

  if (_cs_playback_check_file (order->path, &header) != CS_PLAYER_FINE || !gst_init_check (NULL, NULL, NULL)
      || !_cs_playback_pipeline_build (&pipeline, order->path, size, FALSE))
    return frames;
  g_object_set (pipeline.frames, "sync", FALSE, NULL);
  take_all (&pipeline, frames, order->n_frames, cancellable);
  _cs_playback_pipeline_clear (&pipeline);
  return frames;
}

/* The same name may be another film tomorrow. */
static char *
make_key (const Order *order)
{
  GStatBuf info = { 0 };

  if (g_stat (order->path, &info) != 0)
    info.st_size = 0;
  return g_strdup_printf ("%u %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld %s", order->n_frames, order->height,
                          (gint64) info.st_size, (gint64) info.st_mtim.tv_sec, info.st_mtim.tv_nsec, order->path);
}

/* On the thread of the pool. */
static void
make_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Order *order = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GPtrArray) frames = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  order->key = make_key (order);
  frames = find_kept (order->key);
  if (frames == NULL)
    {
      frames = make (order, cancellable);
      if (g_task_return_error_if_cancelled (task))
        return;
      if (frames->len > 0)
        keep (order->key, frames);
    }
  if (frames->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&frames), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_DAMAGED, "%s", _ ("This video cannot be read."));
}

static GThreadPool *
get_pool (void)
{
  static gsize pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (make_thread, NULL, 1, FALSE, NULL));
  return (GThreadPool *) pool;
}

/**
 * cs_film_frames_async:
 * @path: a video file
 * @n_frames: at most so many
 * @height: of a frame, pixels
 *
 * @callback runs on the main context of the caller.
 */
void
cs_film_frames_async (const char *path, guint n_frames, int height, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  g_task_set_source_tag (task, cs_film_frames_async);
  order->path = g_strdup (path);
  order->n_frames = n_frames;
  order->height = height;
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_thread_pool_push (get_pool (), g_steal_pointer (&task), NULL);
}

/**
 * cs_film_frames_finish:
 *
 * Returns: (transfer full) (element-type CsPlayerFrame): in the order of time, at least one; NULL with CS_ERROR_DAMAGED or
 * G_IO_ERROR_CANCELLED.
 */
GPtrArray *
cs_film_frames_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_film_frames_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
