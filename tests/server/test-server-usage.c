/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used, over HTTP: sums, spans of time, users, wallet keys, and the table for a spreadsheet. */
#include "config.h"

#include "server-studio.h"

#include <string.h>

static void
add_event (ServerFixture *fixture, const char *at, const char *user, gint64 key_id)
{
  g_autofree char *job = server_add_job (fixture, "done", NULL);
  g_autofree char *key = key_id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, key_id) : g_strdup ("NULL");
  gint64 time = 0;

  g_assert_true (cs_text_parse_time (at, &time));
  server_exec (fixture,
               "INSERT INTO usage_events (at, job_id, attempt, user_id, key_id, kind, provider, model, units, unit, estimated, cost,"
               " sale) VALUES (%" G_GINT64_FORMAT ", '%s', 1, '%s', %s, 'image', 'replicate', 'replicate/flux-schnell', 1, 'image',"
               " 3000, 3000, 5000)",
               time, job, user, key);
}

static guint
count (ServerAnswer *answer)
{
  server_assert_json (answer, 200);
  return json_array_get_length (json_object_get_array_member (answer->object, "events"));
}

static void
test_empty (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerAnswer) answer = server_get (fixture, "usage");

  g_assert_cmpuint (count (answer), ==, 0);
  g_assert_nonnull (cs_json_get_object (answer->object, "totals"));
  g_assert_nonnull (cs_json_get_array (answer->object, "by_model"));
}

/* A day is a day in UTC, the last one with all of its hours. */
static void
test_spans (void)
{
  static const struct
  {
    const char *query;
    guint n;
  } cases[] = {
    { "", 4 },
    { "?from=2026-03-02", 3 },
    { "?to=2026-03-02", 3 },
    { "?from=2026-03-02&to=2026-03-02", 2 },
    { "?from=2026-03-02T12:00:00Z", 2 },
    { "?to=2026-03-02T12:00:00Z", 2 },
    { "?from=2026-03-02T12:00:00%2B00:00&to=2026-03-02T13:00:00+00:00", 1 },
    { "?from=2026-03-03&to=2026-03-01", 0 },
    { "?user_id=ali", 3 },
    { "?user_id=ali&to=2026-03-01", 1 },
    { "?user_id=nobody", 0 },
    { "?user_id=", 0 },
  };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  add_event (fixture, "2026-03-01T10:00:00Z", "ali", 0);
  add_event (fixture, "2026-03-02T00:00:00Z", "ali", 0);
  add_event (fixture, "2026-03-02T12:30:00Z", "sara", 0);
  add_event (fixture, "2026-03-03T00:00:00Z", "ali", 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("usage", cases[i].query, NULL);
      g_autoptr (ServerAnswer) answer = server_get (fixture, path);

      g_test_message ("%s", path);
      g_assert_cmpuint (count (answer), ==, cases[i].n);
    }
}

static void
test_bad_values (void)
{
  static const struct
  {
    const char *query;
    const char *field;
  } cases[] = {
    { "from=yesterday", "from" }, { "from=", "from" }, { "from=2026-02-30", "from" }, { "to=2026-13-01", "to" },
    { "to=2026-03-01T25:00:00Z", "to" }, { "to=1790000000", "to" }, { "user_id=%ff", "user_id" }, { "format=xml", "format" },
    { "from=2026-03-01T00:00:00", "from" },
    { "from=2026-03-01T00:00:00.000000000000000000000000000000000000001Z", "from" },
  };
  g_autoptr (ServerFixture) fixture = server_open (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("usage?", cases[i].query, NULL);
      g_autoptr (ServerAnswer) answer = server_get (fixture, path);

      g_test_message ("%s", path);
      server_assert_error (answer, 422, "invalid_value", cases[i].field);
    }
}

/* What a key's holder was debited, and no more. */
static void
test_keys (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  gint64 key_id;
  g_autofree char *code = server_add_key (fixture, 1000000, &key_id);
  g_autoptr (ServerAnswer) all = NULL;
  g_autoptr (ServerAnswer) own = NULL;
  g_autoptr (ServerAnswer) unknown = NULL;
  g_autoptr (ServerAnswer) empty = NULL;
  JsonObject *totals;

  add_event (fixture, "2026-03-01T10:00:00Z", "ali", key_id);
  add_event (fixture, "2026-03-01T10:00:00Z", "ali", 0);
  all = server_get (fixture, "usage");
  g_assert_cmpuint (count (all), ==, 2);
  own = server_ask (fixture, "GET", "usage", NULL, "X-Studio-Key", code, NULL);
  g_assert_cmpuint (count (own), ==, 1);
  totals = cs_json_get_object (own->object, "totals");
  g_assert_cmpint (cs_json_get_money (totals, "cost_usd", 0), ==, 5000);
  g_assert_null (strstr (own->text, "0.003"));
  unknown = server_ask (fixture, "GET", "usage", NULL, "X-Studio-Key", "nobody's", NULL);
  server_assert_error (unknown, 402, "insufficient_credit", NULL);
  empty = server_ask (fixture, "GET", "usage", NULL, "X-Studio-Key", "", NULL);
  server_assert_error (empty, 402, "insufficient_credit", NULL);
}

static void
test_table (void)
{
  g_autoptr (ServerFixture) fixture = server_open (NULL);
  g_autoptr (ServerAnswer) by_name = NULL;
  g_autoptr (ServerAnswer) by_type = NULL;
  g_autoptr (ServerAnswer) by_both = NULL;

  add_event (fixture, "2026-03-01T10:00:00Z", "ali", 0);
  by_name = server_get (fixture, "usage?format=csv");
  by_type = server_ask (fixture, "GET", "usage", NULL, "Accept", "text/csv", NULL);
  by_both = server_ask (fixture, "GET", "usage?format=json", NULL, "Accept", "text/csv", NULL);
  g_assert_cmpuint (by_name->status, ==, 200);
  g_assert_cmpstr (server_answer_header (by_name, "Content-Type"), ==, "text/csv; charset=utf-8");
  g_assert_nonnull (strstr (by_name->text, "replicate/flux-schnell"));
  g_assert_cmpstr (by_type->text, ==, by_name->text);
  g_assert_cmpuint (count (by_both), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/usage/empty", test_empty);
  g_test_add_func ("/server/usage/spans", test_spans);
  g_test_add_func ("/server/usage/bad-values", test_bad_values);
  g_test_add_func ("/server/usage/keys", test_keys);
  g_test_add_func ("/server/usage/table", test_table);
  return g_test_run ();
}
