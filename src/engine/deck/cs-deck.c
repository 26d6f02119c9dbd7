/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deck from Markdown to one HTML file: the door of this room. */
#include "config.h"
#include "deck/cs-deck.h"

#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "deck/cs-deck-markdown.h"
#include "deck/cs-deck-writer.h"
#include "deck/cs-slide.h"

#define MAX_TITLE 120 /* characters */

/* What a worker thread needs: copies of all that the caller may change. */
typedef struct
{
  GBytes *markdown;
  CsDeckOptions options; /* title and stamp are owned */
} ExportTask;

static void
export_task_free (ExportTask *self)
{
  g_bytes_unref (self->markdown);
  g_free (self->options.title);
  g_free (self->options.stamp);
  g_free (self);
}

void
cs_deck_export_free (CsDeckExport *self)
{
  if (self == NULL)
    return;
  g_free (self->html);
  g_ptr_array_unref (self->missing);
  g_free (self);
}

/**
 * cs_deck_get_title:
 * @slides: (element-type CsSlide)
 *
 * Returns: (transfer full) (nullable): the first heading of the deck on one line, else its first words; NULL when it
 * has none.
 */
char *
cs_deck_get_title (GPtrArray *slides)
{
  CsDeckGuard guard;

  g_return_val_if_fail (slides != NULL, NULL);

  cs_deck_guard_init (&guard);
  for (guint i = 0; i < slides->len; i++)
    {
      const CsSlide *slide = slides->pdata[i];
      g_autofree char *heading = cs_deck_markdown_get_heading (slide->content, &guard);

      if (heading != NULL)
        return cs_text_make_title (heading, MAX_TITLE);
    }
  return NULL;
}

/**
 * cs_deck_export:
 * @markdown: UTF-8
 * @length: in bytes, at most CS_DECK_MAX_MARKDOWN
 * @options: theme, language, title, stamp, and where pictures come from
 *
 * Makes the whole deck. It blocks while pictures are fetched from the resolver and while it writes: a few
 * milliseconds without pictures. Any thread.
 *
 * Returns: (transfer full): the deck; NULL with CS_ERROR_TOO_LARGE, CS_ERROR_MALFORMED, CS_ERROR_INVALID_VALUE (there
 * is no slide) or G_IO_ERROR_CANCELLED.
 */
CsDeckExport *
cs_deck_export (const char *markdown, gsize length, const CsDeckOptions *options, GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GPtrArray) slides = NULL;
  g_autoptr (CsDeckPictures) pictures = NULL;
  CsDeckExport *export;
  GString *html;

  g_return_val_if_fail (options != NULL, NULL);

  slides = cs_deck_split (markdown, length, error);
  if (slides == NULL)
    return NULL;
  if (slides->len == 0)
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The deck has no slide. Write at least a title."));
      return NULL;
    }
  pictures = cs_deck_pictures_new (options->resolver, options->resolver_data);
  html = cs_deck_writer_write (slides, options, pictures, cancellable, error);
  if (html == NULL)
    return NULL;

  export = g_new0 (CsDeckExport, 1);
  export->length = html->len;
  export->html = g_string_free (html, FALSE);
  export->n_slides = slides->len;
  export->missing = g_steal_pointer (&pictures->missing);
  return export;
}

static void
export_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ExportTask *data = task_data;
  GError *error = NULL;
  gsize length;
  const char *markdown = g_bytes_get_data (data->markdown, &length);
  CsDeckExport *export = cs_deck_export (markdown, length, &data->options, cancellable, &error);

  if (export != NULL)
    g_task_return_pointer (task, export, (GDestroyNotify) cs_deck_export_free);
  else
    g_task_return_error (task, error);
}

/**
 * cs_deck_export_async:
 * @options: copied; the resolver is called on a worker thread and @options->resolver_data must outlive the call
 *
 * cs_deck_export() on a worker thread.
 */
void
cs_deck_export_async (GBytes *markdown, const CsDeckOptions *options, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  ExportTask *data;

  g_return_if_fail (markdown != NULL && options != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  data = g_new0 (ExportTask, 1);
  data->markdown = g_bytes_ref (markdown);
  data->options = *options;
  data->options.title = g_strdup (options->title);
  data->options.stamp = g_strdup (options->stamp);
  g_task_set_source_tag (task, cs_deck_export_async);
  g_task_set_task_data (task, data, (GDestroyNotify) export_task_free);
  g_task_run_in_thread (task, export_in_thread);
}

/**
 * cs_deck_export_finish:
 *
 * Returns: (transfer full): as cs_deck_export().
 */
CsDeckExport *
cs_deck_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_deck_export_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
