/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far everything is. The ring follows every job; the list behind it is there only while it is seen. Main thread. */
#include "config.h"
#include "ui/jobs/cs-jobs-button.h"

#include "ui/jobs/cs-job-trouble.h"
#include "ui/jobs/cs-job-words.h"
#include "ui/jobs/cs-jobs-list.h"
#include "ui/jobs/cs-ring.h"

#define MOST_COUNTED 100 /* creations of today: more are not counted */

#define MIN_WIDTH 300 /* of the list */
#define MAX_WIDTH 430
#define MARGINS 36    /* of the popover, within the window */

struct _CsJobsButton
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *button;
  CsRing *ring;
  GtkPopover *popover;
  GtkLabel *held;
  CsJobsList *list;
  GtkLabel *finished;

  /* Owned */
  CsStudio *studio;   /* (nullable) until the engine is open */
  GPtrArray *watched; /* (element-type CsJob) whose signal is heard */
  guint showing;      /* idle source */
};

G_DEFINE_FINAL_TYPE (CsJobsButton, cs_jobs_button, ADW_TYPE_BIN)

/* The ring */

/* What is said of all jobs together. */
typedef struct
{
  guint n_running;
  guint n_needing; /* that need somebody */
  double share;
  CsMoney held;
} Summary;

static gboolean
needs_somebody (CsJob *job)
{
  return cs_trouble_find (job) != CS_TROUBLE_NONE || cs_job_get_facts (job)->waiting == CS_WAITING_CONSENT;
}

static Summary
sum_up (CsJobsButton *self)
{
  Summary summary = { 0 };

  for (guint i = 0; i < self->watched->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (self->watched->pdata[i]);

      if (needs_somebody (self->watched->pdata[i]))
        summary.n_needing++;
      else
        summary.n_running++;
      summary.share += facts->progress;
      summary.held += cs_job_get_held (facts);
    }
  summary.share /= MAX (self->watched->len, 1);
  return summary;
}

static char *
describe (const Summary *summary)
{
  if (summary->n_running + summary->n_needing == 0)
    return g_strdup (_ ("Nothing is running"));
  if (summary->n_needing == 0)
    /* translators: a number of jobs */
    return g_strdup_printf (_ ("Jobs: %u running"), summary->n_running);
  /* translators: numbers of jobs */
  return g_strdup_printf (_ ("Jobs: %1$u running, %2$u need you"), summary->n_running, summary->n_needing);
}

static void
show_held (CsJobsButton *self, const Summary *summary)
{
  g_autofree char *held = cs_money_to_amount (summary->held);
  /* translators: behind the word "Jobs"; an amount of money */
  g_autofree char *words = g_strdup_printf (_ ("· %s on hold"), held);

  gtk_label_set_text (self->held, summary->held > 0 ? words : "");
}

static gboolean
show_cb (gpointer user_data)
{
  CsJobsButton *self = user_data;
  Summary summary = sum_up (self);
  g_autofree char *words = describe (&summary);

  self->showing = 0;
  cs_ring_set (self->ring, summary.share, self->watched->len, summary.n_needing > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  show_held (self, &summary);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    cs_jobs_list_sort (self->list);
  return G_SOURCE_REMOVE;
}

/* A thousand jobs that change at once are summed up once. */
static void
show_soon (CsJobsButton *self)
{
  if (self->showing == 0)
    self->showing = g_idle_add (show_cb, self);
}

/* How much was finished today */

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsJobsButton) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = cs_library_list_finish (CS_LIBRARY (source), result, &error);
  g_autofree char *words = NULL;

  if (page == NULL)
    words = g_strdup ("");
  else if (page->next != NULL)
    /* translators: a number */
    words = g_strdup_printf (_ ("More than %u finished today"), page->creations->len);
  else if (page->creations->len == 0)
    words = g_strdup (_ ("Nothing finished today"));
  else
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u finished today", "%u finished today", page->creations->len), page->creations->len);
  gtk_label_set_text (self->finished, words);
}

static void
count_finished (CsJobsButton *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  CsLibraryQuery query = { .limit = MOST_COUNTED };

  if (midnight != NULL)
    query.from = g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
  cs_library_list_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), &query, NULL, count_cb, g_object_ref (self));
}

/* Not wider than the window. */
static void
fit (CsJobsButton *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));

  gtk_widget_set_size_request (GTK_WIDGET (self->list), CLAMP (width - MARGINS, MIN_WIDTH, MAX_WIDTH), -1);
}

static void
shown_cb (CsJobsButton *self)
{
  if (self->studio == NULL)
    return;
  fit (self);
  cs_jobs_list_open (self->list, self->studio);
  count_finished (self);
}

static void
hidden_cb (CsJobsButton *self)
{
  cs_jobs_list_close (self->list);
}

static void
gallery_cb (CsJobsButton *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "gallery");
}

/* Following: `watched` are the jobs of the list, in its order */

static void
forget (CsJobsButton *self, guint position, guint n)
{
  for (guint i = position; i < position + n; i++)
    g_signal_handlers_disconnect_by_data (self->watched->pdata[i], self);
  if (n > 0)
    g_ptr_array_remove_range (self->watched, position, n);
}

static void
jobs_changed_cb (CsJobsButton *self, guint position, guint n_removed, guint n_added, GListModel *jobs)
{
  forget (self, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      CsJob *job = g_list_model_get_item (jobs, position + i);

      g_signal_connect_swapped (job, "changed", G_CALLBACK (show_soon), self);
      g_ptr_array_insert (self->watched, (int) (position + i), job);
    }
  show_soon (self);
}

static void
cs_jobs_button_dispose (GObject *object)
{
  CsJobsButton *self = CS_JOBS_BUTTON (object);

  g_clear_handle_id (&self->showing, g_source_remove);
  if (self->watched != NULL)
    forget (self, 0, self->watched->len);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_jobs_button_parent_class)->dispose (object);
}

static void
cs_jobs_button_class_init (CsJobsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_RING);
  g_type_ensure (CS_TYPE_JOBS_LIST);
  G_OBJECT_CLASS (klass)->dispose = cs_jobs_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-jobs-button.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, button);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, ring);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, held);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, list);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, finished);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
  gtk_widget_class_bind_template_callback (widget_class, gallery_cb);
}

static void
cs_jobs_button_init (CsJobsButton *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_jobs_button_new (void)
{
  return g_object_new (CS_TYPE_JOBS_BUTTON, NULL);
}

void
cs_jobs_button_set_studio (CsJobsButton *self, CsStudio *studio)
{
  GListModel *jobs;

  if (!g_set_object (&self->studio, studio))
    return;
  jobs = cs_studio_get_jobs (studio);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  jobs_changed_cb (self, 0, 0, g_list_model_get_n_items (jobs), jobs);
}

/** cs_jobs_button_popup: Shows the list. */
void
cs_jobs_button_popup (CsJobsButton *self)
{
  gtk_menu_button_popup (self->button);
}
