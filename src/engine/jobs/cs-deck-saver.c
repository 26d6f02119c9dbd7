/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saves an edited deck: row read, HTML made, files written, row written, old files removed; a crash between any two of these
 * leaves the deck as it was before or as it is after. Begins and ends on the main thread.
 */
#include "config.h"
#include "jobs/cs-deck-saver.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-id.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "jobs/cs-deck-maker.h"
#include "library/cs-creation-store.h"
#include "library/cs-deck-files.h"
#include "media/cs-provenance-head.h"

#define MAX_TITLE 80 /* characters, as that of a job */
#define DECK_TYPE "text/html"

/* One save; belongs to its task. */
typedef struct
{
  /* Input */
  CsStore *store;
  CsPaths *paths;
  GBytes *markdown;
  CsTheme theme;
  CsLanguage language;
  gboolean is_new;
  char *id;
  char *sha256;           /* (nullable) */

  /* In progress */
  CsCreationFacts *facts; /* (nullable) as they were, and become */
  gboolean is_titled;     /* the title is another now */
  CsDeckExport *deck;     /* (nullable) */
  CsDeckFiles *files;     /* (nullable) */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->store);
  cs_paths_unref (save->paths);
  g_bytes_unref (save->markdown);
  g_free (save->id);
  g_free (save->sha256);
  g_clear_pointer (&save->facts, cs_creation_facts_free);
  cs_deck_export_free (save->deck);
  cs_deck_files_free (save->files);
  g_free (save);
}

/* A part of the save in a thread of its own; @callback gets @task. */
static void
run_in_thread (GTask *task, GTaskThreadFunc func, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) part = g_task_new (NULL, NULL, callback, task);

  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, func);
}

/* The row */

static CsCreationFacts *
make_facts (Save *save)
{
  CsCreationFacts *facts = cs_creation_facts_new ();

  facts->id = g_strdup (save->id);
  facts->kind = CS_KIND_DECK;
  facts->title = g_strdup ("");
  facts->prompt = g_strdup ("");
  facts->original_prompt = g_strdup ("");
  facts->notes = g_strdup ("");
  facts->provider = g_strdup (CS_LIBRARY_IMPORT_PROVIDER);
  facts->model = g_strdup ("");
  facts->mime_type = g_strdup (DECK_TYPE);
  facts->source = CS_SOURCE_DIGITAL_CREATION;
  facts->created_at = cs_clock_now ();
  return facts;
}

static gpointer
read_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Save *save = data;
  g_autoptr (CsStatement) statement = cs_creation_store_find (database, save->id, error);

  if (statement != NULL)
    save->facts = cs_creation_store_read (statement);
  return NULL;
}

static gpointer
write_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Save *save = data;

  if (!(save->is_new ? cs_creation_store_insert (database, save->facts, error)
                     : cs_creation_store_set_deck (database, save->facts, save->sha256, error)))
    return NULL;
  return cs_creation_store_load (database, save->id, error);
}

/* The title */

/* (transfer full) (nullable) */
static char *
find_heading (const char *markdown, gsize length, GError **error)
{
  g_autoptr (GPtrArray) slides = cs_deck_split (markdown, length, error);
  g_autofree char *heading = slides != NULL ? cs_deck_get_title (slides) : NULL;

  return heading != NULL ? cs_text_make_title (heading, MAX_TITLE) : NULL;
}

static char *
find_old_heading (Save *save)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (save->facts->markdown_file == NULL)
    return NULL;
  path = g_build_filename (cs_paths_get_creations (save->paths), save->facts->markdown_file, NULL);
  text = cs_file_read (path, CS_DECK_MAX_MARKDOWN, &length, NULL);
  return text != NULL ? find_heading (text, length, NULL) : NULL;
}

/* The title follows the first heading, but not over a title that somebody gave it. */
static gboolean
follows_heading (Save *save)
{
  g_autofree char *heading = find_old_heading (save);
  g_autofree char *prompt = cs_text_make_title (save->facts->original_prompt, MAX_TITLE);

  return g_strcmp0 (save->facts->title, heading) == 0 || g_strcmp0 (save->facts->title, prompt) == 0;
}

static void
title_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;
  gsize length;
  const char *markdown = g_bytes_get_data (save->markdown, &length);
  g_autofree char *heading = find_heading (markdown, length, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (save->is_new)
    save->is_titled = cs_set_string (&save->facts->title, heading != NULL ? heading : _ ("Untitled presentation"));
  else if (heading != NULL && follows_heading (save))
    save->is_titled = cs_set_string (&save->facts->title, heading);
  g_task_return_boolean (task, TRUE);
}

/* The files */

static void
files_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;

  save->files = cs_deck_files_write (save->paths, save->facts, save->markdown, save->deck->html, save->deck->length, &error);
  if (save->files != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
keep_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;

  cs_deck_files_keep (save->files, save->paths);
  g_task_return_boolean (task, TRUE);
}

static void
discard_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;

  cs_deck_files_discard (save->files, save->paths);
  g_task_return_boolean (task, TRUE);
}

/* The steps, from the last to the first */

/* What was told to @task already, or is told now. */
typedef struct
{
  GTask *task;
  CsCreation *creation; /* (nullable) */
  GError *error;        /* (nullable) */
} Ending;

static void
end_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ending *ending = user_data;

  g_task_propagate_boolean (G_TASK (result), NULL);
  if (ending->creation != NULL)
    {
      cs_library_notify (g_task_get_source_object (ending->task), cs_creation_get_id (ending->creation));
      g_task_return_pointer (ending->task, ending->creation, g_object_unref);
    }
  else
    g_task_return_error (ending->task, ending->error);
  g_object_unref (ending->task);
  g_free (ending);
}

/* When the database failed, nobody knows what it wrote: then all files stay, and the note about them. */
static void
row_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  CsCreation *creation = cs_store_run_finish (CS_STORE (source), result, &error);
  g_autoptr (GTask) part = NULL;
  Ending *ending;

  if (creation == NULL && !g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT) && !g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, error);
      return;
    }
  ending = g_new0 (Ending, 1);
  ending->creation = creation;
  ending->error = error;
  part = g_task_new (NULL, NULL, end_cb, ending);
  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  ending->task = g_steal_pointer (&task);
  g_task_run_in_thread (part, creation != NULL ? keep_thread : discard_thread);
}

static void
files_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  cs_set_string (&save->facts->file, save->files->file);
  cs_set_string (&save->facts->markdown_file, save->files->markdown);
  cs_set_string (&save->facts->sha256, save->files->sha256);
  cs_set_string (&save->facts->theme, cs_theme_to_string (save->theme));
  cs_set_string (&save->facts->language, cs_language_to_string (save->language));
  save->facts->size = save->files->size;
  save->facts->num_slides = save->deck->n_slides;
  if (!save->is_titled) /* whoever renames it meanwhile is right */
    g_clear_pointer (&save->facts->title, g_free);
  cs_store_run_async (save->store, CS_STORE_WRITE, write_func, save, NULL, g_object_unref, NULL, row_written_cb,
                      g_steal_pointer (&task));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  save->deck = cs_deck_maker_export_finish (result, &error);
  if (save->deck == NULL)
    g_task_return_error (task, error);
  else
    run_in_thread (g_steal_pointer (&task), files_thread, files_written_cb);
}

/** cs_deck_saver_make_stamp: @with_prompt: FALSE keeps title and prompt private. Returns: (transfer full): for the head. */
char *
cs_deck_saver_make_stamp (const CsCreationFacts *facts, CsLanguage language, gboolean with_prompt)
{
  gboolean is_own = g_str_equal (facts->provider, CS_LIBRARY_IMPORT_PROVIDER);
  g_autofree char *system = is_own ? NULL
                            : g_str_equal (facts->provider, "sketch") ? g_strdup ("Sketch")
                                                                      : g_strdup_printf ("%s (%s)", facts->model, facts->provider);
  CsProvenance provenance = {
    .source = facts->source, .creation_id = facts->id, .title = with_prompt ? facts->title : NULL,
    .prompt = with_prompt ? facts->prompt : NULL, .original_prompt = with_prompt ? facts->original_prompt : NULL, .system = system,
    .provider = is_own ? NULL : facts->provider, .model = is_own ? NULL : facts->model,
    .language = cs_language_to_string (language), .created_at = facts->created_at,
  };

  return cs_provenance_to_html (&provenance);
}

static void
titled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  g_autofree char *stamp = NULL;
  GError *error = NULL;
  CsDeckOptions options = { .theme = save->theme, .language = save->language };
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  stamp = cs_deck_saver_make_stamp (save->facts, save->language, TRUE);
  options.title = save->facts->title;
  options.stamp = stamp;
  cs_deck_maker_export_async (save->store, save->paths, save->markdown, &options, cancellable, exported_cb, g_steal_pointer (&task));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error == NULL && save->facts->kind != CS_KIND_DECK)
    cs_set_error (&error, CS_ERROR_INVALID_VALUE, _ ("This creation is not a presentation."));
  else if (error == NULL && save->sha256 == NULL)
    save->sha256 = g_strdup (save->facts->sha256);
  else if (error == NULL && !g_str_equal (save->sha256, save->facts->sha256))
    cs_set_error (&error, CS_ERROR_CONFLICT, _ ("This presentation was changed elsewhere meanwhile. Open it again."));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    run_in_thread (g_steal_pointer (&task), title_thread, titled_cb);
}

/**
 * cs_deck_saver_save_async:
 * @edit: what is saved; a text without a slide is refused with CS_ERROR_INVALID_VALUE
 *
 * Until the new files and the row are on the disk the deck is what it was. Errors: CS_ERROR_NOT_FOUND (the creation is gone),
 * CS_ERROR_CONFLICT (somebody else saved it), CS_ERROR_TOO_LARGE, CS_ERROR_MALFORMED, CS_ERROR_DISK_FULL and the like.
 */
void
cs_deck_saver_save_async (CsLibrary *library, CsStore *store, CsPaths *paths, const CsDeckEdit *edit, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (library, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);

  g_task_set_source_tag (task, cs_deck_saver_save_async);
  g_task_set_check_cancellable (task, FALSE); /* what is written is written */
  save->store = g_object_ref (store);
  save->paths = cs_paths_ref (paths);
  save->markdown = g_bytes_ref (edit->markdown);
  save->theme = edit->theme;
  save->language = edit->language;
  save->is_new = edit->id == NULL;
  save->id = edit->id != NULL ? g_strdup (edit->id) : cs_id_new ();
  save->sha256 = g_strdup (edit->sha256);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  if (save->is_new)
    {
      save->facts = make_facts (save);
      run_in_thread (g_steal_pointer (&task), title_thread, titled_cb);
    }
  else
    cs_store_run_async (store, CS_STORE_READ, read_func, save, NULL, NULL, cancellable, read_cb, g_steal_pointer (&task));
}

/** cs_deck_saver_save_finish: Returns: (transfer full): the creation as it is now. */
CsCreation *
cs_deck_saver_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_deck_saver_save_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
