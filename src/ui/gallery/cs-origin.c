/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file says about itself. Main thread, but for read_thread(). */
#include "config.h"
#include "ui/gallery/cs-origin.h"

/* What is read. */
typedef struct
{
  char *path;
  char *sha256;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  g_free (reading->sha256);
  g_free (reading);
}

/** cs_origin_free: @self: (nullable) (transfer full): what a file says. */
void
cs_origin_free (CsOrigin *self)
{
  if (self == NULL)
    return;
  cs_provenance_note_free (self->note);
  g_free (self);
}

static CsOriginState
check_hash (const Reading *reading, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *hash = cs_file_hash (reading->path, NULL, cancellable, &local);

  if (hash != NULL)
    return g_str_equal (hash, reading->sha256) ? CS_ORIGIN_UNCHANGED : CS_ORIGIN_CHANGED;
  if (!g_file_test (reading->path, G_FILE_TEST_EXISTS))
    return CS_ORIGIN_MISSING;
  g_propagate_error (error, g_steal_pointer (&local));
  return CS_ORIGIN_CHANGED;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  g_autoptr (CsOrigin) origin = g_new0 (CsOrigin, 1);
  GError *error = NULL;

  origin->state = check_hash (reading, cancellable, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (origin->state != CS_ORIGIN_MISSING)
    origin->note = cs_provenance_read (reading->path, NULL);
  g_task_return_pointer (task, g_steal_pointer (&origin), (GDestroyNotify) cs_origin_free);
}

/** cs_origin_read_async: @sha256: what the file was when it was made. */
void
cs_origin_read_async (const char *path, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->path = g_strdup (path);
  reading->sha256 = g_strdup (sha256);
  g_task_set_source_tag (task, cs_origin_read_async);
  g_task_set_task_data (task, reading, reading_free);
  g_task_set_return_on_cancel (task, FALSE);
  g_task_run_in_thread (task, read_thread);
}

/** cs_origin_read_finish: Returns: (transfer full): what the file says; NULL when it could not be read. */
CsOrigin *
cs_origin_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_origin_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
