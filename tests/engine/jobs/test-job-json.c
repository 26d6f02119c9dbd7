/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of the contract, from facts made up here. */
#include "config.h"
#include "jobs/cs-job-json.h"

#include "cs-fake-studio.h"
#include "cs-test.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-text.h"

#include <string.h>

#define HOUR (G_GINT64_CONSTANT (3600) * 1000000)

static CsJob *
make_job (CsJobState state)
{
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_VIDEO);
  g_autoptr (CsRequest) request = cs_request_new ();
  CsJobFacts *facts;
  CsAttempt *attempt;

  brief->prompt = g_strdup ("un bateau");
  facts = cs_job_facts_new (brief);
  facts->state = state;
  facts->provider = g_strdup ("sketch");
  facts->model = g_strdup ("sketch/video");
  facts->screenplay = cs_screenplay_new ();
  facts->screenplay->prompt = g_strdup ("cinematic, a boat");
  facts->screenplay->screenwriter = g_strdup ("direct");
  facts->estimated_cost = 280000;
  facts->max_cost = 500000;
  facts->cost = 280001;
  attempt = cs_attempt_new (1, "sketch", "sketch/video", request);
  attempt->remote_id = g_strdup ("r1");
  attempt->billed = CS_BILLED_YES;
  attempt->cost = 280001;
  g_ptr_array_add (facts->attempts, attempt);
  return cs_job_new (facts);
}

static void
test_statuses (void)
{
  for (int state = 0; state < CS_N_JOB_STATES; state++)
    {
      g_autoptr (CsJob) job = make_job (state);
      g_autoptr (JsonObject) object = cs_job_to_json (job);

      g_assert_cmpstr (cs_json_get_string (object, "status", ""), ==,
                       state == CS_JOB_UNCERTAIN ? "failed" : cs_job_state_get_status (state));
      g_assert_cmpstr (cs_json_get_string (object, "state", ""), ==, cs_job_state_to_string (state));
      g_assert_cmpint (cs_json_get_boolean (object, "uncertain", FALSE), ==, state == CS_JOB_UNCERTAIN);
      g_assert_false (json_object_has_member (object, "waiting"));
      g_assert_cmpint (json_array_get_length (json_object_get_array_member (object, "attempts")), ==, 1);
    }
}

/* In doubt it is open for a day, and counts as failed from then on. */
static void
test_uncertain (void)
{
  g_autoptr (CsJob) job = make_job (CS_JOB_UNCERTAIN);
  CsJobFacts *facts = cs_job_facts_copy (cs_job_get_facts (job));
  g_autoptr (JsonObject) young = NULL;
  g_autoptr (JsonObject) old = NULL;

  facts->uncertain_since = cs_clock_now () - 23 * HOUR;
  cs_job_set_facts (job, facts);
  young = cs_job_to_json (job);
  g_assert_cmpstr (cs_json_get_string (young, "status", ""), ==, "processing");
  cs_clock_turn (2 * HOUR);
  old = cs_job_to_json (job);
  g_assert_cmpstr (cs_json_get_string (old, "status", ""), ==, "failed");
  g_assert_true (cs_json_get_boolean (old, "uncertain", FALSE));
}

static void
test_waiting (void)
{
  g_autoptr (CsJob) job = make_job (CS_JOB_QUOTED);
  CsJobFacts *facts = cs_job_facts_copy (cs_job_get_facts (job));
  g_autoptr (GError) error = g_error_new (CS_ERROR, CS_ERROR_OVER_BUDGET, "Too much.");
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) same = NULL;

  facts->waiting = CS_WAITING_BUDGET;
  cs_job_facts_set_error (facts, error);
  cs_job_set_facts (job, facts);
  object = cs_job_to_json (job);
  g_assert_cmpstr (cs_json_get_string (object, "waiting", ""), ==, "budget");
  g_assert_cmpstr (cs_json_get_string (cs_json_get_object (object, "error"), "code", ""), ==, "over_budget");
  same = cs_job_dup_error (job);
  g_assert_error (same, CS_ERROR, CS_ERROR_OVER_BUDGET);
}

static void
test_result (void)
{
  static const char *const members[]
      = { "id", "creation_id", "kind", "status", "state", "provider", "model", "engine", "prompt", "original_prompt",
          "screenwriter", "estimated_cost_usd", "cost_usd", "max_cost_usd", "file", "thumbnail", "sha256", "attempts", "notes",
          "message" };
  g_autofree char *folder = g_dir_make_tmp ("cs-test-json-XXXXXX", NULL);
  g_autoptr (CsPaths) paths = cs_paths_new_for_home (folder, NULL);
  g_autoptr (CsProviderRegistry) registry = cs_fake_registry_new ();
  g_autoptr (CsPriceList) prices = cs_price_list_new (NULL);
  g_autoptr (CsJob) job = make_job (CS_JOB_RENDERING);
  g_autoptr (JsonObject) object = cs_job_result_to_json (job, NULL, cs_creation_dup_path, paths, registry, prices);
  g_autofree char *text = cs_json_object_to_string (object, FALSE);
  JsonObject *attempt;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_test_message ("%s", members[i]);
      g_assert_true (json_object_has_member (object, members[i]));
    }
  g_assert_true (json_object_get_null_member (object, "file"));
  g_assert_cmpstr (cs_json_get_string (object, "engine", ""), ==, "Sketch");
  g_assert_cmpstr (cs_json_get_string (object, "prompt", ""), ==, "cinematic, a boat");
  g_assert_nonnull (strstr (text, "\"cost_usd\":0.280001")); /* to the micro-dollar */
  attempt = json_array_get_object_element (json_object_get_array_member (object, "attempts"), 0);
  g_assert_cmpstr (cs_json_get_string (attempt, "remote_id", ""), ==, "r1");
  g_assert_cmpstr (cs_json_get_string (attempt, "billed", ""), ==, "yes");
  cs_test_remove_tree (folder);
}

/* What the model changes of what was asked is said. */
static void
test_notes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cs-test-json-XXXXXX", NULL);
  g_autoptr (CsPaths) paths = cs_paths_new_for_home (folder, NULL);
  g_autoptr (CsProviderRegistry) registry = cs_fake_registry_new ();
  g_autoptr (CsPriceList) prices = cs_price_list_new (NULL);
  g_autoptr (CsJob) job = make_job (CS_JOB_RENDERING);
  CsJobFacts *facts = cs_job_facts_copy (cs_job_get_facts (job));
  g_autoptr (JsonObject) object = NULL;
  JsonArray *notes;

  facts->brief->duration = 10;
  cs_set_string (&facts->model, "replicate/minimax-video-01");
  cs_job_set_facts (job, facts);
  object = cs_job_result_to_json (job, NULL, cs_creation_dup_path, paths, registry, prices);
  notes = json_object_get_array_member (object, "notes");
  g_assert_cmpint (json_array_get_length (notes), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (notes, 0), ==, "MiniMax Video-01 (Replicate) makes 6 s, not 10 s.");
  g_assert_cmpstr (json_array_get_string_element (notes, 1), ==, "Wan 2.6 (PiAPI) makes it as asked, for $0.80.");
  cs_test_remove_tree (folder);
}

/* With somebody far away it is said how long it will take, as long as anybody can say. */
static void
test_left (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cs-test-json-XXXXXX", NULL);
  g_autoptr (CsFakeProvider) piapi = cs_fake_provider_new ("piapi", "/dev/null");
  g_autoptr (CsProviderRegistry) registry = cs_provider_registry_new_with_models (cs_models_load (NULL));
  g_autoptr (CsJob) job = make_job (CS_JOB_RENDERING);
  CsJobFacts *facts = cs_job_facts_copy (cs_job_get_facts (job));
  g_autofree char *later = NULL;
  g_autofree char *soon = NULL;
  g_autofree char *late = NULL;

  cs_provider_registry_add (registry, CS_PROVIDER (piapi));
  cs_set_string (&facts->provider, "piapi");
  cs_set_string (&facts->model, "piapi/wan-2.2"); /* 150 s */
  cs_job_facts_get_attempt (facts)->sent_at = cs_clock_now () - HOUR / 120; /* 30 s */
  cs_job_set_facts (job, facts);
  later = cs_job_describe (job, registry);
  g_assert_cmpstr (later, ==, "Rendering, about 2 min left");
  cs_job_set_progress (job, 0.5);
  soon = cs_job_describe (job, registry);
  g_assert_cmpstr (soon, ==, "Rendering, less than a minute left");
  cs_job_set_progress (job, 0.95);
  late = cs_job_describe (job, registry);
  g_assert_cmpstr (late, ==, "Rendering…");
  cs_test_remove_tree (folder);
}

/* There are words for every state, and an error of the job stands before them. */
static void
test_describe (void)
{
  g_autoptr (CsProviderRegistry) registry = cs_fake_registry_new ();

  for (int state = 0; state < CS_N_JOB_STATES; state++)
    {
      g_autoptr (CsJob) job = make_job (state);
      g_autofree char *words = cs_job_describe (job, registry);

      g_assert_cmpint (strlen (words), >, 5);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job-json/statuses", test_statuses);
  g_test_add_func ("/job-json/uncertain", test_uncertain);
  g_test_add_func ("/job-json/waiting", test_waiting);
  g_test_add_func ("/job-json/result", test_result);
  g_test_add_func ("/job-json/notes", test_notes);
  g_test_add_func ("/job-json/left", test_left);
  g_test_add_func ("/job-json/describe", test_describe);
  return g_test_run ();
}
