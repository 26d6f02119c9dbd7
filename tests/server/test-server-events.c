/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events over HTTP: of this process and of others, missed ones, many listeners, and such with bad manners. */
#include "config.h"

#include "server-listener.h"
#include "server-socket.h"
#include "server-studio.h"

#include "jobs/cs-job-store.h"

#include <string.h>

/* Another process */

static CsStore *
open_store (ServerFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsStore *store;

  cs_store_open_async (cs_engine_get_paths (fixture->engine), NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  store = cs_store_open_finish (result, &error);
  g_assert_no_error (error);
  return store;
}

static void
close_store (CsStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_store_close_async (store, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  g_object_unref (store);
}

static gpointer
exec_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  cs_database_exec (database, data, error);
  return NULL;
}

/* As another process would: nobody in this one is told, but the database. */
static void
exec (CsStore *store, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
exec (CsStore *store, const char *format, ...)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  cs_store_run_async (store, CS_STORE_WRITE, exec_func, sql, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_store_run_finish (store, result, &error);
  g_assert_no_error (error);
}

/* The tests */

static void
test_form (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (Listener) listener = listener_new (fixture);
  SoupMessageHeaders *headers = soup_message_get_response_headers (listener->message);

  g_assert_cmpuint (soup_message_get_status (listener->message), ==, 200);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Content-Type"), ==, "text/event-stream");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Cache-Control"), ==, "no-store");
  g_assert_true (g_str_has_prefix (listener->text->str, "retry: 2000\n\n"));
}

static void
test_head (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerAnswer) answer = server_ask (fixture, "HEAD", "events", NULL, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (server_answer_header (answer, "Content-Type"), ==, "text/event-stream");
}

static void
test_bad_values (void)
{
  static const char *const values[] = { "-1", "x", "", "99999999999999999999", "1.5" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *path = g_strconcat ("events?since=", values[i], NULL);
      g_autoptr (ServerAnswer) answer = server_get (fixture, path);

      server_assert_error (answer, 422, "invalid_value", "since");
    }
}

/* A whole job, made here by Sketch: every state that is written, its creation, and the same to two who listen. */
static void
test_own_job (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (Listener) one = listener_new (fixture);
  g_autoptr (Listener) two = listener_new (fixture);
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  CsJobQueue *queue = cs_engine_get_queue (fixture->engine);
  CsBrief *brief = cs_brief_new (CS_KIND_IMAGE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  brief->prompt = g_strdup ("a boat");
  brief->provider = g_strdup ("sketch");
  g_ptr_array_add (briefs, brief);
  cs_job_queue_add_async (queue, briefs, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_add_finish (queue, result, &error);
  g_assert_no_error (error);
  id = g_strdup (cs_job_get_id (jobs->pdata[0]));
  listener_wait_for_job (one, id, "done");
  listener_wait_for_creation (one, id);
  listener_wait_for_job (two, id, "done");
  listener_wait_for_creation (two, id);
  g_assert_cmpuint (listener_count (one, "event: job"), >, 2);
  g_assert_cmpuint (listener_count (one, "\"state\":\"done\""), ==, 1);
  g_assert_cmpuint (listener_count (one, "event: creation"), ==, 1);
}

static void
test_own_words (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *job = server_add_job (fixture, "quoted", NULL);
  g_autofree char *creation = server_add_creation (fixture, NULL, NULL);
  g_autoptr (Listener) listener = listener_new (fixture);
  g_autofree char *cancel = g_strdup_printf ("jobs/%s/cancel", job);
  g_autofree char *path = g_strconcat ("creations/", creation, NULL);
  g_autoptr (ServerAnswer) cancelled = server_post (fixture, cancel, NULL);
  g_autoptr (ServerAnswer) trashed = server_ask (fixture, "DELETE", path, NULL, NULL);

  server_assert_json (cancelled, 200);
  server_assert_json (trashed, 200);
  listener_wait_for_job (listener, job, "cancelled");
  listener_wait_for_creation (listener, creation);
}

static void
test_other_process (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *job = server_add_job (fixture, "rendering", "progress = 0.25");
  g_autofree char *creation = NULL;
  g_autoptr (Listener) listener = NULL;
  CsStore *store = open_store (fixture);

  creation = server_add_creation (fixture, NULL, NULL);
  server_add_attempt (fixture, job, "r-1", "accepted", "no");
  listener = listener_new (fixture);
  exec (store, "UPDATE jobs SET progress = 0.5 WHERE id = '%s'", job);
  listener_wait_for (listener, "\"progress\":0.5}");
  exec (store, "UPDATE jobs SET state = 'downloading' WHERE id = '%s'", job);
  listener_wait_for_job (listener, job, "downloading");
  exec (store, "UPDATE creations SET title = 'another' WHERE id = '%s'", creation);
  listener_wait_for_creation (listener, creation);
  exec (store, "DELETE FROM creations WHERE id = '%s'", creation);
  listener_wait_count (listener, "event: creation", 2);
  exec (store, "UPDATE jobs SET updated_at = updated_at + 1, not_before = 7 WHERE id = '%s'", job); /* nothing that is told */
  exec (store, "UPDATE jobs SET state = 'done' WHERE id = '%s'", job);
  listener_wait_for_job (listener, job, "done");
  g_assert_cmpuint (listener_count (listener, "event: job"), ==, 3);
  close_store (store);
}

/* Whoever comes back is told once of each that changed meanwhile, as it stands now, and of nothing else. */
static void
test_come_back (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *old = server_add_job (fixture, "quoted", NULL);
  g_autofree char *moved = server_add_job (fixture, "quoted", NULL);
  g_autofree char *made = NULL;
  g_autofree char *id = NULL;
  g_autofree char *last = NULL;
  Listener *first = listener_new (fixture);

  id = listener_dup_last_id (first);
  listener_free (first);
  server_exec (fixture, "UPDATE jobs SET state = 'holding' WHERE id = '%s'", moved);
  server_exec (fixture, "UPDATE jobs SET state = 'cancelled' WHERE id = '%s'", moved);
  made = server_add_creation (fixture, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_strconcat ("events?since=", id, NULL);
      g_autoptr (Listener) again = NULL;

      if (i == 1)
        server_restart (fixture, NULL); /* the numbers are in the database */
      again = i == 0 ? listener_new_with (fixture, path, NULL, NULL) : listener_new_with (fixture, "events", "Last-Event-ID", id);
      listener_wait_for_creation (again, made);
      g_assert_cmpuint (listener_count (again, moved), ==, 1);
      listener_wait_for_job (again, moved, "cancelled");
      listener_wait_for_job (again, made, "done");
      g_assert_null (strstr (again->text->str, old));
      g_assert_cmpuint (listener_count (again, "event: "), ==, 3);
      g_free (last);
      last = listener_dup_last_id (again);
    }
  first = listener_new_with (fixture, "events", "Last-Event-ID", last); /* he has seen all */
  server_exec (fixture, "UPDATE jobs SET state = 'cancelled' WHERE id = '%s'", old);
  cs_library_notify (cs_engine_get_library (fixture->engine), NULL);
  listener_wait_for_job (first, old, "cancelled");
  g_assert_cmpuint (listener_count (first, "event: "), ==, 1);
  listener_free (first);
}

static void
test_hundred (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *id = server_add_creation (fixture, NULL, NULL);
  g_autofree char *path = g_strconcat ("creations/", id, NULL);
  g_autoptr (GPtrArray) listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) listener_free);
  g_autoptr (ServerAnswer) trashed = NULL;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (listeners, listener_new_with (fixture, "events", NULL, NULL));
  for (guint i = 0; i < listeners->len; i++)
    listener_wait_begun (listeners->pdata[i]);
  trashed = server_ask (fixture, "DELETE", path, NULL, NULL);
  server_assert_json (trashed, 200);
  for (guint i = 0; i < listeners->len; i++)
    {
      listener_wait_for_creation (listeners->pdata[i], id);
      g_assert_cmpuint (listener_count (listeners->pdata[i], "event: "), ==, 1);
    }
}

/* What is no id begins now; one that this database never gave is told all. */
static void
test_strange_ids (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *job = server_add_job (fixture, "quoted", NULL);
  g_autoptr (Listener) word = listener_new_with (fixture, "events", "Last-Event-ID", "yesterday");
  g_autoptr (Listener) late = listener_new_with (fixture, "events", "Last-Event-ID", "8000000000000000000");
  g_autoptr (Listener) all = listener_new_with (fixture, "events?since=0", NULL, NULL);

  listener_wait_for_job (late, job, "quoted");
  listener_wait_for_job (all, job, "quoted");
  listener_wait_begun (word);
  g_assert_null (strstr (word->text->str, "event: "));
}

/* More than one page: each once, in order. */
static void
test_many_changes (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *job = server_add_job (fixture, "quoted", NULL);
  g_autofree char *last = NULL;
  g_autoptr (Listener) listener = NULL;
  gint64 number = 0;

  server_exec (fixture, "WITH RECURSIVE k (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM k WHERE v < 1234)"
                        " INSERT INTO jobs (id, kind, state, brief, created_at, updated_at)"
                        " SELECT printf ('%%026d', v), 'image', 'failed', '{}', v, v FROM k");
  listener = listener_new_with (fixture, "events?since=0", NULL, NULL);
  last = g_strdup_printf ("%026d", 1234);
  listener_wait_for (listener, last);
  g_assert_cmpuint (listener_count (listener, "event: job"), ==, 1235);
  for (const char *at = strstr (listener->text->str, "\nid: "); at != NULL; at = strstr (at + 1, "\nid: "))
    {
      gint64 next = g_ascii_strtoll (at + strlen ("\nid: "), NULL, 10);

      g_assert_cmpint (next, >, number);
      number = next;
    }
}

static void
test_keys (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  gint64 key_id;
  g_autofree char *code = server_add_key (fixture, 1000000, &key_id);
  g_autofree char *own = server_add_creation (fixture, NULL, NULL);
  g_autofree char *foreign = server_add_creation (fixture, NULL, NULL);
  g_autoptr (Listener) listener = NULL;
  g_autoptr (ServerAnswer) unknown = server_ask (fixture, "GET", "events", NULL, "X-Studio-Key", "nobody's", NULL);

  server_assert_error (unknown, 402, "insufficient_credit", NULL);
  server_exec (fixture, "UPDATE jobs SET key_id = %" G_GINT64_FORMAT " WHERE id = '%s'", key_id, own);
  listener = listener_new_with (fixture, "events", "X-Studio-Key", code);
  listener_wait_begun (listener);
  server_exec (fixture, "UPDATE creations SET favourite = 1");
  server_exec (fixture, "UPDATE jobs SET state = 'failed' WHERE id = '%s'", foreign);
  server_exec (fixture, "UPDATE jobs SET progress = 0.75 WHERE id = '%s'", own);
  cs_library_notify (cs_engine_get_library (fixture->engine), NULL);
  listener_wait_for_creation (listener, own);
  listener_wait_for_job (listener, own, "done");
  g_assert_null (strstr (listener->text->str, foreign));
}

/* The server stops: every stream ends as it should. */
static void
test_stop (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  Listener *one = listener_new (fixture);
  Listener *two = listener_new (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_api_server_stop_async (fixture->server, NULL, cs_test_keep_result, &result);
  listener_wait_over (one);
  listener_wait_over (two);
  cs_test_wait_result (&result);
  cs_api_server_stop_finish (fixture->server, result, &error);
  g_assert_no_error (error);
  listener_free (one);
  listener_free (two);
}

typedef struct
{
  gpointer instance;
  guint signal;
} Hearing;

static gboolean
is_heard_cb (gpointer user_data)
{
  Hearing *hearing = user_data;

  return g_signal_has_handler_pending (hearing->instance, hearing->signal, 0, TRUE);
}

static gboolean
is_unheard_cb (gpointer user_data)
{
  return !is_heard_cb (user_data);
}

/* Nobody listens: nothing is connected any more, so nothing is asked. However they leave. */
static void
test_hang_up (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  Hearing hearing = { cs_engine_get_queue (fixture->engine), g_signal_lookup ("job-changed", CS_TYPE_JOB_QUEUE) };
  Listener *listener = NULL;
  ServerSocket *socket = NULL;

  g_assert_false (is_heard_cb (&hearing));
  listener = listener_new (fixture);
  g_assert_true (is_heard_cb (&hearing));
  listener_free (listener);
  cs_test_wait (is_unheard_cb, &hearing);

  socket = server_socket_new (fixture);
  server_socket_send (socket, "GET /api/studio/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  cs_test_wait (is_heard_cb, &hearing);
  server_socket_free (socket);
  cs_test_wait (is_unheard_cb, &hearing);

  socket = server_socket_new (fixture); /* as old programs do */
  server_socket_send (socket, "GET /api/studio/events HTTP/1.0\r\nHost: localhost\r\n\r\n");
  cs_test_wait (is_heard_cb, &hearing);
  server_socket_free (socket);
  cs_test_wait (is_unheard_cb, &hearing);
}

/* Whoever does not read piles up nothing here, and holds up nobody else. */
static void
test_no_reader (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *job = server_add_job (fixture, "rendering", NULL);
  g_autoptr (ServerSocket) silent = server_socket_new (fixture);
  g_autoptr (Listener) listener = NULL;
  gsize before = 0;

  server_exec (fixture, "WITH RECURSIVE k (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM k WHERE v < 100000)"
                        " INSERT INTO jobs (id, kind, state, brief, created_at, updated_at)"
                        " SELECT printf ('%%026d', v), 'image', 'failed', '{}', v, v FROM k"); /* 15 MB to tell */
  server_add_attempt (fixture, job, "r-1", "accepted", "no");
  before = server_get_memory ();
  server_socket_send (silent, "GET /api/studio/events?since=0 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  listener = listener_new (fixture);
  for (guint i = 1; i <= 50; i++)
    {
      g_autofree char *words = g_strdup_printf ("\"progress\":0.%02u1", i);

      server_exec (fixture, "UPDATE jobs SET progress = 0.%02u1 WHERE id = '%s'", i, job);
      cs_library_notify (cs_engine_get_library (fixture->engine), NULL);
      listener_wait_for (listener, words);
    }
  g_assert_cmpint (server_get_memory () - before, <, 16 * 1024 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/events/form", test_form);
  g_test_add_func ("/server/events/head", test_head);
  g_test_add_func ("/server/events/bad-values", test_bad_values);
  g_test_add_func ("/server/events/own-job", test_own_job);
  g_test_add_func ("/server/events/own-words", test_own_words);
  g_test_add_func ("/server/events/other-process", test_other_process);
  g_test_add_func ("/server/events/come-back", test_come_back);
  g_test_add_func ("/server/events/strange-ids", test_strange_ids);
  g_test_add_func ("/server/events/many-changes", test_many_changes);
  g_test_add_func ("/server/events/hundred", test_hundred);
  g_test_add_func ("/server/events/keys", test_keys);
  g_test_add_func ("/server/events/stop", test_stop);
  g_test_add_func ("/server/events/hang-up", test_hang_up);
  g_test_add_func ("/server/events/no-reader", test_no_reader);
  return g_test_run ();
}
