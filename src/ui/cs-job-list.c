/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The jobs that concern somebody now: those that this process drives, by the queue's signals; those of other processes, by what
 * the store says has changed. Main thread.
 */
#include "config.h"
#include "ui/cs-job-list.h"

#define MOST_JOBS 2000
#define PAGE 500 /* changes that are read at once */

struct _CsJobList
{
  GObject parent_instance;

  CsJobQueue *queue;
  CsStore *store;
  GPtrArray *jobs;          /* (element-type CsJob), oldest first */
  gint64 last;              /* the newest change that is known of */
  guint is_loaded : 1;      /* those of before are in it */
  guint is_reading : 1;     /* changes */
  guint wants_changes : 1;  /* there are newer ones */
};

enum
{
  SIGNAL_LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cs_job_list_parent_class)->finalize (object);
}

static void
cs_job_list_class_init (CsJobListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_job_list_finalize;
  signals[SIGNAL_LOADED]
      = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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

/* Jobs of other processes */

/* What is on somebody's screen is another from now on; it stays the same object. */
static void
take_facts (CsJobList *self, CsJob *job)
{
  CsJob *known = cs_job_list_find (self, cs_job_get_id (job));

  if (known != NULL && known != job && is_wanted (job) && !cs_job_queue_is_driving (self->queue, cs_job_get_id (job)))
    cs_job_set_facts (known, cs_job_facts_copy (cs_job_get_facts (job)));
  else
    job_changed_cb (self->queue, job, self);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_get_finish (CS_JOB_QUEUE (source), result, &error);

  if (job != NULL)
    take_facts (self, job);
}

/* What ends elsewhere is looked at only where it is shown. */
static gboolean
is_interesting (CsJobList *self, const CsChange *change)
{
  if (change->is_creation || cs_job_queue_is_driving (self->queue, change->id))
    return FALSE;
  return !cs_job_state_is_final (change->state) || cs_job_list_find (self, change->id) != NULL;
}

static void read_changes (CsJobList *self);

static void
changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsChanges) changes = cs_changes_list_finish (CS_STORE (source), result, &error);
  guint n = changes != NULL ? changes->all->len : 0;

  self->is_reading = FALSE;
  for (guint i = 0; i < n; i++)
    {
      const CsChange *change = changes->all->pdata[i];

      self->last = MAX (self->last, change->number);
      if (is_interesting (self, change))
        cs_job_queue_get_async (self->queue, change->id, NULL, get_cb, g_object_ref (self));
    }
  if (changes == NULL) /* the next change asks again */
    g_debug ("What other processes do was not read: %s", error->message);
  else if (self->wants_changes || n == PAGE)
    read_changes (self);
}

static void
read_changes (CsJobList *self)
{
  self->wants_changes = self->is_reading;
  if (self->is_reading || !self->is_loaded)
    return;
  self->is_reading = TRUE;
  cs_changes_list_async (self->store, self->last, PAGE, NULL, changes_cb, g_object_ref (self));
}

/* Beginning: where the changes are, then what nobody drives is taken up, then all that is not over. */

/* That the studio was closed meanwhile is no fault. */
static void
complain (const GError *error)
{
  if (!g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT))
    g_warning ("The jobs were not read: %s", error->message);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_list_finish (CS_JOB_QUEUE (source), result, &error);

  if (jobs == NULL)
    complain (error);
  for (guint i = jobs != NULL ? jobs->len : 0; i > 0; i--)
    if (cs_job_list_find (self, cs_job_get_id (jobs->pdata[i - 1])) == NULL)
      cs_job_list_add (self, jobs->pdata[i - 1]);
  self->is_loaded = TRUE;
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
  read_changes (self);
}

static void
resume_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_resume_finish (CS_JOB_QUEUE (source), result, &error);

  if (jobs == NULL)
    complain (error);
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    cs_job_list_add (self, jobs->pdata[i]);
  cs_job_queue_list_async (self->queue, TRUE, MOST_JOBS, NULL, list_cb, g_object_ref (self));
}

static void
first_changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobList) self = user_data;
  g_autoptr (CsChanges) changes = cs_changes_list_finish (CS_STORE (source), result, NULL);

  if (changes != NULL)
    self->last = changes->last;
  cs_job_queue_resume_async (self->queue, NULL, NULL, resume_cb, g_object_ref (self));
}

/** cs_job_list_new: Returns: (transfer full): the jobs of @engine; those that nobody drives are taken up again. */
CsJobList *
cs_job_list_new (CsEngine *engine)
{
  CsJobList *self = g_object_new (CS_TYPE_JOB_LIST, NULL);

  self->queue = g_object_ref (cs_engine_get_queue (engine));
  self->store = g_object_ref (cs_engine_get_store (engine));
  g_signal_connect_object (self->queue, "job-changed", G_CALLBACK (job_changed_cb), self, 0);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (read_changes), self, G_CONNECT_SWAPPED);
  cs_changes_list_async (self->store, G_MAXINT64, 1, NULL, first_changes_cb, g_object_ref (self));
  cs_job_queue_watch_others (self->queue);
  return self;
}

/** cs_job_list_is_loaded: Returns: TRUE when the jobs of before are in it; "loaded" says so. */
gboolean
cs_job_list_is_loaded (CsJobList *self)
{
  return self->is_loaded;
}

/** cs_job_list_count_going: Returns: how many jobs this process drives that go on without anybody. */
guint
cs_job_list_count_going (CsJobList *self)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (self->jobs->pdata[i]);

      if (!cs_job_state_is_final (facts->state) && !cs_job_facts_waits_for_somebody (facts) && cs_job_queue_is_driving (self->queue, facts->id))
        n++;
    }
  return n;
}
