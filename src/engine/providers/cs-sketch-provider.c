/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sketch: the provider that is always there. It draws on this computer, without a key, a network or any AI. Accepting
 * costs nothing, so the drawing itself is the answer to the poll; killed in the middle, it simply draws again.
 */
#include "config.h"
#include "providers/cs-sketch-provider.h"

#include "core/cs-error.h"
#include "deck/cs-deck.h"
#include "media/cs-sketch-renderer.h"

struct _CsSketchProvider
{
  GObject parent_instance;
};

static void cs_sketch_provider_iface_init (CsProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsSketchProvider, cs_sketch_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, cs_sketch_provider_iface_init))

static void
cs_sketch_provider_class_init (CsSketchProviderClass *klass)
{
}

static void
cs_sketch_provider_init (CsSketchProvider *self)
{
}

/** cs_sketch_provider_new: @context: (nullable): not asked for anything; Sketch needs nothing of the house. */
CsProvider *
cs_sketch_provider_new (CsProviderContext *context)
{
  return g_object_new (CS_TYPE_SKETCH_PROVIDER, NULL);
}

static const char *
get_id (CsProvider *provider)
{
  return CS_SKETCH_PROVIDER_ID;
}

static const char *
get_name (CsProvider *provider)
{
  return "Sketch";
}

static gboolean
is_yes (CsProvider *provider)
{
  return TRUE;
}

static void
submit_async (CsProvider *provider, CsRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  CsSubmission *submission = cs_submission_new (CS_SUBMIT_ACCEPTED);

  g_task_set_source_tag (task, submit_async);
  g_task_set_check_cancellable (task, FALSE);
  submission->remote_id = g_path_get_basename (request->work_file);
  submission->cost = 0;
  g_task_return_pointer (task, submission, (GDestroyNotify) cs_submission_free);
}

static CsSubmission *
submit_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static CsSketchOrder *
order_from_request (CsRequest *request)
{
  CsSketchOrder *order = g_new0 (CsSketchOrder, 1);

  order->kind = request->kind;
  order->prompt = g_strdup (request->original_prompt);
  order->style = request->style;
  order->aspect = request->aspect;
  order->duration = request->duration;
  order->sound = request->sound;
  order->seed = (guint64) request->seed;
  order->path = g_strdup (request->work_file);
  return order;
}

static CsPrediction *
prediction_from_error (GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return cs_prediction_new_error (CS_PREDICTION_CANCELLED, CS_BILLED_NO, error);
  if (g_error_matches (error, CS_ERROR, CS_ERROR_DISK_FULL))
    return cs_prediction_new_error (CS_PREDICTION_UNREACHABLE, CS_BILLED_NO, error);
  return cs_prediction_new_error (CS_PREDICTION_FAILED, CS_BILLED_NO, error);
}

static void
render_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsRequest *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSketchResult) rendered = cs_sketch_render_finish (result, &error);
  CsPrediction *prediction;

  if (rendered == NULL)
    prediction = prediction_from_error (g_steal_pointer (&error));
  else
    {
      prediction = cs_prediction_new (CS_PREDICTION_SUCCEEDED);
      prediction->output = g_strdup (request->work_file);
      prediction->progress = 1;
      prediction->cost = 0;
    }
  g_task_return_pointer (task, prediction, (GDestroyNotify) cs_prediction_free);
}

/* Its draft is called after the work file, so that what a power cut leaves is swept with the job's other files. */
static gboolean
write_work_file (CsRequest *request, const char *text, GError **error)
{
  g_autofree char *name = NULL;
  GError *failure = NULL;

  if (g_file_set_contents_full (request->work_file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
    return TRUE;
  name = g_path_get_basename (request->work_file);
  g_propagate_error (error, cs_error_from_io (failure, name));
  return FALSE;
}

/* The outline of a deck: a moment's work, but with a file at its end, so it has a thread. */
static void
write_outline (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CsRequest *request = task_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *markdown = cs_deck_outline (request->original_prompt, request->num_slides, request->language);
  CsPrediction *prediction;

  if (!write_work_file (request, markdown, &error))
    prediction = prediction_from_error (g_steal_pointer (&error));
  else
    {
      prediction = cs_prediction_new (CS_PREDICTION_SUCCEEDED);
      prediction->output = g_strdup (request->work_file);
      prediction->progress = 1;
      prediction->cost = 0;
    }
  g_task_return_pointer (task, prediction, (GDestroyNotify) cs_prediction_free);
}

static void
write_outline_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, g_task_propagate_pointer (G_TASK (result), NULL), (GDestroyNotify) cs_prediction_free);
}

/* The thread knows no provider, whose last reference must not go there. @outer: (transfer full) */
static void
start_outline (CsRequest *request, GCancellable *cancellable, GTask *outer)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, write_outline_cb, outer);

  g_task_set_source_tag (task, start_outline);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, cs_request_ref (request), (GDestroyNotify) cs_request_unref);
  g_task_run_in_thread (task, write_outline);
}

static void
poll_async (CsProvider *provider, CsRequest *request, const char *remote_id, CsProviderProgressFunc progress,
            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, poll_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, cs_request_ref (request), (GDestroyNotify) cs_request_unref);
  if (request->kind == CS_KIND_DECK)
    {
      start_outline (request, cancellable, task);
      return;
    }
  cs_sketch_render_async (order_from_request (request), progress, progress_data, cancellable, render_cb, task);
}

static CsPrediction *
poll_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cancel_async (CsProvider *provider, CsRequest *request, const char *remote_id, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, cancel_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, cs_prediction_new (CS_PREDICTION_CANCELLED), (GDestroyNotify) cs_prediction_free);
}

static CsPrediction *
cancel_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
cs_sketch_provider_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_name;
  iface->is_repeatable = is_yes;
  iface->is_local = is_yes;
  iface->submit_async = submit_async;
  iface->submit_finish = submit_finish;
  iface->poll_async = poll_async;
  iface->poll_finish = poll_finish;
  iface->cancel_async = cancel_async;
  iface->cancel_finish = cancel_finish;
}
