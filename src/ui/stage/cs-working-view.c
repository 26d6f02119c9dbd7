/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job while it is made. It follows the job's own signal; its clock ticks only while it is seen. Main thread. */
#include "config.h"
#include "ui/stage/cs-working-view.h"

#include "ui/composer/cs-style-picker.h"
#include "ui/stage/cs-diff-view.h"
#include "ui/stage/cs-steps.h"
#include "ui/widgets/cs-say.h"

struct _CsWorkingView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkPicture *preview;
  GtkLabel *title;
  GtkLabel *facts_label;
  GtkButton *cancel_button;
  CsSteps *steps;
  GtkBox *uncertain_box;
  GtkBox *screenplay_card;
  GtkToggleButton *changes_button;
  CsDiffView *diff;
  GtkLabel *why;

  /* Owned */
  CsStudio *studio; /* (nullable) */
  CsJob *job;       /* (nullable) */
  guint clock;      /* ticks once a second while it is seen */
};

static guint edit_signal;

G_DEFINE_FINAL_TYPE (CsWorkingView, cs_working_view, ADW_TYPE_BIN)

/* Showing */

static void
show_head (CsWorkingView *self, const CsJobFacts *facts)
{
  g_autofree char *price = cs_money_to_display (MAX (facts->estimated_cost, 0));
  g_autofree char *words = NULL;

  gtk_picture_set_paintable (self->preview, cs_style_get_picture (facts->brief->style));
  gtk_label_set_text (self->title, facts->kind == CS_KIND_VIDEO ? _ ("Making your video") : _ ("Making your picture"));
  if (facts->kind == CS_KIND_VIDEO)
    /* translators: 1: seconds, 2: width to height, 3: an amount of money */
    words = g_strdup_printf (_ ("%1$d s, %2$s · %3$s"), facts->brief->duration, cs_aspect_to_string (facts->brief->aspect), price);
  else
    words = g_strdup_printf ("%s · %s", cs_aspect_to_string (facts->brief->aspect), price);
  gtk_label_set_text (self->facts_label, words);
}

static void
show_screenplay (CsWorkingView *self, const CsJobFacts *facts)
{
  const CsScreenplay *screenplay = facts->screenplay;
  g_autofree char *why = NULL;
  gboolean is_rewritten = screenplay != NULL && g_strcmp0 (screenplay->screenwriter, "direct") != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->screenplay_card), is_rewritten);
  if (!is_rewritten)
    return;
  cs_diff_view_set_texts (self->diff, facts->brief->prompt, screenplay->prompt);
  why = screenplay->notes != NULL ? g_strjoinv (" ", screenplay->notes) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL && *why != '\0');
  gtk_label_set_text (self->why, why != NULL ? why : "");
}

static void
show (CsWorkingView *self)
{
  const CsJobFacts *facts;

  if (self->job == NULL)
    return;
  facts = cs_job_get_facts (self->job);
  show_head (self, facts);
  show_screenplay (self, facts);
  cs_steps_show (self->steps, self->studio, self->job);
  gtk_widget_set_visible (GTK_WIDGET (self->uncertain_box), facts->state == CS_JOB_UNCERTAIN);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button),
                            !facts->cancel_requested && !cs_job_state_is_final (facts->state) && facts->state != CS_JOB_UNCERTAIN);
}

static gboolean
tick_cb (gpointer user_data)
{
  CsWorkingView *self = user_data;

  if (self->job != NULL)
    cs_steps_show (self->steps, self->studio, self->job);
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

static CsJobQueue *
get_queue (CsWorkingView *self)
{
  return cs_engine_get_queue (cs_studio_get_engine (self->studio));
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWorkingView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_cancel_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
cancel_now (CsWorkingView *self)
{
  cs_job_queue_cancel_async (get_queue (self), cs_job_get_id (self->job), NULL, cancelled_cb, g_object_ref (self));
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWorkingView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_decide_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
decide (CsWorkingView *self, CsDecision decision)
{
  cs_job_queue_decide_async (get_queue (self), cs_job_get_id (self->job), decision, NULL, decided_cb, g_object_ref (self));
}

static void
response_cb (CsWorkingView *self, const char *response)
{
  if (self->job == NULL)
    return;
  if (g_str_equal (response, "cancel-job"))
    cancel_now (self);
  else if (g_str_equal (response, "resend"))
    decide (self, CS_DECISION_RESEND);
  else if (g_str_equal (response, "give-up"))
    decide (self, CS_DECISION_GIVE_UP);
}

/* Asks before what may cost money, or lose some. */
static void
ask (CsWorkingView *self, const char *heading, const char *body, const char *no, const char *yes, const char *response)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "no", no, response, yes, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), response, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "no");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
make_price (const CsJobFacts *facts, int times)
{
  return cs_money_to_amount (MAX (facts->estimated_cost, 0) * times);
}

/* Asks only when money may still be spent. */
static void
cancel_cb (CsWorkingView *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  g_autofree char *price = make_price (facts, 1);
  g_autofree char *body = NULL;

  if (cs_job_state_is_unsent (facts->state) || facts->estimated_cost <= 0)
    {
      cancel_now (self);
      return;
    }
  /* translators: an amount of money */
  body = g_strdup_printf (_ ("The provider has started. You may still pay %s."), price);
  ask (self, _ ("Stop waiting?"), body, _ ("_Keep Going"), _ ("_Cancel Job"), "cancel-job");
}

static void
check_cb (CsWorkingView *self)
{
  decide (self, CS_DECISION_CHECK);
}

static void
resend_cb (CsWorkingView *self)
{
  g_autofree char *price = make_price (cs_job_get_facts (self->job), 2);
  /* translators: an amount of money */
  g_autofree char *body = g_strdup_printf (_ ("You may pay twice, %s in all."), price);

  ask (self, _ ("Send it a second time?"), body, _ ("_Wait"), _ ("_Send Again"), "resend");
}

static void
give_up_cb (CsWorkingView *self)
{
  g_autofree char *price = make_price (cs_job_get_facts (self->job), 1);
  /* translators: an amount of money */
  g_autofree char *body = g_strdup_printf (_ ("The provider may still bill %s."), price);

  ask (self, _ ("Stop looking?"), body, _ ("_Keep Looking"), _ ("_Give Up"), "give-up");
}

static void
emit_edit (CsWorkingView *self, const char *prompt, gboolean screenwriter)
{
  g_autoptr (CsBrief) brief = cs_brief_copy (cs_job_get_facts (self->job)->brief);

  brief->screenwriter = screenwriter;
  g_free (brief->prompt);
  brief->prompt = g_strdup (prompt);
  g_signal_emit (self, edit_signal, 0, brief);
}

static void
edit_cb (CsWorkingView *self)
{
  const CsScreenplay *screenplay = cs_job_get_facts (self->job)->screenplay;

  if (screenplay != NULL)
    emit_edit (self, screenplay->prompt, FALSE);
}

static void
own_words_cb (CsWorkingView *self)
{
  emit_edit (self, cs_job_get_facts (self->job)->brief->prompt, FALSE);
}

static void
changes_cb (CsWorkingView *self)
{
  cs_diff_view_set_changes (self->diff, gtk_toggle_button_get_active (self->changes_button));
}

static void
cs_working_view_dispose (GObject *object)
{
  CsWorkingView *self = CS_WORKING_VIEW (object);

  cs_working_view_set_job (self, NULL, NULL);
  g_clear_handle_id (&self->clock, g_source_remove);

  G_OBJECT_CLASS (cs_working_view_parent_class)->dispose (object);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, resend_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_words_cb);
  gtk_widget_class_bind_template_callback (widget_class, changes_cb);
}

static void
cs_working_view_class_init (CsWorkingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_STEPS);
  g_type_ensure (CS_TYPE_DIFF_VIEW);
  G_OBJECT_CLASS (klass)->dispose = cs_working_view_dispose;
  widget_class->map = cs_working_view_map;
  widget_class->unmap = cs_working_view_unmap;
  edit_signal = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-working-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, preview);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, title);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, facts_label);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, steps);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, uncertain_box);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, screenplay_card);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, changes_button);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, diff);
  gtk_widget_class_bind_template_child (widget_class, CsWorkingView, why);
  bind_callbacks (widget_class);
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

/** cs_working_view_set_job: @job: (nullable): the job that is followed from now on; NULL: none. */
void
cs_working_view_set_job (CsWorkingView *self, CsStudio *studio, CsJob *job)
{
  if (self->job == job)
    return; /* it tells of itself */
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->studio, studio);
  g_set_object (&self->job, job);
  if (job == NULL)
    return;
  g_signal_connect_swapped (job, "changed", G_CALLBACK (show), self);
  show (self);
}
