/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs over HTTP: the list, one of them, and the user's word on one. */
#include "config.h"

#include "server-studio.h"

#include <string.h>

static JsonArray *
get_all (ServerAnswer *answer)
{
  server_assert_json (answer, 200);
  return json_object_get_array_member (answer->object, "jobs");
}

static guint
count (ServerFixture *fixture, const char *path)
{
  g_autoptr (ServerAnswer) answer = server_get (fixture, path);

  return json_array_get_length (get_all (answer));
}

static char *
build (const char *id, const char *word)
{
  return g_strdup_printf ("jobs/%s/%s", id, word);
}

static void
test_list (void)
{
  static const char *const members[]
      = { "id", "kind", "status", "state", "provider", "progress", "created_at", "updated_at", "attempts" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *done = server_add_job (fixture, "done", "created_at = 5");
  g_autofree char *waiting = server_add_job (fixture, "quoted", "waiting = 'consent', created_at = 6");
  g_autoptr (ServerAnswer) answer = server_get (fixture, "jobs");
  JsonObject *first = json_array_get_object_element (get_all (answer), 0);
  g_autoptr (ServerAnswer) empty = NULL;

  g_assert_cmpuint (json_array_get_length (get_all (answer)), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!json_object_has_member (first, members[i]))
      g_error ("There is no “%s”: %s", members[i], answer->text);
  g_assert_cmpstr (cs_json_get_string (first, "id", ""), ==, waiting);
  g_assert_cmpstr (cs_json_get_string (first, "status", ""), ==, "processing");
  g_assert_cmpstr (cs_json_get_string (first, "waiting", ""), ==, "consent");
  g_assert_cmpuint (count (fixture, "jobs?active=1"), ==, 1);
  g_assert_cmpuint (count (fixture, "jobs?active=false"), ==, 2);
  g_assert_cmpuint (count (fixture, "jobs?limit=1"), ==, 1);
  server_exec (fixture, "DELETE FROM jobs");
  g_assert_cmpuint (count (fixture, "jobs"), ==, 0);
}

static void
test_bad_values (void)
{
  static const struct
  {
    const char *query;
    const char *field;
  } cases[] = { { "active=maybe", "active" }, { "active=", "active" }, { "limit=0", "limit" }, { "limit=1001", "limit" },
                { "limit=x", "limit" } };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("jobs?", cases[i].query, NULL);
      g_autoptr (ServerAnswer) answer = server_get (fixture, path);

      server_assert_error (answer, 422, "invalid_value", cases[i].field);
    }
}

/* By either id, the same; with its creation once there is one. */
static void
test_one (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autofree char *id = server_add_creation (fixture, bytes, NULL);
  g_autofree char *path = g_strconcat ("jobs/", id, NULL);
  g_autofree char *file = g_strdup_printf ("%s/api/studio/creations/%s/file", fixture->address, id);
  g_autoptr (ServerAnswer) ours = NULL;
  g_autoptr (ServerAnswer) theirs = NULL;
  g_autoptr (ServerAnswer) deleted = NULL;

  server_add_attempt (fixture, id, "r_1-A", "succeeded", "yes");
  ours = server_get (fixture, path);
  theirs = server_get (fixture, "jobs/r_1-A");
  server_assert_json (ours, 200);
  g_assert_cmpstr (server_answer_string (ours, "status"), ==, "succeeded");
  g_assert_cmpstr (server_answer_string (ours, "file"), ==, file);
  g_assert_cmpstr (server_answer_string (ours, "creation_id"), ==, id);
  g_assert_cmpstr (server_answer_string (ours, "message"), !=, "");
  g_assert_true (json_object_has_member (ours->object, "progress"));
  g_assert_cmpstr (ours->text, ==, theirs->text);
  g_assert_null (strstr (ours->text, fixture->home->path));
  server_exec (fixture, "DELETE FROM creations");
  deleted = server_get (fixture, path);
  server_assert_json (deleted, 200);
  g_assert_true (json_object_get_null_member (deleted->object, "file"));
}

/* What is no id is not looked for. */
static void
test_ids (void)
{
  static const char *const ids[] = { "%2e%2e", "a%2fb", "x", "%00", "a.b", "%ff", "a%20b", "01ARZ3NDEKTSV4RRFFQ69G5FAV" };
  static const char *const words[] = { "", "/cancel", "/check", "/resend", "/giveup" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *endless = g_strnfill (1000, 'A');

  for (guint i = 0; i <= G_N_ELEMENTS (ids); i++)
    for (guint j = 0; j < G_N_ELEMENTS (words); j++)
      {
        g_autofree char *path = g_strdup_printf ("jobs/%s%s", i < G_N_ELEMENTS (ids) ? ids[i] : endless, words[j]);
        g_autoptr (ServerAnswer) answer = server_ask (fixture, j == 0 ? "GET" : "POST", path, NULL, NULL);

        g_test_message ("%s", path);
        server_assert_error (answer, 404, "not_found", NULL);
      }
}

/* The words of a failure are in the language of whoever asks; its code stays. */
static void
test_language (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *id = server_add_job (fixture, "failed", "error_code = 'no_key', error_message = 'The key is missing.'");
  g_autofree char *path = g_strconcat ("jobs/", id, NULL);
  g_autoptr (ServerAnswer) english = server_ask (fixture, "GET", path, NULL, "Accept-Language", "en", NULL);
  g_autoptr (ServerAnswer) french = server_ask (fixture, "GET", path, NULL, NULL);
  JsonObject *error = cs_json_get_object (french->object, "error");

  g_assert_cmpstr (server_answer_string (english, "message"), ==, "The key is missing.");
  g_assert_cmpstr (cs_json_get_string (error, "code", ""), ==, "no_key");
  g_assert_cmpstr (server_answer_string (french, "message"), ==, cs_json_get_string (error, "message", ""));
  g_assert_cmpstr (server_answer_header (french, "Content-Language"), ==, "fr");
}

static void
assert_state (ServerAnswer *answer, const char *state)
{
  server_assert_json (answer, 200);
  g_assert_cmpstr (server_answer_string (answer, "state"), ==, state);
}

static void
test_cancel (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *unsent = server_add_job (fixture, "quoted", NULL);
  g_autofree char *sent = server_add_job (fixture, "rendering", NULL);
  g_autofree char *done = server_add_job (fixture, "done", NULL);
  g_autofree char *unsent_path = build (unsent, "cancel");
  g_autofree char *done_path = build (done, "cancel");
  g_autoptr (ServerAnswer) ended = server_post (fixture, unsent_path, NULL);
  g_autoptr (ServerAnswer) again = server_post (fixture, unsent_path, "{}");
  g_autoptr (ServerAnswer) late = server_post (fixture, done_path, NULL);
  g_autoptr (ServerAnswer) wished = NULL;
  g_autoptr (ServerAnswer) read = server_get (fixture, unsent_path);

  assert_state (ended, "cancelled");
  g_assert_cmpstr (server_answer_string (ended, "status"), ==, "canceled");
  server_assert_error (again, 409, "conflict", NULL);
  server_assert_error (late, 409, "conflict", NULL);
  server_assert_error (read, 405, "method_not_allowed", NULL);
  server_add_attempt (fixture, sent, "r-1", "accepted", "no");
  wished = server_post (fixture, "jobs/r-1/cancel", NULL); /* by the provider's id, too */
  assert_state (wished, "rendering");
  g_assert_cmpint (server_query (fixture, "SELECT cancel_requested FROM jobs WHERE id = '%s'", sent), ==, 1);
}

static char *
add_uncertain (ServerFixture *fixture, const char *remote_id)
{
  g_autofree char *sets = g_strdup_printf ("uncertain_since = %" G_GINT64_FORMAT, cs_clock_now ());
  char *id = server_add_job (fixture, "uncertain", sets);

  server_add_attempt (fixture, id, remote_id, "uncertain", "unknown");
  return id;
}

static void
test_decide (void)
{
  static const struct
  {
    const char *word;
    const char *state;
  } cases[] = { { "check", "uncertain" }, { "resend", "quoted" }, { "giveup", "failed" } };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = add_uncertain (fixture, NULL);
      g_autofree char *path = build (id, cases[i].word);
      g_autofree char *other = server_add_job (fixture, "quoted", NULL);
      g_autofree char *other_path = build (other, cases[i].word);
      g_autoptr (ServerAnswer) answer = server_post (fixture, path, NULL);
      g_autoptr (ServerAnswer) wrong = server_post (fixture, other_path, NULL);

      assert_state (answer, cases[i].state);
      server_assert_error (wrong, 409, "conflict", NULL);
    }
}

/* What is paid is not sent a second time, whoever asks how often. */
static void
test_already_paid (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autofree char *paid = add_uncertain (fixture, "r-1");
  g_autofree char *done = server_add_job (fixture, "done", NULL);
  g_autofree char *paid_path = build (paid, "resend");
  g_autofree char *done_path = build (done, "resend");
  g_autoptr (ServerAnswer) one = NULL;
  g_autoptr (ServerAnswer) two = NULL;

  server_exec (fixture, "UPDATE attempts SET billed = 'yes', status = 'succeeded' WHERE job_id = '%s'", paid);
  one = server_post (fixture, paid_path, NULL);
  two = server_post (fixture, done_path, NULL);
  server_assert_error (one, 409, "already_paid", NULL);
  server_assert_error (two, 409, "already_paid", NULL);
  g_assert_cmpint (server_query (fixture, "SELECT state = 'uncertain' FROM jobs WHERE id = '%s'", paid), ==, 1);
}

/* A wallet key has a word only on its own. */
static void
test_keys (void)
{
  static const char *const words[] = { "", "/cancel", "/check", "/resend", "/giveup" };
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  gint64 key_id;
  g_autofree char *code = server_add_key (fixture, 1000000, &key_id);
  g_autofree char *own = add_uncertain (fixture, NULL);
  g_autofree char *foreign = add_uncertain (fixture, NULL);
  g_autofree char *own_path = build (own, "check");
  g_autoptr (ServerAnswer) all = NULL;
  g_autoptr (ServerAnswer) mine = NULL;

  server_exec (fixture, "UPDATE jobs SET key_id = %" G_GINT64_FORMAT " WHERE id = '%s'", key_id, own);
  all = server_ask (fixture, "GET", "jobs?active=1", NULL, "X-Studio-Key", code, NULL);
  g_assert_cmpuint (json_array_get_length (get_all (all)), ==, 1);
  g_assert_cmpstr (cs_json_get_string (json_array_get_object_element (get_all (all), 0), "id", ""), ==, own);
  mine = server_ask (fixture, "POST", own_path, NULL, "X-Studio-Key", code, NULL);
  assert_state (mine, "uncertain");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strdup_printf ("jobs/%s%s", foreign, words[i]);
      const char *method = i == 0 ? "GET" : "POST";
      g_autoptr (ServerAnswer) hidden = server_ask (fixture, method, path, NULL, "X-Studio-Key", code, NULL);
      g_autoptr (ServerAnswer) unknown = server_ask (fixture, method, path, NULL, "X-Studio-Key", "nobody's", NULL);

      server_assert_error (hidden, 404, "not_found", NULL);
      server_assert_error (unknown, 402, "insufficient_credit", NULL);
    }
  g_assert_cmpint (server_query (fixture, "SELECT count(*) FROM jobs WHERE state = 'uncertain' AND cancel_requested = 0"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/jobs/list", test_list);
  g_test_add_func ("/server/jobs/bad-values", test_bad_values);
  g_test_add_func ("/server/jobs/one", test_one);
  g_test_add_func ("/server/jobs/ids", test_ids);
  g_test_add_func ("/server/jobs/language", test_language);
  g_test_add_func ("/server/jobs/cancel", test_cancel);
  g_test_add_func ("/server/jobs/decide", test_decide);
  g_test_add_func ("/server/jobs/already-paid", test_already_paid);
  g_test_add_func ("/server/jobs/keys", test_keys);
  return g_test_run ();
}
