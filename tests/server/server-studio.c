/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-studio.h"

#include "jobs/cs-job-store.h"
#include "library/cs-creation-store.h"

#include <unistd.h>

static gpointer
run (ServerFixture *self, CsStoreMode mode, CsStoreFunc func, gpointer data)
{
  CsStore *store = cs_engine_get_store (self->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value;

  cs_store_run_async (store, mode, func, data, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  value = cs_store_run_finish (store, result, &error);
  g_assert_no_error (error);
  return value;
}

static gpointer
exec_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_database_exec (database, data, error);
  return NULL;
}

void
server_exec (ServerFixture *self, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  run (self, CS_STORE_WRITE, exec_func, sql);
}

static gpointer
query_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *value = g_new0 (gint64, 1);

  cs_database_get_integer (database, data, value, error);
  return value;
}

gint64
server_query (ServerFixture *self, const char *format, ...)
{
  g_autofree gint64 *value = NULL;
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  value = run (self, CS_STORE_READ, query_func, sql);
  return *value;
}

/* Jobs */

static gpointer
insert_job_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_job_store_insert (database, data, error);
  return NULL;
}

/* @sets: behind those that make the row one of this state. */
char *
server_add_job (ServerFixture *self, const char *state, const char *sets)
{
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_IMAGE);
  g_autoptr (CsJobFacts) facts = NULL;

  brief->prompt = g_strdup ("a boat");
  facts = cs_job_facts_new (brief);
  run (self, CS_STORE_WRITE, insert_job_func, facts);
  server_exec (self,
               "UPDATE jobs SET state = '%s', screenplay = '{\"prompt\": \"a boat\"}', chain = '[\"replicate/flux-schnell\"]',"
               " provider = 'replicate', model = 'replicate/flux-schnell', estimated_cost = 3000, max_cost = 3000%s%s"
               " WHERE id = '%s'",
               state, sets != NULL ? ", " : "", sets != NULL ? sets : "", facts->id);
  return g_strdup (facts->id);
}

void
server_add_attempt (ServerFixture *self, const char *id, const char *remote_id, const char *status, const char *billed)
{
  g_autoptr (CsRequest) request = cs_request_new ();
  g_autofree char *json = NULL;

  request->creation_id = g_strdup (id);
  request->model = g_strdup ("replicate/flux-schnell");
  request->prompt = g_strdup ("a boat");
  request->original_prompt = g_strdup ("un bateau");
  request->work_file = g_strdup_printf ("/w/%s-1.part", id);
  json = cs_request_to_json (request);
  server_exec (self,
               "INSERT INTO attempts (job_id, number, provider, model, request, status, remote_id, billed, hold, cost, created_at,"
               " sent_at) SELECT '%1$s', 1 + count(*), 'replicate', 'replicate/flux-schnell', '%2$s', '%3$s', nullif ('%4$s', ''),"
               " '%5$s', 3000, 3000, 1790000000000000, 1790000000000000 FROM attempts WHERE job_id = '%1$s'",
               id, json, status, remote_id != NULL ? remote_id : "", billed);
}

/* Creations */

static CsCreationFacts *
make_facts (const char *id)
{
  CsCreationFacts *facts = cs_creation_facts_new ();

  facts->id = g_strdup (id);
  facts->job_id = g_strdup (id);
  facts->kind = CS_KIND_IMAGE;
  facts->title = g_strdup ("A boat");
  facts->prompt = g_strdup ("a boat, cinematic");
  facts->original_prompt = g_strdup ("a boat");
  facts->notes = g_strdup ("");
  facts->provider = g_strdup ("replicate");
  facts->model = g_strdup ("replicate/flux-schnell");
  facts->style = g_strdup ("cinematic");
  facts->aspect_ratio = g_strdup ("16:9");
  facts->width = 1280;
  facts->height = 720;
  facts->file = g_strconcat (id, ".png", NULL);
  facts->mime_type = g_strdup ("image/png");
  facts->cost = 3000;
  facts->source = CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA;
  facts->created_at = cs_clock_now ();
  return facts;
}

static gpointer
insert_creation_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_creation_store_insert (database, data, error);
  return NULL;
}

char *
server_add_creation (ServerFixture *self, GBytes *file, const char *sets)
{
  g_autofree char *id = server_add_job (self, "done", NULL);
  g_autoptr (CsCreationFacts) facts = make_facts (id);
  g_autoptr (GBytes) bytes = file != NULL ? g_bytes_ref (file) : g_bytes_new_static ("", 0);
  g_autofree char *path = g_build_filename (cs_paths_get_creations (cs_engine_get_paths (self->engine)), facts->file, NULL);
  g_autoptr (GError) error = NULL;

  facts->size = g_bytes_get_size (bytes);
  facts->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  run (self, CS_STORE_WRITE, insert_creation_func, facts);
  if (sets != NULL)
    server_exec (self, "UPDATE creations SET %s WHERE id = '%s'", sets, id);
  if (file != NULL)
    g_file_set_contents (path, g_bytes_get_size (file) > 0 ? g_bytes_get_data (file, NULL) : "", g_bytes_get_size (file), &error);
  g_assert_no_error (error);
  return g_steal_pointer (&id);
}

char *
server_build_path (ServerFixture *self, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".png", NULL);

  return g_build_filename (cs_paths_get_creations (cs_engine_get_paths (self->engine)), name, NULL);
}

/* Wallet keys */

char *
server_add_key (ServerFixture *self, CsMoney credit, gint64 *id)
{
  CsWallet *wallet = cs_engine_get_wallet (self->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsWalletKey) key = NULL;
  char *code = NULL;

  cs_wallet_create_async (wallet, "test", credit, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  key = cs_wallet_create_finish (wallet, result, &code, &error);
  g_assert_no_error (error);
  if (id != NULL)
    *id = key->id;
  return code;
}

/* This process */

gsize
server_get_memory (void)
{
#ifdef CS_SANITIZED
  return 0; /* what is freed is kept there for a while */
#else
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  fields = g_strsplit (text, " ", 3);
  return g_ascii_strtoull (fields[1], NULL, 10) * sysconf (_SC_PAGESIZE);
#endif
}
