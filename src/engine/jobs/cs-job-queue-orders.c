/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How jobs come to the queue: from briefs that are new, or from a process that drives them no more. */
#include "config.h"
#include "jobs/cs-job-queue-private.h"

#include "core/cs-error.h"
#include "core/cs-id.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "jobs/cs-job-chain.h"
#include "jobs/cs-job-files.h"
#include "jobs/cs-job-store.h"
#include "wallet/cs-ledger.h"

#define MAX_CLAIMED 2000

/* Adding */

/* Briefs on their way into the database, or jobs on their way out of it. */
typedef struct
{
  CsJobContext *context; /* of which the worker reads the owner and the paths, which nobody changes */
  GPtrArray *all;        /* (nullable) (element-type CsJobFacts) to be added */
  GArray *least;         /* of CsMoney: the least that each of them may debit its wallet key */
  char *id;              /* (nullable) the only one to be claimed */
} Order;

static Order *
order_new (CsJobQueue *self)
{
  Order *order = g_new0 (Order, 1);

  order->context = cs_job_context_ref (self->context);
  return order;
}

static void
order_free (Order *order)
{
  cs_job_context_unref (order->context);
  g_clear_pointer (&order->all, g_ptr_array_unref);
  g_clear_pointer (&order->least, g_array_unref);
  g_free (order->id);
  g_free (order);
}

static GPtrArray *
claim (CsDatabase *database, CsJobContext *context, const char *id, GError **error)
{
  return cs_job_store_claim (database, context->owner, cs_paths_get_owners (context->paths), id, MAX_CLAIMED, error);
}

/**
 * cs_job_queue_find_repeat:
 *
 * Worker thread.
 *
 * Returns: (transfer full) (nullable): an earlier job of the same request; NULL without an error when there is none. When its
 * driver died it is ours now: whoever asks again wants it to go on.
 */
CsJobFacts *
cs_job_queue_find_repeat (CsDatabase *database, CsJobContext *context, const CsJobFacts *facts, GError **error)
{
  g_autoptr (CsJobFacts) earlier = NULL;
  g_autoptr (GPtrArray) claimed = NULL;

  if (facts->brief->request_id == NULL)
    return NULL;
  earlier = cs_job_store_find_request (database, facts->brief->user_id, facts->brief->request_id, error);
  if (earlier == NULL)
    return NULL;
  if (g_strcmp0 (earlier->request_hash, facts->request_hash) != 0)
    {
      cs_set_error (error, CS_ERROR_CONFLICT, _ ("The request id “%s” was used for another request already."),
                    facts->brief->request_id);
      return NULL;
    }
  claimed = claim (database, context, earlier->id, error);
  if (claimed == NULL)
    return NULL;
  return claimed->len > 0 ? cs_job_facts_copy (claimed->pdata[0]) : g_steal_pointer (&earlier);
}

/* Whether the wallet key of the job at @i has what all of the order's jobs up to it take at least. What each attempt takes
 * is held when it is sent: this is so that whoever cannot pay is told at once. */
static gboolean
check_credit (CsDatabase *database, const Order *order, guint i, GError **error)
{
  const CsJobFacts *facts = order->all->pdata[i];
  CsMoney least = 0;

  if (facts->key_id == 0)
    return TRUE;
  for (guint j = 0; j <= i; j++)
    if (((const CsJobFacts *) order->all->pdata[j])->key_id == facts->key_id)
      least += g_array_index (order->least, CsMoney, j);
  return cs_ledger_can_hold (database, facts->key_id, least, error);
}

static gpointer
add_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_job_facts_free);
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < order->all->len; i++)
    {
      CsJobFacts *facts = order->all->pdata[i];
      CsJobFacts *earlier = cs_job_queue_find_repeat (database, order->context, facts, &failure);

      if (earlier != NULL)
        g_ptr_array_add (jobs, earlier);
      else if (failure == NULL && cs_job_store_insert (database, facts, &failure)
               && check_credit (database, order, i, &failure))
        g_ptr_array_add (jobs, cs_job_facts_copy (facts));
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return g_steal_pointer (&jobs);
}

static void
start_all_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CsJobQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) all = cs_store_run_finish (CS_STORE (source), result, &error);

  if (all == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, cs_job_queue_start_all (self, all), (GDestroyNotify) g_ptr_array_unref);
}

/* One of a batch: the first has the request's own id, the others theirs after it; and the same id with another number
 * of briefs is another request. */
static void
number_request (CsJobFacts *facts, guint i, guint n)
{
  g_autofree char *whole = NULL;

  if (facts->brief->request_id == NULL || n < 2)
    return;
  whole = g_strdup_printf ("%s %u", facts->request_hash, n);
  g_free (facts->request_hash);
  facts->request_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  if (i > 0)
    {
      g_autofree char *id = g_steal_pointer (&facts->brief->request_id);

      facts->brief->request_id = g_strdup_printf ("%s#%u", id, i + 1);
    }
}

/* What @model would debit; FALSE when it cannot be used for what was agreed. */
static gboolean
quote_debit (CsJobContext *context, const CsModel *model, const CsBrief *brief, CsMoney *sale)
{
  return cs_provider_registry_is_usable (context->registry, model, NULL)
         && cs_job_chain_quote_sale (context->prices, model, brief, sale) && (brief->max_cost < 0 || *sale <= brief->max_cost);
}

/* Of the models of @chain that are on this computer, or of those that are not; below 0: there are none. */
static CsMoney
find_least (CsJobContext *context, GPtrArray *chain, const CsBrief *brief, gboolean is_local)
{
  CsMoney least = -1;

  for (guint i = 0; i < chain->len; i++)
    {
      const CsModel *model = chain->pdata[i];
      CsProvider *provider = cs_provider_registry_get_provider (context->registry, model->provider);
      CsMoney sale;

      if (provider != NULL && cs_provider_is_local (provider) == is_local && quote_debit (context, model, brief, &sale)
          && (least < 0 || sale < least))
        least = sale;
    }
  return least;
}

/* Micro-USD that the cheapest provider debits. What is drawn on this computer is nobody's choice for lack of credit: it
 * counts where nobody else is there. 0 without a wallet key, and when nobody can be used now. */
static CsMoney
get_least_debit (CsJobContext *context, const CsBrief *brief)
{
  g_autoptr (GPtrArray) chain = NULL;
  CsMoney least;

  if (brief->wallet_key != NULL)
    chain = cs_job_chain_new (context->registry, context->prices, brief, NULL);
  if (chain == NULL)
    return 0;
  least = find_least (context, chain, brief, FALSE);
  return MAX (least >= 0 ? least : find_least (context, chain, brief, TRUE), 0);
}

/**
 * cs_job_queue_add_async:
 * @briefs: (element-type CsBrief): checked briefs; more than one are a batch
 *
 * Writes the jobs down, all or none, and starts them. A repeated request id with the same brief gives the earlier job.
 *
 * Errors: %CS_ERROR_INSUFFICIENT_CREDIT for a wallet key that is not known or has too little, %CS_ERROR_CORRUPT for one in
 * a ledger that does not add up, %CS_ERROR_CONFLICT when the request id was used for something else.
 */
void
cs_job_queue_add_async (CsJobQueue *self, GPtrArray *briefs, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Order *order = order_new (self);
  g_autofree char *batch = briefs->len > 1 ? cs_id_new () : NULL;

  g_task_set_source_tag (task, cs_job_queue_add_async);
  g_task_set_check_cancellable (task, FALSE); /* what is written is said */
  order->all = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_job_facts_free);
  order->least = g_array_new (FALSE, FALSE, sizeof (CsMoney));
  for (guint i = 0; i < briefs->len; i++)
    {
      CsJobFacts *facts = cs_job_facts_new (briefs->pdata[i]);
      CsMoney least;

      facts->owner = g_strdup (self->context->owner);
      facts->request_hash = cs_brief_hash (facts->brief);
      facts->batch = g_strdup (batch);
      number_request (facts, i, briefs->len);
      least = get_least_debit (self->context, facts->brief);
      g_ptr_array_add (order->all, facts);
      g_array_append_val (order->least, least);
    }
  cs_store_run_async (self->context->store, CS_STORE_WRITE, add_func, order, (GDestroyNotify) order_free,
                      (GDestroyNotify) g_ptr_array_unref, cancellable, start_all_cb, task);
}

/** cs_job_queue_add_finish: Returns: (transfer full) (element-type CsJob): the jobs, in the order of the briefs. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsJobQueue, cs_job_queue_add_async, cs_job_queue_add_finish)

/* Taking over */

static gpointer
claim_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;

  cs_owner_sweep (cs_paths_get_owners (order->context->paths));
  cs_job_files_sweep (database, order->context->paths, order->context->owner);
  return claim (database, order->context, order->id, error);
}

static void
claim_all (CsJobQueue *self, const char *id, GTask *task)
{
  Order *order = order_new (self);

  order->id = g_strdup (id);
  g_task_set_check_cancellable (task, FALSE);
  cs_store_run_async (self->context->store, CS_STORE_WRITE, claim_func, order, (GDestroyNotify) order_free,
                      (GDestroyNotify) g_ptr_array_unref, g_task_get_cancellable (task), start_all_cb, task);
}

/**
 * cs_job_queue_resume_async:
 * @id: (nullable): only this job
 *
 * Takes over the jobs that nobody drives any more, what expires first, and goes on with them. Our own that wait for
 * somebody are tried once more.
 */
void
cs_job_queue_resume_async (CsJobQueue *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  CsJobRunner *runner = id != NULL ? cs_job_queue_find_runner (self, id) : NULL;

  g_task_set_source_tag (task, cs_job_queue_resume_async);
  if (runner != NULL)
    cs_job_runner_poke (runner);
  else if (id == NULL)
    cs_job_queue_poke (self);
  claim_all (self, id, task);
}

/** cs_job_queue_resume_finish: Returns: (transfer full) (element-type CsJob): the jobs taken over. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsJobQueue, cs_job_queue_resume_async, cs_job_queue_resume_finish)

/** cs_job_queue_claim_async: As cs_job_queue_resume_async(), but our own jobs are not disturbed. */
void
cs_job_queue_claim_async (CsJobQueue *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, cs_job_queue_claim_async);
  claim_all (self, NULL, task);
}

/** cs_job_queue_claim_finish: Returns: (transfer full) (element-type CsJob): the jobs taken over. */
CS_DEFINE_FINISH_POINTER (GPtrArray, CsJobQueue, cs_job_queue_claim_async, cs_job_queue_claim_finish)
