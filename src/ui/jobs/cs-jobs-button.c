/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far everything is, and the list behind it. The ring follows every job; the rows are made only while they are seen.
 * Main thread. */
#include "config.h"
#include "ui/jobs/cs-jobs-button.h"

#include "ui/cs-job-list.h"
#include "ui/jobs/cs-job-item.h"
#include "ui/jobs/cs-ring.h"

#define MAX_ROWS 200 /* rows that are made at once: nobody reads more */

struct _CsJobsButton
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *button;
  CsRing *ring;
  GtkPopover *popover;
  GtkLabel *heading;
  GtkListBox *list;

  /* Owned */
  CsStudio *studio;   /* (nullable) until the engine is open */
  GPtrArray *watched; /* (element-type CsJob) whose signal is heard */
  guint clock;        /* ticks while the list is seen */
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
needs_somebody (const CsJobFacts *facts)
{
  return facts->state == CS_JOB_UNCERTAIN || facts->state == CS_JOB_FAILED || facts->waiting == CS_WAITING_NO_KEY
         || facts->waiting == CS_WAITING_CONSENT || facts->waiting == CS_WAITING_BUDGET;
}

static CsMoney
get_held (const CsJobFacts *facts)
{
  const CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  return attempt != NULL && attempt->ended_at == 0 ? attempt->hold : 0;
}

static Summary
sum_up (CsJobsButton *self)
{
  Summary summary = { 0 };

  for (guint i = 0; i < self->watched->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (self->watched->pdata[i]);

      if (needs_somebody (facts))
        summary.n_needing++;
      else
        summary.n_running++;
      summary.share += facts->progress;
      summary.held += get_held (facts);
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
show_heading (CsJobsButton *self, const Summary *summary)
{
  g_autofree char *held = cs_money_to_amount (summary->held);
  /* translators: an amount of money */
  g_autofree char *words = summary->held > 0 ? g_strdup_printf (_ ("Jobs · %s on hold"), held) : g_strdup (_ ("Jobs"));

  gtk_label_set_text (self->heading, words);
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
  show_heading (self, &summary);
  return G_SOURCE_REMOVE;
}

/* A thousand jobs that change at once are summed up once. */
static void
show_soon (CsJobsButton *self)
{
  if (self->showing == 0)
    self->showing = g_idle_add (show_cb, self);
}

/* The list */

static void
dismissed_cb (CsJobsButton *self, const char *id)
{
  cs_job_list_dismiss (CS_JOB_LIST (cs_studio_get_jobs (self->studio)), id);
}

static void
clear_rows (CsJobsButton *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
make_rows (CsJobsButton *self)
{
  clear_rows (self);
  for (guint i = 0; i < MIN (self->watched->len, MAX_ROWS); i++)
    {
      GtkWidget *row = cs_job_item_new (self->studio, self->watched->pdata[i]);

      g_signal_connect_object (row, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, row);
    }
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  return cs_job_item_get_rank (CS_JOB_ITEM (a)) - cs_job_item_get_rank (CS_JOB_ITEM (b));
}

static gboolean
tick_cb (gpointer user_data)
{
  CsJobsButton *self = user_data;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    cs_job_item_refresh (CS_JOB_ITEM (row));
  return G_SOURCE_CONTINUE;
}

static void
shown_cb (CsJobsButton *self)
{
  if (self->studio == NULL)
    return;
  make_rows (self);
  self->clock = g_timeout_add_seconds (1, tick_cb, self);
}

static void
hidden_cb (CsJobsButton *self)
{
  g_clear_handle_id (&self->clock, g_source_remove);
  clear_rows (self);
}

/* Following */

static void
forget (CsJobsButton *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (self->watched->pdata[i], self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
jobs_changed_cb (CsJobsButton *self)
{
  GListModel *jobs = cs_studio_get_jobs (self->studio);

  forget (self);
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      CsJob *job = g_list_model_get_item (jobs, i);

      g_signal_connect_swapped (job, "changed", G_CALLBACK (show_soon), self);
      g_ptr_array_add (self->watched, job);
    }
  show_soon (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->popover)))
    make_rows (self);
}

static void
cs_jobs_button_dispose (GObject *object)
{
  CsJobsButton *self = CS_JOBS_BUTTON (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->showing, g_source_remove);
  if (self->watched != NULL)
    forget (self);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_jobs_button_parent_class)->dispose (object);
}

static void
cs_jobs_button_class_init (CsJobsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_RING);
  G_OBJECT_CLASS (klass)->dispose = cs_jobs_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-jobs-button.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, button);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, ring);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, heading);
  gtk_widget_class_bind_template_child (widget_class, CsJobsButton, list);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, hidden_cb);
}

static void
cs_jobs_button_init (CsJobsButton *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list, compare_rows, NULL, NULL);
}

GtkWidget *
cs_jobs_button_new (void)
{
  return g_object_new (CS_TYPE_JOBS_BUTTON, NULL);
}

void
cs_jobs_button_set_studio (CsJobsButton *self, CsStudio *studio)
{
  if (!g_set_object (&self->studio, studio))
    return;
  g_signal_connect_object (cs_studio_get_jobs (studio), "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
  jobs_changed_cb (self);
}

/** cs_jobs_button_popup: Shows the list. */
void
cs_jobs_button_popup (CsJobsButton *self)
{
  gtk_menu_button_popup (self->button);
}
