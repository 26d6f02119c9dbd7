/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Brings a database to the schema of this version, step by step: numbered SQL resources, one transaction
 * each, a copy of the database before each, and only one process at a time. Thread of the database only.
 */
#include "config.h"
#include "store/cs-migrations.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "store/cs-backups.h"

#include <gio/gio.h>
#include <string.h>

#define SQL_FOLDER "/dz/iafactory/CreativeStudio/sql"

static gboolean
back_up (CsDatabase *database, const char *folder, GError **error)
{
  return folder == NULL || cs_backups_make (database, folder, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the steps in order, NULL at the end; they must be numbered 1, 2, 3... without a gap. */
static char **
list_steps (void)
{
  g_autoptr (GError) error = NULL;
  char **names = g_resources_enumerate_children (SQL_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (int i = 0; names[i] != NULL; i++)
    g_assert (strlen (names[i]) > 5 && names[i][4] == '-' && g_ascii_strtoll (names[i], NULL, 10) == i + 1);
  return names;
}

/**
 * cs_migrations_get_latest:
 *
 * Returns: the version of the schema that this program knows.
 */
int
cs_migrations_get_latest (void)
{
  g_auto (GStrv) steps = list_steps ();

  return g_strv_length (steps);
}

static gboolean
get_version (CsDatabase *database, gint64 *version, GError **error)
{
  return cs_database_get_integer (database, "PRAGMA user_version", version, error);
}

static gboolean
set_newer_error (GError **error)
{
  cs_set_error (
      error, CS_ERROR_NEWER,
      _ ("The database was made by a newer version of Creative Studio. Install that version to use it."));
  return FALSE;
}

static gboolean
check_references (CsDatabase *database, GError **error)
{
  gint64 n_broken;

  if (!cs_database_get_integer (database, "SELECT count(*) FROM pragma_foreign_key_check", &n_broken, error))
    return FALSE;
  if (n_broken == 0)
    return TRUE;
  cs_set_error (error, CS_ERROR_FAILED,
                _ ("The database could not be brought up to date: it was left as it was."));
  return FALSE;
}

/* The inside of one step's transaction: brings @version to @version + 1. */
static gboolean
apply_step (CsDatabase *database, gint64 version, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (SQL_FOLDER "/", name, NULL);
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version + 1);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *text = NULL;

  if (sql == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
  return cs_database_exec (database, text, error) && check_references (database, error)
         && cs_database_exec (database, pragma, error) && cs_database_commit (database, error);
}

/* Makes one step unless another process made it while this one waited for the lock. */
static gboolean
make_step (CsDatabase *database, gint64 expected, const char *name, const char *backup_folder, GError **error)
{
  gint64 version;

  if (!cs_database_exec (database, "BEGIN EXCLUSIVE", error))
    return FALSE;
  if (get_version (database, &version, error)
      && (version != expected
          || (back_up (database, backup_folder, error) && apply_step (database, version, name, error))))
    {
      cs_database_rollback (database);
      return TRUE;
    }
  cs_database_rollback (database);
  return FALSE;
}

/**
 * cs_migrations_run_to:
 * @version: the version to stop at
 * @backup_folder: (nullable): where to copy the database before each step, unless it is a new one; NULL
 *   makes no copies
 *
 * As cs_migrations_run(), for tests of old versions.
 */
gboolean
cs_migrations_run_to (CsDatabase *database, int version, const char *backup_folder, GError **error)
{
  g_auto (GStrv) steps = list_steps ();
  int latest = g_strv_length (steps);
  gboolean good = TRUE;
  gint64 current;

  g_return_val_if_fail (version >= 0 && version <= latest, FALSE);

  if (!get_version (database, &current, error))
    return FALSE;
  if (current == 0)
    backup_folder = NULL; /* a new one: there is nothing of anybody's in it on the way to its first version */
  /*
   * Steps that rebuild a table need the references off; that cannot be done inside a transaction. Another
   * process may be at the same work with a large database: patience.
   */
  if (current < version
      && !cs_database_exec (database, "PRAGMA foreign_keys = OFF; PRAGMA busy_timeout = 60000", error))
    return FALSE;
  while (good && current < version)
    good = make_step (database, current, steps[current], backup_folder, error)
           && get_version (database, &current, error);
  if (!cs_database_exec (database, "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000",
                         good ? error : NULL))
    return FALSE;
  return good && (current <= latest || set_newer_error (error));
}

/**
 * cs_migrations_run:
 * @backup_folder: (nullable): where to copy the database before each step; the newest few are kept
 *
 * Brings @database to the newest version. Each step is made whole or not at all.
 *
 * Errors: CS_ERROR_NEWER when the database is of a newer version; as cs_database_set_error().
 */
gboolean
cs_migrations_run (CsDatabase *database, const char *backup_folder, GError **error)
{
  return cs_migrations_run_to (database, cs_migrations_get_latest (), backup_folder, error);
}
