/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jobs that concern somebody now, kept up by the queue's signals, whoever drives them. Main thread. */
#include "config.h"
#include "ui/cs-job-list.h"

#define MOST_JOBS 2000

struct _CsJobList
{
  GObject parent_instance;

  CsJobQueue *queue;
  GPtrArray *jobs; /* (element-type CsJob), oldest first */
};

static GType
cs_job_list_get_item_type (GListModel *model)
{
  return CS_TYPE_JOB;
}

static guint
cs_job_list_get_n_items (GListModel *model)
{
  return CS_JOB_LIST (model)->jobs->len;
}

static gpointer
cs_job_list_get_item (GListModel *model, guint position)
{
  CsJobList *self = CS_JOB_LIST (model);

  return position < self->jobs->len ? g_object_ref (self->jobs->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = cs_job_list_get_item_type;
  iface->get_n_items = cs_job_list_get_n_items;
  iface->get_item = cs_job_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CsJobList, cs_job_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
cs_job_list_finalize (GObject *object)
{
  CsJobList *self = CS_JOB_LIST (object);

  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (cs_job_list_parent_class)->finalize (object);
}

static void
cs_job_list_class_init (CsJobListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_job_list_finalize;
}

static void
cs_job_list_init (CsJobList *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
}

static gboolean
find (CsJobList *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->jobs->len; i++)
    if (g_str_equal (cs_job_get_id (self->jobs->pdata[i]), id))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_wanted (CsJob *job)
{
  CsJobState state = cs_job_get_facts (job)->state;

  return state != CS_JOB_DONE && state != CS_JOB_CANCELLED;
}

/** cs_job_list_add: Puts @job in, or in the place of what is known of it, or takes it out when it concerns nobody any more. */
void
cs_job_list_add (CsJobList *self, CsJob *job)
{
  guint position = self->jobs->len;
  gboolean is_known = find (self, cs_job_get_id (job), &position);

  if (!is_wanted (job))
    {
      if (is_known)
        cs_job_list_dismiss (self, cs_job_get_id (job));
      return;
    }
  if (is_known && self->jobs->pdata[position] == job)
    return; /* it tells of itself */
  if (is_known)
    g_ptr_array_remove_index (self->jobs, position);
  g_ptr_array_insert (self->jobs, (int) position, g_object_ref (job));
  g_list_model_items_changed (G_LIST_MODEL (self), position, is_known ? 1 : 0, 1);
}

/** cs_job_list_dismiss: Nobody wants to see it here any more. */
void
cs_job_list_dismiss (CsJobList *self, const char *id)
{
  guint position;

  if (!find (self, id, &position))
    return;
  g_ptr_array_remove_index (self->jobs, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/** cs_job_list_find: Returns: (transfer none) (nullable): the job, when it is in the list. */
CsJob *
cs_job_list_find (CsJobList *self, const char *id)
{
  guint position;

  return find (self, id, &position) ? self->jobs->pdata[position] : NULL;
}

static void
job_changed_cb (CsJobQueue *queue, CsJob *job, gpointer user_data)
{
  CsJobList *self = user_data;

  /* One that failed long ago, or somewhere else, is not called up again. */
  if (cs_job_get_facts (job)->state != CS_JOB_FAILED || cs_job_list_find (self, cs_job_get_id (job)) != NULL)
    cs_job_list_add (self, job);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_list_finish (CS_JOB_QUEUE (source), result, &error);

  if (jobs == NULL)
    {
      g_warning ("The jobs were not read: %s", error->message);
      return;
    }
  for (guint i = jobs->len; i > 0; i--)
    if (cs_job_list_find (self, cs_job_get_id (jobs->pdata[i - 1])) == NULL)
      cs_job_list_add (self, jobs->pdata[i - 1]);
}

static void
resume_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_resume_finish (CS_JOB_QUEUE (source), result, &error);

  if (jobs == NULL)
    {
      g_warning ("The jobs were not taken up again: %s", error->message);
      return;
    }
  for (guint i = 0; i < jobs->len; i++)
    cs_job_list_add (self, jobs->pdata[i]);
  cs_job_queue_list_async (self->queue, TRUE, MOST_JOBS, NULL, list_cb, g_object_ref (self));
}

/** cs_job_list_new: Returns: (transfer full): the jobs of @queue; those that nobody drives are taken up again. */
CsJobList *
cs_job_list_new (CsJobQueue *queue)
{
  CsJobList *self = g_object_new (CS_TYPE_JOB_LIST, NULL);

  self->queue = g_object_ref (queue);
  g_signal_connect_object (queue, "job-changed", G_CALLBACK (job_changed_cb), self, 0);
  cs_job_queue_resume_async (queue, NULL, NULL, resume_cb, g_object_ref (self));
  return self;
}
