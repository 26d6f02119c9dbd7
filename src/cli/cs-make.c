/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making things, as video, image, deck and demo do: everything that can be wrong is looked at first, then the
 * jobs are queued, waited for, copied to where they were asked for, and shown. Main thread.
 */
#include "config.h"
#include "cli/cs-make.h"

#include "cli/cs-brief-options.h"
#include "cli/cs-make-price.h"
#include "cli/cs-target.h"

#define USUAL_PATIENCE 30 /* seconds */
#define MOST_PICTURES 4

/* Who writes decks is not known before somebody has looked. */
static gboolean
look_for_writers (CsCli *cli, const CsMakeOrder *order, GError **error)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;
  gboolean has_deck = FALSE;

  for (guint i = 0; i < order->briefs->len; i++)
    has_deck |= ((CsBrief *) order->briefs->pdata[i])->kind == CS_KIND_DECK;
  if (!has_deck)
    return TRUE;
  cs_text_look_async (registry, cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_text_look_finish (registry, cs_cli_await (&result), error);
}

/* Names of providers and models, whether any of them can be used, and what they cost: nothing is queued that cannot
 * begin, or whose price does not stand there. */
static gboolean
say_prices (CsCli *cli, const CsMakeOrder *order, GPtrArray *said, GError **error)
{
  const char *trouble = cs_price_list_get_trouble (cs_engine_get_prices (cs_cli_get_engine (cli)));

  if (trouble != NULL)
    cs_output_say (cs_cli_get_output (cli), "%s", trouble);
  if (!look_for_writers (cli, order, error))
    return FALSE;
  for (guint i = 0; i < order->briefs->len; i++)
    if (!cs_make_say_price (cli, order->briefs->pdata[i], said, error))
      return FALSE;
  return TRUE;
}

static GPtrArray *
add_jobs (CsCli *cli, const CsMakeOrder *order, GError **error)
{
  CsJobQueue *queue = cs_engine_get_queue (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;

  /* Not cancelled: an interruption a moment later keeps the jobs, and must know them. */
  cs_job_queue_add_async (queue, order->briefs, NULL, cs_cli_keep_result, &result);
  return cs_job_queue_add_finish (queue, cs_cli_await (&result), error);
}

static gboolean
waits_for_a_person (const CsWatched *watched)
{
  const CsJobFacts *facts = cs_job_get_facts (watched->job);

  return facts->state == CS_JOB_QUOTED
         && (facts->waiting == CS_WAITING_NO_KEY || facts->waiting == CS_WAITING_BUDGET
             || facts->waiting == CS_WAITING_CONSENT);
}

/*
 * A command that ends with an error leaves no job behind that would spend money some other day. Nothing was
 * sent.
 */
static void
withdraw (CsCli *cli, CsWatched *watched)
{
  CsJobQueue *queue = cs_engine_get_queue (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsJob *job;

  cs_job_queue_cancel_async (queue, cs_job_get_id (watched->job), NULL, cs_cli_keep_result, &result);
  job = cs_job_queue_cancel_finish (queue, cs_cli_await (&result), &error);
  if (job == NULL)
    {
      cs_output_say (cs_cli_get_output (cli), "%s", error->message);
      return;
    }
  g_object_unref (watched->job);
  watched->job = job;
}

/* Copies the creation to where it was asked for. What fails here does not undo what was made. */
static void
deliver (CsCli *cli, const CsMakeOrder *order, CsResult *result, guint number)
{
  const CsCreationFacts *facts;
  g_autofree char *target = NULL;
  GError *error = NULL;

  if (result->creation == NULL || (order->output == NULL && order->folder == NULL))
    return;
  facts = cs_creation_get_facts (result->creation);
  if (order->output != NULL)
    target = cs_target_number (order->output, number, order->briefs->len);
  else
    target = cs_target_find_free (cli, order->folder, facts, order->force, &error);
  if (target != NULL && cs_target_write (cli, facts->id, target, order->force, CS_EXPORT_STAMPED, &error))
    {
      cs_target_warn (cli, facts, target);
      result->output = g_canonicalize_filename (target, NULL);
      return;
    }
  cs_output_say (cs_cli_get_output (cli), _ ("It is kept in the library: %s"), facts->id);
  cs_result_set_error (result, error);
}

static GPtrArray *
collect_results (CsCli *cli, const CsMakeOrder *order, GPtrArray *all, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_result_free);

  for (guint i = 0; i < all->len; i++)
    {
      CsWatched *watched = all->pdata[i];
      CsResult *result;

      if (waits_for_a_person (watched))
        withdraw (cli, watched);
      result = cs_result_new (cli, watched->job, watched->error, error);
      if (result == NULL)
        return NULL;
      g_ptr_array_add (results, result);
      deliver (cli, order, result, i + 1);
    }
  return g_steal_pointer (&results);
}

static void
say_accepted (CsCli *cli, CsResult *result, JsonObject *document)
{
  const CsJobFacts *facts = cs_job_get_facts (result->job);
  g_autofree char *words = NULL;

  if (cs_job_state_is_final (facts->state))
    return;
  words = g_strdup_printf (_ ("Accepted. Results expire at their provider: complete it soon with "
                              "creative-studio-cli jobs wait %s"),
                           facts->id);
  cs_output_say (cs_cli_get_output (cli), "%s", words);
  cs_json_set_string (document, "message", words);
}

static void
show (CsCli *cli, const CsMakeOrder *order, GPtrArray *results)
{
  JsonObject *set = json_object_new ();
  JsonArray *creations = json_array_new ();

  for (guint i = 0; i < results->len; i++)
    {
      JsonObject *document = cs_result_to_json (results->pdata[i], cli);

      if (order->patience.until_accepted)
        say_accepted (cli, results->pdata[i], document);
      cs_result_print (results->pdata[i], cli);
      json_array_add_object_element (creations, document);
    }
  json_object_set_array_member (set, "creations", creations);
  if (order->is_set || results->len != 1)
    cs_output_set_document (cs_cli_get_output (cli), json_object_ref (set));
  else
    cs_output_set_document (cs_cli_get_output (cli),
                            json_object_ref (json_array_get_object_element (creations, 0)));
  json_object_unref (set);
}

/* The first thing that went wrong is the program's own end. */
static gboolean
judge (GPtrArray *results, GError **error)
{
  for (guint i = 0; i < results->len; i++)
    {
      CsResult *result = results->pdata[i];

      if (result->error == NULL)
        continue;
      g_propagate_error (error, g_error_copy (result->error));
      return FALSE;
    }
  return TRUE;
}

/** cs_make: Makes everything of @order at once. Returns: FALSE with the first thing that went wrong. */
gboolean
cs_make (CsCli *cli, const CsMakeOrder *order, GError **error)
{
  g_autoptr (GPtrArray) said = cs_said_prices_new ();
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) results = NULL;

  if (!cs_cli_open (cli, error) || !say_prices (cli, order, said, error)
      || (order->output != NULL && !cs_target_check_outside (cli, order->output, error))
      || (order->folder != NULL && !cs_target_check_outside (cli, order->folder, error)))
    return FALSE;
  jobs = add_jobs (cli, order, error);
  if (jobs == NULL)
    return FALSE;
  all = cs_job_watch (cli, jobs, &order->patience, said);
  results = collect_results (cli, order, all, error);
  if (results == NULL)
    return FALSE;
  show (cli, order, results);
  return judge (results, error);
}

/** cs_make_get_patience: From --patience, or 30 seconds. */
gboolean
cs_make_get_patience (CsArguments *arguments, CsPatience *patience, GError **error)
{
  gint64 seconds = USUAL_PATIENCE;

  if (!cs_arguments_get_int (arguments, "patience", 0, CS_PATIENCE_MAX, &seconds, error))
    return FALSE;
  patience->patience = seconds * G_USEC_PER_SEC;
  return TRUE;
}

static gboolean
get_order (CsArguments *arguments, CsMakeOrder *order, gint64 *count, GError **error)
{
  order->output = cs_arguments_get (arguments, "output");
  order->force = cs_arguments_has (arguments, "force");
  order->patience.until_accepted = cs_arguments_has (arguments, "detach");
  order->patience.looks_once = TRUE;
  if (order->output != NULL && order->patience.until_accepted)
    {
      cs_set_error (
          error, CS_ERROR_USAGE,
          _ ("--detach and --output exclude each other: there is no file yet when --detach returns."));
      return FALSE;
    }
  if (!cs_arguments_get_int (arguments, "count", 1, MOST_PICTURES, count, error))
    return FALSE;
  order->is_set = *count > 1;
  return cs_make_get_patience (arguments, &order->patience, error);
}

/* Pictures of one set differ; the queue numbers the request. */
static GPtrArray *
repeat_brief (const CsBrief *brief, guint count)
{
  GPtrArray *briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);

  for (guint i = 0; i < count; i++)
    {
      CsBrief *copy = cs_brief_copy (brief);

      copy->variation = (int) i;
      g_ptr_array_add (briefs, copy);
    }
  return briefs;
}

/** cs_make_from_arguments: What video, image and deck do. */
gboolean
cs_make_from_arguments (CsCli *cli, CsArguments *arguments, CsKind kind, GError **error)
{
  const char *image = cs_arguments_get (arguments, "image");
  g_autoptr (CsBrief) brief = NULL;
  g_autoptr (GPtrArray) briefs = NULL;
  CsMakeOrder order = { NULL };
  gint64 count = 1;

  if (!get_order (arguments, &order, &count, error))
    return FALSE;
  brief = cs_brief_from_arguments (cli, arguments, kind, error);
  if (brief == NULL)
    return FALSE;
  if (order.output != NULL && !cs_target_check (cli, order.output, kind, (guint) count, order.force, error))
    return FALSE;
  if (image != NULL && (!cs_cli_open (cli, error) || !cs_brief_find_image (cli, brief, image, error)))
    return FALSE;
  order.briefs = briefs = repeat_brief (brief, (guint) count);
  return cs_make (cli, &order, error);
}
