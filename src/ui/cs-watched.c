/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids of jobs in the settings, and the jobs that they are. Main thread. */
#include "config.h"
#include "ui/cs-watched.h"

#include "ui/cs-job-list.h"

#define KEY "watched"
#define MOST 16 /* of one set; a set is of four */

/** cs_watched_remember: @jobs: (nullable) (element-type CsJob): NULL when the page of @kind follows none. */
void
cs_watched_remember (CsStudio *studio, CsKind kind, GPtrArray *jobs)
{
  GSettings *settings = cs_studio_get_settings (studio);
  g_autoptr (GVariant) before = g_settings_get_value (settings, KEY);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GVariantIter iter;
  const char *name;
  GVariant *value;
  GVariantBuilder builder;

  for (guint i = 0; jobs != NULL && i < MIN (jobs->len, MOST); i++)
    g_ptr_array_add (ids, (char *) cs_job_get_id (jobs->pdata[i]));
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sas}"));
  g_variant_iter_init (&iter, before);
  while (g_variant_iter_next (&iter, "{&s@as}", &name, &value))
    {
      if (!g_str_equal (name, cs_kind_to_string (kind)))
        g_variant_builder_add (&builder, "{s@as}", name, value);
      g_variant_unref (value);
    }
  if (ids->len > 0)
    g_variant_builder_add (&builder, "{s@as}", cs_kind_to_string (kind),
                           g_variant_new_strv ((const char *const *) ids->pdata, (gssize) ids->len));
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

/* Recalling */

/* One recall. */
typedef struct
{
  CsJobList *list;
  CsJobQueue *queue;
  GStrv ids;
  GPtrArray *jobs; /* (element-type CsJob) in the order of the ids; NULL where there is none any more */
  guint n_pending;
} Recall;

static void
recall_free (Recall *recall)
{
  g_object_unref (recall->list);
  g_object_unref (recall->queue);
  g_strfreev (recall->ids);
  g_clear_pointer (&recall->jobs, g_ptr_array_unref);
  g_free (recall);
}

static void
clear_job (gpointer job)
{
  g_clear_object (&job);
}

static gboolean
has_going (GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++)
    if (!cs_job_state_is_final (cs_job_get_facts (jobs->pdata[i])->state))
      return TRUE;
  return FALSE;
}

static void
return_jobs (GTask *task)
{
  Recall *recall = g_task_get_task_data (task);

  while (g_ptr_array_remove (recall->jobs, NULL))
    ;
  g_task_return_pointer (task, has_going (recall->jobs) ? g_steal_pointer (&recall->jobs) : NULL, (GDestroyNotify) g_ptr_array_unref);
}

/* Which of the jobs was asked for. */
typedef struct
{
  GTask *task;
  guint place;
} Question;

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  Recall *recall = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  recall->jobs->pdata[question->place] = cs_job_queue_get_finish (CS_JOB_QUEUE (source), result, &error);
  if (error != NULL)
    g_debug ("A job is not there any more: %s", error->message);
  if (--recall->n_pending == 0)
    return_jobs (task);
}

/* Those that go on are in the list: that is the object that everybody follows. */
static void
ask (GTask *task)
{
  Recall *recall = g_task_get_task_data (task);
  guint n = g_strv_length (recall->ids);

  recall->jobs = g_ptr_array_new_with_free_func (clear_job);
  g_ptr_array_set_size (recall->jobs, (int) n);
  recall->n_pending = 1;
  for (guint i = 0; i < n; i++)
    {
      CsJob *job = cs_job_list_find (recall->list, recall->ids[i]);
      Question *question;

      if (job != NULL)
        {
          recall->jobs->pdata[i] = g_object_ref (job);
          continue;
        }
      question = g_new0 (Question, 1);
      *question = (Question){ g_object_ref (task), i };
      recall->n_pending++;
      cs_job_queue_get_async (recall->queue, recall->ids[i], g_task_get_cancellable (task), get_cb, question);
    }
  if (--recall->n_pending == 0)
    return_jobs (task);
}

static void
loaded_cb (CsJobList *list, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_signal_handlers_disconnect_by_func (list, loaded_cb, task);
  ask (task);
}

static char **
dup_ids (CsStudio *studio, CsKind kind)
{
  g_autoptr (GVariant) all = g_settings_get_value (cs_studio_get_settings (studio), KEY);
  char **ids = NULL;

  return g_variant_lookup (all, cs_kind_to_string (kind), "^as", &ids) ? ids : g_new0 (char *, 1);
}

/** cs_watched_recall_async: The jobs that the page of @kind followed, when one of them at least is not over. */
void
cs_watched_recall_async (CsStudio *studio, CsKind kind, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Recall *recall = g_new0 (Recall, 1);

  g_task_set_source_tag (task, cs_watched_recall_async);
  recall->list = g_object_ref (CS_JOB_LIST (cs_studio_get_jobs (studio)));
  recall->queue = g_object_ref (cs_engine_get_queue (cs_studio_get_engine (studio)));
  recall->ids = dup_ids (studio, kind);
  g_task_set_task_data (task, recall, (GDestroyNotify) recall_free);
  if (cs_job_list_is_loaded (recall->list))
    ask (task);
  else
    g_signal_connect (recall->list, "loaded", G_CALLBACK (loaded_cb), g_object_ref (task));
}

/** cs_watched_recall_finish: Returns: (transfer full) (nullable) (element-type CsJob): NULL when there is nothing to follow. */
GPtrArray *
cs_watched_recall_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, cs_watched_recall_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
