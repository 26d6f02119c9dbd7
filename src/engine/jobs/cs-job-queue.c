/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The jobs that this process drives: takes briefs in, takes over what nobody drives, keeps one timer for all that wait,
 * and hears what other processes did. Main thread; owned by the engine.
 */
#include "config.h"
#include "jobs/cs-job-queue.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-id.h"
#include "core/cs-task.h"
#include "jobs/cs-job-runner.h"
#include "jobs/cs-job-store.h"
#include "jobs/cs-owner.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MAX_CLAIMED 2000
#define WATCH_INTERVAL 500 /* milliseconds */
#define LONGEST_SLEEP (60 * G_USEC_PER_SEC)

struct _CsJobQueue
{
  GObject parent_instance;

  /* Owned */
  CsStore *store;
  CsPaths *paths;
  CsProviderRegistry *registry;
  CsScreenwriter *screenwriter;
  CsPriceList *prices;
  CsLibrary *library;
  CsOwner *owner;

  CsJobContext context;   /* borrows all of the above for the runners */
  GHashTable *runners;    /* job id -> CsJobRunner */
  guint timer;
  guint is_closed : 1;
  guint is_reading_marks : 1;
};

G_DEFINE_FINAL_TYPE (CsJobQueue, cs_job_queue, G_TYPE_OBJECT)

static void arm_timer (CsJobQueue *self);

static void
stop_all (CsJobQueue *self)
{
  g_autoptr (GPtrArray) runners = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer runner;

  self->is_closed = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_iter_init (&iter, self->runners);
  while (g_hash_table_iter_next (&iter, NULL, &runner))
    g_ptr_array_add (runners, g_object_ref (runner));
  for (guint i = 0; i < runners->len; i++)
    {
      g_signal_handlers_disconnect_by_data (runners->pdata[i], self);
      cs_job_runner_stop (runners->pdata[i]);
    }
  g_hash_table_remove_all (self->runners);
}

static void
cs_job_queue_dispose (GObject *object)
{
  CsJobQueue *self = CS_JOB_QUEUE (object);

  stop_all (self);

  G_OBJECT_CLASS (cs_job_queue_parent_class)->dispose (object);
}

static void
cs_job_queue_finalize (GObject *object)
{
  CsJobQueue *self = CS_JOB_QUEUE (object);

  g_clear_pointer (&self->runners, g_hash_table_unref);
  g_clear_object (&self->store);
  g_clear_pointer (&self->paths, cs_paths_unref);
  g_clear_object (&self->registry);
  g_clear_object (&self->screenwriter);
  g_clear_pointer (&self->prices, cs_price_list_unref);
  g_clear_object (&self->library);
  g_clear_pointer (&self->owner, cs_owner_free);

  G_OBJECT_CLASS (cs_job_queue_parent_class)->finalize (object);
}

static void
cs_job_queue_class_init (CsJobQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cs_job_queue_dispose;
  object_class->finalize = cs_job_queue_finalize;
}

static void
cs_job_queue_init (CsJobQueue *self)
{
  self->runners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/* One timer for all that wait */

/**
 * cs_job_queue_wake:
 *
 * Looks at once whether a waiting job's time has come: after the clock was turned or the network came back.
 */
void
cs_job_queue_wake (CsJobQueue *self)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = cs_clock_now ();
  GHashTableIter iter;
  gpointer runner;

  g_hash_table_iter_init (&iter, self->runners);
  while (g_hash_table_iter_next (&iter, NULL, &runner))
    {
      gint64 wake_time = cs_job_runner_get_wake_time (runner);

      if (wake_time > 0 && wake_time <= now)
        g_ptr_array_add (due, g_object_ref (runner));
    }
  for (guint i = 0; i < due->len; i++)
    cs_job_runner_wake (due->pdata[i]);
  arm_timer (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  CsJobQueue *self = user_data;

  self->timer = 0;
  cs_job_queue_wake (self);
  return G_SOURCE_REMOVE;
}

static void
arm_timer (CsJobQueue *self)
{
  gint64 next = G_MAXINT64;
  gint64 delay;
  GHashTableIter iter;
  gpointer runner;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->is_closed)
    return;
  g_hash_table_iter_init (&iter, self->runners);
  while (g_hash_table_iter_next (&iter, NULL, &runner))
    {
      gint64 wake_time = cs_job_runner_get_wake_time (runner);

      if (wake_time > 0)
        next = MIN (next, wake_time);
    }
  if (next == G_MAXINT64)
    return;
  delay = CLAMP (next - cs_clock_now (), 0, LONGEST_SLEEP);
  self->timer = g_timeout_add ((guint) (delay / 1000) + 1, timer_cb, self);
}

/* Runners */

static void
moved_cb (CsJobRunner *runner, gpointer user_data)
{
  CsJobQueue *self = user_data;
  CsJob *job = cs_job_runner_get_job (runner);

  if (cs_job_get_facts (job)->state == CS_JOB_DONE && cs_job_runner_is_stopped (runner))
    cs_library_notify (self->library, cs_job_get_id (job));
  if (cs_job_runner_is_stopped (runner))
    {
      g_signal_handlers_disconnect_by_data (runner, self);
      g_hash_table_remove (self->runners, cs_job_get_id (job));
    }
  arm_timer (self);
}

static CsJob *
start_runner (CsJobQueue *self, CsJobFacts *facts)
{
  CsJob *job = cs_job_new (facts);
  CsJobRunner *runner = cs_job_runner_new (&self->context, job);

  g_signal_connect (runner, "moved", G_CALLBACK (moved_cb), self);
  g_hash_table_replace (self->runners, g_strdup (facts->id), runner);
  cs_job_runner_wake (runner);
  return job;
}

/* Takes the facts out of @all, which were just written or claimed, and drives them. */
static GPtrArray *
start_all (CsJobQueue *self, GPtrArray *all)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      CsJobFacts *facts = g_steal_pointer (&all->pdata[i]);
      CsJobRunner *runner = g_hash_table_lookup (self->runners, facts->id);

      if (runner == NULL && !cs_job_state_is_final (facts->state) && g_strcmp0 (facts->owner, self->context.owner) == 0)
        g_ptr_array_add (jobs, start_runner (self, facts));
      else
        {
          g_ptr_array_add (jobs, runner != NULL ? g_object_ref (cs_job_runner_get_job (runner)) : cs_job_new (cs_job_facts_copy (facts)));
          cs_job_facts_free (facts);
        }
    }
  arm_timer (self);
  return jobs;
}

/* What other processes did */

static gpointer
list_marks_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_list_marks (database, data, error);
}

static void
apply_mark (CsJobQueue *self, CsJobMark *mark)
{
  CsJobRunner *runner = g_hash_table_lookup (self->runners, mark->id);
  const CsJobFacts *facts = runner != NULL ? cs_job_get_facts (cs_job_runner_get_job (runner)) : NULL;

  if (runner == NULL || facts->updated_at >= mark->updated_at)
    return;
  if (mark->cancel_requested && !facts->cancel_requested)
    cs_job_runner_request_cancel (runner);
  else
    cs_job_runner_reload (runner);
}

static void
list_marks_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobQueue) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) marks = cs_store_run_finish (CS_STORE (source), result, &error);

  self->is_reading_marks = FALSE;
  if (marks == NULL) /* the next change asks again; the commits themselves notice whatever matters */
    g_debug ("The jobs were not looked at: %s", error->message);
  for (guint i = 0; marks != NULL && !self->is_closed && i < marks->len; i++)
    apply_mark (self, marks->pdata[i]);
}

static void
read_marks (CsJobQueue *self)
{
  if (self->is_reading_marks || self->is_closed || g_hash_table_size (self->runners) == 0)
    return;
  self->is_reading_marks = TRUE;
  cs_store_run_async (self->store, CS_STORE_READ, list_marks_func, g_strdup (self->context.owner), g_free,
                      (GDestroyNotify) g_ptr_array_unref, NULL, list_marks_cb, g_object_ref (self));
}

/**
 * cs_job_queue_new:
 *
 * Returns: (transfer full): a queue with a new owner name and no jobs; NULL when the state folder cannot be used.
 */
CsJobQueue *
cs_job_queue_new (CsStore *store, CsPaths *paths, CsProviderRegistry *registry, CsScreenwriter *screenwriter,
                  CsPriceList *prices, CsLibrary *library, GError **error)
{
  g_autoptr (CsOwner) owner = cs_owner_new (cs_paths_get_owners (paths), error);
  CsJobQueue *self;

  if (owner == NULL)
    return NULL;
  self = g_object_new (CS_TYPE_JOB_QUEUE, NULL);
  self->store = g_object_ref (store);
  self->paths = cs_paths_ref (paths);
  self->registry = g_object_ref (registry);
  self->screenwriter = g_object_ref (screenwriter);
  self->prices = cs_price_list_ref (prices);
  self->library = g_object_ref (library);
  self->owner = g_steal_pointer (&owner);
  self->context = (CsJobContext){ store, paths, registry, screenwriter, prices, cs_owner_get_name (self->owner) };
  g_signal_connect_object (store, "changed", G_CALLBACK (read_marks), self, G_CONNECT_SWAPPED);
  cs_store_watch (store, WATCH_INTERVAL);
  return self;
}

/** cs_job_queue_get_n_running: Returns: how many jobs this process drives. */
guint
cs_job_queue_get_n_running (CsJobQueue *self)
{
  return g_hash_table_size (self->runners);
}

/* Adding */

/* An earlier job of the same request, (transfer full); NULL without an error when there is none. */
static CsJobFacts *
find_repeat (CsDatabase *database, CsJobFacts *facts, GError **error)
{
  CsJobFacts *earlier;

  if (facts->brief->request_id == NULL)
    return NULL;
  earlier = cs_job_store_find_request (database, facts->brief->user_id, facts->brief->request_id, error);
  if (earlier != NULL && g_strcmp0 (earlier->request_hash, facts->request_hash) != 0)
    {
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("The request id “%s” was used for another request already."),
                    facts->brief->request_id);
      g_clear_pointer (&earlier, cs_job_facts_free);
    }
  return earlier;
}

static gpointer
add_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *all = data;
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      CsJobFacts *earlier = find_repeat (database, all->pdata[i], &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (earlier != NULL)
        {
          cs_job_facts_free (all->pdata[i]);
          all->pdata[i] = earlier;
        }
      else if (!cs_job_store_insert (database, all->pdata[i], error))
        return NULL;
    }
  return all;
}

static void
start_all_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsJobQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  GPtrArray *all = cs_store_run_finish (CS_STORE (source), result, &error);

  if (all == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, start_all (self, all), (GDestroyNotify) g_ptr_array_unref);
}

static void
free_facts (gpointer facts)
{
  if (facts != NULL)
    cs_job_facts_free (facts);
}

/**
 * cs_job_queue_add_async:
 * @briefs: (element-type CsBrief): checked briefs; more than one are a batch
 *
 * Writes the jobs down, all or none, and starts them. A repeated request id with the same brief gives the earlier job.
 */
void
cs_job_queue_add_async (CsJobQueue *self, GPtrArray *briefs, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GPtrArray *all = g_ptr_array_new_with_free_func (free_facts);
  g_autofree char *batch = briefs->len > 1 ? cs_id_new () : NULL;

  g_task_set_source_tag (task, cs_job_queue_add_async);
  for (guint i = 0; i < briefs->len; i++)
    {
      CsJobFacts *facts = cs_job_facts_new (briefs->pdata[i]);

      facts->owner = g_strdup (self->context.owner);
      facts->request_hash = cs_brief_hash (facts->brief);
      facts->batch = g_strdup (batch);
      g_ptr_array_add (all, facts);
    }
  cs_store_run_async (self->store, CS_STORE_WRITE, add_func, all, (GDestroyNotify) g_ptr_array_unref, NULL, cancellable,
                      start_all_cb, task);
}

/** cs_job_queue_add_finish: Returns: (transfer full) (element-type CsJob): the jobs, in the order of the briefs. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsJobQueue, cs_job_queue_add_async, cs_job_queue_add_finish)

/* Taking over */

typedef struct
{
  char *owner;
  char *owners_folder;
  char *work_folder;
  char *id;
} Claim;

static void
claim_free (Claim *claim)
{
  g_free (claim->owner);
  g_free (claim->owners_folder);
  g_free (claim->work_folder);
  g_free (claim->id);
  g_free (claim);
}

/* Files of work that no living job will come back for. Their names begin with the job's id. */
static void
sweep_work (CsDatabase *database, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = g_strndup (name, CS_ID_LENGTH);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;

      if (cs_id_is_valid (id) && !cs_job_store_is_active (database, id, &error) && error == NULL)
        g_unlink (path);
    }
}

static gpointer
claim_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Claim *claim = data;

  sweep_work (database, claim->work_folder);
  cs_owner_sweep (claim->owners_folder);
  return cs_job_store_claim (database, claim->owner, claim->owners_folder, claim->id, MAX_CLAIMED, error);
}

static void
claim_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsJobQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) all = cs_store_run_finish (CS_STORE (source), result, &error);

  if (all == NULL)
    g_task_return_error (task, error);
  else
    {
      g_ptr_array_set_free_func (all, free_facts);
      g_task_return_pointer (task, start_all (self, all), (GDestroyNotify) g_ptr_array_unref);
    }
}

/**
 * cs_job_queue_resume_async:
 * @id: (nullable): only this job
 *
 * Takes over the jobs that nobody drives any more, what expires first, and goes on with them.
 */
void
cs_job_queue_resume_async (CsJobQueue *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Claim *claim = g_new0 (Claim, 1);

  g_task_set_source_tag (task, cs_job_queue_resume_async);
  claim->owner = g_strdup (self->context.owner);
  claim->owners_folder = g_strdup (cs_paths_get_owners (self->paths));
  claim->work_folder = g_strdup (cs_paths_get_work (self->paths));
  claim->id = g_strdup (id);
  cs_store_run_async (self->store, CS_STORE_WRITE, claim_func, claim, (GDestroyNotify) claim_free,
                      (GDestroyNotify) g_ptr_array_unref, cancellable, claim_cb, task);
}

/** cs_job_queue_resume_finish: Returns: (transfer full) (element-type CsJob): the jobs taken over. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsJobQueue, cs_job_queue_resume_async, cs_job_queue_resume_finish)

/* Looking */

static gpointer
find_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_find (database, data, error);
}

static void
find_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsJobQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  CsJobFacts *facts = cs_store_run_finish (CS_STORE (source), result, &error);
  CsJobRunner *runner = facts != NULL ? g_hash_table_lookup (self->runners, facts->id) : NULL;

  if (facts == NULL)
    g_task_return_error (task, error);
  else if (runner != NULL)
    {
      g_task_return_pointer (task, g_object_ref (cs_job_runner_get_job (runner)), g_object_unref);
      cs_job_facts_free (facts);
    }
  else
    g_task_return_pointer (task, cs_job_new (facts), g_object_unref);
}

/** cs_job_queue_get_async: @id: ours, or the one that a provider gave. */
void
cs_job_queue_get_async (CsJobQueue *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_job_queue_get_async);
  cs_store_run_async (self->store, CS_STORE_READ, find_func, g_strdup (id), g_free, (GDestroyNotify) cs_job_facts_free,
                      cancellable, find_cb, task);
}

/** cs_job_queue_get_finish: Returns: (transfer full): the job: live where we drive it, else as it is stored now. */
CS_DEFINE_FINISH_POINTER (CsJob, CsJobQueue, cs_job_queue_get_async, cs_job_queue_get_finish)

static gpointer
list_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  int packed = GPOINTER_TO_INT (data);

  return cs_job_store_list (database, packed < 0, ABS (packed), error);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) all = cs_store_run_finish (CS_STORE (source), result, &error);
  GPtrArray *jobs;

  if (all == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (all, free_facts);
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (jobs, cs_job_new (g_steal_pointer (&all->pdata[i])));
  g_task_return_pointer (task, jobs, (GDestroyNotify) g_ptr_array_unref);
}

/** cs_job_queue_list_async: @limit: how many, newest first. */
void
cs_job_queue_list_async (CsJobQueue *self, gboolean active_only, int limit, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_job_queue_list_async);
  cs_store_run_async (self->store, CS_STORE_READ, list_func, GINT_TO_POINTER (active_only ? -limit : limit), NULL,
                      (GDestroyNotify) g_ptr_array_unref, cancellable, list_cb, task);
}

/** cs_job_queue_list_finish: Returns: (transfer full) (element-type CsJob): the jobs as they are stored now. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsJobQueue, cs_job_queue_list_async, cs_job_queue_list_finish)

/* The user's word */

typedef struct
{
  char *id;
  gboolean is_cancel;
  CsDecision decision;
} Word;

static void
word_free (Word *word)
{
  g_free (word->id);
  g_free (word);
}

static gpointer
say_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  static const CsJobState ends[] = { CS_JOB_UNCERTAIN, CS_JOB_QUOTED, CS_JOB_FAILED };
  Word *word = data;
  g_autoptr (CsJobFacts) facts = cs_job_store_find (database, word->id, error);

  if (facts == NULL
      || !(word->is_cancel ? cs_job_store_cancel (database, facts->id, error)
                           : cs_job_store_decide (database, facts->id, ends[word->decision], error)))
    return NULL;
  return cs_job_store_load (database, facts->id, error);
}

static void
say_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsJobQueue *self = g_task_get_source_object (task);
  Word *word = g_task_get_task_data (task);
  GError *error = NULL;
  CsJobFacts *facts = cs_store_run_finish (CS_STORE (source), result, &error);
  CsJobRunner *runner;

  if (facts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  runner = g_hash_table_lookup (self->runners, facts->id);
  if (runner != NULL && word->is_cancel)
    cs_job_runner_request_cancel (runner);
  else if (runner != NULL)
    cs_job_runner_reload (runner);
  g_task_return_pointer (task, cs_job_new (facts), g_object_unref);
}

static void
say (CsJobQueue *self, const char *id, gboolean is_cancel, CsDecision decision, GTask *task)
{
  Word *word = g_new0 (Word, 1);
  Word *copy = g_new0 (Word, 1);

  word->id = g_strdup (id);
  word->is_cancel = is_cancel;
  word->decision = decision;
  *copy = *word;
  copy->id = g_strdup (id);
  g_task_set_task_data (task, copy, (GDestroyNotify) word_free);
  cs_store_run_async (self->store, CS_STORE_WRITE, say_func, word, (GDestroyNotify) word_free,
                      (GDestroyNotify) cs_job_facts_free, g_task_get_cancellable (task), say_cb, task);
}

/**
 * cs_job_queue_cancel_async:
 *
 * Ends a job that was not sent; for one that was, writes the wish down for whoever drives it. %CS_ERROR_CONFLICT when
 * it has ended.
 */
void
cs_job_queue_cancel_async (CsJobQueue *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_job_queue_cancel_async);
  say (self, id, TRUE, 0, task);
}

/** cs_job_queue_cancel_finish: Returns: (transfer full): the job as it was written. */
CS_DEFINE_FINISH_POINTER (CsJob, CsJobQueue, cs_job_queue_cancel_async, cs_job_queue_cancel_finish)

/** cs_job_queue_decide_async: The user's word on an uncertain job. %CS_ERROR_CONFLICT when it is not uncertain. */
void
cs_job_queue_decide_async (CsJobQueue *self, const char *id, CsDecision decision, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_job_queue_decide_async);
  say (self, id, FALSE, decision, task);
}

/** cs_job_queue_decide_finish: Returns: (transfer full): the job as it was written. */
CS_DEFINE_FINISH_POINTER (CsJob, CsJobQueue, cs_job_queue_decide_async, cs_job_queue_decide_finish)

/* The end */

static gpointer
release_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_job_store_release (database, data, error);
  return NULL;
}

static void
release_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  cs_store_run_finish (CS_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/** cs_job_queue_close_async: Stops driving; every job stays as it is written, and free for the next process. */
void
cs_job_queue_close_async (CsJobQueue *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, cs_job_queue_close_async);
  stop_all (self);
  cs_store_watch (self->store, 0);
  cs_store_run_async (self->store, CS_STORE_WRITE, release_func, g_strdup (self->context.owner), g_free, NULL, cancellable,
                      release_cb, task);
}

CS_DEFINE_FINISH_BOOLEAN (CsJobQueue, cs_job_queue_close_async, cs_job_queue_close_finish)
