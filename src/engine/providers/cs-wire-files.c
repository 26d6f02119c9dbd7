/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files on the wire: a reference picture on its way out, a result on its way in. */
#include "config.h"
#include "providers/cs-wire.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "net/cs-download.h"

#include <string.h>

#define MAX_PICTURE_RESULT (G_GOFFSET_CONSTANT (64) * 1024 * 1024)
#define MAX_VIDEO_RESULT (G_GOFFSET_CONSTANT (2) * 1024 * 1024 * 1024)

/* Out */

void
cs_wire_picture_free (CsWirePicture *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->base64);
  g_free (self);
}

/* By its first bytes, since what a file is called says nothing. FALSE: neither PNG nor JPEG. */
static gboolean
name_picture (CsWirePicture *self)
{
  gsize length;
  const char *data = g_bytes_get_data (self->bytes, &length);

  if (length > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    {
      self->content_type = "image/png";
      self->name = "picture.png";
    }
  else if (length > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    {
      self->content_type = "image/jpeg";
      self->name = "picture.jpg";
    }
  return self->content_type != NULL;
}

/* Encoding ten megabytes takes longer than a frame, so that is done here too. */
static void
read_picture (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  g_autoptr (CsWirePicture) picture = NULL;
  GError *error = NULL;
  gsize length;
  char *data = cs_file_read (path, CS_WIRE_MAX_PICTURE, &length, &error);

  if (data == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  picture = g_new0 (CsWirePicture, 1);
  picture->bytes = g_bytes_new_take (data, length);
  if (!name_picture (picture))
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_task_return_new_error (task, CS_ERROR, CS_ERROR_INVALID_VALUE, _ ("“%s” is not a PNG or JPEG picture."), name);
      return;
    }
  picture->base64 = g_base64_encode ((const guchar *) data, length);
  g_task_return_pointer (task, g_steal_pointer (&picture), (GDestroyNotify) cs_wire_picture_free);
}

static void
read_picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  CsWirePicture *picture = g_task_propagate_pointer (G_TASK (result), &error);

  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify) cs_wire_picture_free);
  else
    g_task_return_error (task, error);
}

/**
 * cs_wire_read_picture_async:
 * @source: (nullable): the provider
 * @path: a PNG or JPEG file of at most %CS_WIRE_MAX_PICTURE bytes
 *
 * Reads a reference picture. The thread does not hold @source: what belongs to the main thread is not let go of in another.
 */
void
cs_wire_read_picture_async (CsProvider *source, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  g_autoptr (GTask) reading = g_task_new (NULL, cancellable, read_picture_cb, task);

  g_assert (path != NULL);
  g_task_set_source_tag (task, cs_wire_read_picture_async);
  g_task_set_source_tag (reading, read_picture);
  g_task_set_task_data (reading, g_strdup (path), g_free);
  g_task_run_in_thread (reading, read_picture);
}

/** cs_wire_read_picture_finish: Returns: (transfer full): the picture. Errors: those of cs_file_read(); not a picture. */
CS_DEFINE_FINISH_POINTER (CsWirePicture, CsProvider, cs_wire_read_picture_async, cs_wire_read_picture_finish)

/* In */

static void
download_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (cs_download_finish (CS_HTTP (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * cs_wire_fetch_async:
 * @kind: sets how large it may be
 * @allow_loopback: the provider itself is on this computer
 *
 * As cs_provider_fetch_async().
 */
void
cs_wire_fetch_async (CsProvider *source, CsHttp *http, CsKind kind, gboolean allow_loopback, const char *output,
                     const char *path, CsProviderProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  CsDownload download = {
    .address = output,
    .path = path,
    .allow_loopback = allow_loopback,
    .max_length = kind == CS_KIND_VIDEO ? MAX_VIDEO_RESULT : MAX_PICTURE_RESULT,
  };

  g_task_set_source_tag (task, cs_wire_fetch_async);
  g_task_set_check_cancellable (task, FALSE); /* a file that is whole is whole */
  cs_download_async (http, &download, progress, progress_data, cancellable, download_cb, task);
}

/** cs_wire_fetch_finish: Returns: TRUE when it is here. Errors: those of #CsDownload. */
CS_DEFINE_FINISH_BOOLEAN (CsProvider, cs_wire_fetch_async, cs_wire_fetch_finish)
