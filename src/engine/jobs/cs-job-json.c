/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs as the JSON of the contract, in one place for the command line and the server. */
#include "config.h"
#include "jobs/cs-job-json.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"
#include "jobs/cs-job-chain.h"
#include "jobs/cs-job-estimate.h"
#include "providers/cs-text-provider.h"

#include <string.h>

#define UNCERTAIN_PATIENCE (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static void
add_error (JsonObject *object, const char *code, const char *message)
{
  JsonObject *error;

  if (message == NULL)
    return;
  error = json_object_new ();
  cs_json_set_string (error, "code", code);
  cs_json_set_string (error, "message", message);
  json_object_set_object_member (object, "error", error);
}

static JsonObject *
attempt_to_json (const CsAttempt *attempt)
{
  JsonObject *object = json_object_new ();

  cs_json_set_string (object, "provider", attempt->provider);
  cs_json_set_string (object, "model", attempt->model);
  cs_json_set_string (object, "status", cs_attempt_status_to_string (attempt->status));
  if (attempt->remote_id != NULL)
    cs_json_set_string (object, "remote_id", attempt->remote_id);
  cs_json_set_string (object, "billed", cs_billed_to_string (attempt->billed));
  cs_json_set_money (object, "cost_usd", attempt->cost);
  add_error (object, attempt->error_code, attempt->error_message);
  return object;
}

static JsonArray *
attempts_to_json (const CsJobFacts *facts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < facts->attempts->len; i++)
    json_array_add_object_element (array, attempt_to_json (facts->attempts->pdata[i]));
  return array;
}

/* An uncertain job is open for a day, and then counts as failed until somebody decides. */
static gboolean
is_given_up (const CsJobFacts *facts)
{
  return facts->state == CS_JOB_UNCERTAIN && cs_clock_now () - facts->uncertain_since > UNCERTAIN_PATIENCE;
}

static void
add_state (JsonObject *object, const CsJobFacts *facts)
{
  cs_json_set_string (object, "status", is_given_up (facts) ? "failed" : cs_job_state_get_status (facts->state));
  cs_json_set_string (object, "state", cs_job_state_to_string (facts->state));
  if (facts->waiting != CS_WAITING_NONE && !cs_job_state_is_final (facts->state))
    cs_json_set_string (object, "waiting", cs_waiting_to_string (facts->waiting));
  if (facts->state == CS_JOB_UNCERTAIN)
    json_object_set_boolean_member (object, "uncertain", TRUE);
}

/** cs_job_add_state: Where the job stands, for programs: status, state, and waiting and uncertain where it is so. */
void
cs_job_add_state (JsonObject *object, CsJob *job)
{
  add_state (object, cs_job_get_facts (job));
}

/* When it was asked for, and how far it is. */
static void
add_progress (JsonObject *object, const CsJobFacts *facts)
{
  json_object_set_double_member (object, "progress", facts->progress);
  cs_json_set_time (object, "created_at", facts->created_at);
  cs_json_set_time (object, "updated_at", facts->updated_at);
}

/** cs_job_to_json: Returns: (transfer full): one job of `jobs list`. */
JsonObject *
cs_job_to_json (CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  JsonObject *object = json_object_new ();

  cs_json_set_string (object, "id", facts->id);
  cs_json_set_string (object, "kind", cs_kind_to_string (facts->kind));
  cs_json_set_string (object, "title", facts->title);
  add_state (object, facts);
  cs_json_set_string (object, "provider", facts->provider);
  cs_json_set_string (object, "model", facts->model);
  add_progress (object, facts);
  json_object_set_array_member (object, "attempts", attempts_to_json (facts));
  add_error (object, facts->error_code, facts->error_message);
  return object;
}

/** cs_change_to_json: Returns: (transfer full): the data of one event. */
JsonObject *
cs_change_to_json (const CsChange *change)
{
  const CsJobFacts facts = { .state = change->state, .waiting = change->waiting, .uncertain_since = change->uncertain_since };
  JsonObject *object = json_object_new ();

  cs_json_set_string (object, "id", change->id);
  if (change->is_creation)
    return object;
  add_state (object, &facts);
  json_object_set_double_member (object, "progress", change->progress);
  return object;
}

static const char *
get_engine_name (const CsJobFacts *facts, CsProviderRegistry *registry)
{
  const CsModel *model = facts->model != NULL ? cs_provider_registry_get_model (registry, facts->model) : NULL;

  return model != NULL ? model->name : facts->model;
}

static void
add_money (JsonObject *object, const char *name, CsMoney money)
{
  if (money < 0)
    json_object_set_null_member (object, name);
  else
    cs_json_set_money (object, name, money);
}

static void
add_file (JsonObject *object, CsCreation *creation, CsCreationPlace place, gpointer user_data)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);

  cs_creation_add_part (object, "file", facts, CS_CREATION_FILE, place, user_data);
  cs_creation_add_part (object, "thumbnail", facts, CS_CREATION_THUMBNAIL, place, user_data);
  cs_json_set_string (object, "sha256", facts->sha256);
  if (facts->kind != CS_KIND_DECK)
    {
      json_object_set_int_member (object, "width", facts->width);
      json_object_set_int_member (object, "height", facts->height);
      json_object_set_int_member (object, "seed", facts->seed);
      return;
    }
  json_object_set_int_member (object, "num_slides", facts->num_slides);
  cs_json_set_string (object, "theme", facts->theme);
  cs_json_set_string (object, "language", facts->language);
  cs_creation_add_part (object, "markdown_file", facts, CS_CREATION_MARKDOWN, place, user_data);
}

static void
add_no_file (JsonObject *object, CsKind kind)
{
  static const char *const names[] = { "file", "thumbnail", "sha256" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_null_member (object, names[i]);
  if (kind == CS_KIND_DECK)
    json_object_set_null_member (object, "markdown_file");
}

/* What the model changes of what was asked, once there is a model. */
static JsonArray *
notes_to_json (const CsJobFacts *facts, CsProviderRegistry *registry, CsPriceList *prices)
{
  const CsModel *model = facts->model != NULL ? cs_provider_registry_get_model (registry, facts->model) : NULL;
  g_auto (GStrv) notes = model != NULL ? cs_job_chain_list_notes (registry, prices, facts->brief, model) : NULL;
  JsonArray *array = json_array_new ();

  for (guint i = 0; notes != NULL && notes[i] != NULL; i++)
    json_array_add_string_element (array, notes[i]);
  return array;
}

/* Who found the words: for a deck, whose words are the creation itself, the language model that wrote it. */
static const char *
get_screenwriter (const CsJobFacts *facts, CsProviderRegistry *registry)
{
  CsProvider *provider = cs_provider_registry_get_provider (registry, facts->provider);

  if (facts->kind == CS_KIND_DECK && CS_IS_TEXT_PROVIDER (provider))
    return facts->provider;
  return facts->screenplay != NULL ? facts->screenplay->screenwriter : NULL;
}

/**
 * cs_job_result_to_json:
 * @creation: (nullable): once there is one
 * @place: says where its files are
 *
 * Returns: (transfer full): the document of `video`, `image` and `deck`, and of `jobs show`.
 */
JsonObject *
cs_job_result_to_json (CsJob *job, CsCreation *creation, CsCreationPlace place, gpointer user_data, CsProviderRegistry *registry,
                       CsPriceList *prices)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  JsonObject *object = json_object_new ();
  g_autofree char *message = cs_job_describe (job, registry);

  cs_json_set_string (object, "id", facts->id);
  cs_json_set_string (object, "creation_id", facts->id);
  cs_json_set_string (object, "kind", cs_kind_to_string (facts->kind));
  cs_json_set_string (object, "title", facts->title);
  add_state (object, facts);
  cs_json_set_string (object, "provider", facts->provider);
  cs_json_set_string (object, "model", facts->model);
  cs_json_set_string (object, "engine", get_engine_name (facts, registry));
  cs_json_set_string (object, "prompt", facts->screenplay != NULL ? facts->screenplay->prompt : facts->brief->prompt);
  cs_json_set_string (object, "original_prompt", facts->brief->prompt);
  cs_json_set_string (object, "screenwriter", get_screenwriter (facts, registry));
  add_money (object, "estimated_cost_usd", facts->estimated_cost);
  cs_json_set_money (object, "cost_usd", facts->cost);
  add_money (object, "max_cost_usd", facts->max_cost);
  add_progress (object, facts);
  if (facts->consent_at > 0)
    cs_json_set_time (object, "consent_at", facts->consent_at);
  if (creation != NULL)
    add_file (object, creation, place, user_data);
  else
    add_no_file (object, facts->kind);
  json_object_set_array_member (object, "attempts", attempts_to_json (facts));
  json_object_set_array_member (object, "notes", notes_to_json (facts, registry, prices));
  cs_json_set_string (object, "message", message);
  if (facts->state != CS_JOB_DONE)
    add_error (object, facts->error_code, facts->error_message);
  return object;
}

static char *
describe_done (const CsJobFacts *facts, CsProviderRegistry *registry)
{
  CsProvider *provider = cs_provider_registry_get_provider (registry, facts->provider);

  if (facts->kind == CS_KIND_DECK)
    return g_strdup (_ ("The presentation is ready."));
  if (provider != NULL && cs_provider_is_local (provider))
    return g_strdup (facts->kind == CS_KIND_VIDEO ? _ ("The video is ready: a preview without AI, drawn on this computer.")
                                                  : _ ("The picture is ready: a preview without AI, drawn on this computer."));
  return g_strdup (facts->kind == CS_KIND_VIDEO ? _ ("The video is ready.") : _ ("The picture is ready."));
}

/* How long it will still take, as well as that is known; what is drawn here is soon done. */
static char *
describe_rendering (const CsJobFacts *facts, CsProviderRegistry *registry)
{
  const CsModel *model = cs_provider_registry_get_model (registry, facts->model);
  CsProvider *provider = cs_provider_registry_get_provider (registry, facts->provider);
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);
  double left = -1;
  int minutes;

  if (attempt != NULL && attempt->sent_at > 0 && provider != NULL && !cs_provider_is_local (provider))
    left = cs_job_estimate_left (cs_clock_now () - attempt->sent_at, facts->progress, model != NULL ? model->typical_seconds : 0);
  if (left < 0)
    return g_strdup (_ ("Rendering…"));
  if (left < 60)
    return g_strdup (_ ("Rendering, less than a minute left"));
  minutes = (int) (left / 60 + 0.5);
  /* translators: %d is a number of minutes, also 1: "min" is short for all of them; say it so that no plural is needed, as
   * "minutes left: about %d" */
  return g_strdup_printf (_ ("Rendering, about %d min left"), minutes);
}

/** cs_job_describe: Returns: (transfer full): one sentence for people about where the job stands. */
char *
cs_job_describe (CsJob *job, CsProviderRegistry *registry)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  if (facts->state == CS_JOB_DONE)
    return describe_done (facts, registry);
  if (facts->state == CS_JOB_CANCELLED)
    return g_strdup (_ ("Cancelled."));
  if (facts->error_message != NULL)
    return g_strdup (facts->error_message);
  if (facts->waiting == CS_WAITING_CONSENT)
    return g_strdup (_ ("Nothing has been sent yet: it waits until you have read it."));
  switch (facts->state)
    {
    case CS_JOB_RENDERING:
      return describe_rendering (facts, registry);
    case CS_JOB_DOWNLOADING:
    case CS_JOB_FINISHING:
      return g_strdup (_ ("Saving…"));
    case CS_JOB_SUBMITTING:
      return g_strdup (facts->kind == CS_KIND_DECK ? _ ("Writing…") : _ ("Sending…"));
    case CS_JOB_UNCERTAIN:
      return g_strdup (_ ("It may have been billed: nobody knows yet whether the provider took it."));
    case CS_JOB_FAILED:
      return g_strdup (_ ("It failed."));
    case CS_JOB_QUEUED:
    case CS_JOB_WRITING:
    case CS_JOB_QUOTED:
    case CS_JOB_HOLDING:
    case CS_JOB_DONE:
    case CS_JOB_CANCELLED:
    case CS_N_JOB_STATES:
    default:
      return g_strdup (_ ("Waiting…"));
    }
}
