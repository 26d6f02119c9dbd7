/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-id.h"
#include "cs-engine.h"

#include "cs-bench.h"
#include "cs-test.h"

#include <sys/resource.h>

#define N_JOBS 10000
#define BATCH 100
#define N_POLLING 1000
#define POLLING_SECONDS 6
#define PATIENCE 600 /* seconds */

/* Somebody who accepts everything and then works for ever, under the name of a provider that has prices. */
#define BENCH_TYPE_PROVIDER (bench_provider_get_type ())
G_DECLARE_FINAL_TYPE (BenchProvider, bench_provider, BENCH, PROVIDER, GObject)

struct _BenchProvider
{
  GObject parent_instance;

  guint n_accepted;
  guint n_polled;
  gint64 retry_after; /* microseconds; 0: as often as providers are asked by default */
};

static void bench_provider_iface_init (CsProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchProvider,
                               bench_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, bench_provider_iface_init))

static const char *
get_id (CsProvider *provider)
{
  return "sketch";
}

static const char *
get_name (CsProvider *provider)
{
  return "Bench";
}

static gboolean
is_local (CsProvider *provider)
{
  return TRUE;
}

static void
submit_async (CsProvider *provider,
              CsRequest *request,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  CsSubmission *submission = cs_submission_new (CS_SUBMIT_ACCEPTED);

  submission->remote_id = cs_id_new ();
  BENCH_PROVIDER (provider)->n_accepted++;
  g_task_return_pointer (task, submission, (GDestroyNotify) cs_submission_free);
}

static CsSubmission *
submit_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
poll_async (CsProvider *provider,
            CsRequest *request,
            const char *remote_id,
            CsProviderProgressFunc progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  CsPrediction *prediction = cs_prediction_new (CS_PREDICTION_RUNNING);

  prediction->retry_after = BENCH_PROVIDER (provider)->retry_after;
  BENCH_PROVIDER (provider)->n_polled++;
  g_task_return_pointer (task, prediction, (GDestroyNotify) cs_prediction_free);
}

static CsPrediction *
poll_finish (CsProvider *provider, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
bench_provider_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_name;
  iface->is_local = is_local;
  iface->submit_async = submit_async;
  iface->submit_finish = submit_finish;
  iface->poll_async = poll_async;
  iface->poll_finish = poll_finish;
}

static void
bench_provider_class_init (BenchProviderClass *class)
{
}

static void
bench_provider_init (BenchProvider *self)
{
  self->retry_after = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
}

/* An engine with the bench's provider, and the longest time that its main loop was kept from turning. */
typedef struct
{
  CsPaths *paths;
  CsEngine *engine;
  BenchProvider *provider;
  gint64 last_turn;
  gint64 longest_turn; /* microseconds */
  guint n_wanted;      /* jobs */
} Bench;

static gboolean
turn_cb (gpointer user_data)
{
  Bench *bench = user_data;
  gint64 now = g_get_monotonic_time ();

  if (bench->last_turn > 0)
    bench->longest_turn = MAX (bench->longest_turn, now - bench->last_turn - 1000);
  bench->last_turn = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_there_cb (gpointer user_data)
{
  GAsyncResult **result = user_data;

  return *result != NULL;
}

static void
wait_long (GAsyncResult **result)
{
  g_assert_true (cs_test_wait_seconds (is_there_cb, result, PATIENCE));
}

static void
open_engine (Bench *bench)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsProviderRegistry) registry = cs_provider_registry_new_with_models (cs_models_load (&error));

  g_assert_no_error (error);
  bench->provider = g_object_new (BENCH_TYPE_PROVIDER, NULL);
  cs_provider_registry_add (registry, CS_PROVIDER (bench->provider));
  cs_engine_open_async (bench->paths, registry, NULL, cs_test_keep_result, &result);
  wait_long (&result);
  bench->engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
close_engine (Bench *bench)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_engine_close_async (bench->engine, NULL, cs_test_keep_result, &result);
  wait_long (&result);
  cs_engine_close_finish (bench->engine, result, &error);
  g_assert_no_error (error);
  g_clear_object (&bench->engine);
  g_clear_object (&bench->provider);
}

static void
add_batch (Bench *bench)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < BATCH; i++)
    {
      CsBrief *brief = cs_brief_new (CS_KIND_VIDEO);

      brief->prompt = g_strdup_printf ("A lighthouse in a storm, take %d", i);
      brief->screenwriter = FALSE;
      cs_brief_check (brief, &error);
      g_assert_no_error (error);
      g_ptr_array_add (briefs, brief);
    }
  cs_job_queue_add_async (cs_engine_get_queue (bench->engine), briefs, NULL, cs_test_keep_result, &result);
  wait_long (&result);
  jobs = cs_job_queue_add_finish (cs_engine_get_queue (bench->engine), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, BATCH);
}

static void
add_jobs (Bench *bench, int count)
{
  bench->n_wanted = count;
  for (int i = 0; i < count; i += BATCH)
    add_batch (bench);
}

/* Takes over what a process before left behind, until there is no more. */
static guint
resume_jobs (Bench *bench)
{
  guint n_resumed = 0;
  guint n_now;

  do
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) jobs = NULL;
      g_autoptr (GError) error = NULL;

      cs_job_queue_resume_async (cs_engine_get_queue (bench->engine), NULL, NULL, cs_test_keep_result,
                                 &result);
      wait_long (&result);
      jobs = cs_job_queue_resume_finish (cs_engine_get_queue (bench->engine), result, &error);
      g_assert_no_error (error);
      n_now = jobs->len;
      n_resumed += n_now;
    }
  while (n_now > 0);
  return n_resumed;
}

static gboolean
all_accepted_cb (gpointer user_data)
{
  Bench *bench = user_data;

  return bench->provider->n_accepted >= bench->n_wanted && bench->provider->n_polled >= bench->n_wanted;
}

static void
show (const char *name, gint64 microseconds, const char *goal)
{
  CsBenchFigure figure = { .name = name, .value = microseconds / 1000.0, .unit = "ms", .goal = goal };

  cs_bench_show (&figure);
}

static gint64
get_cpu_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec
         + usage.ru_stime.tv_usec;
}

static gboolean
never_cb (gpointer user_data)
{
  return FALSE;
}

/* A thousand jobs with a provider that is asked again and again. */
static void
measure_polling (Bench *bench)
{
  CsBenchFigure share = { .name = "jobs-1000-polling-cpu", .unit = "% of one core", .goal = "< 10 %" };
  guint beat;
  gint64 cpu;

  open_engine (bench);
  bench->provider->retry_after = 0;
  add_jobs (bench, N_POLLING);
  g_assert_true (cs_test_wait_seconds (all_accepted_cb, bench, PATIENCE));
  cpu = get_cpu_time ();
  cs_test_wait_seconds (never_cb, NULL, POLLING_SECONDS);
  share.value = (get_cpu_time () - cpu) * 100.0 / (POLLING_SECONDS * G_USEC_PER_SEC);
  cs_bench_show (&share);
  beat = g_timeout_add_full (G_PRIORITY_HIGH, 1, turn_cb, bench, NULL);
  cs_test_wait_seconds (never_cb, NULL, POLLING_SECONDS);
  g_source_remove (beat);
  show ("jobs-1000-polling-longest-block", bench->longest_turn, "<= 16 ms");
  close_engine (bench);
}

/* Many jobs written down and sent, and then taken over by the next process. */
static void
measure_many (Bench *bench)
{
  gint64 start = g_get_monotonic_time ();

  open_engine (bench);
  add_jobs (bench, N_JOBS);
  show ("jobs-insert-10000", g_get_monotonic_time () - start, NULL);
  g_assert_true (cs_test_wait_seconds (all_accepted_cb, bench, PATIENCE));
  show ("jobs-submit-10000", g_get_monotonic_time () - start, NULL);
  close_engine (bench);

  start = g_get_monotonic_time ();
  open_engine (bench);
  g_assert_cmpuint (resume_jobs (bench), >=, N_JOBS);
  show ("jobs-resume-10000", g_get_monotonic_time () - start, NULL);
  close_engine (bench);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autoptr (GError) error = NULL;

  bench.paths = cs_paths_new (&error);
  g_assert_no_error (error);
  measure_polling (&bench);
  measure_many (&bench);
  cs_paths_unref (bench.paths);
  return 0;
}
