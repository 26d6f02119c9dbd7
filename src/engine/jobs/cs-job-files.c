/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files of a job until they are a creation: what they are called, how they find their place, and how what nobody
 * comes back for is taken away. Names begin with the job's id, so that the owner of every file is known.
 */
#include "config.h"
#include "jobs/cs-job-files.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-id.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "jobs/cs-job-image.h"
#include "jobs/cs-job-store.h"
#include "jobs/cs-owner.h"
#include "library/cs-deck-files.h"

#include <glib/gstdio.h>
#include <string.h>

#define TITLE_CHARACTERS 48
#define DRAFT_PREFIX ".creative-studio-"
#define DRAFT_AGE (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC) /* nobody writes one for a whole day */

/** cs_job_files_make_work_path: Returns: (transfer full): where the result of attempt @number is brought. */
char *
cs_job_files_make_work_path (CsPaths *paths, const char *id, int number)
{
  return g_strdup_printf ("%s/%s-%d" CS_WORK_FILE_ENDING, cs_paths_get_work (paths), id, number);
}

/** cs_job_files_make_path: Returns: (transfer full): the work file of @attempt with another ending: what is made beside it. */
char *
cs_job_files_make_path (const CsAttempt *attempt, const char *ending)
{
  const char *path = attempt->request->work_file;

  return g_strdup_printf ("%.*s%s", (int) (strlen (path) - strlen (CS_WORK_FILE_ENDING)), path, ending);
}

/**
 * cs_job_files_make_name:
 * @title: (nullable): words for people
 *
 * Returns: (transfer full): the name of a file of the library; the same input gives the same name.
 */
char *
cs_job_files_make_name (const char *id, const char *title, const char *extension)
{
  g_autofree char *words = title != NULL ? cs_text_make_title (title, TITLE_CHARACTERS) : NULL;
  g_autofree char *name = NULL;

  if (words != NULL && g_str_has_suffix (words, "…")) /* a cut title needs no mark in the name of a file */
    words[strlen (words) - strlen ("…")] = '\0';
  name = words != NULL ? g_strdup_printf ("%s %s", id, g_strchomp (words)) : g_strdup (id);
  return cs_text_make_file_name (name, extension);
}

/**
 * cs_job_files_place:
 *
 * Moves @from to @to, over whatever an earlier run has left there: until the job is done no row knows that name. Moved
 * already is as good.
 *
 * Errors: CS_ERROR_NOT_FOUND when there is neither; as cs_file_move().
 */
gboolean
cs_job_files_place (const char *from, const char *to, GError **error)
{
  if (g_file_test (from, G_FILE_TEST_EXISTS))
    {
      g_unlink (to);
      return cs_file_move (from, to, error);
    }
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    return TRUE;
  cs_set_error (error, CS_ERROR_NOT_FOUND, _ ("The downloaded file is gone."));
  return FALSE;
}

/** cs_job_files_clear: Takes away all that was made on the way for the job @id. */
void
cs_job_files_clear (const char *work_folder, const char *id)
{
  g_autoptr (GDir) dir = g_dir_open (work_folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, id))
      {
        g_autofree char *path = g_build_filename (work_folder, name, NULL);

        g_unlink (path);
      }
}

static gboolean
is_of_ended_job (CsDatabase *database, const char *name)
{
  g_autofree char *id = g_strndup (name, CS_ID_LENGTH);
  g_autoptr (GError) error = NULL;

  return cs_id_is_valid (id) && !cs_job_store_is_active (database, id, &error) && error == NULL;
}

static gint64
get_time (const GStatBuf *info)
{
  return info->st_mtim.tv_sec * G_USEC_PER_SEC + info->st_mtim.tv_nsec / 1000;
}

/* Since when a draft would have to be of somebody who lives: when nobody else lives, since this process began. */
static gint64
get_draft_limit (const char *owners_folder, const char *owner)
{
  g_autofree char *path = g_build_filename (owners_folder, owner, NULL);
  GStatBuf info;

  if (cs_owner_is_alone (owners_folder, owner) && g_stat (path, &info) == 0)
    return get_time (&info);
  return g_get_real_time () - DRAFT_AGE;
}

static gboolean
is_old_draft (const char *name, const char *path, gint64 limit)
{
  GStatBuf info;

  return g_str_has_prefix (name, DRAFT_PREFIX) && g_lstat (path, &info) == 0 && get_time (&info) < limit;
}

/**
 * cs_job_files_sweep:
 * @owner: this process
 *
 * Takes away what dead processes left: files of jobs that have ended, drafts of nobody, what an
 * interrupted save of a deck left, and pictures that nobody begins from.
 */
void
cs_job_files_sweep (CsDatabase *database, CsPaths *paths, const char *owner)
{
  g_autoptr (GDir) dir = g_dir_open (cs_paths_get_work (paths), 0, NULL);
  gint64 limit = get_draft_limit (cs_paths_get_owners (paths), owner);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (cs_paths_get_work (paths), name, NULL);

      if (is_old_draft (name, path, limit) || is_of_ended_job (database, name))
        g_unlink (path);
    }
  cs_deck_files_sweep (database, paths, limit);
  cs_job_image_sweep (database, paths);
}
