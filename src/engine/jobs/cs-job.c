/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The making of one creation, as the front ends see it: main thread; the queue puts new facts in and emits "changed".
 */
#include "config.h"
#include "jobs/cs-job.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-id.h"
#include "core/cs-text.h"
#include "media/cs-media-info.h"
#include "screenwriter/cs-screenwriter.h"

#define TITLE_CHARACTERS 80

struct _CsJob
{
  GObject parent_instance;

  CsJobFacts *facts;
  double typical;  /* seconds that the rendering under way usually takes; 0: not known */
  GError *trouble; /* (nullable) why this process cannot go on with it, though the job itself is well */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsJob, cs_job, G_TYPE_OBJECT)

/**
 * cs_job_facts_new:
 * @brief: a checked brief
 *
 * Returns: (transfer full): a queued job with a new id; not stored yet.
 */
CsJobFacts *
cs_job_facts_new (const CsBrief *brief)
{
  CsJobFacts *facts = g_new0 (CsJobFacts, 1);

  facts->id = cs_id_new ();
  facts->kind = brief->kind;
  facts->brief = cs_brief_copy (brief);
  facts->chain = g_new0 (char *, 1);
  facts->max_cost = brief->max_cost;
  facts->estimated_cost = -1;
  facts->title = cs_text_make_title (brief->prompt, TITLE_CHARACTERS);
  facts->created_at = facts->updated_at = cs_clock_now ();
  facts->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_attempt_free);
  return facts;
}

CsJobFacts *
cs_job_facts_copy (const CsJobFacts *facts)
{
  CsJobFacts *copy = g_memdup2 (facts, sizeof *facts);

  copy->id = g_strdup (facts->id);
  copy->brief = cs_brief_copy (facts->brief);
  copy->screenplay = facts->screenplay != NULL ? cs_screenplay_copy (facts->screenplay) : NULL;
  copy->chain = g_strdupv (facts->chain);
  copy->provider = g_strdup (facts->provider);
  copy->model = g_strdup (facts->model);
  copy->owner = g_strdup (facts->owner);
  copy->error_code = g_strdup (facts->error_code);
  copy->error_message = g_strdup (facts->error_message);
  copy->request_hash = g_strdup (facts->request_hash);
  copy->batch = g_strdup (facts->batch);
  copy->title = g_strdup (facts->title);
  copy->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_attempt_free);
  for (guint i = 0; i < facts->attempts->len; i++)
    g_ptr_array_add (copy->attempts, cs_attempt_copy (facts->attempts->pdata[i]));
  return copy;
}

void
cs_job_facts_free (CsJobFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->id);
  cs_brief_free (facts->brief);
  cs_screenplay_free (facts->screenplay);
  g_strfreev (facts->chain);
  g_free (facts->provider);
  g_free (facts->model);
  g_free (facts->owner);
  g_free (facts->error_code);
  g_free (facts->error_message);
  g_free (facts->request_hash);
  g_free (facts->batch);
  g_free (facts->title);
  g_clear_pointer (&facts->attempts, g_ptr_array_unref);
  g_free (facts);
}

/** cs_job_facts_get_attempt: Returns: (transfer none) (nullable): the newest attempt. */
CsAttempt *
cs_job_facts_get_attempt (const CsJobFacts *facts)
{
  return facts->attempts->len > 0 ? facts->attempts->pdata[facts->attempts->len - 1] : NULL;
}

/** cs_job_facts_set_error: @error: (nullable): why the job failed or waits; NULL clears it. */
void
cs_job_facts_set_error (CsJobFacts *facts, const GError *error)
{
  cs_set_string (&facts->error_code, error != NULL ? cs_error_get_slug (error) : NULL);
  cs_set_string (&facts->error_message, error != NULL ? error->message : NULL);
}

/** cs_job_facts_add_up: What the job cost so far: the words, and every attempt. */
void
cs_job_facts_add_up (CsJobFacts *facts)
{
  facts->cost = facts->text_cost;
  for (guint i = 0; i < facts->attempts->len; i++)
    facts->cost += ((CsAttempt *) facts->attempts->pdata[i])->cost;
}

/**
 * cs_job_facts_get_text_room:
 *
 * Returns: micro-USD that paid language models may still cost this job: what was begun and may have been billed counts
 * as billed.
 */
CsMoney
cs_job_facts_get_text_room (const CsJobFacts *facts)
{
  CsMoney spent = facts->text_cost + facts->text_hold;

  for (guint i = 0; facts->kind == CS_KIND_DECK && i < facts->attempts->len; i++)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i];

      spent += attempt->billed == CS_BILLED_UNKNOWN ? attempt->hold : attempt->cost;
    }
  return MAX (CS_TEXT_MAX_COST - spent, 0);
}

/** cs_job_facts_may_start_text: Returns: FALSE when paid language models were begun as often, or cost as much, as they may. */
gboolean
cs_job_facts_may_start_text (const CsJobFacts *facts)
{
  return facts->text_starts < CS_TEXT_MAX_CALLS && cs_job_facts_get_text_room (facts) > 0;
}

/** cs_job_facts_waits_for_somebody: Returns: TRUE when only a person, or what he changes elsewhere, makes it go on. */
gboolean
cs_job_facts_waits_for_somebody (const CsJobFacts *facts)
{
  if (facts->state == CS_JOB_QUOTED)
    return facts->waiting == CS_WAITING_CONSENT || facts->waiting == CS_WAITING_NO_KEY || facts->waiting == CS_WAITING_BUDGET;
  return facts->state == CS_JOB_UNCERTAIN && facts->look_count >= CS_JOB_LOOKS;
}

static gboolean
has_sound_attempts (const CsJobFacts *facts)
{
  for (guint i = 0; i < facts->attempts->len; i++)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i];

      if (attempt->number != (int) i + 1 || !g_str_has_suffix (attempt->request->work_file, CS_WORK_FILE_ENDING))
        return FALSE;
    }
  return TRUE;
}

/**
 * cs_job_facts_is_sound:
 *
 * Returns: TRUE when @facts have all that the step of their state relies on; FALSE for a row that nobody of us wrote.
 */
gboolean
cs_job_facts_is_sound (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);
  int length = (int) g_strv_length (facts->chain);

  if (facts->chain_position < 0 || facts->chain_position > MAX (length - 1, 0) || !has_sound_attempts (facts))
    return FALSE;
  if (cs_job_state_is_final (facts->state) || facts->state == CS_JOB_QUEUED || facts->state == CS_JOB_WRITING)
    return TRUE;
  if (facts->screenplay == NULL || (facts->state != CS_JOB_QUOTED && (length == 0 || facts->model == NULL)))
    return FALSE;
  if (cs_job_state_is_unsent (facts->state))
    return TRUE;
  if (attempt == NULL || facts->provider == NULL || (facts->state == CS_JOB_RENDERING && attempt->remote_id == NULL))
    return FALSE;
  return facts->state != CS_JOB_FINISHING
         || (attempt->sha256 != NULL && (facts->kind == CS_KIND_DECK || cs_media_type_extension (attempt->mime_type) != NULL));
}

static void
cs_job_finalize (GObject *object)
{
  CsJob *self = CS_JOB (object);

  g_clear_pointer (&self->facts, cs_job_facts_free);
  g_clear_error (&self->trouble);

  G_OBJECT_CLASS (cs_job_parent_class)->finalize (object);
}

static void
cs_job_class_init (CsJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_job_finalize;

  /**
   * CsJob::changed:
   *
   * The facts, the progress or the trouble are new.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CS_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_job_init (CsJob *self)
{
}

CsJob *
cs_job_new (CsJobFacts *facts)
{
  CsJob *self = g_object_new (CS_TYPE_JOB, NULL);

  self->facts = facts;
  return self;
}

const char *
cs_job_get_id (CsJob *self)
{
  return self->facts->id;
}

/** cs_job_get_facts: Returns: (transfer none): the facts; valid until the next "changed". */
const CsJobFacts *
cs_job_get_facts (CsJob *self)
{
  return self->facts;
}

void
cs_job_set_facts (CsJob *self, CsJobFacts *facts)
{
  g_return_if_fail (CS_IS_JOB (self));

  cs_job_facts_free (self->facts);
  self->facts = facts;
  g_clear_error (&self->trouble);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/** cs_job_set_progress: @progress: 0 to 1, of the rendering. */
void
cs_job_set_progress (CsJob *self, double progress)
{
  self->facts->progress = progress;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/** cs_job_set_typical: @seconds: that the rendering under way usually takes, learned here or published. */
void
cs_job_set_typical (CsJob *self, double seconds)
{
  self->typical = seconds;
}

double
cs_job_get_typical (CsJob *self)
{
  return self->typical;
}

/**
 * cs_job_get_trouble:
 *
 * Returns: (transfer none) (nullable): why this process cannot drive the job at the moment (disk full, database
 * locked); the job is as it was.
 */
const GError *
cs_job_get_trouble (CsJob *self)
{
  return self->trouble;
}

void
cs_job_set_trouble (CsJob *self, const GError *error)
{
  g_clear_error (&self->trouble);
  self->trouble = error != NULL ? g_error_copy (error) : NULL;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/** cs_job_dup_error: Returns: (transfer full) (nullable): why the job failed or waits, as an error of ours. */
GError *
cs_job_dup_error (CsJob *self)
{
  CsError code = CS_ERROR_FAILED;

  if (self->facts->error_message == NULL)
    return NULL;
  cs_error_code_from_slug (self->facts->error_code, &code);
  return g_error_new_literal (CS_ERROR, code, self->facts->error_message);
}
