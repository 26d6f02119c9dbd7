/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST generate-video and generate-image: answered when a provider took it, or when that was waited for long enough. Main thread. */
#include "config.h"
#include "server/cs-api-handlers.h"

#include "server/cs-api-making.h"
#include "server/cs-api-verdict.h"
#include "server/cs-api-words.h"

static const char *
get_status_route (CsKind kind)
{
  return kind == CS_KIND_VIDEO ? "video-status" : "image-status";
}

/* What it costs whoever pays: the attempt's own price once there is one, else what was quoted, else what would be. */
static CsMoney
get_estimate (CsApiMaking *self, const CsAttempt *attempt, const CsModel *model)
{
  CsPriceList *prices = cs_engine_get_prices (cs_api_call_get_engine (self->call));
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  gboolean has_key = facts->brief->wallet_key != NULL;
  CsMoney money = 0;

  if (attempt != NULL)
    return has_key ? attempt->sale : attempt->hold;
  if (facts->estimated_cost >= 0 && !has_key)
    return facts->estimated_cost;
  if (model != NULL && has_key)
    cs_job_chain_quote_sale (prices, model, facts->brief, &money);
  else if (model != NULL)
    cs_job_chain_quote (prices, model, facts->brief, &money);
  return money;
}

/* What is sent; as it was asked for as long as nobody has rewritten it. */
static const char *
get_prompt (const CsJobFacts *facts, const CsAttempt *attempt)
{
  if (attempt != NULL && attempt->request->prompt != NULL)
    return attempt->request->prompt;
  return facts->screenplay != NULL ? facts->screenplay->prompt : facts->brief->prompt;
}

static char *
describe (CsApiMaking *self, const CsAttempt *attempt, const CsModel *model)
{
  if (attempt == NULL)
    return cs_api_words_kept ();
  if (attempt->status == CS_ATTEMPT_UNCERTAIN)
    return g_strdup (cs_api_words_in_doubt ());
  return cs_api_words_launched (cs_engine_get_registry (cs_api_call_get_engine (self->call)), model);
}

/* What is not made as it was asked. */
static void
add_notes (CsApiMaking *self, const CsModel *model, JsonObject *answer)
{
  CsEngine *engine = cs_api_call_get_engine (self->call);
  JsonArray *array = json_array_new ();
  g_auto (GStrv) notes = NULL;

  if (model != NULL)
    notes = cs_job_chain_list_notes (cs_engine_get_registry (engine), cs_engine_get_prices (engine),
                                     cs_job_get_facts (self->job)->brief, model);
  for (guint i = 0; notes != NULL && notes[i] != NULL; i++)
    json_array_add_string_element (array, notes[i]);
  json_object_set_array_member (answer, "notes", array);
}

static void
add_addresses (CsApiMaking *self, const CsAttempt *attempt, JsonObject *answer)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  CsProviderRegistry *registry = cs_engine_get_registry (cs_api_call_get_engine (self->call));
  CsProvider *provider = attempt != NULL ? cs_provider_registry_get_provider (registry, attempt->provider) : NULL;
  g_autofree char *ours
      = g_strdup_printf ("%s/%s/%s", cs_api_call_get_base (self->call), get_status_route (facts->kind), facts->id);
  g_autofree char *theirs = NULL;

  if (provider != NULL && attempt->remote_id != NULL)
    theirs = cs_provider_dup_poll_address (provider, attempt->remote_id);
  cs_json_set_string (answer, "poll_url", ours);
  if (theirs != NULL)
    cs_json_set_string (answer, "provider_poll_url", theirs);
}

static JsonObject *
make_answer (CsApiMaking *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  const CsAttempt *attempt = cs_api_verdict_taken (facts);
  const CsModel *model = cs_api_making_get_model (self);
  g_autofree char *message = describe (self, attempt, model);
  JsonObject *answer = json_object_new ();

  cs_json_set_string (answer, "status", "processing");
  cs_json_set_string (answer, "prediction_id", facts->id);
  cs_json_set_string (answer, "creation_id", facts->id);
  cs_json_set_string (answer, "provider", model != NULL ? model->provider : "");
  cs_json_set_string (answer, "prompt", get_prompt (facts, attempt));
  cs_json_set_string (answer, "engine", model != NULL ? model->name : "");
  cs_json_set_string (answer, "message", message);
  cs_json_set_money (answer, "estimated_cost", get_estimate (self, attempt, model));
  add_addresses (self, attempt, answer);
  add_notes (self, model, answer);
  cs_api_making_add_ignored (self, answer);
  return answer;
}

static void
made (CsApiMaking *self)
{
  cs_api_call_reply_json (self->call, SOUP_STATUS_OK, make_answer (self));
  cs_api_making_free (self);
}

void
cs_api_generate_video (CsApiCall *call)
{
  cs_api_make (call, CS_KIND_VIDEO, FALSE, made);
}

void
cs_api_generate_image (CsApiCall *call)
{
  cs_api_make (call, CS_KIND_IMAGE, FALSE, made);
}
