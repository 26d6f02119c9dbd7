/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A thousand jobs with Replicate at once, over real HTTP: what asking about them costs this process, how long the main
 * loop was kept from turning, how many requests were on their way at most, and how many a minute there were. The server
 * is another process.
 */
#include "config.h"

#include "cs-engine.h"

#include "cs-bench.h"
#include "cs-test.h"

#include "core/cs-json.h"
#include "providers/replicate/cs-replicate-provider.h"

#include <string.h>
#include <sys/resource.h>

#define N_JOBS 1000
#define BATCH 10 /* at a time, as the provider itself would have it: a server that is run over resets connections */
#define SETTLE_SECONDS 25 /* until all have been asked about once with the distance that so many have to keep */
#define SECONDS 40
#define PATIENCE 600

/* Replicate itself, but for how many jobs it has at a time: those calls come back to it, which made them. */
#define BENCH_TYPE_CROWD (bench_crowd_get_type ())
G_DECLARE_FINAL_TYPE (BenchCrowd, bench_crowd, BENCH, CROWD, GObject)

struct _BenchCrowd
{
  GObject parent_instance;

  CsProvider *real; /* owned */
};

static void bench_crowd_iface_init (CsProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchCrowd, bench_crowd, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_PROVIDER, bench_crowd_iface_init))

static const char *
get_id (CsProvider *provider)
{
  return cs_provider_get_id (BENCH_CROWD (provider)->real);
}

static const char *
get_name (CsProvider *provider)
{
  return cs_provider_get_name (BENCH_CROWD (provider)->real);
}

static gint64
get_poll_interval (CsProvider *provider)
{
  return cs_provider_get_poll_interval (BENCH_CROWD (provider)->real);
}

static void
submit_async (CsProvider *provider,
              CsRequest *request,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  cs_provider_submit_async (BENCH_CROWD (provider)->real, request, cancellable, callback, user_data);
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
  cs_provider_poll_async (BENCH_CROWD (provider)->real, request, remote_id, progress, progress_data, cancellable, callback,
                          user_data);
}

static void
bench_crowd_iface_init (CsProviderInterface *iface)
{
  iface->get_id = get_id;
  iface->get_name = get_name;
  iface->get_poll_interval = get_poll_interval;
  iface->submit_async = submit_async;
  iface->poll_async = poll_async;
}

static void
bench_crowd_finalize (GObject *object)
{
  g_object_unref (BENCH_CROWD (object)->real);

  G_OBJECT_CLASS (bench_crowd_parent_class)->finalize (object);
}

static void
bench_crowd_class_init (BenchCrowdClass *class)
{
  G_OBJECT_CLASS (class)->finalize = bench_crowd_finalize;
}

static void
bench_crowd_init (BenchCrowd *self)
{
}

typedef struct
{
  GSubprocess *server;
  GDataInputStream *answers;
  CsHttp *http;
  CsEngine *engine;
  gint64 last_turn;
  gint64 longest_turn; /* microseconds */
  guint most_in_flight;
} Bench;

static const char *
get_base (JsonObject *bases, const char *vendor)
{
  return cs_json_get_string (bases, vendor, "");
}

/* The servers accept everything at once, and are never done. */
static void
start_server (Bench *bench, const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) words = NULL;
  g_autofree char *line = NULL;

  bench->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, program, "--usual",
                                    "replicate.get=status:processing", NULL);
  g_assert_no_error (error);
  bench->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bench->server));
  line = g_data_input_stream_read_line (bench->answers, NULL, NULL, &error);
  g_assert_no_error (error);
  words = cs_json_parse_object (line, strlen (line), 65536, &error);
  g_assert_no_error (error);
  g_setenv ("REPLICATE_BASE_URL", get_base (cs_json_get_object (words, "bases"), "replicate"), TRUE);
  g_setenv ("OLLAMA_HOST", cs_json_get_string (words, "closed", ""), TRUE);
  g_setenv ("REPLICATE_API_TOKEN", "bench-key-0123456789", TRUE);
}

/* How often the server was asked so far. */
static gint64
count_polls (Bench *bench)
{
  static const char question[] = "requests replicate.get\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) words = NULL;
  g_autofree char *line = NULL;
  gsize length;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (bench->server), question, strlen (question), NULL, NULL, &error);
  g_assert_no_error (error);
  line = g_data_input_stream_read_line (bench->answers, &length, NULL, &error);
  g_assert_no_error (error);
  words = cs_json_parse_object (line, length, 256 * 1024 * 1024, &error);
  g_assert_no_error (error);
  return cs_json_get_int (words, "count", 0);
}

static CsProviderRegistry *
make_registry (Bench *bench)
{
  g_autoptr (CsKeys) keys = cs_keys_new (NULL);
  g_autoptr (CsProviderContext) context = NULL;
  g_autoptr (BenchCrowd) crowd = g_object_new (BENCH_TYPE_CROWD, NULL);
  GPtrArray *models = cs_models_load (NULL);
  CsProviderRegistry *registry = cs_provider_registry_new_with_models (models);

  cs_keys_read_environment (keys);
  bench->http = cs_http_new ();
  context = cs_provider_context_new (bench->http, keys, models);
  crowd->real = cs_replicate_provider_new (context);
  cs_provider_registry_add (registry, CS_PROVIDER (crowd));
  return registry;
}

static void
open_engine (Bench *bench)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaths) paths = cs_paths_new (&error);
  g_autoptr (CsProviderRegistry) registry = make_registry (bench);

  g_assert_no_error (error);
  cs_engine_open_async (paths, registry, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  bench->engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
close_engine (Bench *bench)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_engine_close_async (bench->engine, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_clear_object (&bench->engine);
  g_clear_object (&bench->http);
}

static GPtrArray *
add_batch (Bench *bench)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs;

  for (int i = 0; i < BATCH; i++)
    {
      CsBrief *brief = cs_brief_new (CS_KIND_IMAGE);

      brief->prompt = g_strdup_printf ("A lighthouse in a storm, take %d", i);
      brief->screenwriter = FALSE;
      g_ptr_array_add (briefs, brief);
    }
  cs_job_queue_add_async (cs_engine_get_queue (bench->engine), briefs, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_add_finish (cs_engine_get_queue (bench->engine), result, &error);
  g_assert_no_error (error);
  return jobs;
}

static gboolean
all_polled_cb (gpointer user_data)
{
  GPtrArray *all = user_data;

  for (guint i = 0; i < all->len; i++)
    if (cs_job_get_facts (all->pdata[i])->waiting != CS_WAITING_POLL)
      return FALSE;
  return TRUE;
}

static gboolean
turn_cb (gpointer user_data)
{
  Bench *bench = user_data;
  gint64 now = g_get_monotonic_time ();

  if (bench->last_turn > 0)
    bench->longest_turn = MAX (bench->longest_turn, now - bench->last_turn - 1000);
  bench->last_turn = now;
  bench->most_in_flight = MAX (bench->most_in_flight, cs_http_get_n_in_flight (bench->http));
  return G_SOURCE_CONTINUE;
}

static gboolean
never_cb (gpointer user_data)
{
  return FALSE;
}

static gint64
get_cpu_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static void
show (const char *name, double value, const char *unit, const char *goal)
{
  CsBenchFigure figure = { .name = name, .value = value, .unit = unit, .goal = goal };

  cs_bench_show (&figure);
}

static void
measure (Bench *bench)
{
  gint64 polls = count_polls (bench);
  gint64 cpu = get_cpu_time ();
  guint beat;

  cs_test_wait_seconds (never_cb, NULL, SECONDS);
  show ("wire-1000-polling-cpu", (get_cpu_time () - cpu) * 100.0 / (SECONDS * G_USEC_PER_SEC), "% of one core", "< 10 %");
  show ("wire-1000-polls-a-minute", (count_polls (bench) - polls) * 60.0 / SECONDS, "requests", "<= 3000");
  beat = g_timeout_add_full (G_PRIORITY_HIGH, 1, turn_cb, bench, NULL);
  cs_test_wait_seconds (never_cb, NULL, SECONDS);
  g_source_remove (beat);
  show ("wire-1000-polling-longest-block", bench->longest_turn / 1000.0, "ms", "<= 16 ms");
  show ("wire-1000-most-in-flight", bench->most_in_flight, "requests", "<= 200");
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autofree char *folder = g_path_get_dirname (argv[0]);
  g_autofree char *program = g_build_filename (folder, "..", "support", "fake-server", NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 start;

  start_server (&bench, program);
  open_engine (&bench);
  start = g_get_monotonic_time ();
  for (int i = 0; i < N_JOBS; i += BATCH)
    {
      g_autoptr (GPtrArray) batch = add_batch (&bench);

      for (guint k = 0; k < batch->len; k++)
        g_ptr_array_add (all, g_object_ref (batch->pdata[k]));
      g_assert_true (cs_test_wait_seconds (all_polled_cb, batch, PATIENCE));
    }
  show ("wire-1000-accepted", (g_get_monotonic_time () - start) / 1000.0, "ms", NULL);
  cs_test_wait_seconds (never_cb, NULL, SETTLE_SECONDS);
  measure (&bench);
  g_ptr_array_set_size (all, 0);
  close_engine (&bench);
  g_subprocess_force_exit (bench.server);
  g_subprocess_wait (bench.server, NULL, NULL);
  g_object_unref (bench.answers);
  g_object_unref (bench.server);
  return 0;
}
