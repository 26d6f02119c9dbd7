/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job in the list of those that are under way. It follows the job's own signal. Main thread. */
#include "config.h"
#include "ui/jobs/cs-job-item.h"

#include "ui/jobs/cs-job-deeds.h"
#include "ui/jobs/cs-job-offer.h"
#include "ui/jobs/cs-job-trouble.h"
#include "ui/jobs/cs-job-words.h"
#include "ui/widgets/cs-thumbnail.h"

struct _CsJobItem
{
  AdwBin parent_instance;

  /* Template widgets */
  CsThumbnail *picture;
  GtkLabel *title;
  GtkImage *sign;
  GtkLabel *line;
  GtkLabel *reason;
  GtkProgressBar *bar;
  GtkWidget *buttons;
  GtkWidget *check_button;
  GtkWidget *resend_button;
  GtkWidget *give_up_button;
  GtkWidget *key_button;
  GtkWidget *raise_button;
  GtkWidget *edit_button;
  GtkWidget *retry_button;
  GtkLabel *retry_label;
  GtkWidget *read_button;
  GtkWidget *close_button;

  /* Owned */
  CsStudio *studio;
  CsJob *job;        /* (nullable) */
  CsJobOffer *offer; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CsJobItem, cs_job_item, ADW_TYPE_BIN)

/* Showing */

static const char *
get_sign (CsJob *job, CsTrouble trouble)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  if (facts->state == CS_JOB_FAILED || trouble == CS_TROUBLE_REFUSED)
    return "dialog-error-symbolic";
  if (trouble != CS_TROUBLE_NONE)
    return "dialog-warning-symbolic";
  if (facts->waiting == CS_WAITING_OFFLINE)
    return "network-offline-symbolic";
  return facts->waiting == CS_WAITING_RATE_LIMITED ? "alarm-symbolic" : NULL;
}

static void
set_class (gpointer widget, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_line (CsJobItem *self, CsTrouble trouble)
{
  const char *sign = get_sign (self->job, trouble);
  gboolean is_error = sign != NULL && g_str_equal (sign, "dialog-error-symbolic");
  gboolean is_warning = trouble != CS_TROUBLE_NONE && !is_error;
  g_autofree char *line = trouble != CS_TROUBLE_NONE ? cs_trouble_make_title (self->studio, self->job)
                                                     : cs_job_make_line (self->studio, self->job);

  gtk_widget_set_visible (GTK_WIDGET (self->sign), sign != NULL);
  if (sign != NULL)
    gtk_image_set_from_icon_name (self->sign, sign);
  gtk_label_set_text (self->line, line);
  set_class (gtk_widget_get_parent (GTK_WIDGET (self->line)), "error", is_error);
  set_class (gtk_widget_get_parent (GTK_WIDGET (self->line)), "warning", is_warning);
  set_class (self->line, "dim-label", trouble == CS_TROUBLE_NONE);
  set_class (self->line, "state", trouble != CS_TROUBLE_NONE);
}

static void
show_reason (CsJobItem *self, CsTrouble trouble)
{
  g_autofree char *reason = trouble != CS_TROUBLE_NONE ? cs_trouble_make_reason (self->studio, self->job) : NULL;
  g_autofree char *money = trouble != CS_TROUBLE_NONE ? cs_trouble_make_money (self->job) : NULL;
  g_autofree char *words = reason != NULL ? g_strdup_printf ("%s %s", reason, money) : g_strdup (money);

  gtk_widget_set_visible (GTK_WIDGET (self->reason), words != NULL);
  gtk_label_set_text (self->reason, words != NULL ? words : "");
}

static void
show_buttons (CsJobItem *self, CsTrouble trouble)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  gboolean is_uncertain = trouble == CS_TROUBLE_UNCERTAIN;
  gboolean is_unread = trouble == CS_TROUBLE_NONE && facts->waiting == CS_WAITING_CONSENT;
  gboolean can_edit = facts->kind != CS_KIND_DECK && (trouble == CS_TROUBLE_REFUSED || trouble == CS_TROUBLE_DEARER);

  gtk_widget_set_visible (self->check_button, is_uncertain);
  gtk_widget_set_visible (self->resend_button, is_uncertain);
  gtk_widget_set_visible (self->give_up_button, is_uncertain);
  gtk_widget_set_visible (self->key_button, trouble == CS_TROUBLE_NO_KEY);
  gtk_widget_set_visible (self->raise_button, trouble == CS_TROUBLE_BUDGET);
  gtk_widget_set_visible (self->edit_button, can_edit);
  gtk_widget_set_visible (self->retry_button, self->offer != NULL);
  if (self->offer != NULL)
    gtk_label_set_text (self->retry_label, self->offer->label);
  gtk_widget_set_visible (self->read_button, is_unread);
  gtk_widget_set_visible (self->buttons, trouble != CS_TROUBLE_NONE || is_unread);
  gtk_widget_set_visible (self->close_button, !is_uncertain && !facts->cancel_requested);
}

/* The round button says what it does. */
static void
name_close (CsJobItem *self)
{
  const char *words = cs_job_state_is_final (cs_job_get_facts (self->job)->state) ? _ ("Dismiss") : _ ("Cancel");

  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->close_button), words) == 0)
    return;
  gtk_widget_set_tooltip_text (self->close_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->close_button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_progress (CsJobItem *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);

  gtk_widget_set_visible (GTK_WIDGET (self->bar), facts->state == CS_JOB_RENDERING);
  gtk_progress_bar_set_fraction (self->bar, cs_job_get_share (self->studio, self->job));
}

/* The list's own widget around it has the focus, so it has to have the name. */
static void
name_cell (CsJobItem *self)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = g_strdup_printf ("%s. %s", gtk_label_get_text (self->title), gtk_label_get_text (self->line));

  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* All of it: the job is another one, or has changed. */
static void
show (CsJobItem *self)
{
  const CsJobFacts *facts = cs_job_get_facts (self->job);
  CsTrouble trouble = cs_trouble_find (self->job);
  gboolean is_going = facts->state == CS_JOB_RENDERING || facts->state == CS_JOB_DOWNLOADING || facts->state == CS_JOB_FINISHING;

  g_clear_pointer (&self->offer, cs_job_offer_free);
  if (trouble != CS_TROUBLE_NONE)
    self->offer = cs_job_offer_new (self->studio, self->job);
  gtk_label_set_text (self->title, facts->title);
  set_class (self->picture, "waiting", !is_going && trouble != CS_TROUBLE_UNCERTAIN);
  set_class (self, "uncertain", trouble == CS_TROUBLE_UNCERTAIN);
  show_line (self, trouble);
  show_reason (self, trouble);
  show_buttons (self, trouble);
  show_progress (self);
  name_close (self);
  name_cell (self);
}

/** cs_job_item_refresh: Shows what changes with the time alone: countdowns, and what is left. */
void
cs_job_item_refresh (CsJobItem *self)
{
  const CsJobFacts *facts = self->job != NULL ? cs_job_get_facts (self->job) : NULL;
  g_autofree char *line = NULL;

  if (facts == NULL || (facts->state != CS_JOB_RENDERING && facts->waiting != CS_WAITING_RATE_LIMITED)
      || cs_trouble_find (self->job) != CS_TROUBLE_NONE)
    return;
  line = cs_job_make_line (self->studio, self->job);
  gtk_label_set_text (self->line, line);
  show_progress (self);
}

/* The user's word */

/* A question, or another page, is not for behind a list. */
static void
pop_down (CsJobItem *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
check_cb (CsJobItem *self)
{
  cs_job_decide (GTK_WIDGET (self), self->studio, self->job, CS_DECISION_CHECK);
}

static void
resend_cb (CsJobItem *self)
{
  cs_job_decide (GTK_WIDGET (self), self->studio, self->job, CS_DECISION_RESEND);
  pop_down (self);
}

static void
give_up_cb (CsJobItem *self)
{
  cs_job_decide (GTK_WIDGET (self), self->studio, self->job, CS_DECISION_GIVE_UP);
  pop_down (self);
}

static void
key_cb (CsJobItem *self)
{
  const char *name = cs_trouble_get_key_name (self->job);

  if (name != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.add-key", "s", name);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.preferences", NULL);
  pop_down (self);
}

static void
raise_cb (CsJobItem *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.preferences", NULL);
  pop_down (self);
}

static void
edit_cb (CsJobItem *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-job", "s", cs_job_get_id (self->job));
  pop_down (self);
}

static void
read_cb (CsJobItem *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", cs_job_get_id (self->job));
  pop_down (self);
}

static void
retry_cb (CsJobItem *self)
{
  if (self->offer == NULL)
    return;
  if (self->offer->brief != NULL)
    cs_job_make_anew (GTK_WIDGET (self), self->studio, self->job, self->offer->brief);
  else
    cs_job_agree (GTK_WIDGET (self), self->studio, self->job, self->offer->price);
}

/** cs_job_item_close: Cancels the job; one that has failed is dismissed; one in doubt is decided otherwise. */
void
cs_job_item_close (CsJobItem *self)
{
  const CsJobFacts *facts = self->job != NULL ? cs_job_get_facts (self->job) : NULL;

  if (facts == NULL || facts->state == CS_JOB_UNCERTAIN)
    return;
  if (cs_job_state_is_final (facts->state))
    cs_job_dismiss (self->studio, self->job);
  else
    cs_job_cancel (GTK_WIDGET (self), self->studio, self->job);
}

static void
cs_job_item_dispose (GObject *object)
{
  CsJobItem *self = CS_JOB_ITEM (object);

  cs_job_item_set_job (self, NULL);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_job_item_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, picture);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, title);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, sign);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, line);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, reason);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, bar);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, buttons);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, check_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, resend_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, give_up_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, key_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, raise_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, edit_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, retry_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, retry_label);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, read_button);
  gtk_widget_class_bind_template_child (widget_class, CsJobItem, close_button);
}

static void
cs_job_item_class_init (CsJobItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_THUMBNAIL);
  G_OBJECT_CLASS (klass)->dispose = cs_job_item_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-job-item.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, resend_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, raise_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "close_cb", G_CALLBACK (cs_job_item_close));
}

static void
cs_job_item_init (CsJobItem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_job_item_new: Returns: (transfer floating): a row without a job. */
GtkWidget *
cs_job_item_new (CsStudio *studio)
{
  CsJobItem *self = g_object_new (CS_TYPE_JOB_ITEM, NULL);

  self->studio = g_object_ref (studio);
  return GTK_WIDGET (self);
}

/** cs_job_item_set_job: @job: (nullable): the job that is shown from now on. */
void
cs_job_item_set_job (CsJobItem *self, CsJob *job)
{
  g_autofree char *picture = NULL;

  if (self->job == job)
    return;
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  g_clear_pointer (&self->offer, cs_job_offer_free);
  if (job == NULL)
    return;
  picture = g_strdup_printf ("/dz/iafactory/CreativeStudio/styles/%s.jpg", cs_style_to_string (cs_job_get_facts (job)->brief->style));
  cs_thumbnail_set_resource (self->picture, picture);
  g_signal_connect_swapped (job, "changed", G_CALLBACK (show), self);
  show (self);
}

CsJob *
cs_job_item_get_job (CsJobItem *self)
{
  return self->job;
}
