/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The four steps that people see, out of the states of a job. What a step took is known from the times that are written with
 * the job and its attempt, so that a job of before shows them too. Main thread.
 */
#include "config.h"
#include "ui/stage/cs-steps.h"

#include "ui/jobs/cs-job-trouble.h"
#include "ui/jobs/cs-job-words.h"

/* The steps, in order. */
typedef enum
{
  STEP_WRITING,
  STEP_SENDING,
  STEP_RENDERING,
  STEP_SAVING,
  N_STEPS
} Step;

struct _CsSteps
{
  AdwBin parent_instance;

  CsStepRow *rows[N_STEPS]; /* of the child */

  char *said; /* (nullable) what those who have it read aloud were told last */
};

G_DEFINE_FINAL_TYPE (CsSteps, cs_steps, ADW_TYPE_BIN)

static void
cs_steps_finalize (GObject *object)
{
  g_free (CS_STEPS (object)->said);

  G_OBJECT_CLASS (cs_steps_parent_class)->finalize (object);
}

static void
cs_steps_class_init (CsStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_steps_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
cs_steps_init (CsSteps *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Steps"), -1);
  for (int i = 0; i < N_STEPS; i++)
    {
      self->rows[i] = CS_STEP_ROW (cs_step_row_new ());
      gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->rows[i]));
    }
  adw_bin_set_child (ADW_BIN (self), list);
}

GtkWidget *
cs_steps_new (void)
{
  return g_object_new (CS_TYPE_STEPS, NULL);
}

/* Which step is under way; N_STEPS: all are done. */
static Step
get_step (const CsJobFacts *facts)
{
  switch (facts->state)
    {
    case CS_JOB_SUBMITTING:
    case CS_JOB_UNCERTAIN:
      return facts->kind == CS_KIND_DECK ? STEP_RENDERING : STEP_SENDING; /* a deck is there when its answer is */
    case CS_JOB_RENDERING:
      return STEP_RENDERING;
    case CS_JOB_DOWNLOADING:
    case CS_JOB_FINISHING:
      return STEP_SAVING;
    case CS_JOB_DONE:
      return N_STEPS;
    case CS_JOB_FAILED:
    case CS_JOB_CANCELLED:
      return cs_job_facts_get_attempt (facts) == NULL ? STEP_WRITING
             : cs_job_facts_get_attempt (facts)->remote_id != NULL || facts->kind == CS_KIND_DECK ? STEP_RENDERING : STEP_SENDING;
    case CS_JOB_QUOTED:
    case CS_JOB_HOLDING:
      return facts->screenplay != NULL && facts->kind != CS_KIND_DECK ? STEP_SENDING : STEP_WRITING;
    case CS_JOB_QUEUED:
    case CS_JOB_WRITING:
    case CS_N_JOB_STATES:
    default:
      return STEP_WRITING;
    }
}

/* It does not go on by itself. */
static gboolean
is_stopped (const CsJobFacts *facts)
{
  if (facts->state == CS_JOB_QUOTED)
    return facts->waiting == CS_WAITING_CONSENT || facts->waiting == CS_WAITING_NO_KEY || facts->waiting == CS_WAITING_BUDGET;
  return facts->state == CS_JOB_FAILED || facts->state == CS_JOB_CANCELLED || facts->state == CS_JOB_UNCERTAIN;
}

static CsStepState
get_state (const CsJobFacts *facts, Step step)
{
  Step now = get_step (facts);

  if (step < now)
    return CS_STEP_DONE;
  if (step > now)
    return CS_STEP_WAITING;
  return is_stopped (facts) ? CS_STEP_FAILED : CS_STEP_RUNNING;
}

/* Words */

static char *
describe_writer (CsStudio *studio, const CsJobFacts *facts)
{
  g_autofree char *writer = cs_job_make_writer (studio, facts);

  if (facts->screenplay == NULL || facts->kind == CS_KIND_DECK)
    return NULL;
  if (writer == NULL)
    return g_strdup (facts->brief->screenwriter ? _ ("Your words, with those of the style") : _ ("Your words, as they are"));
  /* translators: a language model */
  return g_strdup_printf (_ ("%s rewrote your idea"), writer);
}

/* Who took it, once somebody has. */
static char *
describe_sent (CsStudio *studio, const CsJobFacts *facts)
{
  g_autofree char *engine = cs_job_make_engine (studio, facts);

  /* translators: a provider and its model */
  return engine != NULL ? g_strdup_printf (_ ("%s took the job"), engine) : NULL;
}

/* Who renders, how far he is and what is left. */
static char *
describe_rendering (CsStudio *studio, CsJob *job)
{
  g_autofree char *provider = cs_job_make_provider (studio, cs_job_get_facts (job));
  g_autofree char *left = cs_job_make_left (studio, job);

  return left != NULL ? g_strdup_printf ("%s · %s", provider, left) : g_steal_pointer (&provider);
}

/* How long it usually takes stands in the title while it is rendered. */
static char *
make_rendering_title (CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  double typical = cs_job_get_typical (job);
  g_autofree char *time = NULL;

  if (facts->kind == CS_KIND_DECK)
    return g_strdup (_ ("Writing the slides"));
  if (facts->state != CS_JOB_RENDERING || typical < 1)
    return g_strdup (_ ("Rendering"));
  time = cs_seconds_make_words (typical);
  /* translators: a length of time, as "2 min" */
  return g_strdup_printf (_ ("Rendering, about %s"), time);
}

static char *
make_title (CsStudio *studio, CsJob *job, Step step)
{
  switch (step)
    {
    case STEP_WRITING:
      return g_strdup (cs_job_get_facts (job)->kind == CS_KIND_DECK ? _ ("Getting ready") : _ ("Writing"));
    case STEP_SENDING:
      return g_strdup (_ ("Sending"));
    case STEP_RENDERING:
      return make_rendering_title (studio, job);
    case STEP_SAVING:
    case N_STEPS:
    default:
      return g_strdup (_ ("Saving"));
    }
}

/* (transfer full) (nullable): who does it, or what it waits for. */
static char *
get_subtitle (CsStudio *studio, CsJob *job, Step step)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  CsStepState state = get_state (facts, step);

  if (state == CS_STEP_FAILED)
    return cs_trouble_find (job) != CS_TROUBLE_NONE ? cs_trouble_make_title (studio, job) : cs_job_make_line (studio, job);
  if (state == CS_STEP_RUNNING && step == STEP_RENDERING && facts->state == CS_JOB_RENDERING && facts->error_message == NULL)
    return describe_rendering (studio, job);
  if (state == CS_STEP_RUNNING && (step != STEP_WRITING || facts->waiting != CS_WAITING_NONE))
    return cs_job_make_line (studio, job);
  if (step == STEP_WRITING)
    return describe_writer (studio, facts);
  return step == STEP_SENDING && state == CS_STEP_DONE ? describe_sent (studio, facts) : NULL;
}

/* Times */

static gint64
get_start (const CsJobFacts *facts, Step step)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  switch (step)
    {
    case STEP_WRITING:
      return facts->created_at;
    case STEP_SENDING:
      return attempt != NULL ? attempt->created_at : 0;
    case STEP_RENDERING:
      return attempt == NULL ? 0 : attempt->sent_at != 0 ? attempt->sent_at : attempt->created_at;
    case STEP_SAVING:
    case N_STEPS:
    default:
      return attempt != NULL ? attempt->ended_at : 0;
    }
}

/* What a step took, or has taken so far; below 0: not known. */
static gint64
get_seconds (const CsJobFacts *facts, Step step)
{
  gint64 start = get_start (facts, step);
  gint64 end = step + 1 < N_STEPS ? get_start (facts, step + 1) : facts->updated_at;

  if (start == 0 || get_state (facts, step) == CS_STEP_WAITING)
    return -1;
  if (get_state (facts, step) == CS_STEP_RUNNING)
    end = cs_clock_now ();
  return end >= start ? (end - start) / G_USEC_PER_SEC : -1;
}

static void
show_time (CsStepRow *row, gint64 seconds)
{
  g_autofree char *text = NULL;

  if (seconds < 0)
    text = g_strdup ("");
  else if (seconds < 60)
    /* translators: seconds, as short as can be */
    text = g_strdup_printf (_ ("%d s"), (int) seconds);
  else
    text = g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  cs_step_row_set_time (row, text);
}

/* Those who have it read aloud hear each step, and every quarter of the rendering; never more. */
static void
say (CsSteps *self, CsJob *job, Step step, const char *title)
{
  int quarters = (int) (cs_job_get_facts (job)->progress * 4);
  gboolean has_share = step == STEP_RENDERING && quarters > 0 && quarters < 4;
  /* translators: read aloud: 1: what is done, as "Rendering", 2: a share */
  g_autofree char *words = has_share ? g_strdup_printf (_ ("%1$s, %2$d %%"), title, quarters * 25) : g_strdup (title);

  if (!cs_set_string (&self->said, words))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  cs_step_row_set_name (self->rows[step], words);
}

static void
show_step (CsSteps *self, CsStudio *studio, CsJob *job, Step step)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  CsStepRow *row = self->rows[step];
  CsStepState state = get_state (facts, step);
  g_autofree char *title = make_title (studio, job, step);
  g_autofree char *subtitle = get_subtitle (studio, job, step);
  double share = cs_job_get_share (studio, job);
  gboolean has_progress = step == STEP_RENDERING && state == CS_STEP_RUNNING && (facts->state == CS_JOB_RENDERING || share > 0);

  /* What was not come to by one that has ended is nothing to look forward to. */
  gtk_widget_set_visible (GTK_WIDGET (row), (step != STEP_SENDING || facts->kind != CS_KIND_DECK)
                                                && (state != CS_STEP_WAITING || !is_stopped (facts)));
  cs_step_row_set_words (row, title, subtitle);
  cs_step_row_set_state (row, state);
  cs_step_row_set_progress (row, has_progress ? share : -1);
  show_time (row, get_seconds (facts, step));
  if (state == CS_STEP_RUNNING)
    say (self, job, step, title);
}

/** cs_steps_show: @job: as it stands now; called again whenever it changes, and once a second for the times. */
void
cs_steps_show (CsSteps *self, CsStudio *studio, CsJob *job)
{
  for (int i = 0; i < N_STEPS; i++)
    show_step (self, studio, job, i);
}
