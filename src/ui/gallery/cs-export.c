/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of creations that leave the library. Main thread, but for make_folder_thread(). */
#include "config.h"
#include "ui/gallery/cs-export.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <time.h>

#define MAX_NAMES 1000       /* that are tried for one copy */
#define CHARACTERS_BEFORE_NUMBER 28 /* so that a file name has room for the number in any script */
#define KEPT_SECONDS 86400   /* for which a folder of copies that were dragged or copied is left alone */

/* One set of copies; belongs to its task. */
typedef struct
{
  CsLibrary *library;
  GStrv ids;
  guint next;
  char *folder;         /* (nullable) until one is made */
  CsExportMode mode;
  CsCreation *creation; /* (nullable) the one that is being copied */
  guint n_names;        /* that were tried for it */
  char *path;           /* (nullable) */
  CsExported *exported;
} Export;

static void copy_next (GTask *task);
static void copy_under_name (GTask *task);

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->library);
  g_strfreev (export->ids);
  g_free (export->folder);
  g_clear_object (&export->creation);
  g_free (export->path);
  g_clear_pointer (&export->exported, cs_exported_free);
  g_free (export);
}

/** cs_exported_free: @self: (nullable) (transfer full): what became of a set of copies. */
void
cs_exported_free (CsExported *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->files);
  g_clear_error (&self->error);
  g_free (self);
}

/** cs_export_get_mode: Returns: how much copies say about themselves, as the user set it. */
CsExportMode
cs_export_get_mode (CsStudio *studio)
{
  return g_settings_get_boolean (cs_studio_get_settings (studio), "prompt-in-copies") ? CS_EXPORT_STAMPED : CS_EXPORT_LABEL_ONLY;
}

static char *
make_file_name (const CsCreationFacts *facts, guint number)
{
  const char *extension = strrchr (facts->file, '.');
  g_autofree char *start = number > 0 ? cs_text_ellipsize (facts->title, CHARACTERS_BEFORE_NUMBER) : g_strdup (facts->title);
  g_autofree char *title = number > 0 ? g_strdup_printf ("%s (%u)", start, number + 1) : g_strdup (start);

  return cs_text_make_file_name (title, extension != NULL ? extension + 1 : NULL);
}

/** cs_export_make_file_name: Returns: (transfer full): a name for a copy. */
char *
cs_export_make_file_name (const CsCreationFacts *facts)
{
  return make_file_name (facts, 0);
}

static void
fail_one (Export *export, GError *error)
{
  export->exported->n_failed++;
  if (export->exported->error == NULL)
    export->exported->error = error;
  else
    g_error_free (error);
}

/* Folders for copies that are dragged or put on the clipboard: who takes them does not say when he has them. */

static char *
get_outgoing_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "creative-studio", "outgoing", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static void
remove_old_folders (const char *outgoing)
{
  g_autoptr (GDir) dir = g_dir_open (outgoing, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (outgoing, name, NULL);
      GStatBuf info;

      if (g_lstat (path, &info) == 0 && S_ISDIR (info.st_mode) && info.st_mtime + KEPT_SECONDS < time (NULL))
        remove_folder (path);
    }
}

static void
make_folder_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  g_autofree char *outgoing = get_outgoing_folder ();
  g_autofree char *id = cs_id_new ();

  remove_old_folders (outgoing);
  export->folder = g_build_filename (outgoing, id, NULL);
  if (g_mkdir_with_parents (export->folder, 0700) == 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, cs_error_from_io (g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno)),
                                                 "outgoing"));
}

static void
folder_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    copy_next (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/* One copy after the other */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  if (cs_library_export_finish (CS_LIBRARY (source), result, &error))
    g_ptr_array_add (export->exported->files, g_file_new_for_path (export->path));
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_EXISTS) && ++export->n_names < MAX_NAMES)
    {
      g_error_free (error);
      copy_under_name (g_steal_pointer (&task));
      return;
    }
  else
    fail_one (export, error);
  copy_next (g_steal_pointer (&task));
}

static void
copy_under_name (GTask *task)
{
  Export *export = g_task_get_task_data (task);
  g_autofree char *name = make_file_name (cs_creation_get_facts (export->creation), export->n_names);

  g_free (export->path);
  export->path = g_build_filename (export->folder, name, NULL);
  cs_library_export_async (export->library, cs_creation_get_id (export->creation), export->path, FALSE, export->mode,
                           g_task_get_cancellable (task), exported_cb, task);
}

static void
creation_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_object (&export->creation);
  export->creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  export->n_names = 0;
  if (export->creation != NULL)
    {
      copy_under_name (g_steal_pointer (&task));
      return;
    }
  fail_one (export, error);
  copy_next (g_steal_pointer (&task));
}

/* Takes @task. */
static void
copy_next (GTask *task)
{
  Export *export = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else if (export->ids[export->next] == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&export->exported), (GDestroyNotify) cs_exported_free);
      g_object_unref (task);
    }
  else
    cs_library_get_async (export->library, export->ids[export->next++], g_task_get_cancellable (task), creation_read_cb, task);
}

/** cs_export_async: @folder: (nullable): where to; NULL: a fresh folder, for somebody who takes the copies away at once. */
void
cs_export_async (CsStudio *studio, const char *const *ids, const char *folder, CsExportMode mode, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);
  g_autoptr (GTask) part = NULL;

  export->library = g_object_ref (cs_engine_get_library (cs_studio_get_engine (studio)));
  export->ids = g_strdupv ((char **) ids);
  export->folder = g_strdup (folder);
  export->mode = mode;
  export->exported = g_new0 (CsExported, 1);
  export->exported->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, cs_export_async);
  g_task_set_task_data (task, export, export_free);
  if (folder != NULL)
    {
      copy_next (task);
      return;
    }
  part = g_task_new (NULL, NULL, folder_made_cb, task);
  g_task_set_task_data (part, export, NULL);
  g_task_run_in_thread (part, make_folder_thread);
}

/** cs_export_finish: Returns: (transfer full): what became of them. */
CsExported *
cs_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_export_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
