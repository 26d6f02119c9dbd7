/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a database needs beside its work: checked and brought up to date when it is opened, copied once a day.
 */
#include "config.h"
#include "store/cs-upkeep.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-text.h"
#include "store/cs-backups.h"
#include "store/cs-migrations.h"

#include <string.h>
#include <sys/stat.h>

/* Up to here a check takes less time than a person notices; larger databases are checked once a day. */
#define ALWAYS_CHECKED_SIZE (16 * 1024 * 1024)

static char *
get_mark (CsPaths *paths)
{
  return g_build_filename (cs_paths_get_state (paths), "checked", NULL);
}

static gboolean
check_is_due (CsPaths *paths)
{
  g_autofree char *mark = get_mark (paths);
  g_autofree char *text = NULL;
  struct stat info;
  gint64 last;

  if (stat (cs_paths_get_database (paths), &info) != 0 || info.st_size <= ALWAYS_CHECKED_SIZE)
    return TRUE;
  text = cs_file_read (mark, 100, NULL, NULL);
  if (text == NULL || !cs_text_parse_time (text, &last))
    return TRUE;
  return last > cs_clock_now () || last < cs_clock_now () - G_TIME_SPAN_DAY;
}

/* That the mark cannot be written only means that the next start checks again. */
static void
mark_checked (CsPaths *paths)
{
  g_autofree char *mark = get_mark (paths);
  g_autofree char *now = cs_text_format_time (cs_clock_now ());

  cs_file_write (mark, now, strlen (now), TRUE, NULL);
}

/**
 * cs_upkeep_prepare:
 * @was_there: (out): whether there was anything in @database before
 *
 * Makes a database that was just opened ready for use: not newer than this program, not damaged, of the
 * newest version. Errors: CS_ERROR_NEWER, CS_ERROR_CORRUPT, as cs_migrations_run().
 */
gboolean
cs_upkeep_prepare (CsDatabase *database, CsPaths *paths, gboolean *was_there, GError **error)
{
  gint64 version;

  if (!cs_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;
  *was_there = version > 0;
  if (version > 0 && version <= cs_migrations_get_latest () && check_is_due (paths))
    {
      if (!cs_database_check (database, error))
        return FALSE;
      mark_checked (paths);
    }
  return cs_migrations_run (database, cs_paths_get_backups (paths), error);
}

/**
 * cs_upkeep_daily:
 *
 * Copies @database unless there is a copy of today. That the disk may be full is no reason to stop working.
 */
void
cs_upkeep_daily (CsDatabase *database, CsPaths *paths)
{
  cs_backups_make_daily (database, cs_paths_get_backups (paths), NULL);
}
