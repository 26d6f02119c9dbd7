/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job in the list of those that are under way. It follows the job's own signal. Main thread. */
#include "config.h"
#include "ui/jobs/cs-job-item.h"

#include "ui/composer/cs-style-picker.h"
#include "ui/widgets/cs-say.h"

struct _CsJobItem
{
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkPicture *picture;
  GtkLabel *title;
  GtkLabel *line;
  GtkProgressBar *bar;
  GtkBox *buttons;
  GtkButton *check_button;
  GtkButton *give_up_button;
  GtkButton *key_button;
  GtkButton *close_button;

  /* Owned */
  CsStudio *studio;
  CsJob *job;
};

static guint dismissed_signal;

G_DEFINE_FINAL_TYPE (CsJobItem, cs_job_item, GTK_TYPE_LIST_BOX_ROW)

static CsJobQueue *
get_queue (CsJobItem *self)
{
  return cs_engine_get_queue (cs_studio_get_engine (self->studio));
}

/* Showing */

static void
show_line (CsJobItem *self, const CsJobFacts *facts)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_studio_get_engine (self->studio));
  const CsModel *model = facts->model != NULL ? cs_provider_registry_get_model (registry, facts->model) : NULL;
  const GError *trouble = cs_job_get_trouble (self->job);
  g_autofree char *words = cs_job_describe (self->job, registry);
  g_autofree char *line = NULL;

  if (trouble != NULL)
    line = g_strdup (trouble->message);
  else if (facts->state == CS_JOB_RENDERING && model != NULL)
    line = g_strdup_printf ("%s · %s", words, model->name);
  gtk_label_set_text (self->line, line != NULL ? line : words);
}

static void
show_buttons (CsJobItem *self, const CsJobFacts *facts)
{
  gboolean is_uncertain = facts->state == CS_JOB_UNCERTAIN;
  gboolean needs_key = facts->waiting == CS_WAITING_NO_KEY;

  gtk_widget_set_visible (GTK_WIDGET (self->check_button), is_uncertain);
  gtk_widget_set_visible (GTK_WIDGET (self->give_up_button), is_uncertain);
  gtk_widget_set_visible (GTK_WIDGET (self->key_button), needs_key);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), is_uncertain || needs_key);
  gtk_widget_set_visible (GTK_WIDGET (self->close_button), !is_uncertain && !facts->cancel_requested);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->close_button), cs_job_state_is_final (facts->state) ? _ ("Dismiss") : _ ("Cancel"));
  if (is_uncertain)
    gtk_widget_add_css_class (GTK_WIDGET (self), "uncertain");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "uncertain");
}

/** cs_job_item_refresh: Shows the job as it stands now. */
void
cs_job_item_refresh (CsJobItem *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  gtk_label_set_text (self->title, facts->title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), facts->brief->prompt);
  show_line (self, facts);
  show_buttons (self, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), facts->state == CS_JOB_RENDERING);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (facts->progress, 0, 1));
  gtk_list_box_row_changed (GTK_LIST_BOX_ROW (self));
}

/** cs_job_item_get_rank: Returns: 0 when it needs somebody, 1 when it is under way, 2 when it waits. */
int
cs_job_item_get_rank (CsJobItem *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  if (facts->state == CS_JOB_UNCERTAIN || facts->state == CS_JOB_FAILED || facts->waiting == CS_WAITING_NO_KEY
      || facts->waiting == CS_WAITING_CONSENT || facts->waiting == CS_WAITING_BUDGET)
    return 0;
  return facts->state == CS_JOB_SUBMITTING || facts->state == CS_JOB_RENDERING || facts->state == CS_JOB_DOWNLOADING
                 || facts->state == CS_JOB_FINISHING
             ? 1
             : 2;
}

/* The user's word */

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobItem) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_decide_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
check_cb (CsJobItem *self)
{
  cs_job_queue_decide_async (get_queue (self), cs_job_get_id (self->job), CS_DECISION_CHECK, NULL, decided_cb, g_object_ref (self));
}

static void
response_cb (CsJobItem *self, const char *response)
{
  if (g_str_equal (response, "give-up"))
    cs_job_queue_decide_async (get_queue (self), cs_job_get_id (self->job), CS_DECISION_GIVE_UP, NULL, decided_cb, g_object_ref (self));
}

static void
give_up_cb (CsJobItem *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *price = cs_money_to_amount (MAX (cs_job_get_facts (self->job)->estimated_cost, 0));
  /* translators: an amount of money */
  g_autofree char *body = g_strdup_printf (_ ("The provider may still bill %s."), price);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Stop looking?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "no", _ ("_Keep Looking"), "give-up", _ ("_Give Up"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "give-up", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobItem) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_cancel_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
close_cb (CsJobItem *self)
{
  if (cs_job_state_is_final (cs_job_get_facts (self->job)->state))
    g_signal_emit (self, dismissed_signal, 0, cs_job_get_id (self->job));
  else
    cs_job_queue_cancel_async (get_queue (self), cs_job_get_id (self->job), NULL, cancelled_cb, g_object_ref (self));
}

static void
cs_job_item_dispose (GObject *object)
{
  CsJobItem *self = CS_JOB_ITEM (object);

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_job_item_parent_class)->dispose (object);
}

static void
cs_job_item_class_init (CsJobItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_job_item_dispose;
  dismissed_signal = g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-job-item.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, picture);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, title);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, line);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, bar);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, buttons);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, check_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, give_up_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, key_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, close_button);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
cs_job_item_init (CsJobItem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_job_item_new: Returns: (transfer floating): the row of @job. */
GtkWidget *
cs_job_item_new (CsStudio *studio, CsJob *job)
{
  CsJobItem *self = g_object_new (CS_TYPE_JOB_ITEM, NULL);

  self->studio = g_object_ref (studio);
  self->job = g_object_ref (job);
  gtk_picture_set_paintable (self->picture, cs_style_get_picture (cs_job_get_facts (job)->brief->style));
  g_signal_connect_swapped (job, "changed", G_CALLBACK (cs_job_item_refresh), self);
  cs_job_item_refresh (self);
  return GTK_WIDGET (self);
}
