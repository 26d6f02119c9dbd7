/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that wait until their words were read. Nothing was sent to whoever makes them, and nothing is on hold. Main thread. */
#include "config.h"
#include "ui/stage/cs-review-view.h"

#include "ui/jobs/cs-job-deeds.h"
#include "ui/jobs/cs-job-words.h"
#include "ui/stage/cs-message-row.h"
#include "ui/stage/cs-screenplay-card.h"

struct _CsReviewView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *subtitle;
  CsScreenplayCard *card;
  GtkLabel *own_words;
  GtkWidget *own_words_card;
  GtkWidget *own_words_button;
  GtkButton *send_button;
  CsMessageRow *message;

  /* Owned */
  CsStudio *studio; /* (nullable) */
  GPtrArray *jobs;  /* (nullable) (element-type CsJob) */
};

enum
{
  SIGNAL_EDIT,
  SIGNAL_AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsReviewView, cs_review_view, ADW_TYPE_BIN)

/* The user's word */

static void
send_cb (CsReviewView *self)
{
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    cs_job_agree (GTK_WIDGET (self), self->studio, self->jobs->pdata[i],
                  MAX (cs_job_get_facts (self->jobs->pdata[i])->estimated_cost, 0));
}

static void
cancel_cb (CsReviewView *self)
{
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    cs_job_cancel (GTK_WIDGET (self), self->studio, self->jobs->pdata[i]);
}

/* What is asked for instead costs no more than what was agreed to, and is read too. */
static void
ask_instead (CsReviewView *self, const CsBrief *brief)
{
  guint n = self->jobs != NULL ? self->jobs->len : 0;
  g_autoptr (CsBrief) copy = cs_brief_copy (brief);

  if (n == 0)
    return;
  copy->variation = 0;
  cancel_cb (self);
  g_signal_emit (self, signals[SIGNAL_AGAIN], 0, copy, n);
}

static void
own_words_cb (CsReviewView *self)
{
  g_autoptr (CsBrief) brief = cs_screenplay_card_dup_brief (self->card, TRUE);

  if (brief != NULL)
    ask_instead (self, brief);
}

static void
lock_cb (CsReviewView *self, gpointer brief)
{
  ask_instead (self, brief);
}

static void
edit_cb (CsReviewView *self)
{
  g_autoptr (CsBrief) brief = cs_screenplay_card_dup_brief (self->card, FALSE);

  if (brief == NULL && self->jobs != NULL)
    brief = cs_brief_copy (cs_job_get_facts (self->jobs->pdata[0])->brief);
  if (brief == NULL)
    return;
  cancel_cb (self);
  g_signal_emit (self, signals[SIGNAL_EDIT], 0, brief);
}

static gboolean
cs_review_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CS_REVIEW_VIEW (widget)->send_button));
}

static void
cs_review_view_dispose (GObject *object)
{
  CsReviewView *self = CS_REVIEW_VIEW (object);

  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_review_view_parent_class)->dispose (object);
}

static void
cs_review_view_class_init (CsReviewViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  g_type_ensure (CS_TYPE_SCREENPLAY_CARD);
  g_type_ensure (CS_TYPE_MESSAGE_ROW);
  G_OBJECT_CLASS (klass)->dispose = cs_review_view_dispose;
  widget_class->grab_focus = cs_review_view_grab_focus;
  signals[SIGNAL_EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_AGAIN]
      = g_signal_new ("again", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-review-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsReviewView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CsReviewView, card);
  gtk_widget_class_bind_template_child (widget_class, CsReviewView, own_words);
  gtk_widget_class_bind_template_child (widget_class, CsReviewView, own_words_card);
  gtk_widget_class_bind_template_child (widget_class, CsReviewView, own_words_button);
  gtk_widget_class_bind_template_child (widget_class, CsReviewView, send_button);
  gtk_widget_class_bind_template_child (widget_class, CsReviewView, message);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_words_cb);
  gtk_widget_class_bind_template_callback (widget_class, lock_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
}

static void
cs_review_view_init (CsReviewView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_review_view_new (void)
{
  return g_object_new (CS_TYPE_REVIEW_VIEW, NULL);
}

/* A language model that is no part of this computer has had the user's words already. */
static void
show_subtitle (CsReviewView *self, const CsJobFacts *facts)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_studio_get_engine (self->studio));
  CsProvider *writer = facts->screenplay->screenwriter != NULL
                           ? cs_provider_registry_get_provider (registry, facts->screenplay->screenwriter)
                           : NULL;
  g_autofree char *provider = cs_job_make_provider (self->studio, facts);
  /* translators: a provider */
  g_autofree char *words = writer != NULL && !cs_provider_is_local (writer)
                               ? g_strdup_printf (_ ("Nothing has been sent to %s yet."), provider)
                               : g_strdup (_ ("Nothing has been sent yet."));

  gtk_label_set_text (self->subtitle, words);
}

static void
show_price (CsReviewView *self)
{
  CsMoney price = 0;
  g_autofree char *shown = NULL;
  g_autofree char *label = NULL;

  for (guint i = 0; i < self->jobs->len; i++)
    price += MAX (cs_job_get_facts (self->jobs->pdata[i])->estimated_cost, 0);
  shown = cs_money_to_display (price);
  /* translators: on a button; an amount of money */
  label = g_strdup_printf (_ ("Accept and Send · %s"), shown);
  gtk_button_set_label (self->send_button, label);
}

/** cs_review_view_show: @jobs: (element-type CsJob): that wait together; they have the same words. */
void
cs_review_view_show (CsReviewView *self, CsStudio *studio, GPtrArray *jobs)
{
  const CsJobFacts *facts = cs_job_get_facts (jobs->pdata[0]);
  gboolean is_rewritten;

  g_set_object (&self->studio, studio);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  self->jobs = g_ptr_array_ref (jobs);
  cs_screenplay_card_show (self->card, facts);
  is_rewritten = gtk_widget_get_visible (GTK_WIDGET (self->card));
  gtk_widget_set_visible (self->own_words_card, !is_rewritten);
  gtk_widget_set_visible (self->own_words_button, is_rewritten);
  gtk_label_set_text (self->own_words, facts->screenplay->prompt);
  show_subtitle (self, facts);
  show_price (self);
  cs_message_row_show (self->message, studio, jobs->pdata[0]);
}
