/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the presentation that leave the studio. Begins and ends on the main thread. */
#include "config.h"
#include "ui/deck/cs-deck-copy.h"

#include <glib/gstdio.h>
#include <string.h>

/* One copy; belongs to its task. */
typedef struct
{
  CsPaths *paths;
  char *path;
  GBytes *bytes; /* (nullable) until they are made */
} Copy;

static void
copy_free (Copy *copy)
{
  cs_paths_unref (copy->paths);
  g_free (copy->path);
  g_clear_pointer (&copy->bytes, g_bytes_unref);
  g_free (copy);
}

static gboolean
check_outside (Copy *copy, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (copy->path);

  if (g_strcmp0 (folder, cs_paths_get_creations (copy->paths)) != 0 && g_strcmp0 (folder, cs_paths_get_thumbnails (copy->paths)) != 0)
    return TRUE;
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The library keeps its own files there. Choose a folder outside of it."));
  return FALSE;
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Copy *copy = task_data;
  GError *error = NULL;
  gsize length;
  const void *data = g_bytes_get_data (copy->bytes, &length);
  g_autofree char *folder = g_path_get_dirname (copy->path);

  if (g_str_has_prefix (folder, cs_paths_get_state (copy->paths))) /* our own place is made, that of the user is not */
    g_mkdir_with_parents (folder, 0700);
  if (check_outside (copy, &error) && cs_file_write (copy->path, data, length, TRUE, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Copy *copy = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (CsDeckExport) deck = cs_deck_maker_export_finish (result, &error);

  if (deck == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  copy->bytes = g_bytes_new (deck->html, deck->length);
  g_task_run_in_thread (task, write_thread);
}

static void
make_html (GTask *task, CsStudio *studio, CsDeckDocument *document, CsCreation *creation, GBytes *markdown)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  CsLanguage language = cs_deck_document_get_language (document);
  gboolean with_prompt = g_settings_get_boolean (cs_studio_get_settings (studio), "prompt-in-copies");
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;
  g_autofree char *stamp = facts != NULL ? cs_deck_saver_make_stamp (facts, language, with_prompt) : NULL;
  CsDeckOptions options = { .title = facts != NULL ? facts->title : NULL, .theme = cs_deck_document_get_theme (document),
                            .language = language, .stamp = stamp };

  cs_deck_maker_export_async (cs_engine_get_store (engine), cs_engine_get_paths (engine), markdown, &options, NULL, exported_cb,
                              g_object_ref (task));
}

/** cs_deck_copy_async: @creation: (nullable): which it is a copy of, to say where it comes from. */
void
cs_deck_copy_async (CsStudio *studio, CsDeckDocument *document, CsCreation *creation, CsDeckCopyFormat format, const char *path,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (document, NULL, callback, user_data);
  char *text = cs_deck_document_dup_markdown (document);
  g_autoptr (GBytes) markdown = g_bytes_new_take (text, strlen (text));
  Copy *copy = g_new0 (Copy, 1);

  g_task_set_source_tag (task, cs_deck_copy_async);
  copy->paths = cs_paths_ref (cs_engine_get_paths (cs_studio_get_engine (studio)));
  copy->path = g_strdup (path);
  g_task_set_task_data (task, copy, (GDestroyNotify) copy_free);
  if (format == CS_DECK_COPY_HTML)
    {
      make_html (task, studio, document, creation, markdown);
      return;
    }
  copy->bytes = g_bytes_ref (markdown);
  g_task_run_in_thread (task, write_thread);
}

gboolean
cs_deck_copy_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
