/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where this user's studio lives on disk: made when missing, for this user only. Immutable, counted, any
 * thread. */
#include "config.h"
#include "core/cs-paths.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _CsPaths
{
  gatomicrefcount ref_count;
  char *database;
  char *prices;
  char *creations;
  char *thumbnails;
  char *state;
  char *owners;
  char *work;
  char *backups;
  char *logs;
};

static gboolean
set_folder_error (const char *folder, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);

  if (code == ENOSPC || code == EDQUOT)
    cs_set_error (error, CS_ERROR_DISK_FULL,
                  _ ("The disk is full: the folder “%s” was not made. Free some space and try again."), name);
  else
    cs_set_error (error, CS_ERROR_NOT_WRITABLE,
                  _ ("The folder “%s” cannot be used: %s. Choose a folder that you may write to."), name,
                  g_strerror (code));
  return FALSE;
}

static gboolean
make_folder (const char *folder, GError **error)
{
  struct stat info;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return set_folder_error (folder, errno, error);
  if (stat (folder, &info) != 0)
    return set_folder_error (folder, errno, error);
  if (!S_ISDIR (info.st_mode))
    return set_folder_error (folder, ENOTDIR, error);
  if (faccessat (AT_FDCWD, folder, R_OK | W_OK | X_OK, AT_EACCESS) != 0)
    return set_folder_error (folder, errno, error);
  return TRUE;
}

static CsPaths *
new_for_folders (const char *data, const char *cache, const char *state, const char *logs, GError **error)
{
  g_autoptr (CsPaths) self = g_new0 (CsPaths, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->database = g_build_filename (data, "studio.db", NULL);
  self->prices = g_build_filename (data, "prices.json", NULL);
  self->creations = g_build_filename (data, "creations", NULL);
  self->thumbnails = g_build_filename (cache, "thumbnails", NULL);
  self->state = g_strdup (state);
  self->owners = g_build_filename (state, "owners", NULL);
  self->work = g_build_filename (state, "work", NULL);
  self->backups = g_build_filename (state, "backups", NULL);
  self->logs = g_build_filename (logs, "logs", NULL);

  if (!make_folder (data, error) || !make_folder (self->creations, error)
      || !make_folder (self->thumbnails, error) || !make_folder (self->state, error)
      || !make_folder (self->owners, error) || !make_folder (self->work, error)
      || !make_folder (self->backups, error) || !make_folder (self->logs, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cs_paths_new:
 *
 * The folders of CREATIVE_STUDIO_HOME, else of the user's XDG data, cache and state folders. Makes what is
 * missing. Blocks for a moment: call it before there is a window, or from a worker.
 *
 * Returns: (transfer full): the paths. Errors: CS_ERROR_NOT_WRITABLE, CS_ERROR_DISK_FULL, naming the folder.
 */
CsPaths *
cs_paths_new (GError **error)
{
  const char *home = g_getenv ("CREATIVE_STUDIO_HOME");
  g_autofree char *data = NULL;
  g_autofree char *cache = NULL;
  g_autofree char *state = NULL;

  if (home != NULL && home[0] != '\0')
    return cs_paths_new_for_home (home, error);

  data = g_build_filename (g_get_user_data_dir (), "creative-studio", NULL);
  cache = g_build_filename (g_get_user_cache_dir (), "creative-studio", NULL);
  state = g_build_filename (g_get_user_state_dir (), "creative-studio", NULL);
  return new_for_folders (data, cache, state, state, error);
}

/**
 * cs_paths_new_for_home:
 * @home: one folder that holds everything; made when missing
 *
 * Returns: (transfer full): as cs_paths_new().
 */
CsPaths *
cs_paths_new_for_home (const char *home, GError **error)
{
  g_autofree char *absolute = NULL;
  g_autofree char *state = NULL;

  g_return_val_if_fail (home != NULL && home[0] != '\0', NULL);

  absolute = g_canonicalize_filename (home, NULL);
  state = g_build_filename (absolute, "state", NULL);
  return new_for_folders (absolute, absolute, state, absolute, error);
}

CsPaths *
cs_paths_ref (CsPaths *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cs_paths_unref (CsPaths *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->database);
  g_free (self->prices);
  g_free (self->creations);
  g_free (self->thumbnails);
  g_free (self->state);
  g_free (self->owners);
  g_free (self->work);
  g_free (self->backups);
  g_free (self->logs);
  g_free (self);
}

/** cs_paths_get_database: the file of the store. */
const char *
cs_paths_get_database (CsPaths *self)
{
  return self->database;
}

/** cs_paths_get_prices: the user's own prices; a file that he may write, or not. */
const char *
cs_paths_get_prices (CsPaths *self)
{
  return self->prices;
}

/** cs_paths_get_creations: the folder of the masters; files in the database are relative to it. */
const char *
cs_paths_get_creations (CsPaths *self)
{
  return self->creations;
}

/** cs_paths_get_thumbnails: may be emptied at any time; files in the database are relative to it. */
const char *
cs_paths_get_thumbnails (CsPaths *self)
{
  return self->thumbnails;
}

const char *
cs_paths_get_state (CsPaths *self)
{
  return self->state;
}

/** cs_paths_get_owners: one locked file for every process that drives jobs. */
const char *
cs_paths_get_owners (CsPaths *self)
{
  return self->owners;
}

/** cs_paths_get_work: downloads and renders that are not finished. */
const char *
cs_paths_get_work (CsPaths *self)
{
  return self->work;
}

/** cs_paths_get_backups: copies of the database. */
const char *
cs_paths_get_backups (CsPaths *self)
{
  return self->backups;
}

const char *
cs_paths_get_logs (CsPaths *self)
{
  return self->logs;
}

static char *
find_executable (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return NULL;
  return g_canonicalize_filename (path, NULL);
}

/**
 * cs_paths_find_helper:
 * @name: the name of a helper program, without a folder
 *
 * Looks in CREATIVE_STUDIO_MEDIA_HELPER_DIR, then where a build tree has it, then where it is installed.
 *
 * Returns: (transfer full) (nullable): the absolute path of an executable file.
 */
char *
cs_paths_find_helper (const char *name)
{
  const char *folder = g_getenv ("CREATIVE_STUDIO_MEDIA_HELPER_DIR");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  char *found = NULL;

  g_return_val_if_fail (name != NULL && name[0] != '\0' && strchr (name, '/') == NULL, NULL);

  if (folder != NULL && folder[0] != '\0')
    found = find_executable (folder, name);
  if (found == NULL && program != NULL)
    {
      g_autofree char *own_folder = g_path_get_dirname (program);
      g_autofree char *build_folder = g_build_filename (own_folder, "..", "engine", "media", "helper", NULL);

      found = find_executable (build_folder, name);
    }
  if (found == NULL)
    found = find_executable (CS_LIBEXECDIR, name);
  return found;
}
