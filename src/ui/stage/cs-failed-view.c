/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong. The words of the reason are the engine's; here stands what it means for the money. Main thread. */
#include "config.h"
#include "ui/stage/cs-failed-view.h"

#include "ui/stage/cs-steps.h"

struct _CsFailedView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *reason;
  GtkLabel *money;
  GtkButton *retry_button;
  CsSteps *steps;

  /* Owned */
  CsBrief *brief; /* (nullable) what was asked, at the price that the retry says */
};

enum
{
  SIGNAL_AGAIN,
  SIGNAL_EDIT,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsFailedView, cs_failed_view, ADW_TYPE_BIN)

static void
edit_cb (CsFailedView *self)
{
  if (self->brief != NULL)
    g_signal_emit (self, signals[SIGNAL_EDIT], 0, self->brief);
}

static void
retry_cb (CsFailedView *self)
{
  if (self->brief != NULL)
    g_signal_emit (self, signals[SIGNAL_AGAIN], 0, self->brief, 1);
}

static void
close_cb (CsFailedView *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
cs_failed_view_finalize (GObject *object)
{
  g_clear_pointer (&CS_FAILED_VIEW (object)->brief, cs_brief_free);

  G_OBJECT_CLASS (cs_failed_view_parent_class)->finalize (object);
}

static void
cs_failed_view_class_init (CsFailedViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_STEPS);
  G_OBJECT_CLASS (klass)->finalize = cs_failed_view_finalize;
  signals[SIGNAL_AGAIN] = g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_POINTER);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-failed-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, title);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, reason);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, money);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, retry_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, steps);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
cs_failed_view_init (CsFailedView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_failed_view_new (void)
{
  return g_object_new (CS_TYPE_FAILED_VIEW, NULL);
}

static gboolean
is_unknown (const CsJobFacts *facts)
{
  for (guint i = 0; i < facts->attempts->len; i++)
    if (((CsAttempt *) facts->attempts->pdata[i])->billed == CS_BILLED_UNKNOWN)
      return TRUE;
  return FALSE;
}

static void
show_money (CsFailedView *self, const CsJobFacts *facts)
{
  g_autofree char *cost = cs_money_to_amount (facts->cost);
  g_autofree char *words = NULL;

  if (is_unknown (facts))
    words = g_strdup (_ ("It may have been billed: nobody knows."));
  else if (facts->cost > 0)
    /* translators: an amount of money */
    words = g_strdup_printf (_ ("%s was billed."), cost);
  else
    words = g_strdup (_ ("Nothing was billed."));
  gtk_label_set_text (self->money, words);
}

static void
show_retry (CsFailedView *self, CsStudio *studio)
{
  CsEngine *engine = cs_studio_get_engine (studio);
  g_autoptr (GPtrArray) chain
      = cs_job_chain_new (cs_engine_get_registry (engine), cs_engine_get_prices (engine), self->brief, NULL);
  g_autofree char *price = NULL;
  g_autofree char *label = NULL;
  CsMoney cost = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), chain != NULL);
  if (chain == NULL)
    return;
  cs_job_chain_quote (cs_engine_get_prices (engine), chain->pdata[0], self->brief, &cost);
  cost += self->brief->screenwriter && self->brief->kind != CS_KIND_DECK
              ? MIN (cs_screenwriter_quote (cs_engine_get_screenwriter (engine), self->brief), CS_TEXT_MAX_COST)
              : 0;
  self->brief->max_cost = cs_studio_get_most (studio, cost);
  price = cs_money_to_display (cost);
  /* translators: on a button; an amount of money */
  label = g_strdup_printf (_ ("Try Again · %s"), price);
  gtk_button_set_label (self->retry_button, label);
}

/** cs_failed_view_show: @job: one that failed. */
void
cs_failed_view_show (CsFailedView *self, CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  g_clear_pointer (&self->brief, cs_brief_free);
  self->brief = cs_brief_copy (facts->brief);
  gtk_label_set_text (self->title, facts->kind == CS_KIND_VIDEO   ? _ ("The video was not made")
                                   : facts->kind == CS_KIND_IMAGE ? _ ("The picture was not made")
                                                                  : _ ("The presentation was not written"));
  gtk_label_set_text (self->reason, facts->error_message != NULL ? facts->error_message : _ ("It failed."));
  show_money (self, facts);
  show_retry (self, studio);
  cs_steps_show (self->steps, studio, job);
}
