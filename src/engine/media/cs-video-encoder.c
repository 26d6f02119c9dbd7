/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A video file being written: the pipeline of GStreamer with a short queue of frames in front of it. */
#include "config.h"
#include "media/cs-video-encoder.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "media/cs-mp4-tidy.h"
#include "media/cs-video-pipeline.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* Enough to keep the encoder busy while the next frame is drawn. */
#define MAX_QUEUED_FRAMES 4

/* AAC encoders hold back their last samples until more come: this much silence makes them hand all of ours over. */
#define TAIL_SAMPLES 4096

#define SAMPLE_BYTES (2 * sizeof (float))

struct _CsVideoEncoder
{
  /* Input. */
  char *path;
  char *scratch;
  CsVideoFormat format;
  GCancellable *cancellable;

  /* State: of the worker thread. */
  CsVideoPipeline pipeline;
  guint64 n_frames;
  guint64 n_samples;
  gulong cancelled_id;
  gboolean finished;

  /* State: shared with the threads of GStreamer, under the lock. */
  GMutex lock;
  GCond changed;
  guint n_queued;
  gboolean ended;
  gboolean cancelled;
  GError *failure;
};

/* A write that failed for want of space is not always told apart by the element. */
static gboolean
is_disk_full (CsVideoEncoder *self, const GError *error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  struct statvfs room;

  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    return TRUE;
  return g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE) && statvfs (folder, &room) == 0
         && (guint64) room.f_bavail * room.f_frsize < 1024 * 1024;
}

static GError *
describe_failure (CsVideoEncoder *self, const GError *error)
{
  g_autofree char *name = g_filename_display_basename (self->path);

  if (is_disk_full (self, error))
    return g_error_new (CS_ERROR, CS_ERROR_DISK_FULL,
                        _ ("The disk is full: “%s” was not written. Free some space and try again."), name);
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_WRITE)
      || g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE)
      || g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE))
    return g_error_new (CS_ERROR, CS_ERROR_NOT_WRITABLE,
                        _ ("“%s” cannot be written. Choose a folder that exists and that you may write to."), name);
  return g_error_new (CS_ERROR, CS_ERROR_FAILED, _ ("The video could not be encoded: %s"), error->message);
}

/* On any thread of GStreamer. Nobody reads this bus: what matters is noted here and the message dropped. */
static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  CsVideoEncoder *self = user_data;
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->lock);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    self->ended = TRUE;
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR && self->failure == NULL)
    {
      gst_message_parse_error (message, &error, NULL);
      self->failure = describe_failure (self, error);
    }
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);

  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* On the thread of the frames' appsrc: one frame left its queue. */
static GstPadProbeReturn
frame_left_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  CsVideoEncoder *self = user_data;

  g_mutex_lock (&self->lock);
  self->n_queued--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_OK;
}

/* On any thread. */
static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  CsVideoEncoder *self = user_data;

  g_mutex_lock (&self->lock);
  self->cancelled = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* With the lock held. */
static gboolean
check_going (CsVideoEncoder *self, GError **error)
{
  if (self->cancelled)
    {
      g_cancellable_set_error_if_cancelled (self->cancellable, error);
      return FALSE;
    }
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return FALSE;
    }
  return TRUE;
}

static void
watch (CsVideoEncoder *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline.pipeline);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->pipeline.frames, "src");

  gst_bus_set_sync_handler (bus, message_cb, self, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, frame_left_cb, self, NULL);
  if (self->cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (self->cancellable, G_CALLBACK (cancelled_cb), self, NULL);
}

static gboolean
start (CsVideoEncoder *self, GError **error)
{
  gboolean started = gst_element_set_state (self->pipeline.pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
  gboolean going;

  g_mutex_lock (&self->lock);
  going = check_going (self, error);
  g_mutex_unlock (&self->lock);
  if (going && !started)
    cs_set_error (error, CS_ERROR_FAILED, _ ("The video could not be encoded: %s"), _ ("the encoder did not start."));
  return going && started;
}

/**
 * cs_video_encoder_new:
 * @path: where the file goes; what is there is replaced
 * @cancellable: (nullable): stops every call that waits
 *
 * Returns: (transfer full): an encoder that waits for frames, or NULL with CS_ERROR_UNAVAILABLE (an encoder is not
 * installed: the message names the package), NOT_WRITABLE or DISK_FULL.
 */
CsVideoEncoder *
cs_video_encoder_new (const char *path, const CsVideoFormat *format, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsVideoEncoder) self = NULL;

  g_return_val_if_fail (path != NULL && format != NULL, NULL);
  g_return_val_if_fail (format->width > 0 && format->height > 0 && format->frame_rate > 0, NULL);
  g_return_val_if_fail (format->width % 2 == 0 && format->height % 2 == 0, NULL);

  self = g_new0 (CsVideoEncoder, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->path = g_strdup (path);
  self->scratch = g_strconcat (path, ".mdat~", NULL);
  self->format = *format;
  self->format.comment = NULL;
  g_set_object (&self->cancellable, cancellable);

  if (!cs_video_pipeline_build (&self->pipeline, self->path, self->scratch, format, error))
    return NULL;
  watch (self);
  if (!start (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
push (CsVideoEncoder *self, GstElement *source, GstBuffer *buffer, guint64 first, guint64 count, guint rate,
      GError **error)
{
  gboolean going;

  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (first, GST_SECOND, rate);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (first + count, GST_SECOND, rate) - GST_BUFFER_PTS (buffer);
  gst_app_src_push_buffer (GST_APP_SRC (source), buffer);

  g_mutex_lock (&self->lock);
  going = check_going (self, error);
  g_mutex_unlock (&self->lock);
  return going;
}

/**
 * cs_video_encoder_push_sound:
 * @samples: 32-bit floats -1 .. 1 of both channels in turn, after those pushed before
 *
 * Never waits. The sound of a moment has to come before its frame, or push_frame() would wait for ever.
 */
gboolean
cs_video_encoder_push_sound (CsVideoEncoder *self, GBytes *samples, GError **error)
{
  guint64 count = g_bytes_get_size (samples) / SAMPLE_BYTES;
  guint64 first = self->n_samples;

  g_return_val_if_fail (self->format.has_sound && !self->finished, FALSE);
  g_return_val_if_fail (g_bytes_get_size (samples) % SAMPLE_BYTES == 0, FALSE);

  if (count == 0)
    return TRUE;
  self->n_samples += count;
  return push (self, self->pipeline.sound, gst_buffer_new_wrapped_bytes (samples), first, count, CS_SOUND_RATE, error);
}

static gboolean
wait_for_room (CsVideoEncoder *self, GError **error)
{
  gboolean going;

  g_mutex_lock (&self->lock);
  while ((going = check_going (self, error)) && self->n_queued >= MAX_QUEUED_FRAMES)
    g_cond_wait (&self->changed, &self->lock);
  if (going)
    self->n_queued++;
  g_mutex_unlock (&self->lock);
  return going;
}

/**
 * cs_video_encoder_push_frame:
 * @pixels: BGRx rows without padding, the next frame; released as soon as the encoder has read it
 *
 * Waits while a few frames are queued already. After an error every call fails with it.
 */
gboolean
cs_video_encoder_push_frame (CsVideoEncoder *self, GBytes *pixels, GError **error)
{
  gsize size = (gsize) self->format.width * self->format.height * 4;
  guint64 first = self->n_frames;

  g_return_val_if_fail (g_bytes_get_size (pixels) == size && !self->finished, FALSE);

  if (!wait_for_room (self, error))
    return FALSE;
  self->n_frames++;
  return push (self, self->pipeline.frames, gst_buffer_new_wrapped_bytes (pixels), first, 1, self->format.frame_rate,
               error);
}

/* Silence up to the end of the frames, and a little more where the encoder needs it. */
static gboolean
push_silence (CsVideoEncoder *self, GError **error)
{
  guint64 wanted = self->n_frames * CS_SOUND_RATE / self->format.frame_rate;
  g_autoptr (GBytes) silence = NULL;

  if (self->pipeline.sound_delay > 0)
    wanted += TAIL_SAMPLES;
  if (wanted <= self->n_samples)
    return TRUE;
  silence = g_bytes_new_take (g_malloc0_n (wanted - self->n_samples, SAMPLE_BYTES),
                              (wanted - self->n_samples) * SAMPLE_BYTES);
  return cs_video_encoder_push_sound (self, silence, error);
}

static gboolean
wait_for_end (CsVideoEncoder *self, GError **error)
{
  gboolean going;

  g_mutex_lock (&self->lock);
  while ((going = check_going (self, error)) && !self->ended)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
  return going;
}

/**
 * cs_video_encoder_finish:
 *
 * Writes what is left and closes the file. The sound is made as long as the frames. On failure the file is gone after
 * cs_video_encoder_free().
 */
gboolean
cs_video_encoder_finish (CsVideoEncoder *self, GError **error)
{
  g_return_val_if_fail (self->n_frames > 0 && !self->finished, FALSE);

  if (self->format.has_sound)
    {
      if (!push_silence (self, error))
        return FALSE;
      gst_app_src_end_of_stream (GST_APP_SRC (self->pipeline.sound));
    }
  gst_app_src_end_of_stream (GST_APP_SRC (self->pipeline.frames));
  if (!wait_for_end (self, error))
    return FALSE;

  gst_element_set_state (self->pipeline.pipeline, GST_STATE_NULL);
  if (g_str_equal (self->pipeline.mime_type, "video/mp4")
      && !cs_mp4_tidy (self->path, self->n_frames, self->format.frame_rate, self->pipeline.sound_delay, error))
    return FALSE;
  self->finished = TRUE;
  return TRUE;
}

/* A device or a folder that stands where the file should be is not ours to remove. */
static void
remove_file (const char *path)
{
  struct stat info;

  if (g_lstat (path, &info) == 0 && S_ISREG (info.st_mode))
    g_unlink (path);
}

/**
 * cs_video_encoder_free:
 *
 * Stops the work; the file is removed unless it was finished.
 */
void
cs_video_encoder_free (CsVideoEncoder *self)
{
  if (self == NULL)
    return;

  if (self->cancelled_id != 0)
    g_cancellable_disconnect (self->cancellable, self->cancelled_id);
  cs_video_pipeline_clear (&self->pipeline);
  remove_file (self->scratch);
  if (!self->finished)
    remove_file (self->path);

  g_clear_error (&self->failure);
  g_clear_object (&self->cancellable);
  g_free (self->scratch);
  g_free (self->path);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * cs_video_encoder_get_mime_type:
 *
 * Returns: (transfer none): what is being written: video/mp4 or video/webm.
 */
const char *
cs_video_encoder_get_mime_type (CsVideoEncoder *self)
{
  return self->pipeline.mime_type;
}

/**
 * cs_video_encoder_get_note:
 *
 * Returns: (transfer none) (nullable): what had to be done another way, in the user's language.
 */
const char *
cs_video_encoder_get_note (CsVideoEncoder *self)
{
  return self->pipeline.note;
}
