/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-scene.h"

#include <string.h>

#define KEY "canary0123456789abcdef"
#define MAX_CALLS 200
#define ENDED_POLL 20 /* milliseconds between two questions */

/* Keys come from the environment once, so it is set for every studio anew. */
static void
set_keys (ServerScene *self, const char *keys)
{
  static const char *const names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };
  g_autofree char *closed = cs_fake_server_dup_closed_base (self->fake, "ollama");

  cs_fake_server_set_environment (self->fake);
  if (strchr (keys, 'o') == NULL)
    g_setenv ("OLLAMA_HOST", closed, TRUE);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "20", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strchr (keys, "prhg"[i]) != NULL)
      g_setenv (names[i], KEY, TRUE);
    else
      g_unsetenv (names[i]);
}

ServerScene *
server_scene_open (const char *keys)
{
  ServerScene *self = g_new0 (ServerScene, 1);

  self->fake = cs_fake_server_new (NULL);
  set_keys (self, keys);
  self->server = server_open (NULL);
  g_object_unref (self->server->session); /* which makes two calls at a time */
  self->server->session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", 120, "max-conns", MAX_CALLS,
                                                         "max-conns-per-host", MAX_CALLS, NULL);
  return self;
}

void
server_scene_close (ServerScene *self)
{
  server_close (self->server);
  cs_fake_server_free (self->fake);
  g_free (self);
}

static void
close_engine (ServerFixture *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_engine_close_async (server->engine, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_engine_close_finish (server->engine, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_clear_object (&server->engine);
}

static void
open_engine (ServerFixture *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsPaths) paths = cs_paths_new (&error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) resumed = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  g_assert_no_error (error);
  cs_engine_open_async (paths, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  server->engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
  cs_job_queue_resume_async (cs_engine_get_queue (server->engine), NULL, NULL, cs_test_keep_result, &resumed);
  cs_test_wait_result (&resumed);
  jobs = cs_job_queue_resume_finish (cs_engine_get_queue (server->engine), resumed, &error);
  g_assert_no_error (error);
}

void
server_scene_reopen (ServerScene *self)
{
  server_stop (self->server);
  close_engine (self->server);
  open_engine (self->server);
  server_restart (self->server, NULL);
}

/* Calls */

static SoupMessage *
make_message (ServerScene *self, const char *method, const char *path, const char *body)
{
  SoupMessage *message = server_message (self->server, method, path, body);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Language", "en");
  return message;
}

ServerAnswer *
server_scene_make (ServerScene *self, const char *path, const char *body)
{
  return server_send (self->server, make_message (self, "POST", path, body));
}

ServerAnswer *
server_scene_read (ServerScene *self, const char *path)
{
  return server_send (self->server, make_message (self, "GET", path, NULL));
}

/* One call on its way. */
typedef struct
{
  GAsyncResult *result; /* first: the slot */
  SoupMessage *message;
  GCancellable *cancellable;
} Pending;

GAsyncResult **
server_scene_start (ServerScene *self, const char *path, const char *body, const char *header, const char *value)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->message = make_message (self, body != NULL ? "POST" : "GET", path, body);
  pending->cancellable = g_cancellable_new ();
  if (header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (pending->message), header, value);
  soup_session_send_and_read_async (self->server->session, pending->message, G_PRIORITY_DEFAULT, pending->cancellable,
                                    cs_test_keep_result, &pending->result);
  return &pending->result;
}

ServerAnswer *
server_scene_end (ServerScene *self, GAsyncResult **slot)
{
  Pending *pending = (Pending *) slot;
  g_autoptr (GBytes) body = NULL;
  ServerAnswer *answer;

  cs_test_wait_result (&pending->result);
  body = soup_session_send_and_read_finish (self->server->session, pending->result, NULL);
  answer = server_answer_new (body != NULL ? soup_message_get_status (pending->message) : 0,
                              soup_message_get_response_headers (pending->message), body);
  g_object_unref (pending->message);
  g_object_unref (pending->cancellable);
  g_object_unref (pending->result);
  g_free (pending);
  return answer;
}

void
server_scene_drop (ServerScene *self, GAsyncResult **slot)
{
  Pending *pending = (Pending *) slot;
  g_autoptr (ServerAnswer) none = NULL;

  g_cancellable_cancel (pending->cancellable);
  none = server_scene_end (self, slot);
  g_assert_cmpuint (none->status, ==, 0);
}

/* Waiting */

static gboolean
is_over_cb (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static gboolean
over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

ServerAnswer *
server_scene_wait (ServerScene *self, const char *route, const char *id)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", route, id);

  while (TRUE)
    {
      ServerAnswer *answer = server_scene_read (self, path);
      gboolean is_over = FALSE;

      server_assert_json (answer, 200);
      if (g_strcmp0 (server_answer_string (answer, "status"), "processing") != 0)
        return answer;
      server_answer_free (answer);
      g_timeout_add (ENDED_POLL, over_cb, &is_over);
      cs_test_wait (is_over_cb, &is_over);
    }
}

CsJob *
server_scene_get_job (ServerScene *self, const char *id)
{
  CsJobQueue *queue = cs_engine_get_queue (self->server->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsJob *job;

  cs_job_queue_get_async (queue, id, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  job = cs_job_queue_get_finish (queue, result, &error);
  g_assert_no_error (error);
  return job;
}

typedef struct
{
  CsJob *job;
  CsJobState state;
} Wish;

static gboolean
has_state_cb (gpointer user_data)
{
  Wish *wish = user_data;

  return cs_job_get_facts (wish->job)->state == wish->state;
}

void
server_scene_wait_state (ServerScene *self, const char *id, CsJobState state)
{
  g_autoptr (CsJob) job = server_scene_get_job (self, id);
  Wish wish = { job, state };

  cs_test_wait (has_state_cb, &wish);
}

typedef struct
{
  CsFakeServer *fake;
  const char *vendor;
  const char *operation;
} Asking;

static gboolean
is_asked_cb (gpointer user_data)
{
  Asking *asking = user_data;

  return cs_fake_server_count (asking->fake, asking->vendor, asking->operation) > 0;
}

void
server_scene_wait_asked (ServerScene *self, const char *vendor, const char *operation)
{
  Asking asking = { self->fake, vendor, operation };

  cs_test_wait (is_asked_cb, &asking);
}

/* The database */

static gpointer
exec_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, data, error);

  if (statement != NULL)
    cs_statement_run (statement, error);
  return NULL;
}

static gpointer
query_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CsStatement) statement = cs_statement_new (database, data, error);
  gint64 *number = g_new0 (gint64, 1);

  if (statement != NULL && cs_statement_step (statement, error))
    *number = cs_statement_get_int (statement, 0);
  return number;
}

static gpointer
run (ServerScene *self, CsStoreMode mode, CsStoreFunc func, const char *sql)
{
  CsStore *store = cs_engine_get_store (self->server->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value;

  cs_store_run_async (store, mode, func, g_strdup (sql), g_free, g_free, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  value = cs_store_run_finish (store, result, &error);
  g_assert_no_error (error);
  return value;
}

void
server_scene_exec (ServerScene *self, const char *sql)
{
  run (self, CS_STORE_WRITE, exec_func, sql);
}

gint64
server_scene_query (ServerScene *self, const char *sql)
{
  g_autofree gint64 *number = run (self, CS_STORE_READ, query_func, sql);

  return *number;
}

/* Words */

const char *
server_words (CsLanguage language, const char *sentence)
{
  g_auto (CsWordsScope) scope G_GNUC_UNUSED = cs_words_enter (language);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return cs_words (sentence);
#pragma GCC diagnostic pop
}
