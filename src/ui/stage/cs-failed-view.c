/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong with a job, and the ways on. Main thread. */
#include "config.h"
#include "ui/stage/cs-failed-view.h"

#include "ui/jobs/cs-job-deeds.h"
#include "ui/jobs/cs-job-offer.h"
#include "ui/jobs/cs-job-trouble.h"
#include "ui/jobs/cs-job-words.h"
#include "ui/stage/cs-steps.h"
#include "ui/widgets/cs-actions.h"
#include "ui/widgets/cs-say.h"

struct _CsFailedView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *reason;
  GtkLabel *money;
  GtkButton *edit_button;
  GtkButton *retry_button;
  GtkLabel *retry_label;
  GtkWidget *key_button;
  GtkWidget *raise_button;
  GtkWidget *go_on_button;
  GtkWidget *check_button;
  GtkWidget *resend_button;
  GtkWidget *give_up_button;
  CsSteps *steps;
  GtkWidget *said_list;
  AdwExpanderRow *said_row;
  GtkLabel *said;

  /* Owned */
  CsStudio *studio;  /* (nullable) */
  CsJob *job;        /* (nullable) */
  CsJobOffer *offer; /* (nullable) */
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

/* The user's word */

/* Nobody waits any more for one that was not sent; one that has failed has been read. */
static void
leave (CsFailedView *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  if (cs_job_state_is_final (facts->state))
    cs_job_dismiss (self->studio, self->job);
  else if (cs_job_state_is_unsent (facts->state))
    cs_job_cancel (GTK_WIDGET (self), self->studio, self->job);
}

static void
edit_cb (CsFailedView *self)
{
  g_autoptr (CsBrief) brief = cs_brief_copy (cs_job_get_facts (self->job)->brief);

  g_clear_pointer (&brief->request_id, g_free);
  leave (self);
  g_signal_emit (self, signals[SIGNAL_EDIT], 0, brief);
}

static void
retry_cb (CsFailedView *self)
{
  g_autoptr (CsBrief) brief = NULL;

  if (self->offer == NULL)
    return;
  if (self->offer->brief == NULL)
    {
      cs_job_agree (GTK_WIDGET (self), self->studio, self->job, self->offer->price);
      return;
    }
  brief = cs_brief_copy (self->offer->brief);
  leave (self);
  g_signal_emit (self, signals[SIGNAL_AGAIN], 0, brief, 1);
}

/* Whose key is missing. */
static void
key_cb (CsFailedView *self)
{
  const char *name = cs_trouble_get_key_name (self->job);

  if (name != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.add-key", "s", name);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.preferences", NULL);
}

static void
go_on_cb (CsFailedView *self)
{
  cs_job_go_on (GTK_WIDGET (self), self->studio, self->job);
}

static void
check_cb (CsFailedView *self)
{
  cs_job_decide (GTK_WIDGET (self), self->studio, self->job, CS_DECISION_CHECK);
}

static void
resend_cb (CsFailedView *self)
{
  cs_job_decide (GTK_WIDGET (self), self->studio, self->job, CS_DECISION_RESEND);
}

static void
give_up_cb (CsFailedView *self)
{
  cs_job_decide (GTK_WIDGET (self), self->studio, self->job, CS_DECISION_GIVE_UP);
}

/* What may have been billed is not forgotten by closing its page. */
static void
close_cb (CsFailedView *self)
{
  leave (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
copy_cb (CsFailedView *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->said));
  cs_say (GTK_WIDGET (self), _ ("Copied"));
}

static void
cs_failed_view_dispose (GObject *object)
{
  CsFailedView *self = CS_FAILED_VIEW (object);

  g_clear_pointer (&self->offer, cs_job_offer_free);
  g_clear_object (&self->job);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_failed_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, title);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, reason);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, money);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, edit_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, retry_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, retry_label);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, key_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, raise_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, go_on_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, check_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, resend_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, give_up_button);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, steps);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, said_list);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, said_row);
  gtk_widget_class_bind_template_child (widget_class, CsFailedView, said);
}

static void
cs_failed_view_class_init (CsFailedViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  g_type_ensure (CS_TYPE_STEPS);
  g_type_ensure (CS_TYPE_ACTIONS);
  G_OBJECT_CLASS (klass)->dispose = cs_failed_view_dispose;
  signals[SIGNAL_AGAIN]
      = g_signal_new ("again", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-failed-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, resend_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
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

static void
show_words (CsFailedView *self)
{
  g_autofree char *title = cs_trouble_make_title (self->studio, self->job);
  g_autofree char *reason = cs_trouble_make_reason (self->studio, self->job);
  g_autofree char *money = cs_trouble_make_money (self->job);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  gtk_label_set_text (self->money, money);
}

static void
suggest (gpointer button, gboolean is_suggested)
{
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/* Only what helps; one of it is suggested. */
static void
show_buttons (CsFailedView *self, CsTrouble trouble)
{
  gboolean is_uncertain = trouble == CS_TROUBLE_UNCERTAIN;
  gboolean is_prompt = trouble == CS_TROUBLE_REFUSED;
  gboolean can_edit = !is_uncertain && trouble != CS_TROUBLE_DISK_FULL;
  gboolean goes_on = trouble == CS_TROUBLE_DISK_FULL || trouble == CS_TROUBLE_BUDGET;

  gtk_widget_set_visible (GTK_WIDGET (self->edit_button), can_edit);
  gtk_widget_set_visible (GTK_WIDGET (self->retry_button), self->offer != NULL);
  if (self->offer != NULL)
    gtk_label_set_text (self->retry_label, self->offer->label);
  gtk_widget_set_visible (self->key_button, trouble == CS_TROUBLE_NO_KEY);
  gtk_widget_set_visible (self->raise_button, trouble == CS_TROUBLE_BUDGET);
  gtk_widget_set_visible (self->go_on_button, goes_on);
  gtk_widget_set_visible (self->check_button, is_uncertain);
  gtk_widget_set_visible (self->resend_button, is_uncertain);
  gtk_widget_set_visible (self->give_up_button, is_uncertain);
  suggest (self->edit_button, is_prompt);
  suggest (self->retry_button, !is_prompt);
}

static void
show_said (CsFailedView *self)
{
  g_autofree char *said = cs_trouble_make_said (self->studio, self->job);
  g_autofree char *provider = cs_job_make_provider (self->studio, cs_job_get_facts (self->job));
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->said_list, said != NULL && provider != NULL);
  if (said == NULL || provider == NULL)
    return;
  /* translators: a provider */
  title = cs_trouble_count_asked (self->job) > 1 ? g_strdup (_ ("What the providers said")) : g_strdup_printf (_ ("What %s said"), provider);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->said_row), title);
  gtk_label_set_text (self->said, said);
}

/** cs_failed_view_show: @job: as it stands now; called again whenever it changes. */
void
cs_failed_view_show (CsFailedView *self, CsStudio *studio, CsJob *job)
{
  g_set_object (&self->studio, studio);
  g_set_object (&self->job, job);
  g_clear_pointer (&self->offer, cs_job_offer_free);
  self->offer = cs_job_offer_new (studio, job);
  show_words (self);
  show_buttons (self, cs_trouble_find (job));
  cs_steps_show (self->steps, studio, job);
  show_said (self);
}
