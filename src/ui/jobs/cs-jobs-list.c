/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the jobs. Main thread. */
#include "config.h"
#include "ui/jobs/cs-jobs-list.h"

#include "ui/jobs/cs-job-item.h"
#include "ui/jobs/cs-job-trouble.h"

#define FEW 1    /* rows that are made in one turn of the main loop */
#define PAGE 24  /* rows that are made before anybody scrolls, and again whenever he comes to the end */

struct _CsJobsList
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *view;

  /* Owned; all but the sorter while it is seen */
  CsStudio *studio;         /* (nullable) */
  GtkSorter *sorter;
  GtkSliceListModel *slice; /* (nullable) the first ones */
  GHashTable *ranks;        /* (nullable) CsJob -> its rank at the last sorting */
  GPtrArray *items;         /* (element-type CsJobItem) bound ones; not owned */
  guint wanted;             /* rows */
  guint growing;            /* idle source */
  guint clock;
};

G_DEFINE_FINAL_TYPE (CsJobsList, cs_jobs_list, ADW_TYPE_BIN)

/* The order */

/* 1: it needs somebody, 2: it is under way, 3: it waits. */
static guint
get_rank (CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);

  if (cs_trouble_find (job) != CS_TROUBLE_NONE || facts->waiting == CS_WAITING_CONSENT)
    return 1;
  return facts->state == CS_JOB_WRITING || facts->state == CS_JOB_RENDERING || facts->state == CS_JOB_DOWNLOADING
                 || facts->state == CS_JOB_FINISHING || (facts->state == CS_JOB_SUBMITTING && facts->waiting == CS_WAITING_NONE)
             ? 2
             : 3;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  CsJobsList *self = user_data;
  guint rank_a = self->ranks != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->ranks, a)) : 0;
  guint rank_b = self->ranks != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->ranks, b)) : 0;

  return rank_a < rank_b ? GTK_ORDERING_SMALLER : rank_a > rank_b ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

/* Returns whether any job belongs elsewhere. */
static gboolean
rank_all (CsJobsList *self)
{
  GListModel *jobs = cs_studio_get_jobs (self->studio);
  guint n = g_list_model_get_n_items (jobs);
  g_autoptr (GHashTable) old = g_steal_pointer (&self->ranks);
  gboolean is_another = old == NULL;

  self->ranks = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (jobs, i);
      guint rank = get_rank (job);

      g_hash_table_insert (self->ranks, job, GUINT_TO_POINTER (rank));
      is_another = is_another || GPOINTER_TO_UINT (g_hash_table_lookup (old, job)) != rank;
    }
  return is_another;
}

/* Rows, a few at a time */

/* A list of rows that differ asks for less height than they have: what they have is asked for. */
static void
fit (CsJobsList *self)
{
  int most = gtk_scrolled_window_get_max_content_height (self->scroller);
  int width = gtk_widget_get_width (GTK_WIDGET (self->view));
  int sum = 0;

  for (guint i = 0; i < self->items->len && sum < most; i++)
    {
      int height = 0;

      gtk_widget_measure (gtk_widget_get_parent (self->items->pdata[i]), GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
      sum += height;
    }
  gtk_scrolled_window_set_min_content_height (self->scroller, MIN (sum, most));
}

static gboolean
grow_cb (gpointer user_data)
{
  CsJobsList *self = user_data;
  guint size = gtk_slice_list_model_get_size (self->slice);
  guint all = g_list_model_get_n_items (cs_studio_get_jobs (self->studio));

  if (gtk_widget_get_width (GTK_WIDGET (self->view)) == 0)
    return G_SOURCE_CONTINUE;
  fit (self);
  if (size >= self->wanted || size >= all)
    {
      self->growing = 0;
      return G_SOURCE_REMOVE;
    }
  gtk_slice_list_model_set_size (self->slice, size + FEW);
  return G_SOURCE_CONTINUE;
}

/* After the frame that shows the rows that are there. */
static void
grow (CsJobsList *self)
{
  if (self->growing == 0)
    self->growing = g_idle_add_full (G_PRIORITY_LOW, grow_cb, self, NULL);
}

static void
edge_cb (CsJobsList *self, GtkPositionType edge)
{
  if (edge != GTK_POS_BOTTOM || self->slice == NULL)
    return;
  self->wanted = gtk_slice_list_model_get_size (self->slice) + PAGE;
  grow (self);
}

static void
setup_cb (CsJobsList *self, GtkListItem *cell)
{
  gtk_list_item_set_child (cell, cs_job_item_new (self->studio));
}

static void
bind_cb (CsJobsList *self, GtkListItem *cell)
{
  GtkWidget *item = gtk_list_item_get_child (cell);

  cs_job_item_set_job (CS_JOB_ITEM (item), gtk_list_item_get_item (cell));
  g_ptr_array_add (self->items, item);
}

static void
unbind_cb (CsJobsList *self, GtkListItem *cell)
{
  GtkWidget *item = gtk_list_item_get_child (cell);

  g_ptr_array_remove_fast (self->items, item);
  cs_job_item_set_job (CS_JOB_ITEM (item), NULL);
}

/* What one does with a row */

static void
activate_cb (CsJobsList *self, guint position)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->view);
  g_autoptr (CsJob) job = g_list_model_get_item (G_LIST_MODEL (model), position);
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (job == NULL)
    return;
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", cs_job_get_id (job));
}

static CsJobItem *
find_item (GtkWidget *widget)
{
  GtkWidget *item = widget != NULL ? gtk_widget_get_ancestor (widget, CS_TYPE_JOB_ITEM) : NULL;

  if (item == NULL && widget != NULL)
    item = gtk_widget_get_first_child (widget);
  return CS_IS_JOB_ITEM (item) ? CS_JOB_ITEM (item) : NULL;
}

static gboolean
delete_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  CsJobItem *item = root != NULL ? find_item (gtk_root_get_focus (root)) : NULL;

  if (item == NULL)
    return FALSE;
  cs_job_item_close (item);
  return TRUE;
}

static gboolean
tick_cb (gpointer user_data)
{
  CsJobsList *self = user_data;

  for (guint i = 0; i < self->items->len; i++)
    cs_job_item_refresh (self->items->pdata[i]);
  return G_SOURCE_CONTINUE;
}

static void
show_any (CsJobsList *self)
{
  gboolean has_jobs = self->studio != NULL && g_list_model_get_n_items (cs_studio_get_jobs (self->studio)) > 0;

  gtk_stack_set_visible_child_name (self->stack, has_jobs ? "jobs" : "empty");
}

static void
cs_jobs_list_dispose (GObject *object)
{
  CsJobsList *self = CS_JOBS_LIST (object);

  cs_jobs_list_close (self);
  g_clear_object (&self->sorter);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (cs_jobs_list_parent_class)->dispose (object);
}

static void
cs_jobs_list_class_init (CsJobsListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_jobs_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-jobs-list.ui");
  gtk_widget_class_bind_template_child (widget_class, CsJobsList, stack);
  gtk_widget_class_bind_template_child (widget_class, CsJobsList, scroller);
  gtk_widget_class_bind_template_child (widget_class, CsJobsList, view);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, edge_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, delete_cb, NULL);
}

static void
cs_jobs_list_init (CsJobsList *self)
{
  self->items = g_ptr_array_new ();
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_jobs_list_open (CsJobsList *self, CsStudio *studio)
{
  GListModel *jobs = cs_studio_get_jobs (studio);
  GtkSortListModel *sorted;

  cs_jobs_list_close (self);
  self->studio = g_object_ref (studio);
  self->wanted = PAGE;
  rank_all (self);
  sorted = gtk_sort_list_model_new (g_object_ref (jobs), g_object_ref (self->sorter));
  self->slice = gtk_slice_list_model_new (G_LIST_MODEL (sorted), 0, FEW);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->slice)))));
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (cs_jobs_list_sort), self, G_CONNECT_SWAPPED);
  show_any (self);
  self->clock = g_timeout_add_seconds (1, tick_cb, self);
  grow (self);
}

void
cs_jobs_list_close (CsJobsList *self)
{
  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->growing, g_source_remove);
  if (self->studio == NULL)
    return;
  g_signal_handlers_disconnect_by_func (cs_studio_get_jobs (self->studio), cs_jobs_list_sort, self);
  gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->slice);
  g_clear_pointer (&self->ranks, g_hash_table_unref);
  g_clear_object (&self->studio);
}

void
cs_jobs_list_sort (CsJobsList *self)
{
  if (self->studio == NULL)
    return;
  show_any (self);
  if (rank_all (self))
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  grow (self);
}
