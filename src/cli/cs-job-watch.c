/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waiting for jobs: shows how they get on, and says of each why waiting has ended. A job that another process
 * drives is read again every second, and taken over when that process is gone.
 */
#include "config.h"
#include "cli/cs-job-watch.h"

#include "cli/cs-job-verdict.h"
#include "cli/cs-make-price.h"

#define TICK 250 /* milliseconds */
#define TICKS_TO_READ 4

/* One waiting for a set of jobs; on the stack of cs_job_watch(). */
typedef struct
{
  CsCli *cli;
  const CsPatience *patience;
  GPtrArray *said; /* (nullable) (element-type CsSaidPrice) */
  GPtrArray *all;  /* (element-type CsWatched) */
  guint ticks;
} Watch;

static void
watched_free (gpointer data)
{
  CsWatched *watched = data;

  g_object_unref (watched->job);
  g_clear_error (&watched->error);
  g_free (watched->driver);
  g_free (watched->words);
  g_free (watched);
}

/**
 * cs_job_watch_new_list: Returns: (transfer full) (element-type CsWatched): an empty list that owns what is
 * put in.
 */
GPtrArray *
cs_job_watch_new_list (void)
{
  return g_ptr_array_new_with_free_func (watched_free);
}

/* Several jobs of one model are one sentence. */
static gboolean
was_said (Watch *watch, const CsWatched *watched)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);

  for (guint i = 0; i < watch->all->len; i++)
    {
      const CsWatched *other = watch->all->pdata[i];

      if (other != watched && other->has_price
          && g_strcmp0 (cs_job_get_facts (other->job)->provider, facts->provider) == 0
          && cs_job_get_facts (other->job)->estimated_cost == facts->estimated_cost)
        return TRUE;
    }
  return FALSE;
}

/* Whether the job says itself that it is over what was agreed, by whoever pays. */
static gboolean
is_over_agreed (Watch *watch, const CsJobFacts *facts, const CsModel *model)
{
  CsMoney price = facts->estimated_cost;

  if (facts->brief->max_cost >= 0)
    cs_job_chain_quote_payer (cs_engine_get_prices (cs_cli_get_engine (watch->cli)), model, facts->brief, &price);
  return price > facts->max_cost;
}

/* The price stands before anything is sent: at its job's first quote, unless it was said before. */
static void
say_price (Watch *watch, CsWatched *watched)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);
  CsProviderRegistry *registry = cs_engine_get_registry (cs_cli_get_engine (watch->cli));
  const CsModel *model = cs_provider_registry_get_model (registry, facts->model);
  CsProvider *provider = cs_provider_registry_get_provider (registry, facts->provider);
  CsOutput *output = cs_cli_get_output (watch->cli);

  if (watched->has_price || facts->estimated_cost < 0 || model == NULL || provider == NULL)
    return;
  watched->has_price = TRUE;
  if (is_over_agreed (watch, facts, model))
    return;
  if (cs_job_state_is_final (facts->state) || was_said (watch, watched)
      || cs_said_prices_have (watch->said, facts->model, facts->estimated_cost))
    return;
  if (cs_provider_is_local (provider) && !CS_IS_TEXT_PROVIDER (provider))
    {
      /* translators: the name of a provider */
      cs_output_say (output, _ ("Made on this computer by %s: a preview, without AI and free of charge."),
                     cs_provider_get_name (provider));
      return;
    }
  cs_make_say_amounts (watch->cli, facts->brief, model, facts->estimated_cost, facts->max_cost);
}

/* A job on its way to its provider has nothing to tell, unless it waits. */
static gboolean
is_worth_a_line (const CsJobFacts *facts)
{
  return facts->waiting != CS_WAITING_NONE || facts->state == CS_JOB_RENDERING
         || cs_job_state_is_final (facts->state) || facts->state == CS_JOB_UNCERTAIN;
}

/* Why a job ended badly, or what it waits for that only a person can give, is said once: at the end, by the program. */
static gboolean
is_said_at_the_end (CsWatched *watched, const char *words)
{
  CsJobState state = cs_job_get_facts (watched->job)->state;

  return (cs_job_state_is_final (state) && state != CS_JOB_DONE)
         || (watched->has_ended && watched->error != NULL && g_str_has_prefix (watched->error->message, words));
}

/* Where there is no bar, every new state is a line. */
static void
say_state (Watch *watch, CsWatched *watched)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);
  g_autofree char *words
      = cs_job_describe (watched->job, cs_engine_get_registry (cs_cli_get_engine (watch->cli)));

  if (!cs_set_string (&watched->words, words) || cs_output_has_bar (cs_cli_get_output (watch->cli))
      || !is_worth_a_line (facts)
      || (watch->all->len == 1 && is_said_at_the_end (watched, words)))
    return;
  if (watch->all->len > 1)
    /* translators: 1: the title of a job, 2: where it stands */
    cs_output_say (cs_cli_get_output (watch->cli), _ ("%1$s: %2$s"), facts->title, words);
  else
    cs_output_say (cs_cli_get_output (watch->cli), "%s", words);
}

static gboolean
has_ended (Watch *watch)
{
  for (guint i = 0; i < watch->all->len; i++)
    if (!((CsWatched *) watch->all->pdata[i])->has_ended)
      return FALSE;
  return TRUE;
}

static void
show_progress (Watch *watch)
{
  double share = 0;
  const char *words = "";

  if (has_ended (watch))
    return;
  for (guint i = 0; i < watch->all->len; i++)
    {
      CsWatched *watched = watch->all->pdata[i];

      share += watched->has_ended ? 1 : cs_job_get_facts (watched->job)->progress;
      if (!watched->has_ended && *words == '\0' && watched->words != NULL)
        words = watched->words;
    }
  cs_output_progress (cs_cli_get_output (watch->cli), share / watch->all->len, words);
}

static void
look_at (Watch *watch, CsWatched *watched)
{
  if (watched->has_ended || !watched->is_known)
    return;
  if (watched->is_live && g_strcmp0 (watched->driver, cs_job_get_facts (watched->job)->owner) != 0)
    watched->is_live = FALSE;
  say_price (watch, watched);
  watched->has_ended = cs_job_verdict (watched, watch->patience);
  say_state (watch, watched);
}

static void
changed_cb (CsJob *job, gpointer user_data)
{
  Watch *watch = user_data;

  for (guint i = 0; i < watch->all->len; i++)
    if (((CsWatched *) watch->all->pdata[i])->job == job)
      look_at (watch, watch->all->pdata[i]);
  show_progress (watch);
}

static gboolean
tick_cb (gpointer user_data)
{
  Watch *watch = user_data;

  watch->ticks++;
  for (guint i = 0; i < watch->all->len; i++)
    look_at (watch, watch->all->pdata[i]);
  return G_SOURCE_CONTINUE;
}

static void
set_live (CsWatched *watched)
{
  watched->is_live = TRUE;
  cs_set_string (&watched->driver, cs_job_get_facts (watched->job)->owner);
}

/*
 * @job: (transfer full): the same job, read anew: the queue gives the same object where this process drives
 * it.
 */
static void
replace_job (Watch *watch, CsWatched *watched, CsJob *job)
{
  if (job == watched->job)
    {
      set_live (watched);
      g_object_unref (job);
      return;
    }
  g_signal_handlers_disconnect_by_data (watched->job, watch);
  g_object_unref (watched->job);
  watched->job = job;
  g_signal_connect (job, "changed", G_CALLBACK (changed_cb), watch);
}

static gboolean
take_over (Watch *watch, CsWatched *watched, GError **error)
{
  CsJobQueue *queue = cs_engine_get_queue (cs_cli_get_engine (watch->cli));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) taken = NULL;

  cs_job_queue_resume_async (queue, cs_job_get_id (watched->job), NULL, cs_cli_keep_result, &result);
  taken = cs_job_queue_resume_finish (queue, cs_cli_await (&result), error);
  if (taken == NULL)
    return FALSE;
  if (taken->len > 0)
    {
      replace_job (watch, watched, g_object_ref (taken->pdata[0]));
      set_live (watched);
    }
  return TRUE;
}

/* Takes over what nobody drives, and reads what somebody else does. */
static void
read_foreign_job (Watch *watch, CsWatched *watched)
{
  CsJobQueue *queue = cs_engine_get_queue (cs_cli_get_engine (watch->cli));
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  CsJob *job;

  cs_job_queue_get_async (queue, cs_job_get_id (watched->job), NULL, cs_cli_keep_result, &result);
  job = cs_job_queue_get_finish (queue, cs_cli_await (&result), &error);
  if (job != NULL)
    {
      replace_job (watch, watched, job);
      if (watched->is_live || cs_job_state_is_final (cs_job_get_facts (watched->job)->state)
          || take_over (watch, watched, &error))
        return;
    }
  watched->error = error;
  watched->has_ended = TRUE;
}

static void
read_foreign_jobs (Watch *watch)
{
  for (guint i = 0; i < watch->all->len; i++)
    {
      CsWatched *watched = watch->all->pdata[i];

      if (!watched->is_live && !watched->has_ended)
        read_foreign_job (watch, watched);
      watched->is_known = TRUE;
      look_at (watch, watched);
    }
  show_progress (watch);
}

static void
add_job (Watch *watch, CsJob *job)
{
  CsWatched *watched = g_new0 (CsWatched, 1);

  watched->job = g_object_ref (job);
  watched->known_at = cs_job_get_facts (job)->updated_at;
  watched->has_price = cs_job_get_facts (job)->estimated_cost >= 0; /* said by whoever asked for it */
  g_signal_connect (job, "changed", G_CALLBACK (changed_cb), watch);
  g_ptr_array_add (watch->all, watched);
}

/* Nobody listens any more; what was not waited for to its end says so. */
static void
end_watch (Watch *watch)
{
  cs_output_end_progress (cs_cli_get_output (watch->cli));
  for (guint i = 0; i < watch->all->len; i++)
    {
      CsWatched *watched = watch->all->pdata[i];

      g_signal_handlers_disconnect_by_data (watched->job, watch);
      if (!watched->has_ended)
        watched->error = cs_job_verdict_interrupted (watched->job);
    }
}

/**
 * cs_job_watch:
 * @jobs: (element-type CsJob): jobs of the queue
 * @said: (nullable) (element-type CsSaidPrice): prices that were said already
 *
 * Waits until every job has ended or cannot go on by itself, or the user interrupts.
 *
 * Returns: (transfer full) (element-type CsWatched): how it ended for each, in the same order.
 */
GPtrArray *
cs_job_watch (CsCli *cli, GPtrArray *jobs, const CsPatience *patience, GPtrArray *said)
{
  Watch watch = { cli, patience, said, cs_job_watch_new_list (), 0 };
  guint tick = g_timeout_add (TICK, tick_cb, &watch);

  for (guint i = 0; i < jobs->len; i++)
    add_job (&watch, jobs->pdata[i]);
  read_foreign_jobs (&watch);
  while (!has_ended (&watch) && !cs_cli_is_interrupted (cli))
    {
      g_main_context_iteration (NULL, TRUE);
      if (watch.ticks >= TICKS_TO_READ)
        {
          watch.ticks = 0;
          read_foreign_jobs (&watch);
        }
    }
  g_source_remove (tick);
  end_watch (&watch);
  return watch.all;
}
