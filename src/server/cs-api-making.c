/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call to make something. Everything that can be wrong is looked at first: the body, the wallet key, the picture to begin
 * from, whether anybody can make it, and the price; then the job is queued and waited for. Reads downwards. Main thread.
 */
#include "config.h"
#include "server/cs-api-making.h"

#include "server/cs-api-brief.h"
#include "server/cs-api-image.h"
#include "server/cs-api-models.h"
#include "server/cs-api-verdict.h"
#include "server/cs-api-watch.h"

#define USUAL_PATIENCE 45 /* seconds until a provider took it: what most clients wait for */
#define DECK_PATIENCE 300 /* seconds until a deck is written: its language models have 240 */
#define MAX_NAME_SHOWN 64 /* characters */

static double patience_until_taken = USUAL_PATIENCE;
static double patience_until_done = DECK_PATIENCE;

void
cs_api_making_set_patience (double until_taken, double until_done)
{
  patience_until_taken = until_taken;
  patience_until_done = until_done;
}

static CsEngine *
get_engine (CsApiMaking *self)
{
  return cs_api_call_get_engine (self->call);
}

void
cs_api_making_free (CsApiMaking *self)
{
  cs_api_call_unref (self->call);
  g_clear_pointer (&self->brief, cs_brief_free);
  g_clear_object (&self->job);
  g_clear_error (&self->refusal);
  g_strfreev (self->ignored);
  g_free (self->key_code);
  g_free (self->image);
  g_free (self);
}

/** cs_api_making_fail: The end of @self. */
void
cs_api_making_fail (CsApiMaking *self, const GError *error)
{
  cs_api_call_fail (self->call, error);
  cs_api_making_free (self);
}

/* The end of @self, with words in the language of the call. */
static void
refuse (CsApiMaking *self)
{
  cs_api_call_refuse_field (self->call, self->refusal, self->field);
  cs_api_making_free (self);
}

/* @error: (transfer full); @field: (nullable) (transfer none): lives for ever */
static void
set_refusal (CsApiMaking *self, GError *error, const char *field)
{
  g_clear_error (&self->refusal);
  self->refusal = error;
  self->field = field;
}

/* 6. Waiting */

static void watch (CsApiMaking *self);

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  g_autoptr (GError) error = NULL;
  CsJob *job = cs_job_queue_get_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    {
      cs_api_making_fail (self, error);
      return;
    }
  g_object_unref (self->job);
  self->job = job;
  if (cs_job_get_facts (job)->state == CS_JOB_CANCELLED)
    refuse (self); /* another call for the same has withdrawn it */
  else
    watch (self);
}

/* A job that does not stand still any more goes on, and so does the waiting. */
static void
withdraw_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  g_autoptr (GError) error = NULL;

  if (cs_job_queue_withdraw_finish (CS_JOB_QUEUE (source), result, &error))
    refuse (self);
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT))
    cs_job_queue_get_async (CS_JOB_QUEUE (source), cs_job_get_id (self->job), NULL, get_cb, self);
  else
    cs_api_making_fail (self, error);
}

/* A call that ends with an error leaves no job behind that would spend money some other day. Nothing was sent. */
static void
withdraw (CsApiMaking *self)
{
  gboolean is_over_max = g_error_matches (self->refusal, CS_ERROR, CS_ERROR_OVER_MAX_COST);

  self->field = is_over_max ? "max_cost_usd" : NULL;
  cs_job_queue_withdraw_async (cs_engine_get_queue (get_engine (self)), cs_job_get_id (self->job), NULL, withdraw_cb, self);
}

static void
watch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  CS_API_CALL_WORDS (self->call);
  CsApiVerdict verdict;

  g_object_unref (self->job);
  self->job = cs_api_watch_finish (result);
  verdict = cs_api_verdict_read (self->job, self->until_done);
  if (verdict == CS_API_VERDICT_NONE || verdict == CS_API_VERDICT_TAKEN)
    {
      self->made (self);
      return;
    }
  set_refusal (self, cs_api_verdict_explain (self->call, self->job), NULL);
  if (verdict == CS_API_VERDICT_NEEDED)
    withdraw (self);
  else
    refuse (self);
}

static void
watch (CsApiMaking *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->deadline == 0)
    self->deadline = now + (gint64) ((self->until_done ? patience_until_done : patience_until_taken) * G_USEC_PER_SEC);
  cs_api_watch_async (self->call, self->job, self->until_done, (double) (self->deadline - now) / G_USEC_PER_SEC, watch_cb, self);
}

/* 5. Queueing */

static void
conflict (CsApiMaking *self)
{
  CS_API_CALL_WORDS (self->call);

  set_refusal (self, g_error_new (CS_ERROR, CS_ERROR_CONFLICT, _ ("The request id “%s” was used for another request already."),
                                  self->brief->request_id), NULL);
  refuse (self);
}

static void
add_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_add_finish (CS_JOB_QUEUE (source), result, &error);

  if (jobs != NULL)
    {
      self->job = g_object_ref (jobs->pdata[0]);
      watch (self);
    }
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT))
    conflict (self);
  else
    cs_api_making_fail (self, error);
}

static void
queue (CsApiMaking *self)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new ();

  g_ptr_array_add (briefs, self->brief);
  cs_job_queue_add_async (cs_engine_get_queue (get_engine (self)), briefs, NULL, add_cb, self);
}

static void
repeat_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  g_autoptr (GError) error = NULL;

  self->job = cs_job_queue_repeat_finish (CS_JOB_QUEUE (source), result, &error);
  if (self->job != NULL)
    watch (self);
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT))
    conflict (self);
  else if (error != NULL)
    cs_api_making_fail (self, error);
  else
    refuse (self);
}

/* What cannot be made now may have been made before: a repeated request is told what it was told then. */
static void
refuse_new (CsApiMaking *self)
{
  if (self->brief->request_id == NULL)
    refuse (self);
  else
    cs_job_queue_repeat_async (cs_engine_get_queue (get_engine (self)), self->brief, NULL, repeat_cb, self);
}

/* 4. Who makes it, and for how much */

static void
choose_model (CsApiMaking *self)
{
  CS_API_CALL_WORDS (self->call);
  const char *field = NULL;
  GError *error = NULL;

  self->model = cs_api_models_choose (get_engine (self), self->brief, &field, &error);
  if (self->model != NULL)
    {
      queue (self);
      return;
    }
  set_refusal (self, error, field);
  refuse_new (self);
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  cs_text_look_finish (CS_PROVIDER_REGISTRY (source), result, NULL);
  choose_model (user_data);
}

/* Who writes decks is not known before somebody has looked. */
static void
look (CsApiMaking *self)
{
  if (self->brief->kind == CS_KIND_DECK)
    cs_text_look_async (cs_engine_get_registry (get_engine (self)), NULL, look_cb, self);
  else
    choose_model (self);
}

/* 3. The picture to begin from */

static void
image_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  GError *error = NULL;

  self->brief->image = cs_api_image_find_finish (result, &error);
  if (self->brief->image != NULL)
    look (self);
  else if (g_error_matches (error, CS_ERROR, CS_ERROR_INVALID_VALUE))
    {
      set_refusal (self, error, "image");
      refuse (self);
    }
  else
    {
      cs_api_making_fail (self, error);
      g_error_free (error);
    }
}

/* @key: (nullable): who pays */
static void
find_image (CsApiMaking *self, const CsWalletKey *key)
{
  CS_API_CALL_WORDS (self->call);

  if (self->image != NULL)
    cs_api_image_find_async (self->call, self->image, key, image_cb, self);
  else
    look (self);
}

/* 2. Who pays: a key that is not known is told so before anything is written, at any price */

static void
key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsApiMaking *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWalletKey) key = cs_wallet_find_finish (CS_WALLET (source), result, &error);

  if (key != NULL)
    find_image (self, key);
  else
    cs_api_making_fail (self, error);
}

/* 1. The body */

/** cs_api_make: @made: answers; everything that goes wrong before is answered here. */
void
cs_api_make (CsApiCall *call, CsKind kind, gboolean until_done, CsApiMadeFunc made)
{
  CsApiMaking *self = g_new0 (CsApiMaking, 1);

  self->call = cs_api_call_ref (call);
  self->made = made;
  self->until_done = until_done;
  if (!cs_api_brief_read (self, kind))
    cs_api_making_free (self);
  else if (self->key_code != NULL)
    cs_wallet_find_async (cs_engine_get_wallet (get_engine (self)), self->key_code, NULL, key_cb, self);
  else
    find_image (self, NULL);
}

/* For those who answer */

/** cs_api_making_get_model: Returns: (transfer none) (nullable): who took it first, else who is tried, else who would be. */
const CsModel *
cs_api_making_get_model (CsApiMaking *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  const CsAttempt *attempt = cs_api_verdict_taken (facts);
  const char *id = attempt != NULL ? attempt->model : facts->model;
  const CsModel *model = NULL;

  if (id != NULL)
    model = cs_provider_registry_get_model (cs_engine_get_registry (get_engine (self)), id);
  return model != NULL ? model : self->model;
}

/** cs_api_making_add_ignored: Says which fields of the body nobody has read. */
void
cs_api_making_add_ignored (CsApiMaking *self, JsonObject *answer)
{
  JsonArray *names;

  if (self->ignored == NULL)
    return;
  names = json_array_new ();
  for (guint i = 0; self->ignored[i] != NULL; i++)
    {
      g_autofree char *name = cs_text_ellipsize (self->ignored[i], MAX_NAME_SHOWN);

      json_array_add_string_element (names, name);
    }
  json_object_set_array_member (answer, "ignored_fields", names);
}
