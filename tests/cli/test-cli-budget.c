/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caps: set, kept, taken away; what is over one is not sent, unless that is said. */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <string.h>

static void
assert_money (CliAnswer *answer, const char *name, CsMoney money)
{
  g_assert_cmpint (cs_json_get_money (answer->document, name, -1), ==, money);
}

static void
assert_no_cap (CliAnswer *answer, const char *name)
{
  g_assert_true (json_object_has_member (answer->document, name));
  g_assert_true (json_object_get_null_member (answer->document, name));
}

/* No caps at first but that of programs; one that is not named stays; none takes it away. */
static void
test_set (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) first = cli_ask (NULL, "budget", "show", NULL);
  g_autoptr (CliAnswer) set = cli_ask (NULL, "budget", "set", "--day", "3", "--month", "20.5", "--api", "0", NULL);
  g_autoptr (CliAnswer) again = cli_ask (NULL, "budget", "set", "--job", "0", "--month", "none", "--api", "none", NULL);
  g_autoptr (CliAnswer) shown = cli_ask (NULL, "budget", "show", NULL);
  g_autoptr (CsTestRun) words = cli_run (NULL, "budget", "show", NULL);

  cli_assert_code (first, 0, NULL);
  assert_no_cap (first, "job_usd");
  assert_no_cap (first, "day_usd");
  assert_no_cap (first, "month_usd");
  assert_money (first, "api_day_usd", 5000000);
  assert_money (first, "day_spent_usd", 0);
  assert_money (first, "month_spent_usd", 0);
  assert_money (first, "api_day_spent_usd", 0);
  g_assert_cmpstr (cs_json_get_string (first->document, "currency", ""), ==, "USD");
  cli_assert_code (set, 0, NULL);
  assert_no_cap (set, "job_usd");
  assert_money (set, "day_usd", 3000000);
  assert_money (set, "month_usd", 20500000);
  assert_money (set, "api_day_usd", 0);
  assert_money (again, "job_usd", 0);
  assert_money (shown, "day_usd", 3000000);
  assert_no_cap (shown, "month_usd");
  assert_money (shown, "api_day_usd", 5000000);
  g_assert_nonnull (strstr (words->out, "at most $3.00"));
  g_assert_nonnull (strstr (words->out, "no cap"));
}

static void
test_bad (CliScene *scene, gconstpointer data)
{
  static const char *const bad[] = { "-1", "-0.01", "1000001", "99999999999999999999", "0.0000001", "1e3", "", "None", "ten" };
  static const char *const options[] = { "--job", "--day", "--month", "--api" };
  g_autoptr (CliAnswer) nothing = cli_ask (NULL, "budget", "set", NULL);
  g_autoptr (CliAnswer) word = cli_ask (NULL, "budget", "set", "5", NULL);
  g_autoptr (CliAnswer) no_value = cli_ask (NULL, "budget", "set", "--day", NULL);
  g_autoptr (CliAnswer) half = cli_ask (NULL, "budget", "set", "--day", "1", "--month", "x", NULL);
  g_autoptr (CliAnswer) group = cli_ask (NULL, "budget", NULL);
  g_autoptr (CliAnswer) shown = NULL;

  cli_assert_code (nothing, 2, "usage");
  cli_assert_code (word, 2, "usage");
  cli_assert_code (no_value, 2, "usage");
  cli_assert_code (half, 2, "invalid_value");
  cli_assert_code (group, 2, "usage");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CliAnswer) answer = cli_ask (NULL, "budget", "set", options[i % G_N_ELEMENTS (options)], bad[i], NULL);

      g_test_message ("“%s”", bad[i]);
      cli_assert_code (answer, 2, "invalid_value");
    }
  shown = cli_ask (NULL, "budget", "show", NULL);
  assert_no_cap (shown, "day_usd"); /* all of it, or nothing */
  assert_money (shown, "api_day_usd", 5000000);
}

static CliAnswer *
make_image (const char *option)
{
  return cli_ask (NULL, "image", "A boat", "--no-screenwriter", option, NULL);
}

/* Over the cap: exit 4, nothing is sent, and nothing is left that would spend it another day. */
static void
test_fence (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) set = cli_ask (NULL, "budget", "set", "--job", "0.002999", NULL);
  g_autoptr (CliAnswer) over = make_image (NULL);
  g_autoptr (CliAnswer) jobs = cli_ask (NULL, "jobs", "list", "--active", NULL);
  g_autoptr (CliAnswer) before = cli_ask (NULL, "budget", "show", NULL);
  g_autoptr (CliAnswer) once = NULL;
  g_autoptr (CliAnswer) after = NULL;

  cli_assert_code (set, 0, NULL);
  cli_assert_code (over, 4, "over_budget");
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 0);
  g_assert_cmpuint (cli_get_length (jobs, "jobs"), ==, 0);
  assert_money (before, "day_spent_usd", 0);
  once = make_image ("--over-budget");
  cli_assert_code (once, 0, NULL);
  after = cli_ask (NULL, "budget", "show", NULL);
  assert_money (after, "day_spent_usd", 3000);
  assert_money (after, "month_spent_usd", 3000);
  assert_money (after, "api_day_spent_usd", 0);
}

/* To the very cap of the day, and not over it; what is free goes on. */
static void
test_day (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) set = cli_ask (NULL, "budget", "set", "--day", "0.006", NULL);
  g_autoptr (CliAnswer) first = make_image (NULL);
  g_autoptr (CliAnswer) second = make_image (NULL);
  g_autoptr (CliAnswer) third = make_image (NULL);
  g_autoptr (CliAnswer) drawn = cli_ask (NULL, "image", "A boat", "--provider", "sketch", NULL);
  g_autoptr (CliAnswer) raised = NULL;
  g_autoptr (CliAnswer) fourth = NULL;

  cli_assert_code (set, 0, NULL);
  cli_assert_code (first, 0, NULL);
  cli_assert_code (second, 0, NULL);
  cli_assert_code (third, 4, "over_budget");
  cli_assert_code (drawn, 0, NULL);
  raised = cli_ask (NULL, "budget", "set", "--day", "none", NULL);
  cli_assert_code (raised, 0, NULL);
  fourth = make_image (NULL);
  cli_assert_code (fourth, 0, NULL);
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 3);
}

/* What was agreed to is kept with the job: how much, and when. */
static void
test_consent (CliScene *scene, gconstpointer data)
{
  g_autoptr (CliAnswer) made = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--max-cost", "0.0045", NULL);
  g_autofree char *id = cli_dup_text (made, "id");
  g_autoptr (CliAnswer) shown = cli_ask (NULL, "jobs", "show", id, NULL);
  g_autoptr (CliAnswer) below = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--max-cost", "0.002", NULL);
  g_autoptr (CliAnswer) both = NULL;

  cli_assert_code (made, 0, NULL);
  assert_money (shown, "max_cost_usd", 4500);
  assert_money (shown, "cost_usd", 3000);
  g_assert_cmpstr (cs_json_get_string (shown->document, "consent_at", ""), >=,
                   cs_json_get_string (shown->document, "created_at", "?"));
  cli_assert_code (below, 4, "over_max_cost");
  /* going over the budget is no leave to go over what this one may cost */
  both = cli_ask (NULL, "image", "A boat", "--no-screenwriter", "--max-cost", "0.002", "--over-budget", NULL);
  cli_assert_code (both, 4, "over_max_cost");
  g_assert_cmpuint (cs_fake_server_count (scene->server, NULL, "create"), ==, 1);
}

#define add(path, keys, func) g_test_add (path, CliScene, keys, cli_scene_set_up, func, cli_scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/cli/budget/set", "", test_set);
  add ("/cli/budget/bad", "", test_bad);
  add ("/promise-2/budget/fence", "r", test_fence);
  add ("/promise-2/budget/day", "r", test_day);
  add ("/promise-2/budget/consent", "r", test_consent);
  return g_test_run ();
}
