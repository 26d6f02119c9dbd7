/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one attempt asks of a provider. The same for the same job and number, but for a seed that is drawn anew. */
#include "config.h"
#include "jobs/cs-job-request.h"

#include "core/cs-text.h"
#include "jobs/cs-job-files.h"
#include "media/sketch/cs-sketch-scene.h"

/**
 * cs_job_request_get_number:
 *
 * An attempt that never left is used again once the whole chain was tried: a day without a network is no reason for thousands
 * of them.
 *
 * Returns: the number of the next attempt: that of the last one, or a new one.
 */
int
cs_job_request_get_number (const CsJobFacts *facts)
{
  const CsAttempt *last = cs_job_facts_get_attempt (facts);

  if (last != NULL && last->status == CS_ATTEMPT_NOT_SENT && facts->attempts->len >= g_strv_length (facts->chain))
    return last->number;
  return (int) facts->attempts->len + 1;
}

/* What was read is what is sent, so its seed is not drawn by lot: it is another one for every attempt, and always the same. */
static gint64
make_reviewed_seed (const CsJobFacts *facts, int number)
{
  g_autofree char *name = g_strdup_printf ("%s %d", facts->id, number);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  sum[13] = '\0';
  return (gint64) (g_ascii_strtoull (sum, NULL, 16) & CS_SEED_MAX);
}

/* A seed of the user's, the same one for the same words where we draw ourselves, else a new one every time. */
static gint64
choose_seed (CsJobContext *context, const CsJobFacts *facts, const CsModel *model, int number)
{
  const CsBrief *brief = facts->brief;
  CsProvider *provider = cs_provider_registry_get_provider (context->registry, model->provider);

  if (brief->has_seed)
    return (brief->seed + brief->variation) & CS_SEED_MAX;
  if (provider != NULL && cs_provider_is_local (provider))
    return (gint64) ((cs_sketch_seed_for_prompt (brief->prompt) + brief->variation) & CS_SEED_MAX);
  if (brief->review)
    return make_reviewed_seed (facts, number);
  return (gint64) (((guint64) g_random_int () << 32 | g_random_int ()) & CS_SEED_MAX);
}

/**
 * cs_job_request_new:
 * @facts: of a job whose words are written
 * @number: of the attempt
 *
 * Returns: (transfer full): the request, not prepared.
 */
CsRequest *
cs_job_request_new (CsJobContext *context, const CsJobFacts *facts, const CsModel *model, int number)
{
  const CsBrief *brief = facts->brief;
  CsRequest *request = cs_request_new ();

  request->creation_id = g_strdup (facts->id);
  request->model = g_strdup (model->id);
  request->kind = facts->kind;
  request->prompt = g_strdup (facts->screenplay->prompt);
  request->original_prompt = g_strdup (brief->prompt);
  request->negative_prompt = g_strdup (facts->screenplay->negative_prompt);
  request->style = brief->style;
  request->aspect = cs_model_nearest_aspect (model, brief->aspect);
  request->duration = facts->kind == CS_KIND_VIDEO ? cs_model_nearest_duration (model, brief->duration) : 0;
  request->sound = model->sound == CS_SOUND_ALWAYS || (model->sound == CS_SOUND_CHOICE && brief->sound != CS_WISH_NO);
  request->seed = choose_seed (context, facts, model, number);
  request->num_slides = brief->num_slides;
  request->theme = brief->theme;
  request->language = brief->has_language ? brief->language : cs_language_guess (brief->prompt, CS_LANGUAGE_EN);
  request->image = g_strdup (brief->image);
  request->work_file = cs_job_files_make_work_path (context->paths, facts->id, number);
  return request;
}
