/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET video-status and image-status: how it stands, by our id or by the provider's. Main thread. */
#include "config.h"
#include "server/cs-api-handlers.h"

#include "server/cs-api-find.h"
#include "server/cs-api-json.h"
#include "server/cs-api-models.h"
#include "server/cs-api-words.h"

/* Where the provider says it is: an address that others can use, and nothing of this computer. */
static const char *
find_source (const CsJobFacts *facts)
{
  for (guint i = facts->attempts->len; i > 0; i--)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i - 1];

      if (attempt->output != NULL && g_str_has_prefix (attempt->output, "https://"))
        return attempt->output;
    }
  return NULL;
}

/* Only a person can help: that is told in place of the guide's words. */
static gboolean
has_reason (const CsJobFacts *facts)
{
  return facts->waiting == CS_WAITING_NO_KEY || facts->waiting == CS_WAITING_BUDGET
         || facts->waiting == CS_WAITING_CONSENT || facts->waiting == CS_WAITING_DISK_FULL;
}

/* @status: the outer word, since what is in doubt for too long counts as failed. */
static char *
describe (CsApiCall *call, CsJob *job, const char *status)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  g_autofree char *reason = NULL;

  if (g_str_equal (status, "succeeded"))
    return g_strdup (cs_api_words_done (facts->kind));
  if (g_str_equal (status, "canceled"))
    return g_strdup (_ ("Cancelled."));
  if (facts->state == CS_JOB_UNCERTAIN)
    return g_strdup (cs_api_words_in_doubt ());
  reason = cs_api_dup_job_error (call, job);
  if (g_str_equal (status, "failed"))
    return reason != NULL ? g_steal_pointer (&reason) : g_strdup (_ ("It failed."));
  return reason != NULL && has_reason (facts) ? g_steal_pointer (&reason) : g_strdup (cs_api_words_under_way ());
}

static void
add_error (JsonObject *answer, const CsJobFacts *facts, const char *status, const char *message)
{
  JsonObject *error = json_object_new ();
  const char *code = facts->error_code != NULL ? facts->error_code : cs_error_code_get_slug (CS_ERROR_FAILED);

  if (g_str_equal (status, "canceled"))
    code = cs_error_code_get_slug (CS_ERROR_CANCELLED);
  cs_json_set_string (error, "code", code);
  cs_json_set_string (error, "message", message);
  json_object_set_object_member (answer, "error", error);
}

static void
add_result (CsApiCall *call, JsonObject *answer, const CsJobFacts *facts)
{
  g_autofree char *address = cs_api_dup_file_url (call, facts->id);

  cs_json_set_string (answer, facts->kind == CS_KIND_VIDEO ? "video_url" : "image_url", address);
}

static JsonObject *
make_answer (CsApiCall *call, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const CsModel *model = cs_api_models_guess (cs_api_call_get_engine (call), facts);
  const char *provider = facts->provider != NULL ? facts->provider : model != NULL ? model->provider : "";
  const char *source = find_source (facts);
  JsonObject *answer = json_object_new ();
  const char *status;
  g_autofree char *message = NULL;

  cs_json_set_string (answer, "prediction_id", facts->id);
  cs_job_add_state (answer, job);
  status = cs_json_get_string (answer, "status", "");
  message = describe (call, job, status);
  cs_json_set_string (answer, "provider", provider);
  cs_json_set_string (answer, "engine", model != NULL ? model->name : facts->model != NULL ? facts->model : "");
  cs_json_set_string (answer, "message", message);
  json_object_set_double_member (answer, "progress", facts->progress);
  if (facts->state == CS_JOB_DONE)
    add_result (call, answer, facts);
  if (source != NULL)
    cs_json_set_string (answer, "source_url", source);
  if (g_str_equal (status, "failed") || g_str_equal (status, "canceled"))
    add_error (answer, facts, status, message);
  return answer;
}

/* There is one, and another route tells of it. */
static void
show_the_way (CsApiCall *call, const CsJobFacts *facts)
{
  g_autofree char *words = NULL;

  if (facts->kind == CS_KIND_DECK)
    words = g_strdup_printf (_ ("%s is a presentation: ask “jobs/%s” for it."), facts->id, facts->id);
  else if (facts->kind == CS_KIND_IMAGE)
    words = g_strdup_printf (_ ("%s is an image: ask “image-status/%s” for it."), facts->id, facts->id);
  else
    words = g_strdup_printf (_ ("%s is a video: ask “video-status/%s” for it."), facts->id, facts->id);
  cs_api_call_fail_status (call, SOUP_STATUS_NOT_FOUND, "not_found", words, NULL);
}

static void
answer_status (CsApiCall *call, CsJob *job, CsKind kind)
{
  if (cs_job_get_facts (job)->kind != kind)
    show_the_way (call, cs_job_get_facts (job));
  else
    cs_api_call_reply_json (call, SOUP_STATUS_OK, make_answer (call, job));
}

static void
found_video (CsApiCall *call, CsJob *job)
{
  answer_status (call, job, CS_KIND_VIDEO);
}

static void
found_image (CsApiCall *call, CsJob *job)
{
  answer_status (call, job, CS_KIND_IMAGE);
}

void
cs_api_video_status (CsApiCall *call)
{
  cs_api_find_job (call, found_video);
}

void
cs_api_image_status (CsApiCall *call)
{
  cs_api_find_job (call, found_image);
}
