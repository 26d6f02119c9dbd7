/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of jobs: what is written is read back, and who may write. On one connection, in transactions as the worker's. */
#include "config.h"

#include "cs-test.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-id.h"
#include "jobs/cs-job-store.h"
#include "jobs/cs-owner.h"
#include "store/cs-migrations.h"
#include "wallet/cs-budget.h"

typedef struct
{
  char *folder;
  CsDatabase *database;
  CsOwner *owner;
  const char *me;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("cs-test-store-XXXXXX", &error);
  path = g_build_filename (fixture->folder, "studio.db", NULL);
  fixture->database = cs_database_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (cs_migrations_run (fixture->database, fixture->folder, &error));
  fixture->owner = cs_owner_new (fixture->folder, &error);
  g_assert_no_error (error);
  fixture->me = cs_owner_get_name (fixture->owner);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_database_close (fixture->database);
  cs_owner_free (fixture->owner);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static CsJobFacts *
insert (Fixture *fixture, const char *request_id)
{
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_IMAGE);
  g_autoptr (GError) error = NULL;
  CsJobFacts *facts;

  brief->prompt = g_strdup ("un bateau, قارب");
  brief->request_id = g_strdup (request_id);
  facts = cs_job_facts_new (brief);
  facts->owner = g_strdup (fixture->me);
  cs_job_store_insert (fixture->database, facts, &error);
  g_assert_no_error (error);
  return facts;
}

static CsAttempt *
make_attempt (const CsJobFacts *facts, int number)
{
  g_autoptr (CsRequest) request = cs_request_new ();
  CsAttempt *attempt;

  request->creation_id = g_strdup (facts->id);
  request->model = g_strdup ("one/image");
  request->prompt = g_strdup ("a boat");
  request->original_prompt = g_strdup ("un bateau");
  request->work_file = g_strdup_printf ("/w/%s-%d.part", facts->id, number);
  request->seed = G_GINT64_CONSTANT (9007199254740991);
  attempt = cs_attempt_new (number, "one", "one/image", request);
  attempt->hold = 20000;
  return attempt;
}

/* A commit of @owner from @from to @to, with an attempt (transfer full) (nullable). */
static CsJobCommit *
make_commit (Fixture *fixture, const CsJobFacts *facts, CsJobState from, CsJobState to, CsAttempt *attempt)
{
  CsJobCommit *commit = g_new0 (CsJobCommit, 1);

  commit->facts = cs_job_facts_copy (facts);
  commit->from = from;
  commit->facts->state = to;
  commit->owner = g_strdup (fixture->me);
  commit->owners_folder = g_strdup (fixture->folder);
  commit->attempt = attempt;
  return commit;
}

static gboolean
move (Fixture *fixture, const CsJobFacts *facts, CsJobState from, CsJobState to, GError **error)
{
  g_autoptr (CsJobCommit) commit = make_commit (fixture, facts, from, to, NULL);

  return cs_job_store_commit (fixture->database, commit, error);
}

/* Puts the job into @state, by the back door. */
static void
force (Fixture *fixture, const char *id, const char *sql)
{
  g_autofree char *text = g_strdup_printf ("UPDATE jobs SET %s WHERE id = '%s'", sql, id);
  g_autoptr (GError) error = NULL;

  cs_database_exec (fixture->database, text, &error);
  g_assert_no_error (error);
}

/* A job in HOLDING with a screenplay, a chain and a price. */
static CsJobFacts *
insert_holding (Fixture *fixture)
{
  g_autoptr (CsJobFacts) facts = insert (fixture, NULL);

  force (fixture, facts->id,
         "state = 'holding', screenplay = '{\"prompt\": \"a boat\"}', chain = '[\"one/image\"]', provider = 'one',"
         " model = 'one/image', estimated_cost = 20000, max_cost = 20000");
  return cs_job_store_load (fixture->database, facts->id, NULL);
}

/* The same, submitted. */
static CsJobFacts *
insert_submitting (Fixture *fixture)
{
  g_autoptr (CsJobFacts) facts = insert_holding (fixture);
  g_autoptr (CsJobCommit) commit = make_commit (fixture, facts, CS_JOB_HOLDING, CS_JOB_SUBMITTING, make_attempt (facts, 1));
  g_autoptr (GError) error = NULL;

  cs_job_store_commit (fixture->database, commit, &error);
  g_assert_no_error (error);
  return cs_job_store_load (fixture->database, facts->id, &error);
}

static void
test_read_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) facts = insert_submitting (fixture);
  CsAttempt *attempt = cs_job_facts_get_attempt (facts);

  g_assert_cmpint (facts->state, ==, CS_JOB_SUBMITTING);
  g_assert_cmpstr (facts->brief->prompt, ==, "un bateau, قارب");
  g_assert_cmpstr (facts->owner, ==, fixture->me);
  g_assert_cmpstr (facts->screenplay->prompt, ==, "a boat");
  g_assert_cmpstr (facts->chain[0], ==, "one/image");
  g_assert_null (facts->chain[1]);
  g_assert_cmpint (facts->max_cost, ==, 20000);
  g_assert_cmpint (attempt->id, >, 0);
  g_assert_cmpint (attempt->number, ==, 1);
  g_assert_cmpint (attempt->request->seed, ==, G_GINT64_CONSTANT (9007199254740991));
  g_assert_cmpint (attempt->sent_at, ==, 0);
  g_assert_cmpint (attempt->hold, ==, 20000);
  g_assert_cmpint (attempt->billed, ==, CS_BILLED_NO);
}

static void
test_not_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (cs_job_store_load (fixture->database, "nothing", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cs_job_store_find (fixture->database, "nothing", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
}

/* Only its owner writes a job, and only from the state it is in. */
static void
test_conflicts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) facts = insert (fixture, NULL);
  g_autoptr (CsJobCommit) foreign = make_commit (fixture, facts, CS_JOB_QUEUED, CS_JOB_WRITING, NULL);
  g_autoptr (GError) error = NULL;

  g_free (foreign->owner);
  foreign->owner = cs_id_new ();
  g_assert_false (cs_job_store_commit (fixture->database, foreign, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (move (fixture, facts, CS_JOB_QUEUED, CS_JOB_WRITING, &error));
  g_assert_false (move (fixture, facts, CS_JOB_QUEUED, CS_JOB_WRITING, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_false (move (fixture, facts, CS_JOB_WRITING, CS_JOB_DONE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (move (fixture, facts, CS_JOB_WRITING, CS_JOB_WRITING, &error));
  g_assert_no_error (error);
}

static void
begin (Fixture *fixture)
{
  g_assert_true (cs_database_begin (fixture->database, TRUE, NULL));
}

/* What failed and was rolled back can be written again as it is. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) facts = insert_holding (fixture);
  g_autoptr (CsJobCommit) commit = make_commit (fixture, facts, CS_JOB_HOLDING, CS_JOB_SUBMITTING, make_attempt (facts, 1));
  g_autoptr (GError) error = NULL;

  cs_database_exec (fixture->database, "CREATE TRIGGER never AFTER INSERT ON attempts BEGIN SELECT raise (ABORT, 'no'); END", NULL);
  begin (fixture);
  g_assert_false (cs_job_store_commit (fixture->database, commit, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  cs_database_rollback (fixture->database);
  g_assert_cmpint (commit->attempt->id, ==, 0);
  cs_database_exec (fixture->database, "DROP TRIGGER never", NULL);
  begin (fixture);
  g_assert_true (cs_job_store_commit (fixture->database, commit, &error));
  g_assert_no_error (error);
  g_assert_true (cs_database_commit (fixture->database, NULL));
  g_assert_cmpint (commit->attempt->id, >, 0);
}

/* An attempt that is not there any more is an error, never a silent half of a step. */
static void
test_attempt_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) facts = insert_submitting (fixture);
  CsAttempt *attempt = cs_attempt_copy (cs_job_facts_get_attempt (facts));
  g_autoptr (CsJobCommit) commit = make_commit (fixture, facts, CS_JOB_SUBMITTING, CS_JOB_RENDERING, attempt);
  g_autoptr (GError) error = NULL;

  cs_database_exec (fixture->database, "DELETE FROM attempts", NULL);
  g_assert_false (cs_job_store_commit (fixture->database, commit, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CORRUPT);
}

static void
test_remote_id_of_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) first = insert_submitting (fixture);
  g_autoptr (CsJobFacts) second = insert_submitting (fixture);
  CsJobFacts *both[] = { first, second };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      CsAttempt *attempt = cs_attempt_copy (cs_job_facts_get_attempt (both[i]));
      g_autoptr (CsJobCommit) commit = make_commit (fixture, both[i], CS_JOB_SUBMITTING, CS_JOB_RENDERING, attempt);

      attempt->remote_id = g_strdup ("same");
      g_assert_cmpint (cs_job_store_commit (fixture->database, commit, &error), ==, i == 0);
    }
  g_assert_error (error, CS_ERROR, CS_ERROR_EXISTS);
}

/* Taking over */

static void
test_claim (Fixture *fixture, gconstpointer data)
{
  CsOwner *dead = cs_owner_new (fixture->folder, NULL);
  g_autoptr (CsOwner) living = cs_owner_new (fixture->folder, NULL);
  g_autoptr (CsJobFacts) mine = insert (fixture, NULL);
  g_autoptr (CsJobFacts) free_one = insert (fixture, NULL);
  g_autoptr (CsJobFacts) orphan = insert (fixture, NULL);
  g_autoptr (CsJobFacts) others = insert (fixture, NULL);
  g_autoptr (CsJobFacts) ended = insert (fixture, NULL);
  g_autofree char *set_dead = g_strdup_printf ("owner = '%s', not_before = 9000000000000000", cs_owner_get_name (dead));
  g_autofree char *set_living = g_strdup_printf ("owner = '%s'", cs_owner_get_name (living));
  g_autoptr (GPtrArray) claimed = NULL;
  g_autoptr (GPtrArray) again = NULL;

  force (fixture, free_one->id, "owner = NULL");
  force (fixture, orphan->id, set_dead);
  force (fixture, others->id, set_living);
  force (fixture, ended->id, "owner = NULL, state = 'failed'");
  cs_owner_free (dead);

  claimed = cs_job_store_claim (fixture->database, fixture->me, fixture->folder, NULL, 100, NULL);
  g_assert_cmpint (claimed->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const CsJobFacts *facts = claimed->pdata[i];

      g_assert_true (g_str_equal (facts->id, free_one->id) || g_str_equal (facts->id, orphan->id));
      g_assert_cmpstr (facts->owner, ==, fixture->me);
      g_assert_cmpint (facts->not_before, <=, cs_clock_now () + 600 * G_GINT64_CONSTANT (1000000));
    }
  again = cs_job_store_claim (fixture->database, cs_owner_get_name (living), fixture->folder, NULL, 100, NULL);
  g_assert_cmpint (again->len, ==, 0);
}

static void
test_claim_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) first = insert (fixture, NULL);
  g_autoptr (CsJobFacts) second = insert (fixture, NULL);
  g_autoptr (GPtrArray) claimed = NULL;
  g_autoptr (GPtrArray) limited = NULL;

  cs_database_exec (fixture->database, "UPDATE jobs SET owner = NULL", NULL);
  claimed = cs_job_store_claim (fixture->database, fixture->me, fixture->folder, second->id, 100, NULL);
  g_assert_cmpint (claimed->len, ==, 1);
  g_assert_cmpstr (((CsJobFacts *) claimed->pdata[0])->id, ==, second->id);
  limited = cs_job_store_claim (fixture->database, fixture->me, fixture->folder, NULL, 0, NULL);
  g_assert_cmpint (limited->len, ==, 0);
}

/* What expires comes first. */
static void
test_claim_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) first = insert (fixture, NULL);
  g_autoptr (CsJobFacts) second = insert_submitting (fixture);
  g_autoptr (GPtrArray) claimed = NULL;

  force (fixture, second->id, "state = 'downloading'");
  cs_database_exec (fixture->database, "UPDATE jobs SET owner = NULL", NULL);
  claimed = cs_job_store_claim (fixture->database, fixture->me, fixture->folder, NULL, 100, NULL);
  g_assert_cmpint (claimed->len, ==, 2);
  g_assert_cmpstr (((CsJobFacts *) claimed->pdata[0])->id, ==, second->id);
}

static void
test_release (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) facts = insert (fixture, NULL);
  g_autoptr (CsJobFacts) released = NULL;
  g_autoptr (GPtrArray) marks = cs_job_store_list_marks (fixture->database, fixture->me, NULL);
  g_autoptr (GPtrArray) none = NULL;

  g_assert_cmpint (marks->len, ==, 1);
  g_assert_cmpstr (((CsJobMark *) marks->pdata[0])->id, ==, facts->id);
  g_assert_true (cs_job_store_release (fixture->database, fixture->me, NULL));
  released = cs_job_store_load (fixture->database, facts->id, NULL);
  g_assert_null (released->owner);
  none = cs_job_store_list_marks (fixture->database, fixture->me, NULL);
  g_assert_cmpint (none->len, ==, 0);
}

/* Limits and caps */

static gboolean
submit (Fixture *fixture, int max_running, gboolean is_alone, GError **error)
{
  g_autoptr (CsJobFacts) facts = insert_holding (fixture);
  g_autoptr (CsJobCommit) commit = make_commit (fixture, facts, CS_JOB_HOLDING, CS_JOB_SUBMITTING, make_attempt (facts, 1));
  gboolean is_done;

  commit->max_running = max_running;
  commit->is_alone = is_alone;
  begin (fixture);
  is_done = cs_job_store_commit (fixture->database, commit, error);
  if (is_done)
    g_assert_true (cs_database_commit (fixture->database, NULL));
  else
    cs_database_rollback (fixture->database);
  return is_done;
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (submit (fixture, 2, FALSE, &error));
  g_assert_true (submit (fixture, 2, FALSE, &error));
  g_assert_false (submit (fixture, 2, FALSE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_RATE_LIMITED);
  g_clear_error (&error);
  g_assert_true (submit (fixture, 0, FALSE, &error));
  g_assert_false (submit (fixture, 0, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_RATE_LIMITED);
  g_clear_error (&error);
  /* the dead do not count */
  cs_database_exec (fixture->database, "UPDATE jobs SET owner = '01ARZ3NDEKTSV4RRFFQ69G5FAV'", NULL);
  g_assert_true (submit (fixture, 1, TRUE, &error));
  g_assert_no_error (error);
}

static void
test_budget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_budget_set (fixture->database, "day", 50000, &error));
  g_assert_true (submit (fixture, 0, FALSE, &error));
  g_assert_true (submit (fixture, 0, FALSE, &error));
  g_assert_false (submit (fixture, 0, FALSE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_OVER_BUDGET);
}

/* The user's word */

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) unsent = insert (fixture, NULL);
  g_autoptr (CsJobFacts) sent = insert_submitting (fixture);
  g_autoptr (CsJobFacts) cancelled = NULL;
  g_autoptr (CsJobFacts) wished = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_job_store_cancel (fixture->database, unsent->id, &error));
  g_assert_true (cs_job_store_cancel (fixture->database, sent->id, &error));
  cancelled = cs_job_store_load (fixture->database, unsent->id, NULL);
  wished = cs_job_store_load (fixture->database, sent->id, NULL);
  g_assert_cmpint (cancelled->state, ==, CS_JOB_CANCELLED);
  g_assert_cmpint (wished->state, ==, CS_JOB_SUBMITTING);
  g_assert_true (wished->cancel_requested);
  g_assert_false (cs_job_store_cancel (fixture->database, unsent->id, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (cs_job_store_cancel (fixture->database, "nothing", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* the driver of the other one hears of it with his next step, and of ours that it is lost */
  g_assert_false (move (fixture, unsent, CS_JOB_QUEUED, CS_JOB_WRITING, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  {
    g_autoptr (CsJobCommit) commit = make_commit (fixture, sent, CS_JOB_SUBMITTING, CS_JOB_SUBMITTING, NULL);

    g_assert_true (cs_job_store_commit (fixture->database, commit, NULL));
    g_assert_true (commit->facts->cancel_requested);
  }
}

static void
test_decide (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) facts = insert_submitting (fixture);
  g_autoptr (CsJobFacts) checked = NULL;
  g_autoptr (CsJobFacts) resent = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_job_store_decide (fixture->database, facts->id, CS_JOB_QUOTED, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_CONFLICT);
  g_clear_error (&error);
  force (fixture, facts->id, "state = 'uncertain', look_count = 4, not_before = 9000000000000000, cancel_requested = 1");
  cs_database_exec (fixture->database, "UPDATE attempts SET status = 'uncertain', billed = 'unknown'", NULL);

  g_assert_true (cs_job_store_decide (fixture->database, facts->id, CS_JOB_UNCERTAIN, &error));
  checked = cs_job_store_load (fixture->database, facts->id, NULL);
  g_assert_cmpint (checked->look_count, ==, 0);
  g_assert_cmpint (checked->not_before, ==, 0);
  g_assert_true (checked->cancel_requested);
  g_assert_cmpint (cs_job_facts_get_attempt (checked)->ended_at, ==, 0);

  g_assert_true (cs_job_store_decide (fixture->database, facts->id, CS_JOB_QUOTED, &error));
  resent = cs_job_store_load (fixture->database, facts->id, NULL);
  g_assert_cmpint (resent->state, ==, CS_JOB_QUOTED);
  g_assert_false (resent->cancel_requested);
  g_assert_cmpint (cs_job_facts_get_attempt (resent)->billed, ==, CS_BILLED_UNKNOWN);
  g_assert_cmpint (cs_job_facts_get_attempt (resent)->ended_at, >, 0);
}

static void
test_requests (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) facts = insert (fixture, "r1");
  g_autoptr (CsJobFacts) found = cs_job_store_find_request (fixture->database, NULL, "r1", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (found->id, ==, facts->id);
  g_assert_null (cs_job_store_find_request (fixture->database, NULL, "r2", &error));
  g_assert_null (cs_job_store_find_request (fixture->database, "somebody", "r1", &error));
  g_assert_no_error (error);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJobFacts) first = insert (fixture, NULL);
  g_autoptr (CsJobFacts) second = insert (fixture, NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (GPtrArray) one = NULL;

  force (fixture, first->id, "state = 'failed', created_at = 1");
  all = cs_job_store_list (fixture->database, 0, FALSE, 10, NULL);
  active = cs_job_store_list (fixture->database, 0, TRUE, 10, NULL);
  one = cs_job_store_list (fixture->database, 0, FALSE, 1, NULL);
  g_assert_cmpint (all->len, ==, 2);
  g_assert_cmpstr (((CsJobFacts *) all->pdata[0])->id, ==, second->id);
  g_assert_cmpint (active->len, ==, 1);
  g_assert_cmpint (one->len, ==, 1);
  g_assert_false (cs_job_store_is_active (fixture->database, first->id, NULL));
  g_assert_true (cs_job_store_is_active (fixture->database, second->id, NULL));
}

/* Rows that nobody of us wrote are told as such, whatever is wrong with them. */
static void
test_unsound (Fixture *fixture, gconstpointer data)
{
  static const char *const damages[] = {
    "state = 'thinking'",  "kind = 'song'",         "waiting = 'tea'", "brief = '[]'",       "brief = ''",
    "screenplay = '{'",    "chain_position = 7",    "screenplay = NULL", "model = NULL",     "chain = '[]'",
    "chain_position = -1", "state = 'rendering'",   "state = 'finishing'", "provider = NULL",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (CsJobFacts) facts = insert_submitting (fixture);
      g_autoptr (GError) error = NULL;

      force (fixture, facts->id, damages[i]);
      g_test_message ("%s", damages[i]);
      g_assert_null (cs_job_store_load (fixture->database, facts->id, &error));
      g_assert_true (cs_job_store_is_unreadable (error));
    }
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/job-store/read-back", test_read_back);
  add ("/job-store/not-found", test_not_found);
  add ("/promise-3/conflicts", test_conflicts);
  add ("/job-store/again", test_again);
  add ("/job-store/attempt-gone", test_attempt_gone);
  add ("/promise-3/remote-id-of-another", test_remote_id_of_another);
  add ("/promise-3/claim", test_claim);
  add ("/job-store/claim-one", test_claim_one);
  add ("/promise-4/claim-order", test_claim_order);
  add ("/job-store/release", test_release);
  add ("/job-store/limit", test_limit);
  add ("/promise-2/budget", test_budget);
  add ("/job-store/cancel", test_cancel);
  add ("/job-store/decide", test_decide);
  add ("/job-store/requests", test_requests);
  add ("/job-store/list", test_list);
  add ("/job-store/unsound", test_unsound);
  return g_test_run ();
}
