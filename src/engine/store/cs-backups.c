/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Copies of the database, named after its version and the time, the newest few kept: made before a migration
 * and once a day, so that there is something to go back to. Thread of the database only.
 */
#include "config.h"
#include "store/cs-backups.h"

#include "core/cs-clock.h"
#include "core/cs-text.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_BACKUPS 5

/* The time in the name of a backup, behind its version; NULL when it is the name of something else. */
static const char *
get_date (const char *name)
{
  const char *dash = g_str_has_prefix (name, "studio-v") ? strchr (name + strlen ("studio-v"), '-') : NULL;

  return dash != NULL && g_str_has_suffix (name, ".db") ? dash + 1 : NULL;
}

/* A time as it stands in names: it sorts, and file systems without colons take it. */
static char *
format_date (gint64 time_us)
{
  return g_strdelimit (cs_text_format_time (time_us), ":", '-');
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  int order = strcmp (get_date (second), get_date (first));

  return order != 0 ? order : strcmp (second, first);
}

/* The names of the backups, the newest first. */
static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (get_date (name) != NULL)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
prune (const char *folder)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = MAX_BACKUPS; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_unlink (path);
    }
}

/**
 * cs_backups_make:
 * @folder: where the backups are
 *
 * Copies what is committed in @database, unless it is empty; keeps the newest 5 copies. Errors: as
 * cs_database_back_up().
 */
gboolean
cs_backups_make (CsDatabase *database, const char *folder, GError **error)
{
  g_autofree char *date = format_date (cs_clock_now ());
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  gint64 n_tables;
  gint64 version;

  g_return_val_if_fail (database != NULL && folder != NULL, FALSE);

  if (!cs_database_get_integer (database, "SELECT count(*) FROM sqlite_master", &n_tables, error)
      || !cs_database_get_integer (database, "PRAGMA user_version", &version, error))
    return FALSE;
  if (n_tables == 0)
    return TRUE;
  name = g_strdup_printf ("studio-v%" G_GINT64_FORMAT "-%s.db", version, date);
  path = g_build_filename (folder, name, NULL);
  if (!cs_database_back_up (database, path, error))
    return FALSE;
  prune (folder);
  return TRUE;
}

/**
 * cs_backups_make_daily:
 *
 * As cs_backups_make(), unless there is a copy of the last 24 hours.
 */
gboolean
cs_backups_make_daily (CsDatabase *database, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *yesterday = format_date (cs_clock_now () - G_TIME_SPAN_DAY);
  g_autofree char *now = format_date (cs_clock_now ());
  const char *newest;

  g_return_val_if_fail (database != NULL && folder != NULL, FALSE);

  names = list_names (folder);
  newest = names->len > 0 ? get_date (g_ptr_array_index (names, 0)) : NULL;
  if (newest != NULL && strcmp (newest, yesterday) > 0 && strncmp (newest, now, strlen (now)) <= 0)
    return TRUE;
  return cs_backups_make (database, folder, error);
}
