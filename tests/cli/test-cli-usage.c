/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used: one event for every act, sums, how the models did, periods, and a table that is safe to open. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <string.h>

static void
make_image (const char *user, const char *prompt)
{
  g_autoptr (CliAnswer) made = cli_ask (NULL, "image", prompt, "--no-screenwriter", "--user-id", user, NULL);

  cli_assert_code (made, 0, NULL);
}

static JsonObject *
get_totals (CliAnswer *usage)
{
  JsonObject *totals = cs_json_get_object (usage->document, "totals");

  g_assert_nonnull (totals);
  return totals;
}

static void
assert_total (CliAnswer *usage, const char *name, CsMoney money)
{
  g_assert_cmpint (cs_json_get_money (get_totals (usage), name, -1), ==, money);
}

static void
test_nothing (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) usage = cli_ask (NULL, "usage", NULL);

  cli_assert_code (usage, 0, NULL);
  g_assert_cmpuint (cli_get_length (usage, "events"), ==, 0);
  g_assert_cmpuint (cli_get_length (usage, "by_model"), ==, 0);
  assert_total (usage, "cost_usd", 0);
  assert_total (usage, "drift_usd", 0);
  g_assert_cmpint (cs_json_get_int (get_totals (usage), "runs", -1), ==, 0);
}

static void
test_event (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) usage = NULL;
  JsonObject *event, *model;
  g_autoptr (CliAnswer) made = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--user-id", "amina", NULL);
  g_autofree char *id = cli_dup_text (made, "id");

  usage = cli_ask (NULL, "usage", NULL);
  cli_assert_code (usage, 0, NULL);
  g_assert_cmpuint (cli_get_length (usage, "events"), ==, 1);
  event = cli_get_element (usage, "events", 0);
  g_assert_cmpstr (cs_json_get_string (event, "user_id", ""), ==, "amina");
  g_assert_cmpstr (cs_json_get_string (event, "kind", ""), ==, "image");
  g_assert_cmpstr (cs_json_get_string (event, "provider", ""), ==, "replicate");
  g_assert_cmpstr (cs_json_get_string (event, "model", ""), ==, "replicate/flux-schnell");
  g_assert_cmpstr (cs_json_get_string (event, "unit", ""), ==, "image");
  g_assert_cmpstr (cs_json_get_string (event, "creation_id", ""), ==, id);
  g_assert_cmpstr (cs_json_get_string (event, "billed", ""), ==, "yes");
  g_assert_cmpint (cs_json_get_int (event, "units", 0), ==, 1);
  g_assert_cmpint (cs_json_get_money (event, "estimated_cost_usd", -1), ==, 3000);
  g_assert_cmpint (cs_json_get_money (event, "cost_usd", -1), ==, 3000);
  g_assert_false (json_object_has_member (event, "key"));
  assert_total (usage, "cost_usd", 3000);
  assert_total (usage, "sale_usd", 0);
  model = cli_get_element (usage, "by_model", 0);
  g_assert_cmpint (cs_json_get_int (model, "runs", 0), ==, 1);
  g_assert_cmpint (cs_json_get_int (model, "succeeded", 0), ==, 1);
  g_assert_cmpint (cs_json_get_int (model, "failed", -1), ==, 0);
  g_assert_cmpfloat (cs_json_get_double (model, "median_s", -1), >=, 0);
  g_assert_cmpfloat (cs_json_get_double (model, "p90_s", -1), >=, 0);
  g_assert_cmpint (cs_json_get_money (model, "cost_usd", -1), ==, 3000);
}

/* What nobody knows is said, and is no drift. */
static void
test_unknown (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) given_up = NULL;
  g_autoptr (CliAnswer) usage = NULL;
  g_autofree char *id = NULL;

  cs_fake_server_set_usual (scene->server, "piapi", "create", "lost");
  answer = cli_ask (NULL, "video", "A boat", "--no-screenwriter", NULL);
  cli_assert_code (answer, 7, "uncertain");
  id = cli_dup_text (answer, "id");
  given_up = cli_ask (NULL, "jobs", "giveup", id, NULL);
  usage = cli_ask (NULL, "usage", NULL);
  g_assert_cmpuint (cli_get_length (usage, "events"), ==, 1);
  g_assert_cmpstr (cs_json_get_string (cli_get_element (usage, "events", 0), "billed", ""), ==, "unknown");
  assert_total (usage, "cost_usd", 280000);
  assert_total (usage, "drift_usd", 0);
}

/* A deck is paid by the token: what it took is not what was quoted, and the difference is told. */
static void
test_drift (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) made = cli_ask (NULL, "deck", "The tides of the sea", "--slides", "4", NULL);
  g_autoptr (CliAnswer) usage = cli_ask (NULL, "usage", NULL);
  CsMoney cost = cs_json_get_money (made->document, "cost_usd", -1);
  CsMoney estimated = cs_json_get_money (get_totals (usage), "estimated_cost_usd", -1);

  cli_assert_code (made, 0, NULL);
  assert_total (usage, "cost_usd", cost);
  g_assert_cmpint (cost, !=, estimated);
  assert_total (usage, "drift_usd", cost - estimated);
  g_assert_cmpint (cs_json_get_money (cli_get_element (usage, "by_model", 0), "drift_usd", -1), ==, cost - estimated);
}

static void
assert_n_events (guint n, const char *option, const char *value, const char *option2, const char *value2)
{
  g_autoptr (CliAnswer) usage = cli_ask (NULL, "usage", option, value, option2, value2, NULL);

  g_test_message ("%s %s %s %s", option, value, option2 != NULL ? option2 : "", value2 != NULL ? value2 : "");
  cli_assert_code (usage, 0, NULL);
  g_assert_cmpuint (cli_get_length (usage, "events"), ==, n);
}

/* Days are of this place and --to is one of them; moments are moments. */
static void
test_period (CliScene *scene, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) before = g_date_time_add_days (now, -1);
  g_autoptr (GDateTime) after = g_date_time_add_days (now, 1);
  g_autoptr (GDateTime) later = g_date_time_add_days (now, 2);
  g_autofree char *yesterday = g_date_time_format (before, "%Y-%m-%d");
  g_autofree char *tomorrow = g_date_time_format (after, "%Y-%m-%d");
  g_autofree char *in_two_days = g_date_time_format (later, "%Y-%m-%d");
  g_autofree char *moment = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S%:z");

  make_image ("amina", "A boat");
  make_image ("bilal", "A ship");
  assert_n_events (2, "--from", yesterday, "--to", tomorrow);
  assert_n_events (0, "--from", in_two_days, NULL, NULL);
  assert_n_events (0, "--to", "1970-01-01T00:00:00Z", NULL, NULL);
  assert_n_events (0, "--to", "1969-12-31", NULL, NULL);
  assert_n_events (2, "--from", "1969-12-31", NULL, NULL);
  assert_n_events (2, "--from", moment, NULL, NULL);
  assert_n_events (0, "--to", moment, NULL, NULL);
  assert_n_events (1, "--user-id", "bilal", NULL, NULL);
  assert_n_events (0, "--user-id", "nobody", NULL, NULL);
}

/* The very day: in a place where it begins at another time than in UTC. */
static void
test_day (CliScene *scene, gconstpointer data)
{
  static const char *const places[] = { "UTC", "Pacific/Kiritimati", "America/Adak" };

  make_image ("amina", "A boat");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (places[i]);
      g_autoptr (CliAnswer) all = cli_ask (NULL, "usage", NULL);
      const char *at = cs_json_get_string (cli_get_element (all, "events", 0), "at", "");
      g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (at, NULL);
      g_autoptr (GDateTime) local = NULL;
      g_autoptr (GDateTime) next = NULL;
      g_autofree char *day = NULL;
      g_autofree char *day_after = NULL;

      g_assert_nonnull (zone);
      local = g_date_time_to_timezone (utc, zone);
      next = g_date_time_add_days (local, 1);
      day = g_date_time_format (local, "%Y-%m-%d");
      day_after = g_date_time_format (next, "%Y-%m-%d");
      g_setenv ("TZ", places[i], TRUE);
      assert_n_events (1, "--from", day, "--to", day);
      assert_n_events (0, "--from", day_after, "--to", day_after);
      g_unsetenv ("TZ");
    }
}

static void
test_bad_period (CliScene *scene, gconstpointer data)
{
  static const char *const bad[] = { "",           "today",      "2026-02-30",          "2026-13-01", "26-01-01", "2026/01/01",
                                     "2026-1-1",   "2026-01-01T", "2026-01-01T10:00:00", "0000-01-01", "9999-12-32",
                                     "2026-01-01 ", "-1" };
  static const char *const options[] = { "--from", "--to" };
  g_autoptr (CliAnswer) swapped = cli_ask (NULL, "usage", "--from", "2026-02-03", "--to", "2026-02-02", NULL);
  g_autoptr (CliAnswer) same_day = cli_ask (NULL, "usage", "--from", "2026-02-03", "--to", "2026-02-03", NULL);
  g_autoptr (CliAnswer) same_moment = cli_ask (NULL, "usage", "--from", "2026-02-03T00:00:00Z", "--to", "2026-02-03T00:00:00Z", NULL);
  g_autoptr (CliAnswer) word = cli_ask (NULL, "usage", "today", NULL);

  cli_assert_code (swapped, 2, "invalid_value");
  g_assert_nonnull (strstr (swapped->run->err, "--from is after --to"));
  cli_assert_code (same_day, 0, NULL);
  cli_assert_code (same_moment, 0, NULL);
  cli_assert_code (word, 2, "usage");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (guint j = 0; j < G_N_ELEMENTS (options); j++)
      {
        g_autoptr (CliAnswer) answer = cli_ask (NULL, "usage", options[j], bad[i], NULL);

        g_test_message ("%s “%s”", options[j], bad[i]);
        cli_assert_code (answer, 2, "invalid_value");
        g_assert_nonnull (strstr (answer->run->err, options[j]));
      }
}

/* RFC 4180: a row of names, one row an event, CRLF; and nothing that a spreadsheet runs. */
static void
test_csv (CliScene *scene, gconstpointer data)
{
  g_autoptr (CsTestRun) csv = NULL;
  g_auto (GStrv) rows = NULL;

  make_image ("=HYPERLINK(\"http://x\",\"y\")", "A boat");
  make_image ("@sum, and more", "A ship");
  csv = cli_run (NULL, "usage", "--csv", NULL);
  g_assert_cmpint (csv->exit_status, ==, 0);
  rows = g_strsplit (csv->out, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (rows), ==, 4); /* the last is what follows the last end of line: nothing */
  g_assert_cmpstr (rows[3], ==, "");
  g_assert_true (g_str_has_prefix (rows[0], "id,at,user_id,key,kind,provider,model,units,unit,estimated_cost_usd,cost_usd"));
  g_assert_nonnull (strstr (rows[1], ",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\","));
  g_assert_nonnull (strstr (rows[2], ",\"'@sum, and more\","));
  g_assert_nonnull (strstr (rows[2], ",0.003,0.003,"));
}

static void
test_csv_and_json (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) both = cli_ask (NULL, "usage", "--csv", NULL);
  g_autoptr (CsTestRun) empty = cli_run (NULL, "usage", "--csv", NULL);

  cli_assert_code (both, 2, "usage");
  g_assert_cmpint (empty->exit_status, ==, 0);
  g_assert_true (g_str_has_suffix (empty->out, "creation_id\r\n"));
}

static void
test_words (CliScene *scene, gconstpointer data)
{
  g_autoptr (CsTestRun) usage = NULL;

  make_image ("amina", "A boat");
  usage = cli_run (NULL, "usage", NULL);
  g_assert_cmpint (usage->exit_status, ==, 0);
  g_assert_nonnull (strstr (usage->out, "replicate/flux-schnell"));
  g_assert_nonnull (strstr (usage->out, "$0.003"));
  g_assert_nonnull (strstr (usage->out, "1 run "));
}

#define add(path, keys, func) g_test_add (path, CliScene, keys, cli_scene_set_up, func, cli_scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/cli/usage/nothing", "", test_nothing);
  add ("/cli/usage/event", "r", test_event);
  add ("/promise-3/usage/unknown", "p", test_unknown);
  add ("/promise-2/usage/drift", "g", test_drift);
  add ("/cli/usage/period", "r", test_period);
  add ("/cli/usage/day", "r", test_day);
  add ("/cli/usage/bad-period", "", test_bad_period);
  add ("/cli/usage/csv", "r", test_csv);
  add ("/cli/usage/csv-and-json", "", test_csv_and_json);
  add ("/cli/usage/words", "r", test_words);
  return g_test_run ();
}
