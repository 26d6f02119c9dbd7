/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ollama's models: loaded before they are needed, and installed. */
#include "config.h"
#include "providers/ollama/cs-ollama-provider-private.h"

#include "core/cs-error.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "net/cs-line-reader.h"
#include "providers/ollama/cs-ollama-pull.h"
#include "providers/ollama/cs-ollama-wire.h"

#define LOAD_TIMEOUT (5 * 60 * G_USEC_PER_SEC)  /* a large file from a slow disk */
#define QUIET_TIMEOUT (10 * 60 * G_USEC_PER_SEC) /* while what was brought is verified, nothing is said */
#define MAX_LINES (G_GINT64_CONSTANT (1) << 30)  /* bytes; a line some times a second, for days */
#define MAX_LINE (64 * 1024)
#define STEP 0.001 /* of progress that is worth telling */

/* Loading */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsOllamaProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  GError *error = _cs_ollama_provider_judge (self, g_task_get_task_data (task), answer);

  if (answer->status == 404)
    _cs_ollama_provider_forget (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
load (GTask *task, const char *model)
{
  CsOllamaProvider *self = g_task_get_source_object (task);
  g_autoptr (JsonObject) body = cs_ollama_build_preload (model);
  GError *error = NULL;
  CsHttpCall *call = _cs_ollama_provider_new_call (self, "POST", "/api/chat", body, &error);

  if (call == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  call->answer_timeout = LOAD_TIMEOUT;
  g_task_set_task_data (task, g_strdup (model), g_free);
  cs_http_call_async (_cs_ollama_provider_get_http (self), call, g_task_get_cancellable (task), loaded_cb,
                      g_object_ref (task));
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsOllamaProvider *self = CS_OLLAMA_PROVIDER (source);
  const CsModel *model = g_task_get_task_data (task);
  g_autofree char *why_not = NULL;
  GError *error = NULL;

  if (!cs_text_provider_look_finish (CS_TEXT_PROVIDER (self), result, &error))
    g_task_return_error (task, error);
  else if (!cs_provider_is_available (CS_PROVIDER (self), model->id, &why_not))
    g_task_return_new_error (task, CS_ERROR, CS_ERROR_UNAVAILABLE, "%s", why_not);
  else
    load (task, cs_text_provider_get_remote (CS_TEXT_PROVIDER (self), model));
}

/**
 * cs_ollama_provider_preload_async:
 * @model: a row of this provider
 *
 * Has the model for @model loaded into memory, for ten minutes, so that the first prompt does not wait for it.
 */
void
cs_ollama_provider_preload_async (CsOllamaProvider *self, const CsModel *model, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_ollama_provider_preload_async);
  g_task_set_task_data (task, (gpointer) model, NULL);
  cs_text_provider_look_async (CS_TEXT_PROVIDER (self), cancellable, look_cb, task);
}

/** cs_ollama_provider_preload_finish: Returns: TRUE when it is loaded. Errors: CS_ERROR, G_IO_ERROR_CANCELLED. */
CS_DEFINE_FINISH_BOOLEAN (CsOllamaProvider, cs_ollama_provider_preload_async, cs_ollama_provider_preload_finish)

/* Installing */

typedef struct
{
  /* input */
  char *model;
  CsProviderProgressFunc progress;
  gpointer progress_data;

  /* state */
  CsOllamaPull *pull;
  CsLineReader *lines;
  double told;
} Pull;

static void
pull_free (Pull *self)
{
  g_free (self->model);
  cs_ollama_pull_free (self->pull);
  cs_line_reader_free (self->lines);
  g_free (self);
}

static gboolean
line_cb (const char *message, gsize length, gpointer user_data)
{
  Pull *self = user_data;
  gboolean goes_on = cs_ollama_pull_read_line (self->pull, message, length);
  double share = cs_ollama_pull_get_share (self->pull);

  if (self->progress != NULL && (share >= self->told + STEP || (share >= 1 && self->told < 1)))
    {
      self->told = share;
      self->progress (share, self->progress_data);
    }
  return goes_on;
}

static gboolean
data_cb (const char *data, gsize length, gpointer user_data)
{
  Pull *self = user_data;

  return cs_line_reader_feed (self->lines, data, length, NULL);
}

static GError *
judge_pull (CsOllamaProvider *self, Pull *pull, const CsHttpAnswer *answer)
{
  GError *error = NULL;

  if (cs_ollama_pull_is_finished (pull->pull) || cs_http_answer_is_good (answer))
    {
      cs_line_reader_end (pull->lines, NULL);
      cs_ollama_pull_end (pull->pull, &error);
      return error;
    }
  if (g_error_matches (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || answer->status < 200 || answer->status > 299)
    return _cs_ollama_provider_judge (self, pull->model, answer);
  cs_ollama_pull_end (pull->pull, &error);
  return error;
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsOllamaProvider *self = g_task_get_source_object (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  GError *error = judge_pull (self, g_task_get_task_data (task), answer);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    {
      _cs_ollama_provider_forget (self);
      g_task_return_boolean (task, TRUE);
    }
}

static JsonObject *
build_pull (const char *model)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "model", model);
  json_object_set_boolean_member (body, "stream", TRUE);
  return body;
}

/**
 * cs_ollama_provider_pull_async:
 * @model: the name of a model in Ollama's library
 * @progress: (nullable) (scope notified): called with the share of all its files, never with less than before
 *
 * Has @model installed. What was brought stays when it is cancelled or cut: asked again, Ollama goes on from there.
 */
void
cs_ollama_provider_pull_async (CsOllamaProvider *self, const char *model, CsProviderProgressFunc progress,
                               gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonObject) body = build_pull (model);
  Pull *pull = g_new0 (Pull, 1);
  GError *error = NULL;
  CsHttpCall *call = _cs_ollama_provider_new_call (self, "POST", "/api/pull", body, &error);

  g_task_set_source_tag (task, cs_ollama_provider_pull_async);
  g_task_set_task_data (task, pull, (GDestroyNotify) pull_free);
  pull->model = g_strdup (model);
  pull->progress = progress;
  pull->progress_data = progress_data;
  pull->pull = cs_ollama_pull_new (model);
  pull->lines = cs_line_reader_new (CS_LINES_NDJSON, MAX_LINE, line_cb, pull);
  if (call == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  call->answer_timeout = QUIET_TIMEOUT;
  call->first_timeout = QUIET_TIMEOUT;
  call->idle_timeout = QUIET_TIMEOUT;
  call->max_length = MAX_LINES;
  call->on_data = data_cb;
  call->on_data_data = pull;
  cs_http_call_async (_cs_ollama_provider_get_http (self), call, cancellable, pulled_cb, g_steal_pointer (&task));
}

/** cs_ollama_provider_pull_finish: Returns: TRUE when it is installed. Errors: of cs_ollama_pull_end(), of CsHttp. */
CS_DEFINE_FINISH_BOOLEAN (CsOllamaProvider, cs_ollama_provider_pull_async, cs_ollama_provider_pull_finish)
