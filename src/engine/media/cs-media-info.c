/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks the helper process what a file is. Each question runs on a thread of its own small pool, two at a time, so that
 * a folder of downloads neither starts a crowd of decoders nor fills the pool that everybody shares.
 */
#include "config.h"
#include "media/cs-media-info.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"
#include "media/cs-media-header.h"
#include "media/cs-media-helper.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_ANSWER (64 * 1024)
#define MAX_THUMBNAIL (4 * 1024 * 1024)
#define THUMBNAIL_SIDE 640

/* One question, on its way through the pool; owned by its task. */
typedef struct
{
  char *path;
  char *thumbnail; /* (nullable) */
  char *name;      /* of the file, as the user knows it */
  char *draft;     /* (nullable) the thumbnail before it has its name */
  int input_fd;
  int draft_fd;
} Probe;

/* Before the answer is given: who asked must not find a draft in the folder. */
static void
probe_close (Probe *self)
{
  if (self->input_fd >= 0)
    close (self->input_fd);
  if (self->draft_fd >= 0)
    close (self->draft_fd);
  if (self->draft != NULL)
    g_unlink (self->draft);
  g_clear_pointer (&self->draft, g_free);
  self->input_fd = self->draft_fd = -1;
}

static void
probe_free (Probe *self)
{
  probe_close (self);
  g_free (self->name);
  g_free (self->thumbnail);
  g_free (self->path);
  g_free (self);
}

/**
 * cs_media_info_free:
 * @self: (nullable)
 */
void
cs_media_info_free (CsMediaInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->mime_type);
  g_free (self->video_codec);
  g_free (self->audio_codec);
  g_free (self);
}

static gboolean
fail (const char *name, GError **error)
{
  GError *cause = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));

  g_propagate_error (error, cs_error_from_io (cause, name));
  return FALSE;
}

/* A device or a pipe is no file, and opening it must not wait. */
static gboolean
open_files (Probe *self, GError **error)
{
  self->input_fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (self->input_fd < 0)
    return fail (self->name, error);
  if (self->thumbnail == NULL)
    return TRUE;

  self->draft = g_strconcat (self->thumbnail, ".XXXXXX", NULL);
  self->draft_fd = g_mkstemp_full (self->draft, O_RDWR | O_CLOEXEC, 0600);
  if (self->draft_fd < 0)
    {
      g_autofree char *name = g_filename_display_basename (self->thumbnail);

      g_clear_pointer (&self->draft, g_free);
      return fail (name, error);
    }
  return TRUE;
}

/* Only words of the two lists of types and codecs are believed: what else would a hostile helper say? */
static char *
take_word (JsonObject *answer, const char *name)
{
  const char *word = cs_json_get_string (answer, name, NULL);

  if (word == NULL || strlen (word) > 32)
    return NULL;
  for (const char *p = word; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '/' && *p != '-')
      return NULL;
  return g_strdup (word);
}

static gboolean
set_damaged (const Probe *self, GError **error)
{
  cs_set_error (error, CS_ERROR_DAMAGED,
                _ ("“%s” is damaged, or is no picture or video that can be used. Get the file again."), self->name);
  return FALSE;
}

static gboolean
set_refused (const Probe *self, const char *code, GError **error)
{
  if (g_strcmp0 (code, "too_large") == 0)
    cs_set_error (error, CS_ERROR_TOO_LARGE,
                  _ ("“%s” has too many pixels: at most %d a side and %d million in all can be used."), self->name,
                  CS_MEDIA_MAX_SIDE, CS_MEDIA_MAX_PIXELS / 1000000);
  else if (g_strcmp0 (code, "not_writable") == 0)
    cs_set_error (error, CS_ERROR_NOT_WRITABLE,
                  _ ("The thumbnail of “%s” could not be written. Check that the disk has free space."), self->name);
  else
    return set_damaged (self, error);
  return FALSE;
}

static CsMediaInfo *
parse_answer (const Probe *self, const char *text, gboolean *has_thumbnail, GError **error)
{
  g_autoptr (JsonObject) answer = cs_json_parse_object (text, strlen (text), MAX_ANSWER, NULL);
  g_autoptr (CsMediaInfo) info = g_new0 (CsMediaInfo, 1);
  const char *code = answer != NULL ? cs_json_get_string (answer, "error", NULL) : NULL;

  if (answer == NULL || code != NULL)
    {
      set_refused (self, code, error);
      return NULL;
    }

  info->mime_type = take_word (answer, "mime_type");
  info->width = CLAMP (cs_json_get_int (answer, "width", 0), 0, CS_MEDIA_MAX_SIDE);
  info->height = CLAMP (cs_json_get_int (answer, "height", 0), 0, CS_MEDIA_MAX_SIDE);
  info->duration = MAX (0, cs_json_get_double (answer, "duration", 0));
  info->frame_rate = MAX (0, cs_json_get_double (answer, "frame_rate", 0));
  info->has_sound = cs_json_get_boolean (answer, "has_sound", FALSE);
  info->video_codec = take_word (answer, "video_codec");
  info->audio_codec = take_word (answer, "audio_codec");
  *has_thumbnail = cs_json_get_boolean (answer, "has_thumbnail", FALSE);
  if (cs_media_type_extension (info->mime_type) == NULL || info->width == 0 || info->height == 0)
    {
      set_damaged (self, error);
      return NULL;
    }
  return g_steal_pointer (&info);
}

/* The thumbnail will be decoded by us: it is looked at once more before it gets its name. */
static gboolean
publish_thumbnail (Probe *self, GError **error)
{
  CsMediaFile file;
  CsMediaHeader header;

  if (!cs_media_file_open (&file, self->draft_fd) || file.size > MAX_THUMBNAIL
      || cs_media_header_read (&file, &header) != CS_MEDIA_OK || !g_str_equal (header.mime_type, "image/png")
      || header.width > THUMBNAIL_SIDE || header.height > THUMBNAIL_SIDE)
    return set_damaged (self, error);
  if (g_rename (self->draft, self->thumbnail) != 0)
    return fail (self->name, error);
  g_clear_pointer (&self->draft, g_free);
  return TRUE;
}

/* On a thread of the pool. */
static void
probe_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Probe *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (CsMediaInfo) info = NULL;
  g_autofree char *text = NULL;
  gboolean has_thumbnail = FALSE;
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error) && open_files (self, &error))
    text = cs_media_helper_run (self->input_fd, self->draft_fd, cancellable, &error);
  if (text != NULL)
    info = parse_answer (self, text, &has_thumbnail, &error);
  if (info != NULL && has_thumbnail && self->draft != NULL && !publish_thumbnail (self, &error))
    g_clear_pointer (&info, cs_media_info_free);

  probe_close (self);
  if (info != NULL)
    g_task_return_pointer (task, g_steal_pointer (&info), (GDestroyNotify) cs_media_info_free);
  else
    g_task_return_error (task, error);
}

static GThreadPool *
get_pool (void)
{
  static gsize pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (probe_thread, NULL, 2, FALSE, NULL));
  return (GThreadPool *) pool;
}

/**
 * cs_media_probe_async:
 * @path: the file
 * @thumbnail: (nullable): where the thumbnail goes; what is there is replaced
 *
 * @callback runs on the main context of the caller. A video whose codec this computer cannot decode is described all
 * the same, from its headers; there is no thumbnail then.
 */
void
cs_media_probe_async (const char *path, const char *thumbnail, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Probe *probe;

  g_return_if_fail (path != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_media_probe_async);
  probe = g_new0 (Probe, 1);
  probe->path = g_strdup (path);
  probe->thumbnail = g_strdup (thumbnail);
  probe->name = g_filename_display_basename (path);
  probe->input_fd = -1;
  probe->draft_fd = -1;
  g_task_set_task_data (task, probe, (GDestroyNotify) probe_free);
  g_thread_pool_push (get_pool (), g_steal_pointer (&task), NULL);
}

/**
 * cs_media_probe_finish:
 *
 * Returns: (transfer full): what the file is; NULL with CS_ERROR_DAMAGED, TOO_LARGE (pixels), NOT_FOUND, NOT_WRITABLE
 * (the thumbnail), UNAVAILABLE (the helper is missing) or G_IO_ERROR_CANCELLED.
 */
CsMediaInfo *
cs_media_probe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_media_probe_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
