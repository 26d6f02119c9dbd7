/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of changes: what gets one, in which order, and that none is ever given twice. */
#include "config.h"
#include "jobs-fixture.h"

#include "core/cs-json.h"
#include "jobs/cs-changes.h"
#include "jobs/cs-job-json.h"

static CsChanges *
list (Fixture *fixture, gint64 after, guint limit)
{
  CsStore *store = fixture->studio->store;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsChanges *changes;

  cs_changes_list_async (store, after, limit, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  changes = cs_changes_list_finish (store, result, &error);
  g_assert_no_error (error);
  return changes;
}

static gint64
get_last (Fixture *fixture)
{
  g_autoptr (CsChanges) changes = list (fixture, G_MAXINT64, 1);

  g_assert_cmpuint (changes->all->len, ==, 0);
  return changes->last;
}

static void
insert_job (Fixture *fixture, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO jobs (id, kind, state, brief, created_at, updated_at)"
                                          " VALUES ('%s', 'image', 'queued', '{}', 1, 1)", id);

  cs_fake_studio_exec (fixture->studio, sql);
}

static void
insert_creation (Fixture *fixture, const char *id)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO creations (id, kind, title, prompt, original_prompt, provider, model, file, mime_type, sha256, size, source,"
      " created_at) VALUES ('%s', 'image', 't', 'p', 'p', 'one', 'm', 'f', 'image/png', 's', 1, 'digitalCreation', 1)", id);

  cs_fake_studio_exec (fixture->studio, sql);
}

/* What is told, each once, in the order of the newest changes. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "b", "c", "a" };
  g_autoptr (CsChanges) changes = NULL;
  g_autoptr (CsChanges) page = NULL;

  g_assert_cmpint (get_last (fixture), ==, 0);
  insert_job (fixture, "a");
  insert_job (fixture, "b");
  insert_creation (fixture, "c");
  cs_fake_studio_exec (fixture->studio, "UPDATE jobs SET state = 'writing', progress = 0.5 WHERE id = 'a'");
  changes = list (fixture, 0, 10);
  g_assert_cmpuint (changes->all->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (((CsChange *) changes->all->pdata[i])->id, ==, wanted[i]);
  g_assert_cmpint (((CsChange *) changes->all->pdata[2])->number, ==, changes->last);
  g_assert_cmpint (((CsChange *) changes->all->pdata[2])->state, ==, CS_JOB_WRITING);
  g_assert_true (((CsChange *) changes->all->pdata[1])->is_creation);
  page = list (fixture, ((CsChange *) changes->all->pdata[0])->number, 1);
  g_assert_cmpuint (page->all->len, ==, 1);
  g_assert_cmpstr (((CsChange *) page->all->pdata[0])->id, ==, "c");
  g_assert_cmpint (page->last, ==, changes->last);
}

/* Only what somebody could see is a change. */
static void
test_what (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    gboolean is_change;
  } cases[] = {
    { "UPDATE jobs SET state = 'writing'", TRUE },
    { "UPDATE jobs SET state = 'writing'", FALSE },
    { "UPDATE jobs SET waiting = 'offline'", TRUE },
    { "UPDATE jobs SET waiting = NULL", TRUE },
    { "UPDATE jobs SET progress = 0.25", TRUE },
    { "UPDATE jobs SET updated_at = 9, owner = 'x', not_before = 9, look_count = 2", FALSE },
    { "UPDATE creations SET favourite = 1", TRUE },
    { "UPDATE creations SET favourite = 1", FALSE },
    { "UPDATE creations SET trashed_at = 5", TRUE },
    { "UPDATE creations SET trashed_at = NULL", TRUE },
    { "UPDATE creations SET title = 'another'", TRUE },
    { "UPDATE creations SET search_text = 'another'", FALSE },
    { "DELETE FROM creations", TRUE },
  };

  insert_job (fixture, "a");
  insert_creation (fixture, "c");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 before = get_last (fixture);

      g_test_message ("%s", cases[i].sql);
      cs_fake_studio_exec (fixture->studio, cases[i].sql);
      g_assert_true ((get_last (fixture) > before) == cases[i].is_change);
    }
}

/* A number is given once, even when the row that had the highest one is written again, in this process or in the next. */
static void
test_never_twice (Fixture *fixture, gconstpointer data)
{
  gint64 last;

  insert_creation (fixture, "c");
  last = get_last (fixture);
  cs_fake_studio_exec (fixture->studio, "UPDATE creations SET favourite = 1");
  g_assert_cmpint (get_last (fixture), ==, last + 1);
  cs_fake_studio_exec (fixture->studio, "DELETE FROM changes"); /* as if somebody had tidied up */
  reopen (fixture);
  cs_fake_studio_exec (fixture->studio, "UPDATE creations SET favourite = 0");
  g_assert_cmpint (get_last (fixture), ==, last + 2);
}

typedef struct
{
  GHashTable *states;
  guint n;
} Hearing;

static void
changed_cb (CsJobQueue *queue, CsJob *job, gpointer user_data)
{
  Hearing *hearing = user_data;

  hearing->n++;
  g_hash_table_add (hearing->states, (char *) cs_job_state_to_string (cs_job_get_facts (job)->state));
}

/* The queue tells of each job that it drives, to its end. */
static void
test_signal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) states = g_hash_table_new (g_str_hash, g_str_equal);
  Hearing hearing = { states, 0 };
  gulong handler = g_signal_connect (fixture->studio->queue, "job-changed", G_CALLBACK (changed_cb), &hearing);
  g_autoptr (CsJob) job = add_one (fixture);
  g_autofree char *id = g_strdup (cs_job_get_id (job));
  guint n;

  assert_done (fixture, job);
  g_assert_true (g_hash_table_contains (states, "queued"));
  g_assert_true (g_hash_table_contains (states, "rendering"));
  g_assert_true (g_hash_table_contains (states, "done"));
  n = hearing.n;
  g_assert_false (cs_fake_studio_cancel (fixture->studio, id, NULL)); /* nothing changed: nothing is told */
  g_assert_cmpuint (hearing.n, ==, n);
  g_signal_handler_disconnect (fixture->studio->queue, handler);
}

static void
test_json (void)
{
  CsChange job = { .number = 1, .id = "a", .state = CS_JOB_RENDERING, .waiting = CS_WAITING_POLL, .progress = 0.5 };
  CsChange creation = { .number = 2, .id = "a", .is_creation = TRUE };
  g_autoptr (JsonObject) one = cs_change_to_json (&job);
  g_autoptr (JsonObject) two = cs_change_to_json (&creation);
  g_autofree char *text = cs_json_object_to_string (one, FALSE);
  g_autofree char *other = cs_json_object_to_string (two, FALSE);

  g_assert_cmpstr (text, ==, "{\"id\":\"a\",\"status\":\"processing\",\"state\":\"rendering\",\"waiting\":\"poll\",\"progress\":0.5}");
  g_assert_cmpstr (other, ==, "{\"id\":\"a\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/changes/order", test_order);
  add ("/changes/what", test_what);
  add ("/changes/never-twice", test_never_twice);
  add ("/changes/signal", test_signal);
  g_test_add_func ("/changes/json", test_json);
  return g_test_run ();
}
