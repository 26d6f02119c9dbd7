/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's word on a job. Main thread. */
#include "config.h"
#include "ui/jobs/cs-job-deeds.h"

#include "ui/cs-job-list.h"
#include "ui/jobs/cs-job-words.h"
#include "ui/widgets/cs-say.h"

/* One word, from the question to its end. What it came from may be gone by then: the window is what says how it ended. */
typedef struct
{
  GtkWidget *window;
  CsStudio *studio;
  CsJob *job;
  CsDecision decision;
  gboolean is_cancel;
} Deed;

static Deed *
deed_new (GtkWidget *from, CsStudio *studio, CsJob *job)
{
  Deed *deed = g_new0 (Deed, 1);
  GtkRoot *root = gtk_widget_get_root (from);

  deed->window = g_object_ref (root != NULL ? GTK_WIDGET (root) : from);
  deed->studio = g_object_ref (studio);
  deed->job = g_object_ref (job);
  return deed;
}

static void
deed_free (Deed *deed)
{
  g_object_unref (deed->window);
  g_object_unref (deed->studio);
  g_object_unref (deed->job);
  g_free (deed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deed, deed_free)

static CsJobQueue *
get_queue (Deed *deed)
{
  return cs_engine_get_queue (cs_studio_get_engine (deed->studio));
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_cancel_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_say (deed->window, error->message);
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_decide_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL)
    cs_say (deed->window, error->message);
}

static void
agreed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsJob) job = cs_job_queue_agree_finish (CS_JOB_QUEUE (source), result, &error);

  if (job == NULL && !g_error_matches (error, CS_ERROR, CS_ERROR_CONFLICT)) /* a press was enough: it goes on */
    cs_say (deed->window, error->message);
}

/* @deed: (transfer full) */
static void
do_now (Deed *deed)
{
  if (deed->is_cancel)
    cs_job_queue_cancel_async (get_queue (deed), cs_job_get_id (deed->job), NULL, cancelled_cb, deed);
  else
    cs_job_queue_decide_async (get_queue (deed), cs_job_get_id (deed->job), deed->decision, NULL, decided_cb, deed);
}

/* Asking */

static void
response_cb (AdwMessageDialog *dialog, const char *response, Deed *deed)
{
  Deed *answered;

  if (!g_str_equal (response, "yes"))
    return;
  answered = deed_new (deed->window, deed->studio, deed->job);
  answered->decision = deed->decision;
  answered->is_cancel = deed->is_cancel;
  do_now (answered);
}

static void
free_deed_cb (gpointer data, GClosure *closure)
{
  deed_free (data);
}

/* @deed: (transfer full) */
static void
ask (Deed *deed, const char *heading, const char *body, const char *no, const char *yes)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (deed->window) ? GTK_WINDOW (deed->window) : NULL, heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "no", no, "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "no");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), deed, free_deed_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
make_price (CsJob *job, int times)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  CsMoney held = cs_job_get_held (facts);

  return cs_money_to_amount ((held > 0 ? held : MAX (facts->estimated_cost, 0)) * times);
}

/** cs_job_cancel: Asks only when money may still be spent. */
void
cs_job_cancel (GtkWidget *from, CsStudio *studio, CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  Deed *deed = deed_new (from, studio, job);
  g_autofree char *provider = cs_job_make_provider (studio, facts);
  g_autofree char *price = make_price (job, 1);
  g_autofree char *body = NULL;

  deed->is_cancel = TRUE;
  if (cs_job_state_is_unsent (facts->state) || cs_job_get_held (facts) <= 0)
    {
      do_now (deed);
      return;
    }
  /* translators: 1: a provider, 2: an amount of money */
  body = g_strdup_printf (_ ("%1$s has started. You may still pay %2$s."), provider, price);
  ask (deed, _ ("Stop waiting?"), body, _ ("_Keep Going"), _ ("_Cancel Job"));
}

static void
ask_resend (Deed *deed)
{
  g_autofree char *price = make_price (deed->job, 2);
  /* translators: an amount of money */
  g_autofree char *body = g_strdup_printf (_ ("You may pay twice, %s in all."), price);

  ask (deed, _ ("Send it a second time?"), body, _ ("_Wait"), _ ("_Send Again"));
}

static void
ask_give_up (Deed *deed)
{
  g_autofree char *provider = cs_job_make_provider (deed->studio, cs_job_get_facts (deed->job));
  g_autofree char *price = make_price (deed->job, 1);
  /* translators: 1: an amount of money, 2: a provider */
  g_autofree char *body = g_strdup_printf (_ ("The %1$s on hold is freed here. %2$s may still bill it."), price, provider);

  ask (deed, _ ("Stop looking?"), body, _ ("_Keep Looking"), _ ("_Give Up"));
}

/** cs_job_decide: @job: one that is uncertain; to look again costs nothing, and is not asked about. */
void
cs_job_decide (GtkWidget *from, CsStudio *studio, CsJob *job, CsDecision decision)
{
  Deed *deed = deed_new (from, studio, job);

  deed->decision = decision;
  if (decision == CS_DECISION_RESEND)
    ask_resend (deed);
  else if (decision == CS_DECISION_GIVE_UP)
    ask_give_up (deed);
  else
    do_now (deed);
}

/** cs_job_agree: @price: that the button said. */
void
cs_job_agree (GtkWidget *from, CsStudio *studio, CsJob *job, CsMoney price)
{
  Deed *deed = deed_new (from, studio, job);

  cs_job_queue_agree_async (get_queue (deed), cs_job_get_id (job), price, NULL, agreed_cb, deed);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_resume_finish (CS_JOB_QUEUE (source), result, &error);

  if (jobs == NULL)
    cs_say (deed->window, error->message);
}

void
cs_job_go_on (GtkWidget *from, CsStudio *studio, CsJob *job)
{
  Deed *deed = deed_new (from, studio, job);

  cs_job_queue_resume_async (get_queue (deed), cs_job_get_id (job), NULL, resumed_cb, deed);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_add_finish (CS_JOB_QUEUE (source), result, &error);

  if (jobs == NULL)
    {
      cs_say (deed->window, error->message);
      return;
    }
  cs_job_dismiss (deed->studio, deed->job);
  gtk_widget_activate_action (deed->window, "win.show-job", "s", cs_job_get_id (jobs->pdata[0]));
}

/** cs_job_make_anew: @brief: at the price that was said. */
void
cs_job_make_anew (GtkWidget *from, CsStudio *studio, CsJob *job, const CsBrief *brief)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  Deed *deed = deed_new (from, studio, job);

  g_ptr_array_add (briefs, cs_brief_copy (brief));
  if (!cs_studio_make (studio, briefs, added_cb, deed))
    deed_free (deed);
}

void
cs_job_dismiss (CsStudio *studio, CsJob *job)
{
  cs_job_list_dismiss (CS_JOB_LIST (cs_studio_get_jobs (studio)), cs_job_get_id (job));
}
