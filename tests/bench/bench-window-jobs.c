/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fifty jobs that go on, each with a new word four times a second: on the page of four of them, and in the open list of all. */
#include "config.h"

#include "cs-bench-provider.h"
#include "cs-bench-window.h"

#include "../ui/ui-support.h"
#include "ui/jobs/cs-jobs-button.h"
#include "ui/pages/cs-create-page.h"

#define N_JOBS 50
#define N_ON_STAGE 4
#define INTERVAL (G_USEC_PER_SEC / 4)
#define SECONDS 3

/* Returns: (transfer full): the jobs, made together. */
static GPtrArray *
add_jobs (CsBenchWindow *self)
{
  CsJobQueue *queue = cs_engine_get_queue (self->engine);
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs;

  for (int i = 0; i < N_JOBS; i++)
    {
      CsBrief *brief = cs_brief_new (CS_KIND_IMAGE);

      brief->prompt = g_strdup_printf ("A lighthouse in a storm, take %d", i);
      brief->style = i % CS_N_STYLES;
      brief->screenwriter = FALSE;
      cs_brief_check (brief, &error);
      g_assert_no_error (error);
      g_ptr_array_add (briefs, brief);
    }
  cs_job_queue_add_async (queue, briefs, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_add_finish (queue, result, &error);
  g_assert_no_error (error);
  return jobs;
}

static gboolean
are_rendering_cb (gpointer user_data)
{
  GPtrArray *jobs = user_data;

  for (guint i = 0; i < jobs->len; i++)
    if (cs_job_get_facts (jobs->pdata[i])->state != CS_JOB_RENDERING)
      return FALSE;
  return TRUE;
}

static void
measure (CsBenchWindow *self, const char *name)
{
  g_autoptr (CsBenchFrames) frames = cs_bench_frames_start (GTK_WIDGET (self->window));
  g_autofree char *thread = g_strdup_printf ("%s-processor", name);
  double work = cs_bench_get_work ();

  cs_bench_window_wait (SECONDS);
  work = cs_bench_get_work () - work;
  cs_bench_frames_stop (frames);
  cs_bench_frames_show (frames, name);
  cs_bench_show (&(CsBenchFigure){ .name = thread, .value = work / SECONDS / 10, .unit = "% of one core" });
}

int
main (int argc, char **argv)
{
  g_autoptr (CsProviderRegistry) registry = cs_bench_registry_new (INTERVAL);
  CsBenchWindow *self = cs_bench_window_open (registry);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autoptr (GPtrArray) jobs = NULL;
  GtkWidget *page;
  CsJobsButton *button;
  double work;

  page = ui_find (cs_bench_window_show (self, "image"), CS_TYPE_CREATE_PAGE, NULL);
  jobs = add_jobs (self);
  cs_bench_window_until (are_rendering_cb, jobs);
  for (guint i = 0; i < N_ON_STAGE; i++)
    g_ptr_array_add (shown, jobs->pdata[i]);
  cs_create_page_show_jobs (CS_CREATE_PAGE (page), shown);
  cs_bench_window_wait (1);
  measure (self, "window-jobs-50");
  button = CS_JOBS_BUTTON (ui_find (GTK_WIDGET (self->window), CS_TYPE_JOBS_BUTTON, NULL));
  work = cs_bench_get_work ();
  cs_jobs_button_popup (button);
  cs_bench_window_frame (GTK_WIDGET (self->window));
  cs_bench_show (&(CsBenchFigure){ .name = "window-jobs-50-list-open-processor",
                                   .value = cs_bench_get_work () - work,
                                   .unit = "ms of the main thread",
                                   .goal = "<= 50 ms" });
  cs_bench_window_wait (1);
  measure (self, "window-jobs-50-list");
  return 0;
}
