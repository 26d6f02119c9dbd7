/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong with a job, and what it means for the money. Main thread. */
#include "config.h"
#include "ui/jobs/cs-job-trouble.h"

#include "ui/jobs/cs-job-words.h"
#include "ui/widgets/cs-creation-words.h"

#include <string.h>

static gboolean
has_code (const char *slug, CsError wanted)
{
  CsError code;

  return slug != NULL && cs_error_code_from_slug (slug, &code) && code == wanted;
}

static gboolean
was_turned_down (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  return attempt != NULL && (attempt->status == CS_ATTEMPT_REFUSED || attempt->status == CS_ATTEMPT_FAILED);
}

static CsTrouble
find_of_failed (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  if (has_code (facts->error_code, CS_ERROR_UNCERTAIN))
    return CS_TROUBLE_GIVEN_UP;
  if (has_code (facts->error_code, CS_ERROR_OFFLINE))
    return CS_TROUBLE_NETWORK;
  if (has_code (facts->error_code, CS_ERROR_DISK_FULL))
    return CS_TROUBLE_DISK_FULL;
  return attempt != NULL && attempt->status == CS_ATTEMPT_REFUSED ? CS_TROUBLE_REFUSED : CS_TROUBLE_FAILED;
}

/** cs_trouble_find: Returns: what somebody has to be asked about, if anything. */
CsTrouble
cs_trouble_find (CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const GError *trouble = cs_job_get_trouble (job);

  if (facts->state == CS_JOB_UNCERTAIN)
    return CS_TROUBLE_UNCERTAIN;
  if (facts->state == CS_JOB_FAILED)
    return find_of_failed (facts);
  if (cs_job_state_is_final (facts->state))
    return CS_TROUBLE_NONE;
  if (facts->waiting == CS_WAITING_NO_KEY)
    return CS_TROUBLE_NO_KEY;
  if (facts->waiting == CS_WAITING_BUDGET)
    return CS_TROUBLE_BUDGET;
  if (facts->waiting == CS_WAITING_CONSENT && facts->error_message != NULL)
    return was_turned_down (facts) ? CS_TROUBLE_REFUSED : CS_TROUBLE_DEARER;
  if (facts->waiting == CS_WAITING_DISK_FULL || g_error_matches (trouble, CS_ERROR, CS_ERROR_DISK_FULL))
    return CS_TROUBLE_DISK_FULL;
  return CS_TROUBLE_NONE;
}

/* Words */

/* (transfer full): who was asked last; of a job that nobody was asked for, the one who would be. */
static char *
make_asked (CsStudio *studio, const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  if (attempt != NULL)
    return cs_provider_make_name (studio, attempt->provider);
  return facts->provider != NULL ? cs_provider_make_name (studio, facts->provider) : g_strdup (_ ("The provider"));
}

/* A no to the words, and not for want of credit or of the model: then the advice that the engine gives is about the prompt. */
static gboolean
is_about_prompt (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  return attempt != NULL && attempt->error_message != NULL
         && g_str_has_suffix (attempt->error_message, _ ("Change the prompt, or choose another model."));
}

static char *
make_failed_title (const CsJobFacts *facts)
{
  return g_strdup (facts->kind == CS_KIND_VIDEO   ? _ ("The video was not made")
                   : facts->kind == CS_KIND_IMAGE ? _ ("The picture was not made")
                                                  : _ ("The presentation was not written"));
}

/** cs_trouble_make_title: Returns: (transfer full): what happened, in a few words. */
char *
cs_trouble_make_title (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  g_autofree char *asked = make_asked (studio, facts);
  g_autofree char *price = cs_money_to_amount (MAX (facts->estimated_cost, 0));

  switch (cs_trouble_find (job))
    {
    case CS_TROUBLE_UNCERTAIN:
      /* translators: an amount of money */
      return g_strdup_printf (_ ("May have been billed, %s"), price);
    case CS_TROUBLE_REFUSED:
      /* translators: a provider */
      return g_strdup_printf (is_about_prompt (facts) ? _ ("%s refused this prompt") : _ ("%s did not take it"), asked);
    case CS_TROUBLE_DEARER:
      /* translators: an amount of money */
      return g_strdup_printf (_ ("This would cost %s"), price);
    case CS_TROUBLE_NO_KEY:
      return g_strdup (_ ("A key is needed"));
    case CS_TROUBLE_BUDGET:
      return g_strdup (_ ("This is over your budget"));
    case CS_TROUBLE_DISK_FULL:
      return g_strdup (_ ("The disk is full"));
    case CS_TROUBLE_NETWORK:
      /* translators: a provider */
      return g_strdup_printf (_ ("%s could not be reached"), asked);
    case CS_TROUBLE_GIVEN_UP:
      return g_strdup (_ ("You stopped looking"));
    case CS_TROUBLE_NONE:
    case CS_TROUBLE_FAILED:
    default:
      return make_failed_title (facts);
    }
}

/** cs_trouble_make_reason: Returns: (transfer full) (nullable): why. */
char *
cs_trouble_make_reason (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);
  const GError *trouble = cs_job_get_trouble (job);

  if (cs_trouble_find (job) == CS_TROUBLE_REFUSED && attempt->error_message != NULL)
    return g_strdup (attempt->error_message);
  return g_strdup (trouble != NULL ? trouble->message : facts->error_message);
}

static gboolean
is_unknown (const CsJobFacts *facts)
{
  for (guint i = 0; i < facts->attempts->len; i++)
    if (((CsAttempt *) facts->attempts->pdata[i])->billed == CS_BILLED_UNKNOWN)
      return TRUE;
  return FALSE;
}

/* Nothing was billed, so that what was set aside is free again. */
static char *
make_free_again (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);
  g_autofree char *hold = cs_money_to_amount (attempt != NULL ? attempt->hold : 0);

  if (attempt == NULL)
    return g_strdup (_ ("Nothing was sent, and nothing is on hold."));
  if (attempt->hold <= 0)
    return g_strdup (_ ("Nothing was billed."));
  /* translators: an amount of money */
  return g_strdup_printf (_ ("Nothing was billed, and the %s on hold is yours again."), hold);
}

/** cs_trouble_make_money: Returns: (transfer full): whether money moved: a sentence. */
char *
cs_trouble_make_money (CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  g_autofree char *held = cs_money_to_amount (cs_job_get_held (facts));
  g_autofree char *cost = cs_money_to_amount (facts->cost);

  if (facts->cost > 0)
    /* translators: an amount of money */
    return g_strdup_printf (_ ("%s was billed."), cost);
  if (facts->state == CS_JOB_UNCERTAIN)
    /* translators: an amount of money */
    return g_strdup_printf (_ ("%s stays on hold until it is known."), held);
  if (is_unknown (facts))
    return g_strdup (_ ("It may have been billed: nobody knows."));
  if (cs_job_get_held (facts) > 0)
    /* translators: an amount of money */
    return g_strdup_printf (_ ("%s is on hold."), held);
  return make_free_again (facts);
}

/** cs_trouble_make_said: Returns: (transfer full) (nullable): what every provider that was asked said, and when. */
char *
cs_trouble_make_said (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < facts->attempts->len; i++)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i];
      g_autofree char *provider = cs_provider_make_name (studio, attempt->provider);
      g_autofree char *moment = cs_date_make_moment (attempt->ended_at > 0 ? attempt->ended_at : attempt->created_at);

      if (attempt->error_message == NULL)
        continue;
      g_string_append_printf (text, "%s%s · %s\n%s", text->len > 0 ? "\n\n" : "", provider, moment, attempt->error_message);
      if (attempt->remote_id != NULL)
        g_string_append_printf (text, "\n%s", attempt->remote_id);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

guint
cs_trouble_count_asked (CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const char *first = NULL;
  guint n = 0;

  for (guint i = 0; i < facts->attempts->len; i++)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i];

      if (attempt->error_message == NULL || g_strcmp0 (attempt->provider, first) == 0)
        continue;
      first = attempt->provider;
      n++;
    }
  return n;
}

/** cs_trouble_get_key_name: Returns: (transfer none) (nullable): the name of the key of whoever would make it. */
const char *
cs_trouble_get_key_name (CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const char *model = facts->chain[0] != NULL ? facts->chain[facts->chain_position] : facts->brief->model;

  for (int key = 0; key < CS_N_KEYS; key++)
    {
      const char *provider = cs_key_name_get_provider (key);
      gsize length = strlen (provider);

      if (g_strcmp0 (facts->brief->provider, provider) == 0
          || (model != NULL && strncmp (model, provider, length) == 0 && model[length] == '/'))
        return cs_key_name_to_string (key);
    }
  return NULL;
}
