/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be said of a job to whoever asked for it. Read from the job alone, so that a repeated request is told the same. */
#include "config.h"
#include "server/cs-api-verdict.h"

#include "server/cs-api-json.h"
#include "server/cs-api-words.h"

/** cs_api_verdict_taken: Returns: (transfer none) (nullable): whoever took it later does not change what was said first. */
const CsAttempt *
cs_api_verdict_taken (const CsJobFacts *facts)
{
  for (guint i = 0; i < facts->attempts->len; i++)
    if (cs_attempt_was_taken (facts->attempts->pdata[i]))
      return facts->attempts->pdata[i];
  return NULL;
}

static gboolean
is_waiting_for_somebody (const CsJobFacts *facts)
{
  return facts->state == CS_JOB_QUOTED
         && (facts->waiting == CS_WAITING_NO_KEY || facts->waiting == CS_WAITING_BUDGET || facts->waiting == CS_WAITING_CONSENT);
}

/* What is in doubt was looked for once: perhaps it is found at once. */
static CsApiVerdict
read_until_taken (const CsJobFacts *facts)
{
  gboolean is_looked_for = facts->state == CS_JOB_UNCERTAIN && facts->look_count == 0;

  if (facts->state == CS_JOB_DONE)
    return CS_API_VERDICT_TAKEN;
  if (cs_api_verdict_taken (facts) != NULL)
    return is_looked_for ? CS_API_VERDICT_NONE : CS_API_VERDICT_TAKEN;
  if (cs_job_state_is_final (facts->state))
    return CS_API_VERDICT_ENDED;
  return is_waiting_for_somebody (facts) ? CS_API_VERDICT_NEEDED : CS_API_VERDICT_NONE;
}

/** cs_api_verdict_read: @until_done: a provider that took it is not enough. */
CsApiVerdict
cs_api_verdict_read (CsJob *job, gboolean until_done)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  if (!until_done)
    return read_until_taken (facts);
  if (facts->state == CS_JOB_DONE)
    return CS_API_VERDICT_TAKEN;
  if (cs_job_state_is_final (facts->state))
    return CS_API_VERDICT_ENDED;
  return is_waiting_for_somebody (facts) ? CS_API_VERDICT_NEEDED : CS_API_VERDICT_NONE;
}

static CsError
get_code (const CsJobFacts *facts)
{
  static const CsError waits[CS_N_WAITINGS] = { [CS_WAITING_NO_KEY] = CS_ERROR_NO_KEY,
                                                [CS_WAITING_BUDGET] = CS_ERROR_OVER_BUDGET,
                                                [CS_WAITING_CONSENT] = CS_ERROR_OVER_MAX_COST };
  /* What is wrong with a request for us is told before there is a job; of a job these are a provider's no. */
  static const CsError others[] = { CS_ERROR_INVALID_VALUE, CS_ERROR_MISSING_FIELD, CS_ERROR_USAGE,    CS_ERROR_MALFORMED,
                                    CS_ERROR_TOO_LARGE,     CS_ERROR_NOT_FOUND,     CS_ERROR_CONFLICT, CS_ERROR_EXISTS };
  CsError code = CS_ERROR_FAILED;

  if (facts->state == CS_JOB_CANCELLED)
    return CS_ERROR_CANCELLED;
  if (is_waiting_for_somebody (facts))
    return waits[facts->waiting];
  cs_error_code_from_slug (facts->error_code, &code);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (code == others[i])
      return CS_ERROR_PROVIDER_REFUSED;
  return code;
}

/* The key of the job's provider: there is none, or it was refused. */
static char *
describe_no_key (CsApiCall *call, const CsJobFacts *facts)
{
  CsKeys *keys = cs_engine_get_keys (cs_api_call_get_engine (call));
  const CsModel *model = cs_provider_registry_find_model (cs_engine_get_registry (cs_api_call_get_engine (call)), facts->kind,
                                                          facts->brief->provider, facts->brief->model);
  const char *provider = facts->provider != NULL ? facts->provider : model != NULL ? model->provider : NULL;

  for (int name = 0; name < CS_N_KEYS; name++)
    {
      if (g_strcmp0 (cs_key_name_get_provider (name), provider) != 0)
        continue;
      if (cs_keys_get (keys, name, NULL) == NULL)
        return cs_api_words_no_key (keys, name);
      return cs_api_words_bad_key (name);
    }
  return NULL;
}

static const char *
get_own_words (CsError code)
{
  if (code == CS_ERROR_CANCELLED)
    return _ ("This was cancelled.");
  if (code == CS_ERROR_INSUFFICIENT_CREDIT)
    return _ ("Insufficient balance: your key has no credit left");
  return NULL;
}

GError *
cs_api_verdict_explain (CsApiCall *call, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  CsError code = get_code (facts);
  const char *own = get_own_words (code);
  g_autofree char *words = own != NULL ? g_strdup (own) : NULL;

  if (words == NULL && code == CS_ERROR_NO_KEY)
    words = describe_no_key (call, facts);
  if (words == NULL)
    words = cs_api_dup_job_error (call, job);
  return g_error_new_literal (CS_ERROR, code, words != NULL ? words : _ ("It failed."));
}
