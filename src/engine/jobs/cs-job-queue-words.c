/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people ask the queue and tell it: a job, the list of jobs, cancel, look again, send again, give up, agree. */
#include "config.h"
#include "jobs/cs-job-queue-private.h"

#include "core/cs-error.h"
#include "core/cs-task.h"
#include "jobs/cs-job-files.h"
#include "jobs/cs-job-request.h"
#include "jobs/cs-job-store.h"

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
  CsJobRunner *runner = facts != NULL ? cs_job_queue_find_runner (self, facts->id) : NULL;

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
  g_task_set_check_cancellable (task, FALSE); /* what is written is said */
  cs_store_run_async (self->context->store, CS_STORE_READ, find_func, g_strdup (id), g_free, (GDestroyNotify) cs_job_facts_free,
                      cancellable, find_cb, task);
}

/** cs_job_queue_get_finish: Returns: (transfer full): the job: live where we drive it, else as it is stored now. */
CS_DEFINE_FINISH_POINTER (CsJob, CsJobQueue, cs_job_queue_get_async, cs_job_queue_get_finish)

typedef struct
{
  gint64 key_id; /* 0: whoever pays */
  gboolean active_only;
  int limit;
} Listing;

static gpointer
list_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Listing *listing = data;

  return cs_job_store_list (database, listing->key_id, listing->active_only, listing->limit, error);
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
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (jobs, cs_job_new (cs_job_facts_copy (all->pdata[i])));
  g_task_return_pointer (task, jobs, (GDestroyNotify) g_ptr_array_unref);
}

/** cs_job_queue_list_async: @limit: how many, newest first. */
void
cs_job_queue_list_async (CsJobQueue *self, gboolean active_only, int limit, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  cs_job_queue_list_for_key_async (self, 0, active_only, limit, cancellable, callback, user_data);
}

/** cs_job_queue_list_for_key_async: @key_id: only what this wallet key pays; 0: all. Ends with cs_job_queue_list_finish(). */
void
cs_job_queue_list_for_key_async (CsJobQueue *self, gint64 key_id, gboolean active_only, int limit, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  g_task_set_source_tag (task, cs_job_queue_list_async);
  g_task_set_check_cancellable (task, FALSE);
  listing->key_id = key_id;
  listing->active_only = active_only;
  listing->limit = MAX (limit, 0);
  cs_store_run_async (self->context->store, CS_STORE_READ, list_func, listing, g_free, (GDestroyNotify) g_ptr_array_unref,
                      cancellable, list_cb, task);
}

/** cs_job_queue_list_finish: Returns: (transfer full) (element-type CsJob): the jobs as they are stored now. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsJobQueue, cs_job_queue_list_async, cs_job_queue_list_finish)

typedef enum
{
  SAY_CANCEL,
  SAY_DECISION,
  SAY_AGREED,
} Saying;

typedef struct
{
  char *id;
  char *work_folder;
  Saying saying;
  CsDecision decision; /* SAY_DECISION */
  CsMoney price;       /* SAY_AGREED */
} Word;

static Word *
word_new (CsJobQueue *self, const char *id, Saying saying)
{
  Word *word = g_new0 (Word, 1);

  word->id = g_strdup (id);
  word->work_folder = g_strdup (cs_paths_get_work (self->context->paths));
  word->saying = saying;
  return word;
}

static Word *
word_copy (const Word *word)
{
  Word *copy = g_memdup2 (word, sizeof *word);

  copy->id = g_strdup (word->id);
  copy->work_folder = g_strdup (word->work_folder);
  return copy;
}

static void
word_free (Word *word)
{
  g_free (word->id);
  g_free (word->work_folder);
  g_free (word);
}

/* The job as it is now; nobody comes back for the files of one that has ended. */
static CsJobFacts *
said (CsDatabase *database, const Word *word, const char *id, GError **error)
{
  CsJobFacts *facts = cs_job_store_load (database, id, error);

  if (facts != NULL && cs_job_state_is_final (facts->state))
    cs_job_files_clear (word->work_folder, id);
  return facts;
}

static gboolean
write_word (CsDatabase *database, const Word *word, const char *id, GError **error)
{
  static const CsJobState ends[] = { CS_JOB_UNCERTAIN, CS_JOB_QUOTED, CS_JOB_FAILED };

  switch (word->saying)
    {
    case SAY_DECISION:
      return cs_job_store_decide (database, id, ends[word->decision], error);
    case SAY_AGREED:
      return cs_job_store_agree (database, id, word->price, error);
    case SAY_CANCEL:
    default:
      return cs_job_store_cancel (database, id, error);
    }
}

static gpointer
say_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Word *word = data;
  g_autoptr (CsJobFacts) facts = cs_job_store_find (database, word->id, error);

  if (facts == NULL || !write_word (database, word, facts->id, error))
    return NULL;
  return said (database, word, facts->id, error);
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
  CsJob *job;

  if (facts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  runner = cs_job_queue_find_runner (self, facts->id);
  if (runner != NULL && word->saying == SAY_CANCEL)
    cs_job_runner_request_cancel (runner);
  else if (runner != NULL)
    cs_job_runner_reload (runner);
  job = cs_job_new (facts);
  cs_job_queue_tell (self, job);
  g_task_return_pointer (task, job, g_object_unref);
}

/* @word: (transfer full) */
static void
say (CsJobQueue *self, Word *word, GTask *task)
{
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, word, (GDestroyNotify) word_free);
  cs_store_run_async (self->context->store, CS_STORE_WRITE, say_func, word_copy (word), (GDestroyNotify) word_free,
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
  say (self, word_new (self, id, SAY_CANCEL), task);
}

/** cs_job_queue_cancel_finish: Returns: (transfer full): the job as it was written. */
CS_DEFINE_FINISH_POINTER (CsJob, CsJobQueue, cs_job_queue_cancel_async, cs_job_queue_cancel_finish)

/** cs_job_queue_decide_async: The user's word on an uncertain job. %CS_ERROR_CONFLICT when it is not uncertain. */
void
cs_job_queue_decide_async (CsJobQueue *self, const char *id, CsDecision decision, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Word *word = word_new (self, id, SAY_DECISION);

  g_task_set_source_tag (task, cs_job_queue_decide_async);
  word->decision = decision;
  say (self, word, task);
}

/** cs_job_queue_decide_finish: Returns: (transfer full): the job as it was written. */
CS_DEFINE_FINISH_POINTER (CsJob, CsJobQueue, cs_job_queue_decide_async, cs_job_queue_decide_finish)

/**
 * cs_job_queue_agree_async:
 * @price: micro-USD: what was shown, and what the rest may cost
 *
 * The user's consent to a job that waits for it: he has read what is sent (CsBrief.review), or pays more than was agreed.
 * Where it costs more than @price by then, it goes on waiting. %CS_ERROR_CONFLICT when it does not wait for consent.
 */
void
cs_job_queue_agree_async (CsJobQueue *self, const char *id, CsMoney price, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Word *word = word_new (self, id, SAY_AGREED);

  g_task_set_source_tag (task, cs_job_queue_agree_async);
  word->price = price;
  say (self, word, task);
}

/** cs_job_queue_agree_finish: Returns: (transfer full): the job as it was written. */
CS_DEFINE_FINISH_POINTER (CsJob, CsJobQueue, cs_job_queue_agree_async, cs_job_queue_agree_finish)

/**
 * cs_job_queue_dup_message:
 * @host: (out) (nullable): where it goes; NULL: nothing leaves this computer, or who makes it is not known yet
 *
 * Returns: (transfer full) (nullable): what was sent for @job by its newest attempt, and before there is one what would be:
 * the body of the request, byte for byte, without a key. NULL with a host: not all of it is known before it is sent.
 */
char *
cs_job_queue_dup_message (CsJobQueue *self, CsJob *job, char **host)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);
  const CsModel *model = facts->model != NULL ? cs_provider_registry_get_model (self->context->registry, facts->model) : NULL;
  CsProvider *provider = facts->provider != NULL ? cs_provider_registry_get_provider (self->context->registry, facts->provider) : NULL;
  g_autoptr (CsRequest) request = NULL;

  *host = NULL;
  if (provider == NULL || model == NULL || facts->screenplay == NULL || facts->kind == CS_KIND_DECK)
    return NULL;
  if (attempt != NULL && !cs_job_state_is_unsent (facts->state))
    request = cs_request_ref (attempt->request);
  else
    request = cs_job_request_new (self->context, facts, model, cs_job_request_get_number (facts));
  return cs_provider_dup_message (provider, request, host);
}
