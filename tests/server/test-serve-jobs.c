/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `serve` as a process that makes things: how it ends while it does, and how what it began goes on. */
#include "config.h"

#include "serve-support.h"

#include <signal.h>
#include <string.h>

#define MANY 24

#define IMAGE "{'user_prompt': 'A boat at dawn', 'user_id': 'ann', 'screenwriter': false}"
#define DECK "{'user_prompt': 'Boats', 'user_id': 'ann', 'num_slides': 3}"

typedef CliScene Fixture;

/* Asking */

/* A call whose answer is waited for later. @body: with ' for ". */
static ServerSocket *
begin_post (Serve *serve, const char *path, const char *body)
{
  ServerSocket *socket = server_socket_new (&serve->fixture);
  g_autofree char *json = g_strdelimit (g_strdup (body), "'", '"');
  g_autofree char *text = g_strdup_printf ("POST /api/studio/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                           "Content-Length: %zu\r\n\r\n%s",
                                           path, strlen (json), json);

  server_socket_send (socket, text);
  return socket;
}

static char *
post_image (Serve *serve, const char *prompt)
{
  g_autofree char *body = g_strdup_printf ("{'user_prompt': '%s', 'user_id': 'ann', 'screenwriter': false}", prompt);
  g_autoptr (ServerAnswer) answer = server_post (&serve->fixture, "generate-image", body);

  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "processing");
  return g_strdup (server_answer_string (answer, "prediction_id"));
}

typedef struct
{
  Serve *serve;
  const char *id;
  const char *status;
} Question;

static gboolean
has_status_cb (gpointer user_data)
{
  Question *question = user_data;
  g_autofree char *path = g_strconcat ("jobs/", question->id, NULL);
  g_autoptr (ServerAnswer) answer = server_get (&question->serve->fixture, path);

  return g_str_equal (server_answer_string (answer, "status"), question->status);
}

static void
wait_status (Serve *serve, const char *id, const char *status)
{
  Question question = { serve, id, status };

  if (!cs_test_wait (has_status_cb, &question))
    g_error ("%s is never %s", id, status);
}

static guint
count_creations (Serve *serve)
{
  g_autoptr (ServerAnswer) answer = server_get (&serve->fixture, "creations?limit=500");

  server_assert_json (answer, 200);
  return json_array_get_length (cs_json_get_array (answer->object, "creations"));
}

static void
assert_file (Serve *serve, const char *id)
{
  g_autofree char *path = g_strdup_printf ("creations/%s/file", id);
  g_autoptr (ServerAnswer) answer = server_get (&serve->fixture, path);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (answer->body), >, 100);
}

typedef struct
{
  CsFakeServer *server;
  const char *vendor;
  const char *operation;
  guint n;
} Count;

static gboolean
is_counted_cb (gpointer user_data)
{
  Count *count = user_data;

  return cs_fake_server_count (count->server, count->vendor, count->operation) >= count->n;
}

static void
wait_count (Fixture *fixture, const char *vendor, const char *operation, guint n)
{
  Count count = { fixture->server, vendor, operation, n };

  g_assert_true (cs_test_wait (is_counted_cb, &count));
}

/* Its end */

/* What is being answered is finished, with its true end; nothing new begins meanwhile. */
static void
test_finishes_deck (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Serve) serve = serve_start (fixture->home, NULL);
  g_autoptr (ServerSocket) socket = NULL;
  g_autoptr (ServerAnswer) answer = NULL;

  cs_fake_server_set_usual (fixture->server, "groq", "chat", "ok@1500");
  socket = begin_post (serve, "generate-presentation", DECK);
  wait_count (fixture, "groq", "chat", 1);
  g_subprocess_send_signal (serve->process, SIGTERM);
  g_assert_true (serve_refuses (serve));
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "status"), ==, "success");
  g_assert_cmpint (serve_end (serve, 0), ==, 0);
}

static void
test_finishes_image (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Serve) serve = serve_start (fixture->home, NULL);
  g_autoptr (ServerSocket) socket = NULL;
  g_autoptr (ServerAnswer) answer = NULL;
  g_autoptr (Serve) later = NULL;

  cs_fake_server_script (fixture->server, "replicate", "create", "polls:3@1000");
  socket = begin_post (serve, "generate-image", IMAGE);
  wait_count (fixture, "replicate", "create", 1);
  g_subprocess_send_signal (serve->process, SIGTERM);
  answer = server_socket_read (socket);
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "provider"), ==, "replicate");
  g_assert_cmpint (serve_end (serve, 0), ==, 0);
  later = serve_start (fixture->home, NULL);
  wait_status (later, server_answer_string (answer, "prediction_id"), "succeeded");
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, NULL), ==, 1);
}

static void
test_second_signal (Fixture *fixture, int number)
{
  g_autoptr (Serve) serve = serve_start (fixture->home, NULL);
  g_autoptr (ServerSocket) socket = NULL;

  cs_fake_server_set_usual (fixture->server, "replicate", "create", "silent");
  socket = begin_post (serve, "generate-image", IMAGE);
  wait_count (fixture, "replicate", "create", 1);
  g_subprocess_send_signal (serve->process, number);
  g_assert_true (serve_refuses (serve));
  g_assert_cmpint (serve_end (serve, number), ==, 130);
}

static void
test_second_sigterm (Fixture *fixture, gconstpointer data)
{
  test_second_signal (fixture, SIGTERM);
}

static void
test_second_sigint (Fixture *fixture, gconstpointer data)
{
  test_second_signal (fixture, SIGINT);
}

/* Going on */

/* Promise 4: killed while its provider works; the next one fetches what was made, and nobody pays twice. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Serve) serve = serve_start (fixture->home, NULL);
  g_autoptr (Serve) next = NULL;
  g_autofree char *id = NULL;

  cs_fake_server_set_usual (fixture->server, "replicate", "create", "polls:1000000");
  id = post_image (serve, "A boat at dawn");
  g_assert_cmpint (serve_end (serve, SIGKILL), ==, -1);
  cs_fake_server_set_usual (fixture->server, "replicate", "get", "status:succeeded");
  next = serve_start (fixture->home, NULL);
  wait_status (next, id, "succeeded");
  assert_file (next, id);
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, NULL), ==, 1);
  g_assert_cmpint (serve_end (next, SIGTERM), ==, 0);
}

/* What a command leaves with its provider is fetched by the one that stays, without being asked. */
static void
test_detached (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Serve) serve = serve_start (fixture->home, NULL);
  g_autoptr (CliAnswer) left = NULL;
  g_autofree char *id = NULL;

  cs_fake_server_set_usual (fixture->server, "replicate", "create", "polls:3");
  left = cli_ask (NULL, "image", "A boat at dawn", "--no-screenwriter", "--detach", NULL);
  cli_assert_code (left, 0, NULL);
  id = cli_dup_text (left, "id");
  wait_status (serve, id, "succeeded");
  assert_file (serve, id);
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, NULL), ==, 1);
}

/* Two that serve one studio, and a command beside them: each sees what the others made. */
static void
test_together (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Serve) one = serve_start (fixture->home, NULL);
  g_autoptr (Serve) two = serve_start (fixture->home, NULL);
  g_autofree char *first = post_image (one, "By one");
  g_autofree char *second = post_image (two, "By two");
  g_autoptr (CliAnswer) third = cli_ask (NULL, "image", "By a command", "--no-screenwriter", NULL);
  g_autofree char *id = cli_dup_text (third, "id");

  wait_status (two, first, "succeeded");
  wait_status (one, second, "succeeded");
  wait_status (one, id, "succeeded");
  assert_file (two, first);
  assert_file (one, second);
  g_assert_cmpuint (count_creations (one), ==, 3);
  g_assert_cmpuint (count_creations (two), ==, 3);
  g_assert_cmpint (serve_end (one, SIGTERM), ==, 0);
  g_assert_cmpuint (count_creations (two), ==, 3);
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, NULL), ==, 3);
}

/* Stopped and killed again and again with many under way: in the end each was made once. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  static const int signals[] = { SIGTERM, SIGKILL, SIGINT, SIGKILL };
  g_autoptr (Serve) last = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  cs_fake_server_set_usual (fixture->server, "replicate", "create", "polls:15");
  for (guint round = 0; round < G_N_ELEMENTS (signals); round++)
    {
      g_autoptr (Serve) serve = serve_start (fixture->home, NULL);

      for (guint i = 0; i < MANY / G_N_ELEMENTS (signals); i++)
        {
          g_autofree char *prompt = g_strdup_printf ("A boat, number %u", ids->len);

          g_ptr_array_add (ids, post_image (serve, prompt));
        }
      g_assert_cmpint (serve_end (serve, signals[round]), ==, signals[round] == SIGKILL ? -1 : 0);
    }
  last = serve_start (fixture->home, NULL);
  for (guint i = 0; i < ids->len; i++)
    wait_status (last, ids->pdata[i], "succeeded");
  g_assert_cmpuint (count_creations (last), ==, MANY);
  g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, NULL), ==, MANY);
  g_assert_cmpint (serve_end (last, SIGTERM), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, keys, func) g_test_add ("/serve/" name, Fixture, keys, cli_scene_set_up, func, cli_scene_tear_down)
  TEST ("finishes-deck", "g", test_finishes_deck);
  TEST ("finishes-image", "r", test_finishes_image);
  TEST ("second-sigterm", "r", test_second_sigterm);
  TEST ("second-sigint", "r", test_second_sigint);
  TEST ("promise-4/killed", "r", test_killed);
  TEST ("detached", "r", test_detached);
  TEST ("together", "r", test_together);
  TEST ("promise-3/many", "r", test_many);
  return g_test_run ();
}
