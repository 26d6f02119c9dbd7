/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The check of the whole library: are all files there and unchanged, is there anything else in the folder.
 * Rows come in batches from the store, files are read by a thread; what is kept grows by eight bytes a
 * creation.
 */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-task.h"
#include "library/cs-creation-store.h"
#include "library/cs-deck-files.h"
#include "library/cs-library-files.h"
#include "library/cs-library-private.h"

#include <glib/gstdio.h>

#define ROWS_AT_A_TIME 100

/* One creation to check. */
typedef struct
{
  CsCreation *creation;
  gboolean missing; /* as seen */
  gboolean changed;
} Row;

/* A check in progress; belongs to its task, used by one thread at a time. */
typedef struct
{
  /* input */
  CsPaths *paths;
  gint64 started; /* microseconds since the epoch, by the clock of the files */

  /* state */
  gint64 last;     /* row number */
  GPtrArray *rows; /* (element-type Row) the batch */
  GArray *known;   /* (element-type guint64) hashes of all names that rows know, sorted before use */
  gboolean listed; /* the folder was read */
  gboolean turned; /* a file came or went since its row was written */

  /* output */
  CsLibraryReport *report;
} Check;

static void read_rows (GTask *task);

static void
row_free (gpointer data)
{
  Row *row = data;

  g_object_unref (row->creation);
  g_free (row);
}

static Check *
check_new (CsPaths *paths)
{
  Check *check = g_new0 (Check, 1);

  check->paths = cs_paths_ref (paths);
  check->started = g_get_real_time ();
  check->known = g_array_new (FALSE, FALSE, sizeof (guint64));
  check->report = g_new0 (CsLibraryReport, 1);
  check->report->missing = g_ptr_array_new_with_free_func (g_free);
  check->report->changed = g_ptr_array_new_with_free_func (g_free);
  check->report->orphans = g_ptr_array_new_with_free_func (g_free);
  return check;
}

static void
check_free (gpointer data)
{
  Check *check = data;

  cs_paths_unref (check->paths);
  g_clear_pointer (&check->rows, g_ptr_array_unref);
  g_array_unref (check->known);
  cs_library_report_free (check->report);
  g_free (check);
}

/* FNV-1a, 64 bits: two of a hundred thousand names share one with a chance of one in a billion. */
static guint64
hash_name (const char *name)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *name != '\0'; name++)
    hash = (hash ^ (guint8) *name) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

static int
compare_hashes (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a;
  guint64 y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

static void
check_add_known (Check *check, const char *name)
{
  guint64 hash;

  if (name == NULL)
    return;
  hash = hash_name (name);
  g_array_append_val (check->known, hash);
}

static gboolean
check_knows (Check *check, const char *name)
{
  guint64 hash = hash_name (name);

  return g_array_binary_search (check->known, &hash, compare_hashes, NULL);
}

static void
add_name (GPtrArray *names, guint *count, const char *name)
{
  (*count)++;
  if (names->len < CS_LIBRARY_REPORT_MAX)
    g_ptr_array_add (names, g_strdup (name));
}

/* The next batch behind the last row. */
static gpointer
read_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *check = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (CsStatement) statement = NULL;
  GError *local = NULL;

  statement = cs_statement_new (database,
                                "SELECT " CS_CREATION_COLUMNS " FROM creations AS c WHERE c.rowid > :last "
                                "ORDER BY c.rowid LIMIT :limit",
                                error);
  if (statement == NULL)
    return NULL;
  cs_statement_bind_int (statement, ":last", check->last);
  cs_statement_bind_int (statement, ":limit", ROWS_AT_A_TIME);
  while (cs_statement_step (statement, &local))
    {
      Row *row = g_new0 (Row, 1);

      row->creation = cs_creation_new (cs_creation_store_read (statement));
      g_ptr_array_add (rows, row);
      check->last = cs_statement_get_int (statement, CS_CREATION_ROW_COLUMN);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

/* Whether the bytes are no longer those that were stored; what cannot be read counts as changed. */
static gboolean
is_changed (const char *path, const CsCreationFacts *facts, GCancellable *cancellable)
{
  g_autofree char *sha256 = NULL;
  GStatBuf info;

  if (g_stat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size != facts->size)
    return TRUE;
  sha256 = cs_file_hash (path, NULL, cancellable, NULL);
  return g_strcmp0 (sha256, facts->sha256) != 0;
}

static void
check_row (Check *check, Row *row, GCancellable *cancellable)
{
  const CsCreationFacts *facts = cs_creation_get_facts (row->creation);
  g_autofree char *path = cs_library_files_dup_path (check->paths, facts);

  check_add_known (check, facts->file);
  check_add_known (check, facts->markdown_file);
  row->missing = g_access (path, F_OK) != 0;
  row->changed = !row->missing && is_changed (path, facts, cancellable);
  if (!g_cancellable_is_cancelled (cancellable))
    check->report->checked++;
}

static void
check_rows_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Check *check = data;

  for (guint i = 0; i < check->rows->len; i++)
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      check_row (check, g_ptr_array_index (check->rows, i), cancellable);
    }
  g_task_return_boolean (task, TRUE);
}

/* Whether somebody is just putting it there; its row will come. */
static gboolean
is_new (Check *check, const char *name)
{
  g_autofree char *path = g_build_filename (cs_paths_get_creations (check->paths), name, NULL);
  GStatBuf info;

  return g_lstat (path, &info) != 0 || info.st_ctim.tv_sec * G_USEC_PER_SEC > check->started;
}

/* What stands in the folder and is not known so far. */
static void
list_folder_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Check *check = data;
  g_autoptr (GPtrArray) saved = cs_deck_files_list (check->paths);
  g_autoptr (GDir) dir = NULL;
  GError *error = NULL;
  const char *name;

  for (guint i = 0; i < saved->len; i++)
    check_add_known (check, saved->pdata[i]);
  g_array_sort (check->known, compare_hashes);
  dir = g_dir_open (cs_paths_get_creations (check->paths), 0, &error);
  if (dir == NULL)
    {
      g_task_return_error (task, cs_error_from_io (error, cs_paths_get_creations (check->paths)));
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      if (*name != '.' && !check_knows (check, name) && !is_new (check, name))
        add_name (check->report->orphans, &check->report->n_orphans, name);
    }
  g_task_return_boolean (task, TRUE);
}

/* Takes out of the orphans what came with a row while the folder was read. */
static void
check_forgive (Check *check)
{
  GPtrArray *orphans = check->report->orphans;

  g_array_sort (check->known, compare_hashes);
  for (guint i = orphans->len; i > 0; i--)
    if (check_knows (check, g_ptr_array_index (orphans, i - 1)))
      {
        g_ptr_array_remove_index (orphans, i - 1);
        check->report->n_orphans--;
      }
}

/* An edited deck gets new files: between its row and its file it may have been saved. */
static gboolean
was_saved_meanwhile (CsDatabase *database, const CsCreationFacts *facts)
{
  g_autoptr (CsCreation) now = cs_creation_store_load (database, facts->id, NULL);

  return facts->kind == CS_KIND_DECK && (now == NULL || !g_str_equal (cs_creation_get_facts (now)->sha256, facts->sha256));
}

static void
report_row (Check *check, CsDatabase *database, Row *row)
{
  const CsCreationFacts *facts = cs_creation_get_facts (row->creation);

  if ((row->missing || row->changed) && was_saved_meanwhile (database, facts))
    {
      row->missing = facts->missing;
      return;
    }
  if (row->missing)
    add_name (check->report->missing, &check->report->n_missing, facts->id);
  else if (row->changed)
    add_name (check->report->changed, &check->report->n_changed, facts->id);
}

static gpointer
save_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *check = data;

  for (guint i = 0; i < check->rows->len; i++)
    report_row (check, database, g_ptr_array_index (check->rows, i));
  for (guint i = 0; i < check->rows->len; i++)
    {
      Row *row = g_ptr_array_index (check->rows, i);
      const CsCreationFacts *facts = cs_creation_get_facts (row->creation);

      if (row->missing == facts->missing)
        continue;
      if (!cs_creation_store_set_missing (database, facts->id, row->missing, error))
        return NULL;
      check->turned = TRUE;
    }
  return NULL;
}

static void
run_in_thread (GTask *task, GTaskThreadFunc func, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) part = g_task_new (NULL, g_task_get_cancellable (task), callback, task);

  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, func);
}

static void
finish (GTask *task)
{
  Check *check = g_task_get_task_data (task);

  check_forgive (check);
  if (check->turned)
    cs_library_notify (g_task_get_source_object (task), NULL);
  g_task_return_pointer (task, g_steal_pointer (&check->report), (GDestroyNotify) cs_library_report_free);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    read_rows (g_steal_pointer (&task));
}

static void
rows_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  CsStore *store = cs_library_get_store (g_task_get_source_object (task));
  GCancellable *cancellable = g_task_get_cancellable (task);
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  cs_store_run_async (store, CS_STORE_WRITE, save_func, check, NULL, NULL, cancellable, saved_cb,
                      g_steal_pointer (&task));
}

static void
folder_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    read_rows (g_steal_pointer (&task));
}

static void
rows_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&check->rows, g_ptr_array_unref);
  check->rows = cs_store_run_finish (CS_STORE (source), result, &error);
  if (check->rows == NULL)
    g_task_return_error (task, error);
  else if (check->rows->len > 0)
    run_in_thread (g_steal_pointer (&task), check_rows_thread, rows_checked_cb);
  else if (!check->listed)
    {
      /* Rows that come while the folder is read are read after it. */
      check->listed = TRUE;
      run_in_thread (g_steal_pointer (&task), list_folder_thread, folder_listed_cb);
    }
  else
    finish (task);
}

/* Takes @task: the next batch, until there is none. */
static void
read_rows (GTask *task)
{
  CsLibrary *self = g_task_get_source_object (task);

  cs_store_run_async (cs_library_get_store (self), CS_STORE_READ, read_func, g_task_get_task_data (task),
                      NULL, (GDestroyNotify) g_ptr_array_unref, g_task_get_cancellable (task), rows_read_cb,
                      task);
}

/**
 * cs_library_check_async:
 *
 * Reads every file of the library, which may take long, and remembers which are missing.
 */
void
cs_library_check_async (CsLibrary *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CS_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cs_library_check_async);
  g_task_set_task_data (task, check_new (cs_library_get_paths (self)), check_free);
  read_rows (task);
}

/**
 * cs_library_check_finish:
 *
 * Returns: (transfer full): what was found.
 */
CS_DEFINE_FINISH_POINTER (CsLibraryReport, CsLibrary, cs_library_check_async, cs_library_check_finish)

/**
 * cs_library_report_free:
 * @report: (nullable) (transfer full): a report
 */
void
cs_library_report_free (CsLibraryReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->missing);
  g_ptr_array_unref (report->changed);
  g_ptr_array_unref (report->orphans);
  g_free (report);
}
