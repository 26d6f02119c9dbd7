/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waiting for one job on behalf of a caller. A job that this process drives tells what happens; one that another process
 * drives is read again every second. Main thread.
 */
#include "config.h"
#include "server/cs-api-watch.h"

#include "server/cs-api-verdict.h"

#define TICK 1000             /* milliseconds */
#define LAST_PATIENCE 8000    /* milliseconds that are left when the server stops: less than it waits for its answers */

/* Owned by its task, which holds itself until it is over. */
typedef struct
{
  CsJobQueue *queue;
  GCancellable *stopping;
  CsJob *job;
  gboolean until_done;
  guint tick;     /* 0: none */
  guint deadline; /* 0: none */
  gboolean is_hurried;
  gboolean is_reading;
  gboolean is_over;
} Watch;

static void
watch_free (Watch *watch)
{
  g_object_unref (watch->queue);
  g_object_unref (watch->stopping);
  g_object_unref (watch->job);
  g_free (watch);
}

static void
end (GTask *task)
{
  Watch *watch = g_task_get_task_data (task);

  if (watch->is_over)
    return;
  watch->is_over = TRUE;
  g_clear_handle_id (&watch->tick, g_source_remove);
  g_clear_handle_id (&watch->deadline, g_source_remove);
  g_signal_handlers_disconnect_by_data (watch->job, task);
  g_signal_handlers_disconnect_by_data (watch->stopping, task);
  g_task_return_pointer (task, g_object_ref (watch->job), g_object_unref);
  g_object_unref (task);
}

static void
look (GTask *task)
{
  Watch *watch = g_task_get_task_data (task);

  if (cs_api_verdict_read (watch->job, watch->until_done) != CS_API_VERDICT_NONE)
    end (task);
}

static gboolean
deadline_cb (gpointer user_data)
{
  GTask *task = user_data;
  Watch *watch = g_task_get_task_data (task);

  watch->deadline = 0;
  end (task);
  return G_SOURCE_REMOVE;
}

/* The server stops: what ends soon is still answered with its end. */
static void
hurry (GTask *task)
{
  Watch *watch = g_task_get_task_data (task);

  if (watch->is_hurried)
    return;
  watch->is_hurried = TRUE;
  g_clear_handle_id (&watch->deadline, g_source_remove);
  watch->deadline = g_timeout_add (LAST_PATIENCE, deadline_cb, task);
}

/* @job: (transfer full): the same one, read anew; the same object where we drive it. */
static void
replace_job (GTask *task, CsJob *job)
{
  Watch *watch = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (watch->job, task);
  g_object_unref (watch->job);
  watch->job = job;
  g_signal_connect_swapped (job, "changed", G_CALLBACK (look), task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Watch *watch = g_task_get_task_data (task);
  CsJob *job = cs_job_queue_get_finish (watch->queue, result, NULL);

  watch->is_reading = FALSE;
  if (job != NULL && !watch->is_over)
    replace_job (task, g_object_ref (job));
  g_clear_object (&job);
  if (!watch->is_over)
    look (task);
}

static gboolean
tick_cb (gpointer user_data)
{
  GTask *task = user_data;
  Watch *watch = g_task_get_task_data (task);
  const char *id = cs_job_get_id (watch->job);

  if (!watch->is_reading && !cs_job_queue_is_driving (watch->queue, id))
    {
      watch->is_reading = TRUE;
      cs_job_queue_get_async (watch->queue, id, NULL, read_cb, g_object_ref (task));
    }
  return G_SOURCE_CONTINUE;
}

void
cs_api_watch_async (CsApiCall *call, CsJob *job, gboolean until_done, double seconds, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Watch *watch = g_new0 (Watch, 1);

  g_task_set_source_tag (task, cs_api_watch_async);
  g_task_set_task_data (task, watch, (GDestroyNotify) watch_free);
  watch->queue = g_object_ref (cs_engine_get_queue (cs_api_call_get_engine (call)));
  watch->stopping = g_object_ref (cs_api_server_get_stopping (cs_api_call_get_server (call)));
  watch->job = g_object_ref (job);
  watch->until_done = until_done;
  g_signal_connect_swapped (job, "changed", G_CALLBACK (look), task);
  g_signal_connect_swapped (watch->stopping, "cancelled", G_CALLBACK (hurry), task);
  watch->tick = g_timeout_add (TICK, tick_cb, task);
  watch->deadline = g_timeout_add ((guint) (MAX (seconds, 0) * 1000), deadline_cb, task);
  if (g_cancellable_is_cancelled (watch->stopping))
    hurry (task);
  look (task);
}

CsJob *
cs_api_watch_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_api_watch_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
