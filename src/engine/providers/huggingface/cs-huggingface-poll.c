/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of a request that went into a queue. fal tells in one place that it is done and in another what came of it;
 * the others tell both at once.
 */
#include "config.h"
#include "providers/huggingface/cs-huggingface-private.h"

#include "core/cs-error.h"
#include "core/cs-words.h"
#include "providers/huggingface/cs-huggingface-account.h"

#define KEY_DELAY (60 * G_GINT64_CONSTANT (1) * G_USEC_PER_SEC) /* before looking again whether there is a key */

typedef struct
{
  const CsHuggingfaceRoute *route;
  char *provider_id;
  char *remote_id;
} Poll;

static void
poll_free (Poll *poll)
{
  g_free (poll->provider_id);
  g_free (poll->remote_id);
  g_free (poll);
}

/* @prediction: (transfer full); @task: (transfer full) */
static void
end_poll (GTask *task, CsPrediction *prediction)
{
  CsHuggingfaceProvider *self = g_task_get_source_object (task);
  Poll *poll = g_task_get_task_data (task);

  if (poll->remote_id != NULL)
    prediction = cs_wire_missing_judge (self->router->missing, poll->remote_id, prediction);
  g_task_return_pointer (task, prediction, (GDestroyNotify) cs_prediction_free);
  g_object_unref (task);
}

static CsPrediction *
unreadable (void)
{
  return cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN,
                                  cs_wire_error_unreadable (&cs_huggingface_vendor));
}

/* @output: (nullable): where the result is said to be */
static CsPrediction *
succeeded (CsHuggingfaceProvider *self, const char *output)
{
  g_autofree char *address = cs_wire_take_output (output, cs_wire_link_is_loopback (self->router));
  CsPrediction *prediction;

  if (address == NULL)
    return cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_YES, cs_wire_error_no_output (&cs_huggingface_vendor));
  prediction = cs_prediction_new (CS_PREDICTION_SUCCEEDED);
  prediction->output = g_steal_pointer (&address);
  prediction->billed = CS_BILLED_YES;
  prediction->progress = 1;
  return prediction;
}

/* Nobody says through the router whether a failure is billed. */
static CsPrediction *
failed (const char *words)
{
  return cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_UNKNOWN,
                                  cs_wire_error_failed (&cs_huggingface_vendor, words));
}

/* What was answered at once and is gone cannot be asked for again. */
static CsPrediction *
gone (void)
{
  GError *error = g_error_new (CS_ERROR, CS_ERROR_NOT_FOUND, _ ("What %s made is not there any more."),
                               cs_huggingface_vendor.name);

  return cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_YES, error);
}

/* A "no" to the question for the result: that the request itself came to nothing, or only that this question did. */
static gboolean
is_about_request (const CsHttpAnswer *answer)
{
  return answer->is_complete
         && (answer->status == 400 || answer->status == 410 || answer->status == 413 || answer->status == 422);
}

/* Callbacks, in the order they run. */

static void ask (GTask *task, const char *path, GAsyncReadyCallback callback);
static void status_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* @task: (transfer full) */
static void
ask (GTask *task, const char *path, GAsyncReadyCallback callback)
{
  CsHuggingfaceProvider *self = g_task_get_source_object (task);
  GError *error = cs_wire_link_error_no_key (self->router);
  g_autofree char *address = NULL;
  CsHttpCall *call;

  if (error != NULL)
    {
      CsPrediction *prediction = cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, error);

      prediction->retry_after = KEY_DELAY;
      end_poll (task, prediction);
      return;
    }
  address = cs_endpoint_build (self->router->endpoint, "%s", path);
  call = cs_wire_call_new ("GET", address);
  cs_http_call_set_bearer (call, cs_wire_link_get_key (self->router, NULL));
  cs_http_call_async (self->router->context->http, call, g_task_get_cancellable (task), callback, task);
}

static void
status_said (GTask *task, JsonObject *answer)
{
  CsHuggingfaceProvider *self = g_task_get_source_object (task);
  Poll *poll = g_task_get_task_data (task);
  g_auto (CsHuggingfaceWord) word = { 0 };
  g_autofree char *path = NULL;

  poll->route->read_status (answer, &word);
  if (word.status == CS_PREDICTION_UNREACHABLE)
    end_poll (task, unreadable ());
  else if (word.status == CS_PREDICTION_FAILED)
    end_poll (task, failed (word.text));
  else if (word.status != CS_PREDICTION_SUCCEEDED)
    end_poll (task, cs_prediction_new (word.status));
  else if (poll->route->make_result_path == NULL)
    end_poll (task, succeeded (self, word.output));
  else
    {
      path = poll->route->make_result_path (poll->provider_id, poll->remote_id);
      ask (task, path, result_cb);
    }
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  CsPrediction *prediction = cs_wire_prediction_from_failure (&cs_huggingface_vendor, answer);
  g_autoptr (JsonObject) object = prediction == NULL ? cs_http_answer_dup_object (answer, NULL) : NULL;

  if (object != NULL)
    status_said (task, object);
  else
    end_poll (task, prediction != NULL ? prediction : unreadable ());
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Poll *poll = g_task_get_task_data (task);
  g_autoptr (CsHttpAnswer) answer = cs_http_call_finish (CS_HTTP (source), result);
  g_autofree char *words = is_about_request (answer) ? cs_wire_dup_answer_words (answer) : NULL;
  CsPrediction *prediction = is_about_request (answer) ? failed (words)
                                                       : cs_wire_prediction_from_failure (&cs_huggingface_vendor, answer);
  g_autoptr (JsonObject) object = prediction == NULL ? cs_http_answer_dup_object (answer, NULL) : NULL;
  g_autofree char *output = object != NULL ? poll->route->read_result (object) : NULL;

  if (object != NULL)
    prediction = succeeded (g_task_get_source_object (task), output);
  end_poll (task, prediction != NULL ? prediction : unreadable ());
}

void
_cs_huggingface_poll_async (CsProvider *provider, CsRequest *request, const char *remote_id, CsProviderProgressFunc progress,
                            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Poll *poll = g_new0 (Poll, 1);
  g_autofree char *path = NULL;

  g_task_set_source_tag (task, _cs_huggingface_poll_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, poll, (GDestroyNotify) poll_free);
  poll->route = cs_huggingface_route_parse (request, &poll->provider_id);
  if (poll->route == NULL || poll->route->read_id == NULL || !cs_wire_id_is_valid (remote_id))
    {
      end_poll (task, gone ());
      return;
    }
  poll->remote_id = g_strdup (remote_id);
  path = poll->route->make_status_path (poll->provider_id, poll->remote_id);
  ask (task, path, status_cb);
}

CsPrediction *
_cs_huggingface_poll_finish (CsProvider *provider, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, _cs_huggingface_poll_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
