/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an idea. It follows the jobs it was given until all of them have ended, then shows what came of it. Main
 * thread. */
#include "config.h"
#include "ui/stage/cs-stage.h"

#include "ui/jobs/cs-job-trouble.h"
#include "ui/stage/cs-done-view.h"
#include "ui/stage/cs-failed-view.h"
#include "ui/stage/cs-idle-view.h"
#include "ui/stage/cs-review-view.h"
#include "ui/stage/cs-working-view.h"
#include "ui/widgets/cs-say.h"

#define NATURAL_WIDTH 420

struct _CsStage
{
  AdwBin parent_instance;

  /* Of the child; a view is (nullable) until it is first shown */
  GtkStack *stack;
  CsIdleView *idle;
  CsReviewView *review;
  CsWorkingView *working;
  CsFailedView *failed;
  CsDoneView *done;

  /* Owned */
  CsStudio *studio;      /* (nullable) until the engine is open */
  GPtrArray *jobs;       /* (nullable) (element-type CsJob) made together */
  GPtrArray *creations;  /* (nullable) (element-type CsCreation) being gathered */
  guint n_pending;       /* creations that are still being read */
  CsKind kind;
};

enum
{
  SIGNAL_AGAIN,
  SIGNAL_EDIT,
  SIGNAL_ACCEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsStage, cs_stage, ADW_TYPE_BIN)

/* What the views want is handed on. */

static void
again_cb (CsStage *self, gpointer brief, guint count)
{
  g_signal_emit (self, signals[SIGNAL_AGAIN], 0, brief, count);
}

static void
edit_cb (CsStage *self, gpointer brief)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0, brief);
}

static void
accept_cb (CsStage *self, gpointer brief)
{
  g_signal_emit (self, signals[SIGNAL_ACCEPT], 0, brief);
}

/* Instead of what is shown, which nobody waits for any more. */
static void
instead_cb (CsStage *self, gpointer brief, guint count)
{
  cs_stage_show_idle (self);
  again_cb (self, brief, count);
}

static void
edit_instead_cb (CsStage *self, gpointer brief)
{
  cs_stage_show_idle (self);
  edit_cb (self, brief);
}

/* Each view is made when something is there for it: the window comes up sooner. */

static CsReviewView *
get_review (CsStage *self)
{
  if (self->review != NULL)
    return self->review;
  self->review = CS_REVIEW_VIEW (cs_review_view_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->review), "review");
  g_signal_connect_object (self->review, "edit", G_CALLBACK (edit_instead_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "again", G_CALLBACK (instead_cb), self, G_CONNECT_SWAPPED);
  return self->review;
}

static CsWorkingView *
get_working (CsStage *self)
{
  if (self->working != NULL)
    return self->working;
  self->working = CS_WORKING_VIEW (cs_working_view_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->working), "working");
  g_signal_connect_object (self->working, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->working, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_SWAPPED);
  return self->working;
}

static CsFailedView *
get_failed (CsStage *self)
{
  if (self->failed != NULL)
    return self->failed;
  self->failed = CS_FAILED_VIEW (cs_failed_view_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->failed), "failed");
  g_signal_connect_object (self->failed, "edit", G_CALLBACK (edit_instead_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->failed, "again", G_CALLBACK (instead_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->failed, "closed", G_CALLBACK (cs_stage_show_idle), self, G_CONNECT_SWAPPED);
  return self->failed;
}

static CsDoneView *
get_done (CsStage *self)
{
  if (self->done != NULL)
    return self->done;
  self->done = CS_DONE_VIEW (cs_done_view_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->done), "done");
  g_signal_connect_object (self->done, "again", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->done, "gone", G_CALLBACK (cs_stage_show_idle), self, G_CONNECT_SWAPPED);
  return self->done;
}

/* Following jobs */

static CsJob *
find_state (CsStage *self, CsJobState state)
{
  for (guint i = 0; i < self->jobs->len; i++)
    if (cs_job_get_facts (self->jobs->pdata[i])->state == state)
      return self->jobs->pdata[i];
  return NULL;
}

static void
forget_jobs (CsStage *self)
{
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    g_signal_handlers_disconnect_by_data (self->jobs->pdata[i], self);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->creations, g_ptr_array_unref);
  if (self->working != NULL)
    cs_working_view_set_jobs (self->working, NULL, NULL);
}

/* Shows a view, and gives it the focus; but from nobody who is writing. */
static void
turn_to (CsStage *self, const char *name)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, name);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !GTK_IS_TEXT_VIEW (focus) && !GTK_IS_TEXT (focus))
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
}

static void
show_failed (CsStage *self, CsJob *job)
{
  cs_failed_view_show (get_failed (self), self->studio, job);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_done (CsStage *self)
{
  cs_done_view_show (get_done (self), self->studio, self->creations, self->jobs);
  turn_to (self, "done");
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsStage) self = user_data;
  g_autoptr (GError) error = NULL;
  CsCreation *creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);

  self->n_pending--;
  if (creation != NULL && self->creations != NULL)
    g_ptr_array_add (self->creations, creation);
  else if (creation != NULL)
    g_object_unref (creation);
  else
    cs_say (GTK_WIDGET (self), error->message);
  if (self->n_pending == 0 && self->creations != NULL && self->creations->len > 0)
    show_done (self);
}

/* All have ended: what came of those that succeeded. */
static void
gather (CsStage *self)
{
  CsLibrary *library = cs_engine_get_library (cs_studio_get_engine (self->studio));

  self->creations = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->jobs->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (self->jobs->pdata[i]);

      if (facts->state != CS_JOB_DONE)
        continue;
      self->n_pending++;
      cs_library_get_async (library, facts->id, NULL, get_cb, g_object_ref (self));
    }
}

/* Whether money moved is said when nothing else is left to say it. */
static void
say_cancelled (CsStage *self)
{
  gboolean may_cost = FALSE;
  gboolean is_billed = FALSE;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (self->jobs->pdata[i]);

      may_cost = may_cost || facts->estimated_cost > 0;
      for (guint n = 0; n < facts->attempts->len; n++)
        is_billed = is_billed || ((const CsAttempt *) facts->attempts->pdata[n])->billed != CS_BILLED_NO;
    }
  if (may_cost)
    cs_say (GTK_WIDGET (self), is_billed ? _ ("Cancelled. It may still be billed.") : _ ("Cancelled. Nothing was billed."));
}

static void
jobs_ended (CsStage *self)
{
  CsJob *failed = find_state (self, CS_JOB_FAILED);

  if (find_state (self, CS_JOB_DONE) != NULL && self->creations == NULL)
    gather (self);
  else if (find_state (self, CS_JOB_DONE) == NULL && failed != NULL)
    show_failed (self, failed);
  else if (find_state (self, CS_JOB_DONE) == NULL)
    {
      say_cancelled (self);
      cs_stage_show_idle (self);
    }
}

/* Those that wait until somebody has read their words. */
static GPtrArray *
find_unread (CsStage *self)
{
  GPtrArray *unread = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->jobs->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (self->jobs->pdata[i]);

      if (facts->state == CS_JOB_QUOTED && facts->waiting == CS_WAITING_CONSENT && facts->error_message == NULL)
        g_ptr_array_add (unread, g_object_ref (self->jobs->pdata[i]));
    }
  return unread;
}

/* How many go on by themselves; of those that do not, the first. */
static guint
count_going (CsStage *self, CsJob **stuck)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      CsJob *job = self->jobs->pdata[i];

      if (cs_job_state_is_final (cs_job_get_facts (job)->state))
        continue;
      if (cs_trouble_find (job) == CS_TROUBLE_NONE)
        n++;
      else if (*stuck == NULL)
        *stuck = job;
    }
  return n;
}

static void
show_going (CsStage *self)
{
  g_autoptr (GPtrArray) unread = find_unread (self);
  CsJob *stuck = NULL;
  guint n_going = count_going (self, &stuck);

  if (n_going == 0 && stuck == NULL)
    jobs_ended (self);
  else if (unread->len > 0 && unread->len == n_going)
    {
      cs_review_view_show (get_review (self), self->studio, unread);
      turn_to (self, "review");
    }
  else if (n_going == 0)
    show_failed (self, stuck);
  else
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (get_working (self)));
}

static void
job_changed_cb (CsStage *self)
{
  if (self->jobs != NULL)
    show_going (self);
}

/* It takes all the room there is, and folds the page only where there is less than NATURAL_WIDTH: however long its words are. */

static void
cs_stage_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, NATURAL_WIDTH);
}

static void
cs_stage_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
}

static GtkSizeRequestMode
cs_stage_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cs_stage_dispose (GObject *object)
{
  CsStage *self = CS_STAGE (object);

  if (self->jobs != NULL)
    forget_jobs (self);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_stage_parent_class)->dispose (object);
}

static void
cs_stage_class_init (CsStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_stage_dispose;
  widget_class->measure = cs_stage_measure;
  widget_class->size_allocate = cs_stage_size_allocate;
  widget_class->get_request_mode = cs_stage_get_request_mode;
  signals[SIGNAL_AGAIN] = g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_POINTER);
  signals[SIGNAL_ACCEPT] = g_signal_new ("accept", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_POINTER);
}

static void
cs_stage_init (CsStage *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->stack), "stage");
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->idle = CS_IDLE_VIEW (cs_idle_view_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->idle), "idle");
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/** cs_stage_new: Returns: (transfer floating): the stage of videos, or of pictures. */
GtkWidget *
cs_stage_new (CsKind kind)
{
  CsStage *self = g_object_new (CS_TYPE_STAGE, NULL);

  self->kind = kind;
  return GTK_WIDGET (self);
}

void
cs_stage_set_studio (CsStage *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
  cs_idle_view_set_studio (self->idle, studio);
}

/** cs_stage_show_jobs: @jobs: (element-type CsJob): at least one, made together. */
void
cs_stage_show_jobs (CsStage *self, GPtrArray *jobs)
{
  forget_jobs (self);
  self->jobs = g_ptr_array_ref (jobs);
  for (guint i = 0; i < jobs->len; i++)
    g_signal_connect_swapped (jobs->pdata[i], "changed", G_CALLBACK (job_changed_cb), self);
  cs_working_view_set_jobs (get_working (self), self->studio, jobs);
  job_changed_cb (self);
}

/** cs_stage_show_creation: One that was made before. */
void
cs_stage_show_creation (CsStage *self, CsCreation *creation)
{
  forget_jobs (self);
  self->creations = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->creations, g_object_ref (creation));
  show_done (self);
}

/** cs_stage_show_idle: Back to the invitation; the jobs go on. */
void
cs_stage_show_idle (CsStage *self)
{
  forget_jobs (self);
  gtk_stack_set_visible_child_name (self->stack, "idle");
}

/** cs_stage_set_short: @is_short: there is little height, so that what only invites goes. */
void
cs_stage_set_short (CsStage *self, gboolean is_short)
{
  cs_idle_view_set_short (self->idle, is_short);
}
