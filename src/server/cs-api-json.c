/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Creations and jobs as they leave over HTTP: with addresses on this server, and in the language of the call. Main thread. */
#include "config.h"
#include "server/cs-api-json.h"

#include "server/cs-api-error.h"
#include "server/cs-api-key.h"

static const char *const part_names[] = {
  [CS_CREATION_FILE] = "file",
  [CS_CREATION_THUMBNAIL] = "thumbnail",
  [CS_CREATION_MARKDOWN] = "markdown",
};

/* Ours have nothing to escape; a row that somebody else wrote must not lead anywhere else either. */
static char *
dup_url (CsApiCall *call, const char *id, CsCreationPart part)
{
  g_autofree char *safe = g_uri_escape_string (id, NULL, FALSE);

  return g_strdup_printf ("%s/creations/%s/%s", cs_api_call_get_base (call), safe, part_names[part]);
}

static char *
place_cb (const CsCreationFacts *facts, CsCreationPart part, gpointer call)
{
  return dup_url (call, facts->id, part);
}

/** cs_api_dup_file_url: @id: of a creation. Returns: (transfer full): where its file is, for this caller. */
char *
cs_api_dup_file_url (CsApiCall *call, const char *id)
{
  return dup_url (call, id, CS_CREATION_FILE);
}

char *
cs_api_dup_thumbnail_url (CsApiCall *call, const char *id)
{
  return dup_url (call, id, CS_CREATION_THUMBNAIL);
}

/* Money, as the holder of a wallet key sees it */

static gboolean
is_holder (CsApiCall *call)
{
  return cs_api_call_get_header (call, CS_API_KEY_HEADER) != NULL;
}

static CsMoney
get_debit (CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  CsMoney debit = 0;

  for (guint i = 0; i < facts->attempts->len; i++)
    debit += cs_attempt_get_debit (facts->attempts->pdata[i]);
  return debit;
}

/* The most that was agreed to is what a provider may take. */
static void
show_to_holder (CsApiCall *call, JsonObject *object, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const CsAttempt *newest = cs_job_facts_get_attempt (facts);
  JsonArray *attempts = cs_json_get_array (object, "attempts");

  if (!is_holder (call))
    return;
  for (guint i = 0; i < facts->attempts->len; i++)
    cs_json_set_money (json_array_get_object_element (attempts, i), "cost_usd", cs_attempt_get_debit (facts->attempts->pdata[i]));
  if (!json_object_has_member (object, "cost_usd"))
    return;
  cs_json_set_money (object, "cost_usd", get_debit (job));
  json_object_set_null_member (object, "max_cost_usd");
  if (newest != NULL)
    cs_json_set_money (object, "estimated_cost_usd", newest->sale);
  else
    json_object_set_null_member (object, "estimated_cost_usd");
}

/** cs_api_creation_to_json: Returns: (transfer full): all that is known of the creation. */
JsonObject *
cs_api_creation_to_json (CsApiCall *call, CsCreation *creation, CsJob *job)
{
  JsonObject *object = cs_creation_to_json (creation, place_cb, call);

  if (job != NULL && is_holder (call))
    cs_json_set_money (object, "cost_usd", get_debit (job));
  return object;
}

/* The words of a job are in the language that its driver spoke when it wrote them. */
static gboolean
is_in_our_words (CsApiCall *call)
{
  return cs_api_call_get_language (call) == cs_words_get_user_language ();
}

static char *
dup_words (const char *slug, const char *message)
{
  CsError code = CS_ERROR_FAILED;
  g_autoptr (GError) error = NULL;

  cs_error_code_from_slug (slug, &code);
  error = g_error_new_literal (CS_ERROR, code, message);
  return cs_api_error_describe (error);
}

/**
 * cs_api_dup_job_error:
 *
 * Returns: (transfer full) (nullable): why the job failed or waits, in the language of the call: as it was written where
 * that is the same, else by its code.
 */
char *
cs_api_dup_job_error (CsApiCall *call, CsJob *job)
{
  CS_API_CALL_WORDS (call);
  const CsJobFacts *facts = cs_job_get_facts (job);

  if (facts->error_message == NULL || is_in_our_words (call))
    return g_strdup (facts->error_message);
  return dup_words (facts->error_code, facts->error_message);
}

/* @object: a job or an attempt. */
static void
translate_error (JsonObject *object)
{
  JsonObject *error = cs_json_get_object (object, "error");
  g_autofree char *words = NULL;

  if (error == NULL)
    return;
  words = dup_words (cs_json_get_string (error, "code", ""), cs_json_get_string (error, "message", ""));
  cs_json_set_string (error, "message", words);
}

static void
translate_errors (CsApiCall *call, JsonObject *object)
{
  JsonArray *attempts = cs_json_get_array (object, "attempts");

  if (is_in_our_words (call))
    return;
  translate_error (object);
  for (guint i = 0; i < json_array_get_length (attempts); i++)
    translate_error (json_array_get_object_element (attempts, i));
}

/** cs_api_job_to_entry: Returns: (transfer full): the job as one entry of a list. */
JsonObject *
cs_api_job_to_entry (CsApiCall *call, CsJob *job)
{
  CS_API_CALL_WORDS (call);
  JsonObject *object = cs_job_to_json (job);

  translate_errors (call, object);
  show_to_holder (call, object, job);
  return object;
}

/** cs_api_job_to_json: @creation: (nullable): once there is one. Returns: (transfer full): all that is known of the job. */
JsonObject *
cs_api_job_to_json (CsApiCall *call, CsJob *job, CsCreation *creation)
{
  CS_API_CALL_WORDS (call);
  CsEngine *engine = cs_api_call_get_engine (call);
  CsJobState state = cs_job_get_facts (job)->state;
  JsonObject *object = cs_job_result_to_json (job, creation, place_cb, call, cs_engine_get_registry (engine),
                                              cs_engine_get_prices (engine));
  g_autofree char *trouble = cs_api_dup_job_error (call, job);

  translate_errors (call, object);
  show_to_holder (call, object, job);
  if (trouble != NULL && state != CS_JOB_DONE && state != CS_JOB_CANCELLED)
    cs_json_set_string (object, "message", trouble);
  return object;
}
