/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A presentation while it is written. It follows the job's own signal; its clock ticks only while it is seen. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-working.h"

#include "ui/stage/cs-steps.h"
#include "ui/widgets/cs-say.h"

struct _CsDeckWorking
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *facts_label;
  GtkButton *stop_button;
  CsSteps *steps;

  /* Owned */
  CsStudio *studio; /* (nullable) */
  CsJob *job;       /* (nullable) */
  guint clock;      /* ticks once a second while it is seen */
};

G_DEFINE_FINAL_TYPE (CsDeckWorking, cs_deck_working, ADW_TYPE_BIN)

static void
show (CsDeckWorking *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  g_autofree char *price = cs_money_to_display (MAX (facts->estimated_cost, 0));
  g_autofree char *slides
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u slide", "%u slides", (gulong) facts->brief->num_slides), facts->brief->num_slides);
  g_autofree char *words = g_strdup_printf ("%s · %s", slides, price);

  gtk_label_set_text (self->facts_label, words);
  cs_steps_show (self->steps, self->studio, self->job);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stop_button), !facts->cancel_requested && !cs_job_state_is_final (facts->state));
}

static gboolean
tick_cb (gpointer user_data)
{
  CsDeckWorking *self = user_data;

  if (self->job != NULL)
    cs_steps_show (self->steps, self->studio, self->job);
  return G_SOURCE_CONTINUE;
}

static void
cs_deck_working_map (GtkWidget *widget)
{
  CsDeckWorking *self = CS_DECK_WORKING (widget);

  GTK_WIDGET_CLASS (cs_deck_working_parent_class)->map (widget);
  self->clock = g_timeout_add_seconds (1, tick_cb, self);
}

static void
cs_deck_working_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&CS_DECK_WORKING (widget)->clock, g_source_remove);
  GTK_WIDGET_CLASS (cs_deck_working_parent_class)->unmap (widget);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDeckWorking) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_cancel_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

/* Words are stopped at any time. */
static void
stop_cb (CsDeckWorking *self)
{
  cs_job_queue_cancel_async (cs_engine_get_queue (cs_studio_get_engine (self->studio)), cs_job_get_id (self->job), NULL, cancelled_cb,
                             g_object_ref (self));
}

static void
cs_deck_working_dispose (GObject *object)
{
  CsDeckWorking *self = CS_DECK_WORKING (object);

  cs_deck_working_set_job (self, NULL, NULL);
  g_clear_handle_id (&self->clock, g_source_remove);

  G_OBJECT_CLASS (cs_deck_working_parent_class)->dispose (object);
}

static void
cs_deck_working_class_init (CsDeckWorkingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_STEPS);
  G_OBJECT_CLASS (klass)->dispose = cs_deck_working_dispose;
  widget_class->map = cs_deck_working_map;
  widget_class->unmap = cs_deck_working_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-deck-working.ui");
  gtk_widget_class_bind_template_child (widget_class, CsDeckWorking, facts_label);
  gtk_widget_class_bind_template_child (widget_class, CsDeckWorking, stop_button);
  gtk_widget_class_bind_template_child (widget_class, CsDeckWorking, steps);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
cs_deck_working_init (CsDeckWorking *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_deck_working_set_job: @job: (nullable): the job that is followed from now on; NULL: none. */
void
cs_deck_working_set_job (CsDeckWorking *self, CsStudio *studio, CsJob *job)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->studio, studio);
  g_set_object (&self->job, job);
  if (job == NULL)
    return;
  g_signal_connect_swapped (job, "changed", G_CALLBACK (show), self);
  show (self);
}
