/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures to begin from that came as bytes: written under the hash of what is in them, so that the same request is the same
 * brief, looked into by the bounded helper before anybody relies on them, and swept when no job needs them.
 */
#include "config.h"
#include "jobs/cs-job-image.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-words.h"
#include "jobs/cs-job-store.h"
#include "media/cs-media-info.h"
#include "media/cs-media-picture.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FOLDER "images" /* in the state folder */
#define GRACE (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC) /* its job may still be on its way into the database */

static char *
get_folder (CsPaths *paths)
{
  return g_build_filename (cs_paths_get_state (paths), FOLDER, NULL);
}

/* Sweeping */

static gboolean
is_fresh (const char *path)
{
  GStatBuf info;

  return g_lstat (path, &info) != 0 || info.st_mtim.tv_sec * G_USEC_PER_SEC > g_get_real_time () - GRACE;
}

void
cs_job_image_sweep (CsDatabase *database, CsPaths *paths)
{
  g_autofree char *folder = get_folder (paths);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;

      if (!is_fresh (path) && !cs_job_store_needs_image (database, name, &error) && error == NULL)
        g_unlink (path);
    }
}

static gpointer
sweep_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_job_image_sweep (database, data);
  return NULL;
}

/* Keeping */

typedef struct
{
  CsStore *store;
  CsPaths *paths;
  GBytes *bytes;
  char *path; /* (nullable) once it is written */
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  g_object_unref (keeping->store);
  cs_paths_unref (keeping->paths);
  g_bytes_unref (keeping->bytes);
  g_free (keeping->path);
  g_free (keeping);
}

static gboolean
set_no_picture (GError **error)
{
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The image is no PNG or JPEG picture that can be used. Send another one."));
  return FALSE;
}

static gboolean
write_image (Keeping *keeping, GError **error)
{
  g_autofree char *folder = get_folder (keeping->paths);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, keeping->bytes);
  g_autofree char *name = NULL;
  gsize length;
  const void *data = g_bytes_get_data (keeping->bytes, &length);

  if (length == 0 || !cs_media_picture_sniff (data, length))
    return set_no_picture (error);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      GError *cause = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));

      g_propagate_error (error, cs_error_from_io (cause, FOLDER));
      return FALSE;
    }
  name = g_strconcat (hash, ".", cs_media_type_extension (cs_media_type_sniff (data, length)), NULL);
  keeping->path = g_build_filename (folder, name, NULL);
  return cs_file_write (keeping->path, data, length, TRUE, error);
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_image (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What cannot be swept today is swept at the next picture, or at the next start. */
static void
sweep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Keeping *keeping = g_task_get_task_data (task);

  cs_store_run_finish (CS_STORE (source), result, NULL);
  g_task_return_pointer (task, g_steal_pointer (&keeping->path), g_free);
}

static void
probe_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Keeping *keeping = g_task_get_task_data (task);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CsMediaInfo) info = cs_media_probe_finish (result, &failure);
  GError *error = NULL;

  if (info == NULL)
    {
      g_unlink (keeping->path);
      if (g_error_matches (failure, CS_ERROR, CS_ERROR_DAMAGED) || g_error_matches (failure, CS_ERROR, CS_ERROR_TOO_LARGE))
        set_no_picture (&error);
      else
        error = g_steal_pointer (&failure);
      g_task_return_error (task, error);
      return;
    }
  cs_store_run_async (keeping->store, CS_STORE_READ, sweep_func, cs_paths_ref (keeping->paths), (GDestroyNotify) cs_paths_unref,
                      NULL, NULL, sweep_cb, g_steal_pointer (&task));
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Keeping *keeping = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  cs_media_probe_async (keeping->path, NULL, g_task_get_cancellable (task), probe_cb, g_object_ref (task));
}

/** cs_job_image_keep_async: @bytes: of a picture, as somebody sent them. */
void
cs_job_image_keep_async (CsStore *store, CsPaths *paths, GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) writing = g_task_new (NULL, cancellable, write_cb, task);
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->store = g_object_ref (store);
  keeping->paths = cs_paths_ref (paths);
  keeping->bytes = g_bytes_ref (bytes);
  g_task_set_source_tag (task, cs_job_image_keep_async);
  g_task_set_task_data (task, keeping, (GDestroyNotify) keeping_free);
  g_task_set_source_tag (writing, write_image);
  g_task_set_task_data (writing, keeping, NULL); /* the task that waits for it owns it */
  g_task_run_in_thread (writing, write_thread);
}

/**
 * cs_job_image_keep_finish:
 *
 * Returns: (transfer full): where it is; the same picture is always in the same place. Errors: %CS_ERROR_INVALID_VALUE for what
 * is no picture, %CS_ERROR_DISK_FULL and those of cs_file_write().
 */
char *
cs_job_image_keep_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_job_image_keep_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
