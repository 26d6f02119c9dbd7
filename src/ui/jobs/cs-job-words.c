/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for people about a job. Main thread. */
#include "config.h"
#include "ui/jobs/cs-job-words.h"

#include "ui/widgets/cs-creation-words.h"

#include <math.h>

#define USUAL 1.5 /* times as long as it usually takes: from there on it is longer than usual */
#define MOST 0.95 /* only the provider's word is the end */

static CsProviderRegistry *
get_registry (CsStudio *studio)
{
  return cs_engine_get_registry (cs_studio_get_engine (studio));
}

static const CsModel *
get_model (CsStudio *studio, const CsJobFacts *facts)
{
  return facts->model != NULL ? cs_provider_registry_get_model (get_registry (studio), facts->model) : NULL;
}

static gboolean
is_local (CsStudio *studio, const CsJobFacts *facts)
{
  CsProvider *provider = facts->provider != NULL ? cs_provider_registry_get_provider (get_registry (studio), facts->provider) : NULL;

  return provider != NULL && cs_provider_is_local (provider);
}

/** cs_job_make_provider: Returns: (transfer full) (nullable): the name of who makes it, or would; NULL: nobody yet. */
char *
cs_job_make_provider (CsStudio *studio, const CsJobFacts *facts)
{
  return facts->provider != NULL ? cs_provider_make_name (studio, facts->provider) : NULL;
}

/** cs_job_make_engine: Returns: (transfer full) (nullable): the provider and the model. */
char *
cs_job_make_engine (CsStudio *studio, const CsJobFacts *facts)
{
  g_autofree char *provider = cs_job_make_provider (studio, facts);
  const CsModel *model = get_model (studio, facts);

  if (provider == NULL || model == NULL || g_str_equal (model->short_name, provider))
    return g_steal_pointer (&provider);
  return g_strdup_printf ("%s · %s", provider, model->short_name);
}

/** cs_job_make_writer: Returns: (transfer full) (nullable): the language model that rewrote the idea; NULL: none did. */
char *
cs_job_make_writer (CsStudio *studio, const CsJobFacts *facts)
{
  const CsScreenplay *screenplay = facts->screenplay;
  g_autofree char *provider = NULL;

  if (screenplay == NULL || screenplay->screenwriter == NULL || g_str_equal (screenplay->screenwriter, "direct"))
    return NULL;
  provider = cs_provider_make_name (studio, screenplay->screenwriter);
  return screenplay->model != NULL ? g_strdup_printf ("%s · %s", provider, screenplay->model) : g_steal_pointer (&provider);
}

static const char *
get_style_words (CsStyle style)
{
  switch (style)
    {
    case CS_STYLE_CINEMATIC:
      return _ ("cinematic");
    case CS_STYLE_ANIME:
      return _ ("anime");
    case CS_STYLE_3D_RENDER:
      return _ ("3D render");
    case CS_STYLE_ARTISTIC:
      return _ ("artistic");
    case CS_STYLE_PHOTOREALISTIC:
    case CS_N_STYLES:
    default:
      return _ ("photorealistic");
    }
}

/** cs_job_make_request: Returns: (transfer full): what was asked for, in short. */
char *
cs_job_make_request (const CsJobFacts *facts)
{
  const CsBrief *brief = facts->brief;
  g_autofree char *aspect = cs_isolate (cs_aspect_to_string (brief->aspect));

  if (facts->kind == CS_KIND_VIDEO)
    /* translators: 1: seconds, 2: width to height, 3: a style */
    return g_strdup_printf (_ ("%1$d s, %2$s, %3$s"), brief->duration, aspect, get_style_words (brief->style));
  /* translators: 1: width to height, 2: a style */
  return g_strdup_printf (_ ("%1$s, %2$s"), aspect, get_style_words (brief->style));
}

/** cs_job_get_held: Returns: micro-USD that are set aside for the job now. */
CsMoney
cs_job_get_held (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  return facts->text_hold + (attempt != NULL && attempt->ended_at == 0 ? attempt->hold : 0);
}

gint64
cs_job_get_elapsed (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  return attempt != NULL && attempt->sent_at > 0 ? MAX (cs_clock_now () - attempt->sent_at, 0) : 0;
}

/* Seconds that the rendering usually takes: learned here, else published; 0: not known, and what is drawn here says itself. */
static double
get_typical (CsStudio *studio, CsJob *job)
{
  const CsModel *model = get_model (studio, cs_job_get_facts (job));

  if (is_local (studio, cs_job_get_facts (job)))
    return 0;
  if (cs_job_get_typical (job) > 0)
    return cs_job_get_typical (job);
  return model != NULL ? model->typical_seconds : 0;
}

/** cs_job_get_share: Returns: how far the rendering is: what is known of it, which between two questions goes on by the clock. */
double
cs_job_get_share (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  double typical = get_typical (studio, job);
  double guess = typical > 0 ? MIN ((double) cs_job_get_elapsed (facts) / G_USEC_PER_SEC / typical, MOST) : 0;

  if (facts->state != CS_JOB_RENDERING)
    return CLAMP (facts->progress, 0, 1);
  return CLAMP (facts->progress > 0 ? facts->progress : guess, 0, 1);
}

/** cs_seconds_make_words: Returns: (transfer full): a length of time, as short as can be. */
char *
cs_seconds_make_words (double seconds)
{
  if (seconds < 60)
    /* translators: seconds, as short as can be */
    return g_strdup_printf (_ ("%d s"), MAX ((int) ceil (seconds), 1));
  /* translators: minutes, as short as can be */
  return g_strdup_printf (_ ("%d min"), (int) (seconds / 60 + 0.5));
}

/* Seconds that the rest should take; below 0: nobody can say. */
static double
get_left (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  double seconds = (double) cs_job_get_elapsed (facts) / G_USEC_PER_SEC;
  double share = cs_job_get_share (studio, job);

  if (seconds <= 0 || share < 0.05 || share >= MOST)
    return -1;
  return seconds * (1 - share) / share;
}

/** cs_job_make_left: Returns: (transfer full) (nullable): how far the rendering is and what is left; NULL: nobody can say. */
char *
cs_job_make_left (CsStudio *studio, CsJob *job)
{
  double typical = get_typical (studio, job);
  double left = get_left (studio, job);
  int percent = (int) (cs_job_get_share (studio, job) * 100 + 0.5);
  g_autofree char *time = NULL;

  if (typical > 0 && (double) cs_job_get_elapsed (cs_job_get_facts (job)) / G_USEC_PER_SEC > USUAL * typical)
    return g_strdup (_ ("Taking longer than usual"));
  if (left < 0)
    return percent > 0 ? g_strdup_printf (_ ("%d %%"), percent) : NULL;
  time = cs_seconds_make_words (left);
  /* translators: 1: a share, 2: a length of time, as "50 s" */
  return g_strdup_printf (_ ("%1$d %%, about %2$s left"), percent, time);
}

/* Where it stands */

static char *
make_rendering (CsStudio *studio, CsJob *job)
{
  g_autofree char *provider = cs_job_make_provider (studio, cs_job_get_facts (job));
  double typical = get_typical (studio, job);
  double left = get_left (studio, job);
  g_autofree char *time = NULL;

  if (typical > 0 && (double) cs_job_get_elapsed (cs_job_get_facts (job)) / G_USEC_PER_SEC > USUAL * typical)
    /* translators: a provider */
    return g_strdup_printf (_ ("Rendering, taking longer than usual · %s"), provider);
  if (left < 0)
    /* translators: a provider */
    return g_strdup_printf (_ ("Rendering · %s"), provider);
  time = cs_seconds_make_words (left);
  /* translators: 1: a length of time, as "8 s", 2: a provider */
  return g_strdup_printf (_ ("Rendering, about %1$s left · %2$s"), time, provider);
}

static char *
make_pause (CsStudio *studio, const CsJobFacts *facts)
{
  gint64 left = facts->not_before - cs_clock_now ();
  g_autofree char *provider = cs_job_make_provider (studio, facts);
  g_autofree char *time = cs_seconds_make_words ((double) MAX (left, 0) / G_USEC_PER_SEC);

  /* translators: 1: a provider, 2: a length of time, as "24 s" */
  return g_strdup_printf (_ ("%1$s asks for a pause. Next try in %2$s"), provider, time);
}

/* There is no network; or there is one, and the provider is not there. */
static char *
make_no_answer (CsStudio *studio, const CsJobFacts *facts)
{
  g_autofree char *provider = cs_job_make_provider (studio, facts);

  if (provider == NULL || !g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    return g_strdup (_ ("Offline. Starts by itself when you are back"));
  /* translators: a provider */
  return g_strdup_printf (_ ("%s does not answer. It is asked again by itself"), provider);
}

/* (transfer full) (nullable): what it waits for. */
static char *
make_waiting (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  switch (facts->waiting)
    {
    case CS_WAITING_OFFLINE:
      return make_no_answer (studio, facts);
    case CS_WAITING_RATE_LIMITED:
      return facts->provider != NULL ? make_pause (studio, facts) : NULL;
    case CS_WAITING_TURN:
      return g_strdup (_ ("Waiting for its turn"));
    case CS_WAITING_NO_KEY:
      return g_strdup (_ ("Needs a key"));
    case CS_WAITING_DISK_FULL:
      return g_strdup (_ ("The disk is full. It goes on when there is room"));
    case CS_WAITING_CONSENT:
      return facts->error_message == NULL ? g_strdup (_ ("Read it before it goes. Nothing has been sent yet")) : NULL;
    case CS_WAITING_NONE:
    case CS_WAITING_BUDGET:
    case CS_WAITING_POLL:
    case CS_N_WAITINGS:
    default:
      return NULL;
    }
}

/** cs_job_make_line: Returns: (transfer full): where the job stands, and what it waits for. */
char *
cs_job_make_line (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  const GError *trouble = cs_job_get_trouble (job);
  g_autofree char *waiting = make_waiting (studio, job);

  if (trouble != NULL)
    return g_strdup (trouble->message);
  if (facts->cancel_requested && !cs_job_state_is_final (facts->state))
    return g_strdup (_ ("Being cancelled"));
  if (waiting != NULL)
    return g_steal_pointer (&waiting);
  if (facts->state == CS_JOB_QUEUED)
    return g_strdup (_ ("Waiting for its turn"));
  if (facts->state == CS_JOB_WRITING)
    return g_strdup (_ ("Writing"));
  if (facts->state == CS_JOB_RENDERING && facts->provider != NULL && facts->error_message == NULL)
    return make_rendering (studio, job);
  return cs_job_describe (job, get_registry (studio));
}
