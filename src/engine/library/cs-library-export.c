/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that leave the library: stamped copies under a name that the user chose; the master is only read. */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-id.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "library/cs-library-files.h"
#include "library/cs-library-private.h"
#include "media/cs-provenance.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

/* One export; belongs to its task. */
typedef struct
{
  CsPaths *paths;
  CsCreation *creation; /* (nullable) until it is read */
  char *target;         /* absolute */
  gboolean replace;
  CsExportMode mode;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  cs_paths_unref (export->paths);
  g_clear_object (&export->creation);
  g_free (export->target);
  g_free (export);
}

static gboolean
is_same_folder (const char *a, const char *b)
{
  g_autofree char *x = realpath (a, NULL);
  g_autofree char *y = realpath (b, NULL);

  return x != NULL && g_strcmp0 (x, y) == 0;
}

/* A file of the library is never written over, not even by another of its files. */
static gboolean
check_outside (CsPaths *paths, const char *target, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);

  if (!is_same_folder (folder, cs_paths_get_creations (paths))
      && !is_same_folder (folder, cs_paths_get_thumbnails (paths))
      && !is_same_folder (target, cs_paths_get_database (paths)))
    return TRUE;
  cs_set_error (error, CS_ERROR_INVALID_VALUE,
                _ ("The library keeps its own files there. Choose a folder outside of it."));
  return FALSE;
}

/* What is copied: a deck's Markdown when the name asks for it, else the master. */
static char *
dup_source (CsPaths *paths, const CsCreationFacts *facts, const char *target)
{
  g_autofree char *lower = g_ascii_strdown (target, -1);

  if (facts->kind == CS_KIND_DECK && facts->markdown_file != NULL && g_str_has_suffix (lower, ".md"))
    return g_build_filename (cs_paths_get_creations (paths), facts->markdown_file, NULL);
  return cs_library_files_dup_path (paths, facts);
}

static char *
dup_system (const CsCreationFacts *facts)
{
  if (g_str_equal (facts->provider, "sketch"))
    return g_strdup ("Sketch");
  return g_strdup_printf ("%s (%s)", facts->model, facts->provider);
}

static CsProvenance
make_provenance (const CsCreationFacts *facts, const char *system, CsExportMode mode)
{
  CsProvenance provenance = {
    .source = facts->source,
    .creation_id = facts->id,
    .system = system,
    .provider = facts->provider,
    .model = facts->model,
    .language = facts->language,
    .width = facts->width,
    .height = facts->height,
    .created_at = facts->created_at,
  };

  if (mode == CS_EXPORT_LABEL_ONLY)
    return provenance;
  provenance.title = facts->title;
  provenance.prompt = facts->prompt;
  provenance.original_prompt = facts->original_prompt;
  provenance.negative_prompt = facts->negative_prompt;
  provenance.seed = facts->seed;
  provenance.has_seed = facts->has_seed;
  return provenance;
}

static gboolean
set_rename_error (const char *target, GError **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_basename (target);

  g_propagate_error (
      error, cs_error_from_io (
                 g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code)), name));
  return FALSE;
}

/* Waits until the bytes of a file are on the disk. */
static gboolean
sync_file (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced;

  if (fd < 0)
    return FALSE;
  synced = fsync (fd) == 0;
  close (fd);
  return synced;
}

/* Gives a finished file beside the target its name. */
static gboolean
publish (const char *draft, const char *target, gboolean replace, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);

  if (!replace)
    return cs_file_move (draft, target, error);
  if (!sync_file (draft) || g_rename (draft, target) != 0)
    return set_rename_error (target, error);
  return cs_file_sync_folder (folder, error);
}

static gboolean
copy_stamped (Export *export, const char *source, GCancellable *cancellable, GError **error)
{
  const CsCreationFacts *facts = cs_creation_get_facts (export->creation);
  g_autofree char *system = dup_system (facts);
  CsProvenance provenance = make_provenance (facts, system, export->mode);
  g_autofree char *folder = g_path_get_dirname (export->target);
  g_autofree char *id = cs_id_new ();
  g_autofree char *name = g_strdup_printf (".%s.part", id);
  g_autofree char *draft = g_build_filename (folder, name, NULL);
  gboolean stamped;

  if (cs_provenance_stamp_copy (source, draft, &provenance, &stamped, cancellable, error)
      && !g_cancellable_set_error_if_cancelled (cancellable, error)
      && publish (draft, export->target, export->replace, error))
    return TRUE;
  g_unlink (draft);
  return FALSE;
}

static gboolean
run_export (Export *export, GCancellable *cancellable, GError **error)
{
  const CsCreationFacts *facts = cs_creation_get_facts (export->creation);
  g_autofree char *source = dup_source (export->paths, facts, export->target);

  if (!check_outside (export->paths, export->target, error)
      || !cs_file_check_target (export->target, export->replace, error))
    return FALSE;
  if (g_access (source, F_OK) != 0)
    {
      cs_set_error (
          error, CS_ERROR_NOT_FOUND,
          _ ("The file of “%s” is no longer in the library’s folder. Put it back or make it again."),
          facts->title);
      return FALSE;
    }
  /* A deck carries its stamp already, and only its user knows how an imported file came to be. */
  if (facts->kind == CS_KIND_DECK || g_str_equal (facts->provider, CS_LIBRARY_IMPORT_PROVIDER))
    return cs_file_copy (source, export->target, export->replace, cancellable, error);
  return copy_stamped (export, source, cancellable, error);
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (run_export (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
creation_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  export->creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  if (export->creation == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, export_thread);
}

/**
 * cs_library_export_async:
 * @path: where the copy goes; for a deck, a name that ends in ".md" asks for its Markdown
 * @replace: whether a file may be there
 * @mode: how much a picture or video says about itself
 *
 * Writes a stamped copy that is there whole or not at all. Decks carry the stamp they were made with,
 * imported files are copied as they are. Fails with CS_ERROR_NOT_FOUND (no such creation, or its file is
 * missing), CS_ERROR_EXISTS, CS_ERROR_NOT_WRITABLE, CS_ERROR_INVALID_VALUE (a place inside the library) or
 * CS_ERROR_DISK_FULL.
 */
void
cs_library_export_async (CsLibrary *self,
                         const char *id,
                         const char *path,
                         gboolean replace,
                         CsExportMode mode,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Export *export;
  GTask *task;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (id != NULL && path != NULL);

  export = g_new0 (Export, 1);
  export->paths = cs_paths_ref (cs_library_get_paths (self));
  /* An empty name and a final slash must stay what they are, for the check of the target. */
  export->target = path[0] == '\0' || g_str_has_suffix (path, "/") ? g_strdup (path)
                                                                   : g_canonicalize_filename (path, NULL);
  export->replace = replace;
  export->mode = mode;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_export_async);
  g_task_set_task_data (task, export, export_free);
  g_task_set_check_cancellable (task, FALSE);
  cs_library_get_async (self, id, cancellable, creation_read_cb, task);
}

/**
 * cs_library_export_finish:
 *
 * Returns: whether the copy is there.
 */
CS_DEFINE_FINISH_BOOLEAN (CsLibrary, cs_library_export_async, cs_library_export_finish)
