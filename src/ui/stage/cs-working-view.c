/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs while they are made. It follows their own signals; its clock ticks only while it is seen. Main thread. */
#include "config.h"
#include "ui/stage/cs-working-view.h"

#include "ui/jobs/cs-job-deeds.h"
#include "ui/jobs/cs-job-words.h"
#include "ui/stage/cs-message-row.h"
#include "ui/stage/cs-screenplay-card.h"
#include "ui/stage/cs-steps.h"
#include "ui/widgets/cs-thumbnail.h"

struct _CsWorkingView
{
  AdwBin parent_instance;

  /* Template widgets */
  CsThumbnail *preview;
  GtkLabel *title;
  GtkLabel *facts_label;
  GtkButton *cancel_button;
  CsSteps *steps;
  CsScreenplayCard *card;
  CsMessageRow *message;

  /* Owned */
  CsStudio *studio; /* (nullable) */
  GPtrArray *jobs;  /* (nullable) (element-type CsJob) */
  guint clock;      /* ticks once a second while it is seen */
};

enum
{
  SIGNAL_EDIT,
  SIGNAL_ACCEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsWorkingView, cs_working_view, ADW_TYPE_BIN)

/* The first that has not ended; when all have, the last. */
static CsJob *
get_job (CsWorkingView *self)
{
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    if (!cs_job_state_is_final (cs_job_get_facts (self->jobs->pdata[i])->state))
      return self->jobs->pdata[i];
  return self->jobs != NULL ? self->jobs->pdata[self->jobs->len - 1] : NULL;
}

static guint
count_done (CsWorkingView *self)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    n += cs_job_get_facts (self->jobs->pdata[i])->state == CS_JOB_DONE;
  return n;
}

/* Showing */

static char *
make_title (CsWorkingView *self, const CsJobFacts *facts)
{
  if (facts->kind == CS_KIND_VIDEO)
    return g_strdup (_ ("Making your video"));
  if (self->jobs->len == 1)
    return g_strdup (_ ("Making your picture"));
  /* translators: 1: how many are ready, 2: how many there will be */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Making your pictures: %1$u of %2$u is ready", "Making your pictures: %1$u of %2$u are ready",
                                       count_done (self)),
                          count_done (self), self->jobs->len);
}

/* What is set aside for all of them; before that, what they will cost. */
static char *
make_money (CsWorkingView *self)
{
  CsMoney held = 0, price = 0;
  g_autofree char *amount = NULL;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (self->jobs->pdata[i]);

      held += cs_job_get_held (facts);
      price += MAX (facts->estimated_cost, 0);
    }
  if (held <= 0)
    return cs_money_to_display (price);
  amount = cs_money_to_amount (held);
  /* translators: an amount of money */
  return g_strdup_printf (_ ("%s on hold"), amount);
}

static void
show_head (CsWorkingView *self, const CsJobFacts *facts)
{
  g_autofree char *picture = g_strdup_printf ("/dz/iafactory/CreativeStudio/styles/%s.jpg", cs_style_to_string (facts->brief->style));
  g_autofree char *title = make_title (self, facts);
  g_autofree char *request = cs_job_make_request (facts);
  g_autofree char *money = make_money (self);
  g_autofree char *words = g_strdup_printf ("%s · %s", request, money);

  cs_thumbnail_set_resource (self->preview, picture);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->facts_label, words);
}

static void
show (CsWorkingView *self)
{
  CsJob *job = get_job (self);
  const CsJobFacts *facts;

  if (job == NULL)
    return;
  facts = cs_job_get_facts (job);
  show_head (self, facts);
  cs_screenplay_card_show (self->card, facts);
  cs_steps_show (self->steps, self->studio, job);
  cs_message_row_show (self->message, self->studio, job);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), !facts->cancel_requested && !cs_job_state_is_final (facts->state));
}

static gboolean
tick_cb (gpointer user_data)
{
  CsWorkingView *self = user_data;
  CsJob *job = get_job (self);

  if (job != NULL)
    cs_steps_show (self->steps, self->studio, job);
  return G_SOURCE_CONTINUE;
}

static void
cs_working_view_map (GtkWidget *widget)
{
  CsWorkingView *self = CS_WORKING_VIEW (widget);

  GTK_WIDGET_CLASS (cs_working_view_parent_class)->map (widget);
  self->clock = g_timeout_add_seconds (1, tick_cb, self);
  show (self);
}

static void
cs_working_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&CS_WORKING_VIEW (widget)->clock, g_source_remove);
  GTK_WIDGET_CLASS (cs_working_view_parent_class)->unmap (widget);
}

/* The user's word */

/* All that were asked for together. Those that were not sent end at once; whoever has begun is asked about. */
static void
cancel_cb (CsWorkingView *self)
{
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    if (!cs_job_state_is_final (cs_job_get_facts (self->jobs->pdata[i])->state))
      cs_job_cancel (GTK_WIDGET (self), self->studio, self->jobs->pdata[i]);
}

static void
edit_cb (CsWorkingView *self, gpointer brief)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0, brief);
}

static void
accept_cb (CsWorkingView *self, gpointer brief)
{
  g_signal_emit (self, signals[SIGNAL_ACCEPT], 0, brief);
}

static void
forget_jobs (CsWorkingView *self)
{
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    g_signal_handlers_disconnect_by_data (self->jobs->pdata[i], self);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
}

static void
cs_working_view_dispose (GObject *object)
{
  CsWorkingView *self = CS_WORKING_VIEW (object);

  forget_jobs (self);
  g_clear_object (&self->studio);
  g_clear_handle_id (&self->clock, g_source_remove);

  G_OBJECT_CLASS (cs_working_view_parent_class)->dispose (object);
}

/* On what goes on, not on the button that ends it: a key that is still held from the press that began it does nothing there. */
static gboolean
cs_working_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (CS_WORKING_VIEW (widget)->steps), GTK_DIR_TAB_FORWARD)
         || GTK_WIDGET_CLASS (cs_working_view_parent_class)->grab_focus (widget);
}

static void
cs_working_view_class_init (CsWorkingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  g_type_ensure (CS_TYPE_THUMBNAIL);
  g_type_ensure (CS_TYPE_STEPS);
  g_type_ensure (CS_TYPE_SCREENPLAY_CARD);
  g_type_ensure (CS_TYPE_MESSAGE_ROW);
  G_OBJECT_CLASS (klass)->dispose = cs_working_view_dispose;
  widget_class->grab_focus = cs_working_view_grab_focus;
  widget_class->map = cs_working_view_map;
  widget_class->unmap = cs_working_view_unmap;
  signals[SIGNAL_EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ACCEPT] = g_signal_new ("accept", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-working-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, preview);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, title);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, facts_label);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, steps);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, card);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, message);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
cs_working_view_init (CsWorkingView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_working_view_new (void)
{
  return g_object_new (CS_TYPE_WORKING_VIEW, NULL);
}

/** cs_working_view_set_jobs: @jobs: (nullable): the jobs that are followed from now on; NULL: none. */
void
cs_working_view_set_jobs (CsWorkingView *self, CsStudio *studio, GPtrArray *jobs)
{
  forget_jobs (self);
  g_set_object (&self->studio, studio);
  if (jobs == NULL)
    return;
  self->jobs = g_ptr_array_ref (jobs);
  for (guint i = 0; i < jobs->len; i++)
    g_signal_connect_swapped (jobs->pdata[i], "changed", G_CALLBACK (show), self);
  show (self);
}
