/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user does to one creation of the library: favourite, trash, restore, rename, notes. */
#include "config.h"
#include "library/cs-library.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-task.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "library/cs-creation-store.h"
#include "library/cs-library-files.h"
#include "library/cs-library-private.h"

#define MAX_TITLE_LENGTH 200   /* characters */
#define MAX_NOTES_LENGTH 10000 /* characters */

/* One verb on one creation. */
typedef struct
{
  CsPaths *paths;
  char *id;
  gboolean flag;
  char *title; /* (nullable) */
  char *notes; /* (nullable) */
} Verb;

static Verb *
verb_new (CsLibrary *self, const char *id)
{
  Verb *verb = g_new0 (Verb, 1);

  verb->paths = cs_paths_ref (cs_library_get_paths (self));
  verb->id = g_strdup (id);
  return verb;
}

static void
verb_free (gpointer data)
{
  Verb *verb = data;

  cs_paths_unref (verb->paths);
  g_free (verb->id);
  g_free (verb->title);
  g_free (verb->notes);
  g_free (verb);
}

/* The creation as it is after the verb. */
static CsCreation *
verb_read (Verb *verb, CsDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) turned = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CsCreation) creation = NULL;

  creation = cs_library_files_find (verb->paths, database, verb->id, turned, error);
  if (creation == NULL || !cs_library_files_save_missing (database, turned, error))
    return NULL;
  return g_steal_pointer (&creation);
}

static gpointer
favourite_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Verb *verb = data;

  if (!cs_creation_store_set_favourite (database, verb->id, verb->flag, error))
    return NULL;
  return verb_read (verb, database, error);
}

static gpointer
trash_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Verb *verb = data;

  if (!cs_creation_store_set_trashed (database, verb->id, verb->flag ? cs_clock_now () : 0, error))
    return NULL;
  return verb_read (verb, database, error);
}

static gpointer
rename_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Verb *verb = data;

  if (!cs_creation_store_set_texts (database, verb->id, verb->title, verb->notes, error))
    return NULL;
  return verb_read (verb, database, error);
}

static void
verb_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  CsCreation *creation;
  GError *error = NULL;

  creation = cs_store_run_finish (CS_STORE (source), result, &error);
  if (creation == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  cs_library_notify (g_task_get_source_object (task), cs_creation_get_id (creation));
  g_task_return_pointer (task, creation, g_object_unref);
}

static GTask *
verb_task_new (CsLibrary *self,
               gpointer tag,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  /* What is written is written, even when someone cancels a moment later. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, tag);
  return task;
}

/**
 * cs_library_favourite_async:
 *
 * Marks a creation as a favourite or no longer. Fails with CS_ERROR_NOT_FOUND.
 */
void
cs_library_favourite_async (CsLibrary *self,
                            const char *id,
                            gboolean favourite,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Verb *verb;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (id != NULL);

  verb = verb_new (self, id);
  verb->flag = favourite;
  cs_store_run_async (cs_library_get_store (self), CS_STORE_WRITE, favourite_func, verb, verb_free,
                      g_object_unref, cancellable, verb_cb,
                      verb_task_new (self, cs_library_favourite_async, cancellable, callback, user_data));
}

/**
 * cs_library_favourite_finish:
 *
 * Returns: (transfer full): the creation as it is now.
 */
CS_DEFINE_FINISH_POINTER (CsCreation, CsLibrary, cs_library_favourite_async, cs_library_favourite_finish)

/**
 * cs_library_trash_async:
 * @trashed: TRUE puts it into the trash, FALSE takes it out; its file stays where it is
 *
 * Fails with CS_ERROR_NOT_FOUND.
 */
void
cs_library_trash_async (CsLibrary *self,
                        const char *id,
                        gboolean trashed,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Verb *verb;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (id != NULL);

  verb = verb_new (self, id);
  verb->flag = trashed;
  cs_store_run_async (cs_library_get_store (self), CS_STORE_WRITE, trash_func, verb, verb_free,
                      g_object_unref, cancellable, verb_cb,
                      verb_task_new (self, cs_library_trash_async, cancellable, callback, user_data));
}

/**
 * cs_library_trash_finish:
 *
 * Returns: (transfer full): the creation as it is now.
 */
CS_DEFINE_FINISH_POINTER (CsCreation, CsLibrary, cs_library_trash_async, cs_library_trash_finish)

/* Notes have lines, but no end. */
static char *
check_notes (const char *notes, GError **error)
{
  if (!g_utf8_validate (notes, -1, NULL))
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The notes are not valid UTF-8 text."));
      return NULL;
    }
  if (g_utf8_strlen (notes, -1) > MAX_NOTES_LENGTH)
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The notes are too long: at most %d characters."),
                    MAX_NOTES_LENGTH);
      return NULL;
    }
  return g_strdup (notes);
}

static gboolean
verb_set_texts (Verb *verb, const char *title, const char *notes, GError **error)
{
  if (title != NULL)
    {
      verb->title = cs_text_check_line ("title", title, MAX_TITLE_LENGTH, error);
      if (verb->title == NULL)
        return FALSE;
    }
  if (notes != NULL)
    {
      verb->notes = check_notes (notes, error);
      if (verb->notes == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * cs_library_rename_async:
 * @title: (nullable): the new title, one line; NULL leaves it
 * @notes: (nullable): the user's notes, may be empty; NULL leaves them
 *
 * Fails with CS_ERROR_NOT_FOUND or CS_ERROR_INVALID_VALUE.
 */
void
cs_library_rename_async (CsLibrary *self,
                         const char *id,
                         const char *title,
                         const char *notes,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Verb *verb;
  GError *error = NULL;

  g_return_if_fail (CS_IS_LIBRARY (self));
  g_return_if_fail (id != NULL);

  task = verb_task_new (self, cs_library_rename_async, cancellable, callback, user_data);
  verb = verb_new (self, id);
  if (!verb_set_texts (verb, title, notes, &error))
    {
      verb_free (verb);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  cs_store_run_async (cs_library_get_store (self), CS_STORE_WRITE, rename_func, verb, verb_free,
                      g_object_unref, cancellable, verb_cb, task);
}

/**
 * cs_library_rename_finish:
 *
 * Returns: (transfer full): the creation as it is now.
 */
CS_DEFINE_FINISH_POINTER (CsCreation, CsLibrary, cs_library_rename_async, cs_library_rename_finish)
