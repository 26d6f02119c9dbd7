/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cs-fake-studio.h"

#include "core/cs-error.h"
#include "providers/cs-sketch-provider.h"

#include <string.h>

static const char models[]
    = "{\"models\": ["
      " {\"id\": \"one/image\", \"provider\": \"one\", \"kind\": \"image\", \"name\": \"One\", \"seed\": true},"
      " {\"id\": \"two/image\", \"provider\": \"two\", \"kind\": \"image\", \"name\": \"Two\", \"seed\": true},"
      " {\"id\": \"three/image\", \"provider\": \"three\", \"kind\": \"image\", \"name\": \"Three\", \"seed\": true},"
      " {\"id\": \"one/blind\", \"provider\": \"one\", \"kind\": \"video\", \"name\": \"Blind\"},"
      " {\"id\": \"one/video\", \"provider\": \"one\", \"kind\": \"video\", \"name\": \"One\", \"seed\": true,"
      "  \"min_duration\": 5, \"max_duration\": 8},"
      " {\"id\": \"writer/words\", \"provider\": \"writer\", \"kind\": \"deck\", \"name\": \"Writer\", \"remote\": \"words-1\"},"
      " {\"id\": \"home/image\", \"provider\": \"home\", \"kind\": \"image\", \"name\": \"Home\", \"seed\": true},"
      " {\"id\": \"home/deck\", \"provider\": \"home\", \"kind\": \"deck\", \"name\": \"Home\"},"
      " {\"id\": \"sketch/image\", \"provider\": \"sketch\", \"kind\": \"image\", \"name\": \"Sketch\", \"seed\": true}"
      "]}";

static const char prices[]
    = "{\"prices\": ["
      " {\"model\": \"one/image\", \"per\": \"image\", \"cost_usd\": \"0.02\"},"
      " {\"model\": \"two/image\", \"per\": \"image\", \"cost_usd\": \"0.05\"},"
      " {\"model\": \"three/image\", \"per\": \"image\", \"cost_usd\": \"0.01\", \"sale_usd\": \"0.012\"},"
      " {\"model\": \"one/blind\", \"per\": \"video\", \"cost_usd\": \"0.02\"},"
      " {\"model\": \"one/video\", \"per\": \"second\", \"cost_usd\": \"0.056\"},"
      " {\"model\": \"writer/words\", \"per\": \"slide\", \"units\": 5, \"cost_usd\": \"0.004\", \"input_usd\": \"0.15\","
      "  \"output_usd\": \"0.60\"},"
      " {\"model\": \"home/image\", \"per\": \"image\", \"cost_usd\": \"0\"},"
      " {\"model\": \"home/deck\", \"per\": \"deck\", \"cost_usd\": \"0\"},"
      " {\"model\": \"sketch/image\", \"per\": \"image\", \"cost_usd\": \"0\"}"
      "]}";

static CsFakeProvider *
add_provider (CsFakeStudio *self, const char *id)
{
  CsFakeProvider *provider = cs_fake_provider_new (id, self->journal);

  cs_provider_registry_add (self->registry, CS_PROVIDER (provider));
  return provider;
}

static void
add_providers (CsFakeStudio *self, const char *price_list)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsProvider) sketch = cs_sketch_provider_new (NULL);
  GPtrArray *list = cs_models_parse (models, strlen (models), &error);

  g_assert_no_error (error);
  self->registry = cs_provider_registry_new_with_models (list);
  self->one = add_provider (self, "one");
  self->two = add_provider (self, "two");
  self->three = add_provider (self, "three");
  self->home = add_provider (self, "home");
  cs_fake_provider_set_home (self->home, TRUE, TRUE);
  self->writer = cs_fake_writer_new ("writer");
  cs_fake_writer_set_available (self->writer, FALSE);
  cs_provider_registry_add (self->registry, CS_PROVIDER (self->writer));
  cs_provider_registry_add (self->registry, sketch);
  self->prices = cs_price_list_new_parse (price_list, strlen (price_list), &error);
  g_assert_no_error (error);
}

CsProviderRegistry *
cs_fake_registry_new (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsKeys) keys = cs_keys_new (NULL);

  return cs_provider_registry_new (http, keys);
}

/** cs_fake_studio_open: Returns: (transfer full): a studio on @folder, which drives nothing yet. */
CsFakeStudio *
cs_fake_studio_open (const char *folder)
{
  return cs_fake_studio_open_priced (folder, prices);
}

/** cs_fake_studio_open_priced: @price_list: the text of another list of prices. */
CsFakeStudio *
cs_fake_studio_open_priced (const char *folder, const char *price_list)
{
  CsFakeStudio *self = g_new0 (CsFakeStudio, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->journal = g_build_filename (folder, "journal", NULL);
  self->paths = cs_paths_new_for_home (folder, &error);
  g_assert_no_error (error);
  cs_store_open_async (self->paths, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  self->store = cs_store_open_finish (result, &error);
  g_assert_no_error (error);
  add_providers (self, price_list);
  self->library = cs_library_new (self->store, self->paths);
  self->screenwriter = cs_screenwriter_new (self->registry, self->prices);
  self->queue = cs_job_queue_new (self->store, self->paths, self->registry, self->screenwriter, self->prices, self->library,
                                  &error);
  g_assert_no_error (error);
  return self;
}

static void
close_store (CsFakeStudio *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_store_close_async (self->store, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_store_close_finish (self->store, result, &error);
  g_assert_no_error (error);
}

static void
speak (CsFakeStudio *self)
{
  cs_fake_provider_speak (self->one);
  cs_fake_provider_speak (self->two);
  cs_fake_provider_speak (self->three);
  cs_fake_provider_speak (self->home);
}

static void
studio_free (CsFakeStudio *self)
{
  g_clear_object (&self->queue);
  g_clear_object (&self->library);
  g_clear_object (&self->screenwriter);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->prices, cs_price_list_unref);
  g_clear_object (&self->store);
  g_clear_pointer (&self->paths, cs_paths_unref);
  g_clear_object (&self->one);
  g_clear_object (&self->two);
  g_clear_object (&self->three);
  g_clear_object (&self->home);
  g_clear_object (&self->writer);
  g_free (self->journal);
  g_free (self);
}

/** cs_fake_studio_close: Lets go of the jobs and closes the database, as the engine does. */
void
cs_fake_studio_close (CsFakeStudio *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_job_queue_close_async (self->queue, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_job_queue_close_finish (self->queue, result, &error);
  g_assert_no_error (error);
  speak (self);
  close_store (self);
  studio_free (self);
  cs_fake_settle (20);
}

/** cs_fake_studio_abandon: Drops everything in the middle of its work; silent providers answer afterwards. */
void
cs_fake_studio_abandon (CsFakeStudio *self)
{
  g_clear_object (&self->queue);
  speak (self);
  cs_fake_settle (100);
  close_store (self);
  studio_free (self);
  cs_fake_settle (20);
}

/** cs_fake_brief: @model: (nullable): only this one. Returns: (transfer full): an image, or a video or deck by the model. */
CsBrief *
cs_fake_brief (const char *prompt, const char *model)
{
  CsKind kind = CS_KIND_IMAGE;
  CsBrief *brief;
  g_autoptr (GError) error = NULL;

  if (model != NULL && !cs_kind_from_string (strchr (model, '/') + 1, &kind))
    kind = CS_KIND_VIDEO;
  brief = cs_brief_new (kind);
  brief->prompt = g_strdup (prompt);
  brief->model = g_strdup (model);
  cs_brief_check (brief, &error);
  g_assert_no_error (error);
  return brief;
}

/** cs_fake_studio_try_add: Returns: (transfer full) (element-type CsJob) (nullable). */
GPtrArray *
cs_fake_studio_try_add (CsFakeStudio *self, GPtrArray *briefs, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_job_queue_add_async (self->queue, briefs, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_job_queue_add_finish (self->queue, result, error);
}

/** cs_fake_studio_add: @brief: (transfer full). Returns: (transfer full): its job, on its way. */
CsJob *
cs_fake_studio_add (CsFakeStudio *self, CsBrief *brief)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (briefs, brief);
  jobs = cs_fake_studio_try_add (self, briefs, &error);
  g_assert_no_error (error);
  return g_object_ref (jobs->pdata[0]);
}

/** cs_fake_studio_resume: Returns: (transfer full) (element-type CsJob): the jobs taken over. */
GPtrArray *
cs_fake_studio_resume (CsFakeStudio *self, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs;

  cs_job_queue_resume_async (self->queue, id, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_resume_finish (self->queue, result, &error);
  g_assert_no_error (error);
  return jobs;
}

gboolean
cs_fake_studio_cancel (CsFakeStudio *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsJob) job = NULL;

  cs_job_queue_cancel_async (self->queue, id, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  job = cs_job_queue_cancel_finish (self->queue, result, error);
  return job != NULL;
}

gboolean
cs_fake_studio_decide (CsFakeStudio *self, const char *id, CsDecision decision, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsJob) job = NULL;

  cs_job_queue_decide_async (self->queue, id, decision, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  job = cs_job_queue_decide_finish (self->queue, result, error);
  return job != NULL;
}

static gpointer
run (CsFakeStudio *self, CsStoreMode mode, CsStoreFunc func, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer answer;

  cs_store_run_async (self->store, mode, func, g_strdup (text), g_free, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  answer = cs_store_run_finish (self->store, result, &error);
  g_assert_no_error (error);
  return answer;
}

static gpointer
load_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return cs_job_store_load (database, data, error);
}

/** cs_fake_studio_load: Returns: (transfer full): the job as it is stored. */
CsJobFacts *
cs_fake_studio_load (CsFakeStudio *self, const char *id)
{
  return run (self, CS_STORE_READ, load_func, id);
}

static gpointer
query_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *value = g_new0 (gint64, 1);

  cs_database_get_integer (database, data, value, error);
  return value;
}

/** cs_fake_studio_query: Returns: the first number of the first row. */
gint64
cs_fake_studio_query (CsFakeStudio *self, const char *sql)
{
  g_autofree gint64 *value = run (self, CS_STORE_READ, query_func, sql);

  return *value;
}

static gpointer
exec_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_database_exec (database, data, error);
  return NULL;
}

void
cs_fake_studio_exec (CsFakeStudio *self, const char *sql)
{
  run (self, CS_STORE_WRITE, exec_func, sql);
}

/* Waiting */

typedef struct
{
  CsJob *job;
  int state;
  int waiting;
} Wanted;

static gboolean
is_as_wanted_cb (gpointer user_data)
{
  Wanted *wanted = user_data;
  const CsJobFacts *facts = cs_job_get_facts (wanted->job);

  return (wanted->state < 0 || facts->state == (CsJobState) wanted->state)
         && (wanted->waiting < 0 || facts->waiting == (CsWaiting) wanted->waiting);
}

static void
wait_for (Wanted *wanted)
{
  const CsJobFacts *facts;

  if (cs_test_wait_seconds (is_as_wanted_cb, wanted, CS_TEST_PATIENCE))
    return;
  facts = cs_job_get_facts (wanted->job);
  g_error ("The job is %s, waiting “%s”, error “%s”; wanted was %s, “%s”", cs_job_state_to_string (facts->state),
           cs_waiting_to_string (facts->waiting), facts->error_message != NULL ? facts->error_message : "",
           wanted->state >= 0 ? cs_job_state_to_string (wanted->state) : "any state",
           wanted->waiting >= 0 ? cs_waiting_to_string (wanted->waiting) : "whatever");
}

void
cs_fake_wait_state (CsJob *job, CsJobState state)
{
  Wanted wanted = { job, (int) state, -1 };

  wait_for (&wanted);
}

void
cs_fake_wait_waiting (CsJob *job, CsWaiting waiting)
{
  Wanted wanted = { job, -1, (int) waiting };

  wait_for (&wanted);
}

static gboolean
is_idle_cb (gpointer user_data)
{
  CsFakeStudio *self = user_data;

  return cs_job_queue_get_n_running (self->queue) == 0;
}

/** cs_fake_wait_idle: Until this studio drives nothing any more. */
void
cs_fake_wait_idle (CsFakeStudio *self)
{
  cs_test_wait (is_idle_cb, self);
}

static gboolean
never_cb (gpointer user_data)
{
  gint64 *end = user_data;

  return g_get_monotonic_time () >= *end;
}

/** cs_fake_settle: Turns the main loop for a while, for what must not happen. */
void
cs_fake_settle (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  cs_test_wait (never_cb, &end);
}

/** cs_fake_count_files: Returns: how many names are in @folder, hidden ones too. */
guint
cs_fake_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    count++;
  return count;
}
