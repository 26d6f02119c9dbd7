/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A deck by one language model. One call writes all slides; when they are not as many as asked for, one more call makes
 * them so, where time and money allow; what is wrong then is joined, or filled from the built-in outline. The Markdown
 * is written on a thread. Main thread.
 */
#include "config.h"
#include "screenwriter/cs-slide-writer.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "deck/cs-deck.h"
#include "screenwriter/cs-prompts.h"
#include "screenwriter/cs-slide-reader.h"
#include "screenwriter/cs-text-price.h"

#include <string.h>

#define TOTAL_TIMEOUT (G_GINT64_CONSTANT (240) * G_USEC_PER_SEC)
#define REPAIR_TIMEOUT (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC) /* less than that is not worth a second call */
#define MIN_TOKENS 60       /* and as many for every slide: fewer hold no slide with notes */
#define MOST_PROGRESS 0.95  /* until the file is there */

/* One deck in the making: owned by its task. */
typedef struct
{
  /* Input */
  CsRequest *request;
  const CsModel *model; /* of the registry */
  CsPriceList *prices;
  CsMoney max_cost;
  CsProviderProgressFunc progress;
  gpointer progress_data;

  /* In progress */
  gint64 deadline;      /* monotonic */
  CsChat *chat;
  GString *part;        /* what came of the answer */
  gsize counted;        /* bytes of it that were looked at */
  guint n_seen;         /* slides in it */
  guint n_shown;        /* the most slides that were told of */
  gboolean is_repair;
  gboolean was_sent;

  /* Output */
  GPtrArray *slides;    /* (nullable) */
  char *markdown;
  CsMoney cost;
} Deck;

static void
deck_free (Deck *self)
{
  cs_request_unref (self->request);
  cs_price_list_unref (self->prices);
  g_clear_pointer (&self->chat, cs_chat_unref);
  g_string_free (self->part, TRUE);
  g_clear_pointer (&self->slides, g_ptr_array_unref);
  g_free (self->markdown);
  g_free (self);
}

/* @error: (transfer full). What was written is paid for, also when it is of no use. */
static void
return_error (GTask *task, CsSubmitEnd end, GError *error)
{
  Deck *self = g_task_get_task_data (task);
  CsSubmission *submission = cs_submission_new_error (end, error);

  submission->cost = self->cost;
  g_task_return_pointer (task, submission, (GDestroyNotify) cs_submission_free);
}

/* Nothing that went wrong is in doubt: text is simply written again, by this model or another. */
static void
return_failure (GTask *task, GError *error)
{
  Deck *self = g_task_get_task_data (task);

  return_error (task, self->was_sent ? CS_SUBMIT_REFUSED : CS_SUBMIT_NOT_SENT, error);
}

/* What the thread gets: all of it its own, since a deck and its provider belong to the main thread. */
typedef struct
{
  char *path;
  char *markdown;
} File;

static void
file_free (File *file)
{
  g_free (file->path);
  g_free (file->markdown);
  g_free (file);
}

/* The file, called after the work file until it is whole, so that what a power cut leaves is swept with the job's own. */
static void
write_file (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  File *file = task_data;
  g_autofree char *name = NULL;
  GError *error = NULL;

  if (g_file_set_contents_full (file->path, file->markdown, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  name = g_path_get_basename (file->path);
  g_task_return_error (task, cs_error_from_io (error, name));
}

static void
write_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deck *self = g_task_get_task_data (task);
  CsSubmission *submission;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      return_failure (task, error);
      return;
    }
  submission = cs_submission_new (CS_SUBMIT_ANSWERED);
  submission->output = g_strdup (self->request->work_file);
  submission->cost = self->cost;
  g_task_return_pointer (task, submission, (GDestroyNotify) cs_submission_free);
}

static void
begin_file (GTask *task)
{
  Deck *self = g_task_get_task_data (task);
  g_autoptr (GTask) writing = g_task_new (NULL, NULL, write_file_cb, g_object_ref (task));
  File *file = g_new0 (File, 1);

  file->path = g_strdup (self->request->work_file);
  file->markdown = g_steal_pointer (&self->markdown);
  g_task_set_source_tag (writing, begin_file);
  g_task_set_task_data (writing, file, (GDestroyNotify) file_free);
  g_task_run_in_thread (writing, write_file);
}

/* The promise of this room, looked at once more: a deck with another number of slides is none. */
static gboolean
has_all_slides (Deck *self)
{
  g_autoptr (GPtrArray) slides = cs_deck_split (self->markdown, strlen (self->markdown), NULL);

  return slides != NULL && (int) slides->len == self->request->num_slides;
}

static void
write_slides (GTask *task)
{
  Deck *self = g_task_get_task_data (task);

  cs_slide_drafts_join (self->slides, self->request->num_slides);
  self->markdown = cs_slide_drafts_write (self->slides, self->request->num_slides, self->request->original_prompt,
                                          self->request->language);
  if (has_all_slides (self))
    begin_file (task);
  else
    return_failure (task, g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("Its answer holds no text that can be used.")));
}

/* Slides seen so far; a second answer does not take back what was shown. */
static void
piece_cb (const char *piece, gpointer user_data)
{
  Deck *self = g_task_get_task_data (user_data);
  guint n_new;

  if (self->progress == NULL || self->part->len > CS_DECK_MAX_MARKDOWN)
    return;
  g_string_append (self->part, piece);
  n_new = cs_slide_reader_count (self->part->str, &self->counted);
  self->n_seen += n_new;
  if (n_new == 0 || self->n_seen <= self->n_shown)
    return;
  self->n_shown = self->n_seen;
  self->progress (MIN (MOST_PROGRESS, (double) self->n_seen / self->request->num_slides), self->progress_data);
}

static void chat_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* What is left to spend decides how long the answer may be. FALSE when that is too little to begin. */
static gboolean
fit_budget (Deck *self, CsChat *chat, GError **error)
{
  CsMoney left = self->max_cost - self->cost;
  CsMoney least = 0;
  int wanted = chat->max_tokens;

  chat->max_tokens = MIN_TOKENS * (self->request->num_slides + 1);
  if (!cs_text_price_most (self->prices, self->model, chat, &least))
    {
      cs_set_error (error, CS_ERROR_UNAVAILABLE, _ ("No price is known for what was asked, so nothing was sent."));
      return FALSE;
    }
  if (least <= left)
    {
      chat->max_tokens = wanted;
      chat->max_tokens = cs_text_price_fit (self->prices, self->model, chat, left);
      return TRUE;
    }
  cs_text_price_set_over (error, self->model, least, left);
  return FALSE;
}

/* @chat: (transfer full) */
static void
ask (GTask *task, CsChat *chat)
{
  Deck *self = g_task_get_task_data (task);
  CsTextProvider *provider = CS_TEXT_PROVIDER (g_task_get_source_object (task));

  g_clear_pointer (&self->chat, cs_chat_unref);
  self->chat = chat;
  chat->model = g_strdup (cs_text_provider_get_remote (provider, self->model));
  chat->total_timeout = self->deadline - g_get_monotonic_time ();
  g_string_truncate (self->part, 0);
  self->counted = 0;
  self->n_seen = 0;
  cs_text_provider_chat_async (provider, chat, piece_cb, task, g_task_get_cancellable (task), chat_cb, g_object_ref (task));
}

/* Once more, when that may help: an answer that was too long would be too long again. */
static gboolean
ask_for_repair (GTask *task, gboolean is_cut)
{
  Deck *self = g_task_get_task_data (task);
  g_autoptr (JsonArray) slides = NULL;
  g_autoptr (CsChat) chat = NULL;

  if (self->is_repair || is_cut || self->deadline - g_get_monotonic_time () < REPAIR_TIMEOUT)
    return FALSE;
  slides = cs_slide_drafts_to_json (self->slides);
  chat = cs_prompts_new_deck_repair (self->request, slides);
  if (!fit_budget (self, chat, NULL))
    return FALSE;
  self->is_repair = TRUE;
  ask (task, g_steal_pointer (&chat));
  return TRUE;
}

static guint
get_distance (Deck *self, GPtrArray *slides)
{
  return (guint) ABS ((int) slides->len - self->request->num_slides);
}

/* Of two answers the one that is nearer to what was asked for. */
static void
take_slides (Deck *self, GPtrArray *slides)
{
  if (slides->len == 0 || (self->slides != NULL && get_distance (self, slides) >= get_distance (self, self->slides)))
    {
      g_ptr_array_unref (slides);
      return;
    }
  g_clear_pointer (&self->slides, g_ptr_array_unref);
  self->slides = slides;
}

static void
chat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deck *self = g_task_get_task_data (task);
  g_autoptr (CsChatAnswer) answer = cs_text_provider_chat_finish (CS_TEXT_PROVIDER (source), result);

  self->was_sent |= answer->was_sent || answer->error == NULL;
  self->cost += cs_text_price_answer (self->prices, self->model, self->chat, answer);
  if (answer->error == NULL)
    take_slides (self, cs_slide_reader_read (answer->text != NULL ? answer->text : "", self->request->original_prompt));
  if (answer->error != NULL && (self->slides == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task))))
    return_failure (task, g_steal_pointer (&answer->error));
  else if (self->slides == NULL)
    return_failure (task, g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("Its answer holds no text that can be used.")));
  else if (get_distance (self, self->slides) == 0 || !ask_for_repair (task, answer->is_cut))
    write_slides (task);
}

/* What costs needs a key; what does not is a program that has to run. */
static gboolean
check_available (Deck *self, CsProvider *provider, const CsChat *chat, GError **error)
{
  g_autofree char *why_not = NULL;
  CsMoney most = 0;

  if (cs_provider_is_available (provider, self->model->id, &why_not))
    return TRUE;
  cs_text_price_most (self->prices, self->model, chat, &most);
  cs_set_error (error, most > 0 ? CS_ERROR_NO_KEY : CS_ERROR_UNAVAILABLE, "%s",
                why_not != NULL ? why_not : _ ("No provider can be used now. Set a key first."));
  return FALSE;
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deck *self = g_task_get_task_data (task);
  g_autoptr (CsChat) chat = NULL;
  GError *error = NULL;

  if (!cs_text_provider_look_finish (CS_TEXT_PROVIDER (source), result, &error))
    {
      return_failure (task, error);
      return;
    }
  chat = cs_prompts_new_deck (self->request);
  if (!fit_budget (self, chat, &error))
    return_error (task, CS_SUBMIT_REFUSED, error); /* asking again does not change it */
  else if (!check_available (self, CS_PROVIDER (source), chat, &error))
    return_failure (task, error);
  else
    ask (task, g_steal_pointer (&chat));
}

/**
 * cs_slide_writer_write_async:
 * @request: a deck
 * @model: of the registry, one of @provider
 * @max_cost: micro-USD that all calls together may cost
 */
void
cs_slide_writer_write_async (CsTextProvider *provider, CsRequest *request, const CsModel *model, CsPriceList *prices,
                             CsMoney max_cost, CsProviderProgressFunc progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Deck *self = g_new0 (Deck, 1);

  g_task_set_source_tag (task, cs_slide_writer_write_async);
  g_task_set_check_cancellable (task, FALSE);
  self->request = cs_request_ref (request);
  self->model = model;
  self->prices = cs_price_list_ref (prices);
  self->max_cost = max_cost;
  self->progress = progress;
  self->progress_data = progress_data;
  self->deadline = g_get_monotonic_time () + TOTAL_TIMEOUT;
  self->part = g_string_new (NULL);
  g_task_set_task_data (task, self, (GDestroyNotify) deck_free);
  cs_text_provider_look_async (provider, cancellable, look_cb, task);
}

/** cs_slide_writer_write_finish: Returns: (transfer full) (not nullable): as cs_screenwriter_write_deck_finish(). */
CsSubmission *
cs_slide_writer_write_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_slide_writer_write_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
