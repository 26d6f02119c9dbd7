/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports Markdown as one HTML file with the pictures of the library in it. */
#include "config.h"
#include "jobs/cs-deck-maker.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-id.h"
#include "library/cs-creation-store.h"
#include "media/cs-media-info.h"

#include <string.h>

#define PICTURE_SCHEME "creation:"
#define MAX_PICTURE_LENGTH (20 * 1024 * 1024)
#define SNIFF_LENGTH 64
#define MAX_PICTURES 500 /* different ones in one deck */

typedef struct
{
  /* Input */
  GBytes *markdown;
  char *title;
  char *stamp;
  CsTheme theme;
  CsLanguage language;
  char *creations_folder;

  /* In progress */
  GHashTable *files; /* id -> path */
} Export;

static void
export_free (Export *export)
{
  g_bytes_unref (export->markdown);
  g_free (export->title);
  g_free (export->stamp);
  g_free (export->creations_folder);
  g_clear_pointer (&export->files, g_hash_table_unref);
  g_free (export);
}

/* Every id that the text names as a picture: the store is asked for them in one go, before the export needs them. */
static GStrv
find_picture_ids (GBytes *markdown)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  gsize length;
  const char *text = g_bytes_get_data (markdown, &length);
  const char *end = text + length;
  const char *found = text;

  while (found != NULL && (found = memmem (found, end - found, PICTURE_SCHEME, strlen (PICTURE_SCHEME))) != NULL)
    {
      found += strlen (PICTURE_SCHEME);
      if (end - found >= CS_ID_LENGTH)
        {
          g_autofree char *id = g_strndup (found, CS_ID_LENGTH);

          if (cs_id_is_valid (id))
            g_strv_builder_add (ids, id);
        }
    }
  return g_strv_builder_end (ids);
}

static gpointer
find_files_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  g_auto (GStrv) ids = find_picture_ids (export->markdown);
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; ids[i] != NULL && g_hash_table_size (files) < MAX_PICTURES; i++)
    {
      g_autoptr (CsCreation) creation = NULL;

      if (g_hash_table_contains (files, ids[i]))
        continue;
      creation = cs_creation_store_load (database, ids[i], NULL);
      if (creation != NULL && cs_creation_get_facts (creation)->kind == CS_KIND_IMAGE)
        g_hash_table_replace (files, g_strdup (ids[i]),
                              g_build_filename (export->creations_folder, cs_creation_get_facts (creation)->file, NULL));
    }
  return files;
}

/* On the thread that exports. A picture that cannot be read is a missing one. */
static CsDeckPicture *
resolve (const char *address, gpointer user_data)
{
  Export *export = user_data;
  const char *path = NULL;
  CsDeckPicture *picture;
  gsize length;
  char *data;

  if (g_str_has_prefix (address, PICTURE_SCHEME))
    path = g_hash_table_lookup (export->files, address + strlen (PICTURE_SCHEME));
  if (path == NULL)
    return NULL;
  data = cs_file_read (path, MAX_PICTURE_LENGTH, &length, NULL);
  if (data == NULL)
    return NULL;
  picture = g_new0 (CsDeckPicture, 1);
  picture->bytes = g_bytes_new_take (data, length);
  picture->mime_type = cs_media_type_sniff ((const guint8 *) data, MIN (length, SNIFF_LENGTH));
  return picture;
}

static void
export_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Export *export = task_data;
  GError *error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (export->markdown, &length);
  CsDeckOptions options = {
    .title = export->title, .theme = export->theme, .language = export->language, .stamp = export->stamp,
    .resolver = resolve, .resolver_data = export,
  };
  CsDeckExport *deck = cs_deck_export (text, length, &options, cancellable, &error);

  if (deck != NULL)
    g_task_return_pointer (task, deck, (GDestroyNotify) cs_deck_export_free);
  else
    g_task_return_error (task, error);
}

static void
find_files_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  export->files = cs_store_run_finish (CS_STORE (source), result, &error);
  if (export->files == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, export_thread);
}

/**
 * cs_deck_maker_export_async:
 * @options: copied; the resolver is ours
 */
void
cs_deck_maker_export_async (CsStore *store, CsPaths *paths, GBytes *markdown, const CsDeckOptions *options,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  g_task_set_source_tag (task, cs_deck_maker_export_async);
  export->markdown = g_bytes_ref (markdown);
  export->title = g_strdup (options->title);
  export->stamp = g_strdup (options->stamp);
  export->theme = options->theme;
  export->language = options->language;
  export->creations_folder = g_strdup (cs_paths_get_creations (paths));
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  cs_store_run_async (store, CS_STORE_READ, find_files_func, export, NULL, (GDestroyNotify) g_hash_table_unref, cancellable,
                      find_files_cb, task);
}

/** cs_deck_maker_export_finish: Returns: (transfer full): the deck, or NULL with an error in words. */
CsDeckExport *
cs_deck_maker_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_deck_maker_export_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
