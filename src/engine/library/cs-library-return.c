/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A missing file comes back from where the user found it: the same bytes, or none. */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "library/cs-library-files.h"
#include "library/cs-library-private.h"

/* One return; belongs to its task. */
typedef struct
{
  CsPaths *paths;
  CsCreation *creation; /* (nullable) until it is read */
  char *path;           /* where the file was found */
} Return;

static void
return_free (gpointer data)
{
  Return *returning = data;

  cs_paths_unref (returning->paths);
  g_clear_object (&returning->creation);
  g_free (returning->path);
  g_free (returning);
}

static gboolean
put_back (Return *returning, GCancellable *cancellable, GError **error)
{
  const CsCreationFacts *facts = cs_creation_get_facts (returning->creation);
  g_autofree char *target = cs_library_files_dup_path (returning->paths, facts);
  g_autofree char *name = g_filename_display_basename (returning->path);
  g_autofree char *hash = cs_file_hash (returning->path, NULL, cancellable, error);

  if (hash == NULL)
    return FALSE;
  if (g_str_equal (hash, facts->sha256))
    return cs_file_copy (returning->path, target, FALSE, cancellable, error);
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%1$s” is not the file of “%2$s”: its content is another. Choose the file that was moved."),
                name, facts->title);
  return FALSE;
}

static void
put_back_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (put_back (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
put_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Return *returning = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  cs_library_notify (g_task_get_source_object (task), cs_creation_get_id (returning->creation));
  g_task_return_boolean (task, TRUE);
}

static void
creation_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Return *returning = g_task_get_task_data (task);
  g_autoptr (GTask) part = NULL;
  GError *error = NULL;

  returning->creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  if (returning->creation == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  part = g_task_new (NULL, g_task_get_cancellable (task), put_back_cb, g_object_ref (task));
  g_task_set_task_data (part, returning, NULL);
  g_task_run_in_thread (part, put_back_thread);
}

/**
 * cs_library_return_async:
 * @path: where the missing file of the creation was found; it stays there
 *
 * Copies the file back into the library, when it is the same. Fails with CS_ERROR_NOT_FOUND, CS_ERROR_INVALID_VALUE (another
 * file), CS_ERROR_EXISTS (it is not missing) or as cs_file_copy().
 */
void
cs_library_return_async (CsLibrary *self, const char *id, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Return *returning;
  GTask *task;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (id != NULL && path != NULL);

  returning = g_new0 (Return, 1);
  returning->paths = cs_paths_ref (cs_library_get_paths (self));
  returning->path = g_strdup (path);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_return_async);
  g_task_set_task_data (task, returning, return_free);
  cs_library_get_async (self, id, cancellable, creation_read_cb, task);
}

/** cs_library_return_finish: Returns: whether the file is there again. */
CS_DEFINE_FINISH_BOOLEAN (CsLibrary, cs_library_return_async, cs_library_return_finish)
