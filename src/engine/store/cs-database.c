/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite connection with our pragmas; belongs to the thread that opened it. */
#include "config.h"
#include "store/cs-database.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000
#define WAL_RETRIES 100
#define WAL_RETRY_US 20000

struct _CsDatabase
{
  sqlite3 *handle;
  char *path;
  GThread *thread; /* that opened it */
};

static gboolean
set_corrupt_error (const char *name, GError **error)
{
  cs_set_error (
      error, CS_ERROR_CORRUPT,
      _ ("The database “%1$s” is damaged. Quit Creative Studio, put “%1$s”, “%1$s-wal” and “%1$s-shm” aside, "
         "and copy the newest file of the folder “state/backups” to “%1$s”."),
      name);
  return FALSE;
}

/**
 * cs_database_set_error:
 * @code: what SQLite said, extended or not
 *
 * Says in our words what @code means: CS_ERROR_CORRUPT, CS_ERROR_DISK_FULL, CS_ERROR_BUSY,
 * CS_ERROR_NOT_WRITABLE, CS_ERROR_CONFLICT (a constraint), else CS_ERROR_FAILED.
 *
 * Returns: FALSE, always.
 */
gboolean
cs_database_set_error (CsDatabase *self, int code, GError **error)
{
  g_autofree char *name = g_filename_display_basename (self->path);

  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return set_corrupt_error (name, error);
    case SQLITE_FULL:
      cs_set_error (error, CS_ERROR_DISK_FULL,
                    _ ("The disk is full: “%s” was not written. Free some space and try again."), name);
      return FALSE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      cs_set_error (error, CS_ERROR_BUSY,
                    _ ("Another program is writing to “%s”. Try again when it is done."), name);
      return FALSE;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      cs_set_error (
          error, CS_ERROR_NOT_WRITABLE,
          _ ("“%s” cannot be opened for writing. Check the permissions of the file and of its folder."),
          name);
      return FALSE;
    case SQLITE_CONSTRAINT:
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("The database refused the change: %s."),
                    sqlite3_errmsg (self->handle));
      return FALSE;
    default:
      cs_set_error (error, CS_ERROR_FAILED, _ ("The database “%s” failed: %s."), name,
                    self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code));
      return FALSE;
    }
}

/*
 * Makes a new file for this user only; SQLite gives its journals the same mode. A file that is there is not
 * opened here: closing it would drop the locks that another connection of this process holds on it.
 */
static gboolean
make_private (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (errno == EEXIST)
    {
      struct stat info;

      if (stat (path, &info) == 0 && S_ISREG (info.st_mode) && (info.st_mode & 077) != 0)
        (void) chmod (path, 0600);
      return TRUE;
    }
  if (errno == ENOSPC || errno == EDQUOT)
    cs_set_error (error, CS_ERROR_DISK_FULL,
                  _ ("The disk is full: “%s” was not written. Free some space and try again."), name);
  else
    cs_set_error (error, CS_ERROR_NOT_WRITABLE, _ ("“%s” cannot be made: %s. Check its folder."), name,
                  g_strerror (errno));
  return FALSE;
}

/* Two processes that open a new file at once: SQLite does not wait for the switch to WAL by itself. */
static gboolean
switch_to_wal (CsDatabase *self, GError **error)
{
  for (int i = 0;; i++)
    {
      int code = sqlite3_exec (self->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);

      if (code == SQLITE_OK)
        return TRUE;
      if ((code & 0xff) != SQLITE_BUSY || i == WAL_RETRIES)
        return cs_database_set_error (self, code, error);
      g_usleep (WAL_RETRY_US);
    }
}

/* trusted_schema stays on: SQLite 3.40 does not let triggers write to an FTS5 table without it. */
static gboolean
configure (CsDatabase *self, GError **error)
{
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  if (!cs_database_exec (self,
                         "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
                         "PRAGMA synchronous = FULL;",
                         error))
    return FALSE;
  if (sqlite3_db_readonly (self->handle, "main") == 1)
    return cs_database_set_error (self, SQLITE_READONLY, error);
  return switch_to_wal (self, error);
}

/**
 * cs_database_open:
 * @path: the file; made when it is missing
 *
 * Returns: (transfer full): the connection, for this thread only. Blocks. Errors: as cs_database_set_error().
 */
CsDatabase *
cs_database_open (const char *path, GError **error)
{
  g_autoptr (CsDatabase) self = NULL;
  int code;

  g_return_val_if_fail (path != NULL, NULL);

  if (!make_private (path, error))
    return NULL;
  self = g_new0 (CsDatabase, 1);
  self->path = g_strdup (path);
  self->thread = g_thread_self ();
  code = sqlite3_open_v2 (path, &self->handle,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK)
    return cs_database_set_error (self, code, error), NULL;
  if (!configure (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cs_database_close:
 *
 * Closes the connection; an open transaction is rolled back.
 */
void
cs_database_close (CsDatabase *self)
{
  if (self == NULL)
    return;
  g_assert (self->thread == g_thread_self ());
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

sqlite3 *
cs_database_get_handle (CsDatabase *self)
{
  g_assert (self->thread == g_thread_self ());

  return self->handle;
}

/**
 * cs_database_exec:
 * @sql: one statement or several
 *
 * Runs @sql, rows are skipped. Errors: as cs_database_set_error().
 */
gboolean
cs_database_exec (CsDatabase *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (cs_database_get_handle (self), sql, NULL, NULL, NULL);

  return code == SQLITE_OK || cs_database_set_error (self, code, error);
}

/**
 * cs_database_begin:
 * @writing: whether to take the lock for writing at once, so that no later statement finds the database busy
 */
gboolean
cs_database_begin (CsDatabase *self, gboolean writing, GError **error)
{
  return cs_database_exec (self, writing ? "BEGIN IMMEDIATE" : "BEGIN", error);
}

/**
 * cs_database_commit:
 *
 * When it fails, the caller rolls back.
 */
gboolean
cs_database_commit (CsDatabase *self, GError **error)
{
  return cs_database_exec (self, "COMMIT", error);
}

/**
 * cs_database_rollback:
 *
 * Ends the transaction without its changes; nothing when SQLite has done so by itself.
 */
void
cs_database_rollback (CsDatabase *self)
{
  if (sqlite3_get_autocommit (cs_database_get_handle (self)) == 0)
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * cs_database_get_integer:
 * @sql: a query
 * @value: (out): the first column of its first row
 *
 * Errors: CS_ERROR_NOT_FOUND when there is no row; else as cs_database_set_error().
 */
gboolean
cs_database_get_integer (CsDatabase *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (self, sql, error);
  g_autoptr (GError) own_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (cs_statement_step (statement, &own_error))
    {
      *value = cs_statement_get_int (statement, 0);
      return TRUE;
    }
  if (own_error != NULL)
    g_propagate_error (error, g_steal_pointer (&own_error));
  else
    cs_set_error (error, CS_ERROR_NOT_FOUND, _ ("There is no such row in the database."));
  return FALSE;
}

/**
 * cs_database_get_changes:
 *
 * Returns: the rows that the last INSERT, UPDATE or DELETE changed, without those changed by triggers.
 */
gint64
cs_database_get_changes (CsDatabase *self)
{
  return sqlite3_changes64 (cs_database_get_handle (self));
}

/**
 * cs_database_check:
 *
 * Reads the whole database and looks for damage. Errors: CS_ERROR_CORRUPT.
 */
gboolean
cs_database_check (CsDatabase *self, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (self, "PRAGMA quick_check (1)", error);
  g_autofree char *name = g_filename_display_basename (self->path);

  if (statement == NULL || !cs_statement_step (statement, error))
    return FALSE;
  if (g_strcmp0 (cs_statement_get_text (statement, 0), "ok") == 0)
    return TRUE;
  return set_corrupt_error (name, error);
}

/* Copies page by page from a connection of its own, so that the caller may hold a transaction. */
static int
copy_pages (const char *from, const char *to)
{
  sqlite3 *source = NULL;
  sqlite3 *copy = NULL;
  sqlite3_backup *backup = NULL;
  int code = sqlite3_open_v2 (from, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_open_v2 (to, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code == SQLITE_OK)
    {
      sqlite3_busy_timeout (source, BUSY_TIMEOUT_MS);
      backup = sqlite3_backup_init (copy, "main", source, "main");
      if (backup != NULL)
        sqlite3_backup_step (backup, -1);
      code = backup != NULL ? sqlite3_backup_finish (backup) : sqlite3_errcode (copy);
    }
  /* The copy is one file: it must not need a journal beside it. */
  if (code == SQLITE_OK)
    code = sqlite3_exec (copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  sqlite3_close (copy);
  sqlite3_close (source);
  return code;
}

/**
 * cs_database_back_up:
 * @path: the copy; a file of this name is replaced
 *
 * Copies what is committed into one file, whole or not at all. Errors: as cs_database_set_error(), about the
 * copy.
 */
gboolean
cs_database_back_up (CsDatabase *self, const char *path, GError **error)
{
  g_autofree char *draft = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  CsDatabase target = { .path = (char *) path };
  int code;

  g_unlink (draft);
  if (!make_private (draft, error))
    return FALSE;
  code = copy_pages (self->path, draft);
  if (code == SQLITE_OK && g_rename (draft, path) != 0)
    code = SQLITE_CANTOPEN;
  if (code == SQLITE_OK)
    return cs_file_sync_folder (folder, error);
  g_unlink (draft);
  if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    return cs_database_set_error (self, code, error);
  return cs_database_set_error (&target, code, error);
}
