/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The four steps that people see, out of the states of a job. What a step took is known from the times that are written with
 * the job and its attempt, so that a job of before shows them too. Main thread.
 */
#include "config.h"
#include "ui/stage/cs-steps.h"

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
};

G_DEFINE_FINAL_TYPE (CsSteps, cs_steps, ADW_TYPE_BIN)

static void
cs_steps_class_init (CsStepsClass *klass)
{
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
    case CS_JOB_QUEUED:
    case CS_JOB_WRITING:
    case CS_JOB_QUOTED:
    case CS_JOB_HOLDING:
    case CS_N_JOB_STATES:
    default:
      return STEP_WRITING;
    }
}

static CsStepState
get_state (const CsJobFacts *facts, Step step)
{
  Step now = get_step (facts);

  if (step < now)
    return CS_STEP_DONE;
  if (step > now)
    return CS_STEP_WAITING;
  return facts->state == CS_JOB_FAILED || facts->state == CS_JOB_CANCELLED ? CS_STEP_FAILED : CS_STEP_RUNNING;
}

/* Words */

static char *
describe_writer (const CsJobFacts *facts)
{
  const CsScreenplay *screenplay = facts->screenplay;

  if (screenplay == NULL || facts->kind == CS_KIND_DECK)
    return NULL;
  if (g_strcmp0 (screenplay->screenwriter, "direct") == 0)
    return g_strdup (_ ("Your words, with those of the style"));
  /* translators: a language model */
  return g_strdup_printf (_ ("%s rewrote your idea"), screenplay->model != NULL ? screenplay->model : screenplay->screenwriter);
}

static const char *
get_engine_name (CsStudio *studio, const CsJobFacts *facts)
{
  const CsModel *model = facts->model != NULL
                             ? cs_provider_registry_get_model (cs_engine_get_registry (cs_studio_get_engine (studio)), facts->model)
                             : NULL;

  return model != NULL ? model->name : facts->model;
}

static const char *
get_title (const CsJobFacts *facts, Step step)
{
  switch (step)
    {
    case STEP_WRITING:
      return facts->kind == CS_KIND_DECK ? _ ("Getting ready") : _ ("Writing");
    case STEP_SENDING:
      return _ ("Sending");
    case STEP_RENDERING:
      if (facts->kind == CS_KIND_DECK)
        return _ ("Writing the slides");
      return facts->kind == CS_KIND_VIDEO ? _ ("Rendering the video") : _ ("Rendering the picture");
    case STEP_SAVING:
    case N_STEPS:
    default:
      return _ ("Saving");
    }
}

/* (transfer full) (nullable): who does it, or what it waits for. */
static char *
get_subtitle (CsStudio *studio, CsJob *job, Step step)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  if (get_state (facts, step) == CS_STEP_RUNNING && (step != STEP_WRITING || facts->waiting != CS_WAITING_NONE))
    return cs_job_describe (job, cs_engine_get_registry (cs_studio_get_engine (studio)));
  if (step == STEP_WRITING)
    return describe_writer (facts);
  if (step == STEP_SENDING && get_state (facts, step) == CS_STEP_DONE)
    return g_strdup (get_engine_name (studio, facts));
  return NULL;
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

/** cs_steps_show: @job: as it stands now; called again whenever it changes, and once a second for the times. */
void
cs_steps_show (CsSteps *self, CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  for (int i = 0; i < N_STEPS; i++)
    {
      g_autofree char *subtitle = get_subtitle (studio, job, i);
      gboolean has_progress
          = i == STEP_RENDERING && (facts->state == CS_JOB_RENDERING || (get_step (facts) == STEP_RENDERING && facts->progress > 0));

      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), i != STEP_SENDING || facts->kind != CS_KIND_DECK);
      cs_step_row_set_words (self->rows[i], get_title (facts, i), subtitle);
      cs_step_row_set_state (self->rows[i], get_state (facts, i));
      cs_step_row_set_progress (self->rows[i], has_progress ? facts->progress : -1);
      show_time (self->rows[i], get_seconds (facts, i));
    }
}
