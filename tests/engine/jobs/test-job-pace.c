/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often and in which order jobs act, what wakes them, and how far a silent rendering seems to be. */
#include "config.h"
#include "jobs-fixture.h"

#include "jobs/cs-job-queue-private.h"

/* Somebody who says that there is a network again. */
#define FAKE_TYPE_MONITOR (fake_monitor_get_type ())
G_DECLARE_FINAL_TYPE (FakeMonitor, fake_monitor, FAKE, MONITOR, GObject)

struct _FakeMonitor
{
  GObject parent_instance;
};

enum
{
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY,
};

static void
nothing (gpointer iface)
{
}

static void
fake_monitor_initable_init (GInitableIface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeMonitor, fake_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, fake_monitor_initable_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, nothing))

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_CONNECTIVITY)
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, id == PROP_AVAILABLE);
}

static void
fake_monitor_class_init (FakeMonitorClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
fake_monitor_init (FakeMonitor *self)
{
}

/* The network wakes who waits for it, and nobody else. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeMonitor) monitor = g_object_new (FAKE_TYPE_MONITOR, NULL);
  g_autoptr (CsJob) offline = NULL;
  g_autoptr (CsJob) limited = NULL;

  cs_job_queue_listen (fixture->studio->queue, G_NETWORK_MONITOR (monitor));
  cs_fake_provider_script (fixture->studio->one, "submit", "notsent,notsent");
  cs_fake_provider_script (fixture->studio->two, "submit", "limit:1000");
  offline = add_one (fixture);
  limited = cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "two/image"));
  wait_asleep (offline, CS_WAITING_OFFLINE);
  wait_asleep (limited, CS_WAITING_RATE_LIMITED);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  cs_fake_settle (50);
  g_assert_cmpint (cs_job_get_facts (offline)->waiting, ==, CS_WAITING_OFFLINE);
  g_signal_emit_by_name (monitor, "network-changed", TRUE); /* wrong the first time */
  cs_fake_settle (50);
  wait_asleep (offline, CS_WAITING_OFFLINE);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  cs_fake_wait_state (offline, CS_JOB_DONE);
  g_assert_cmpint (cs_job_get_facts (limited)->waiting, ==, CS_WAITING_RATE_LIMITED);
  g_assert_cmpint (count (fixture, "two", "submit"), ==, 0);
}

static void
note_cb (const CsJobFacts *facts, CsJobMoment moment, gpointer user_data)
{
  if (moment == CS_JOB_MOMENT_BEFORE)
    g_ptr_array_add (user_data, g_strdup (cs_job_state_to_string (facts->state)));
}

/* Many are due at once: results that expire are fetched before anything new is begun. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CsJob) ready = NULL;

  cs_fake_provider_script (fixture->studio->one, "fetch", "offline,offline,offline");
  ready = add_one (fixture);
  wait_asleep (ready, CS_WAITING_OFFLINE);
  g_assert_cmpint (cs_job_get_facts (ready)->state, ==, CS_JOB_DOWNLOADING);
  for (int i = 0; i < 40; i++)
    {
      cs_fake_provider_script (fixture->studio->two, "submit", "limit:50");
      g_ptr_array_add (jobs, cs_fake_studio_add (fixture->studio, cs_fake_brief ("a boat", "two/image")));
    }
  for (guint i = 0; i < jobs->len; i++)
    cs_fake_wait_waiting (jobs->pdata[i], CS_WAITING_RATE_LIMITED);
  cs_job_runner_set_probe (note_cb, moments);
  turn_clock (fixture, SECONDS (100));
  cs_job_runner_set_probe (NULL, NULL);
  g_assert_cmpint (moments->len, ==, 16); /* no more in one turn of the main loop */
  g_assert_cmpstr (moments->pdata[0], ==, "downloading");
  for (guint i = 1; i < moments->len; i++)
    g_assert_cmpstr (moments->pdata[i], ==, "submitting");
  cs_fake_wait_idle (fixture->studio);
}

static gint64
get_left (CsJob *job)
{
  return cs_job_get_facts (job)->not_before - cs_clock_now ();
}

/* All jobs together stay within the provider's limit, whatever one of them would like. */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CsJob) last = NULL;

  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (100));
  cs_fake_provider_set_polls_per_minute (fixture->studio->one, 2);
  for (int i = 0; i < 30; i++)
    {
      cs_fake_provider_script (fixture->studio->one, "poll", "run:0.5");
      g_ptr_array_add (jobs, add_one (fixture));
    }
  for (guint i = 0; i < jobs->len; i++)
    wait_asleep (jobs->pdata[i], CS_WAITING_POLL);
  cs_fake_settle (2100); /* they are counted anew every two seconds, when somebody asks */
  cs_fake_provider_script (fixture->studio->one, "poll", "run:0.5");
  last = add_one (fixture);
  wait_asleep (last, CS_WAITING_POLL);
  cs_fake_settle (50);
  cs_fake_provider_script (fixture->studio->one, "poll", "run:0.6");
  g_clear_object (&last);
  last = add_one (fixture);
  wait_asleep (last, CS_WAITING_POLL);
  g_assert_cmpint (get_left (last), >, SECONDS (890)); /* 30 jobs, two questions a minute */
  g_assert_cmpint (get_left (last), <=, SECONDS (960));
  turn_clock (fixture, SECONDS (1000));
  cs_fake_wait_idle (fixture->studio);
}

/* A provider that says nothing of how far it is: guessed from the middle of the last twenty. */
static void
test_learned (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  for (int i = 0; i < 30; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO durations VALUES ('one', 'one/image', %d, %d)",
                                              i < 10 ? 100000 : 991 + i, i);

      cs_fake_studio_exec (fixture->studio, sql); /* the last twenty: 1001 to 1020 */
    }
  cs_fake_provider_script (fixture->studio->one, "poll", "run,run,run,run");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (100));
  job = add_one (fixture);
  wait_asleep (job, CS_WAITING_POLL);
  g_assert_cmpfloat (cs_job_get_facts (job)->progress, <, 0.01);
  turn_clock (fixture, SECONDS (505));
  while (cs_job_get_facts (job)->progress < 0.4)
    cs_fake_settle (5);
  g_assert_cmpfloat_with_epsilon (cs_job_get_facts (job)->progress, 505.0 / 1011, 0.01);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT progress > 0.49 AND progress < 0.51 FROM jobs"), ==, 1);
  turn_clock (fixture, SECONDS (5000));
  while (cs_job_get_facts (job)->progress < 0.9)
    cs_fake_settle (5);
  g_assert_cmpfloat (cs_job_get_facts (job)->progress, ==, 0.95); /* never the end */
  turn_clock (fixture, SECONDS (101));
  cs_fake_settle (50);
  turn_clock (fixture, SECONDS (101));
  assert_done (fixture, job);
  g_assert_cmpint (cs_fake_studio_query (fixture->studio, "SELECT count(*) FROM durations WHERE model = 'one/image'"), ==, 31);
}

/* What a provider says stands above every guess. */
static void
test_said (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsJob) job = NULL;

  cs_fake_studio_exec (fixture->studio, "INSERT INTO durations VALUES ('one', 'one/image', 10, 1)");
  cs_fake_provider_script (fixture->studio->one, "poll", "run:0.1,run:0.2");
  cs_fake_provider_set_interval (fixture->studio->one, SECONDS (100));
  job = add_one (fixture);
  wait_asleep (job, CS_WAITING_POLL);
  turn_clock (fixture, SECONDS (101));
  while (cs_job_get_facts (job)->progress < 0.15)
    cs_fake_settle (5);
  g_assert_cmpfloat (cs_job_get_facts (job)->progress, ==, 0.2);
  turn_clock (fixture, SECONDS (101));
  assert_done (fixture, job);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/job-pace/network", test_network);
  add ("/promise-4/job-pace/order", test_order);
  add ("/job-pace/limit", test_limit);
  add ("/job-pace/learned", test_learned);
  add ("/job-pace/said", test_said);
  return g_test_run ();
}
