/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of edges, pair by pair, against the one of the design (section 4) written out once more. */
#include "config.h"
#include "jobs/cs-job-state.h"

#include <string.h>

/* "from: to to to"; what the design does not say in words is marked with why it is there. */
static const char *const table[] = {
  "queued: writing cancelled",
  "writing: quoted cancelled",
  /* failed: the chain is at its end, or nobody makes what was asked */
  "quoted: holding failed cancelled",
  /* quoted: over a cap, or not its turn: it waits there */
  "holding: submitting failed cancelled quoted",
  /* failed: refused, and no other model is left; cancelled: certainly not sent yet */
  "submitting: rendering downloading quoted uncertain failed cancelled",
  "rendering: downloading quoted failed cancelled",
  "downloading: finishing rendering failed",
  /* downloading: the file is gone or changed on the disk */
  "finishing: done downloading",
  "uncertain: rendering quoted failed",
  "done:",
  "failed:",
  "cancelled:",
};

static gboolean
is_in_table (CsJobState from, CsJobState to)
{
  const char *row = table[from];
  g_autofree char *wanted = g_strdup_printf (" %s ", cs_job_state_to_string (to));
  g_autofree char *padded = g_strdup_printf ("%s ", strchr (row, ':') + 1);

  g_assert_true (g_str_has_prefix (row, cs_job_state_to_string (from)));
  return strstr (padded, wanted) != NULL;
}

static void
test_every_pair (void)
{
  g_assert_cmpint (G_N_ELEMENTS (table), ==, CS_N_JOB_STATES);
  for (int from = 0; from < CS_N_JOB_STATES; from++)
    for (int to = 0; to < CS_N_JOB_STATES; to++)
      {
        gboolean is_final = from == CS_JOB_DONE || from == CS_JOB_FAILED || from == CS_JOB_CANCELLED;
        gboolean expected = from == to ? !is_final : is_in_table (from, to);

        if (cs_job_state_can_move (from, to) != expected)
          g_error ("%s -> %s", cs_job_state_to_string (from), cs_job_state_to_string (to));
      }
}

/* Nothing that was sent is ever only cancelled by us, and nothing ends without the provider's word or a person's. */
static void
test_rules (void)
{
  g_assert_false (cs_job_state_can_move (CS_JOB_DOWNLOADING, CS_JOB_CANCELLED));
  g_assert_false (cs_job_state_can_move (CS_JOB_UNCERTAIN, CS_JOB_CANCELLED));
  g_assert_false (cs_job_state_can_move (CS_JOB_UNCERTAIN, CS_JOB_SUBMITTING));
  g_assert_false (cs_job_state_can_move (CS_JOB_RENDERING, CS_JOB_SUBMITTING));
  for (int from = 0; from < CS_N_JOB_STATES; from++)
    g_assert_true (from == CS_JOB_HOLDING || from == CS_JOB_SUBMITTING || !cs_job_state_can_move (from, CS_JOB_SUBMITTING));
}

static void
test_words (void)
{
  static const char *const statuses[CS_N_JOB_STATES] = {
    "processing", "processing", "processing", "processing", "processing", "processing", "processing", "processing",
    "processing", "succeeded",  "failed",     "canceled",
  };

  for (int i = 0; i < CS_N_JOB_STATES; i++)
    {
      CsJobState state;

      g_assert_true (cs_job_state_from_string (cs_job_state_to_string (i), &state));
      g_assert_cmpint (state, ==, i);
      g_assert_cmpstr (cs_job_state_get_status (i), ==, statuses[i]);
      g_assert_cmpint (cs_job_state_is_final (i), ==, i >= CS_JOB_DONE);
      g_assert_cmpint (cs_job_state_is_unsent (i), ==, i < CS_JOB_SUBMITTING);
    }
}

static void
test_waitings (void)
{
  static const char *const contract[] = { "offline", "rate_limited", "no_key", "budget", "consent", "poll" };
  CsWaiting waiting;
  CsJobState state;

  for (guint i = 0; i < G_N_ELEMENTS (contract); i++)
    {
      g_assert_true (cs_waiting_from_string (contract[i], &waiting));
      g_assert_cmpstr (cs_waiting_to_string (waiting), ==, contract[i]);
    }
  g_assert_true (cs_waiting_from_string (NULL, &waiting));
  g_assert_cmpint (waiting, ==, CS_WAITING_NONE);
  g_assert_false (cs_waiting_from_string ("tea", &waiting));
  g_assert_false (cs_job_state_from_string ("thinking", &state));
  g_assert_false (cs_job_state_from_string (NULL, &state));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job-state/every-pair", test_every_pair);
  g_test_add_func ("/job-state/rules", test_rules);
  g_test_add_func ("/job-state/words", test_words);
  g_test_add_func ("/job-state/waitings", test_waitings);
  return g_test_run ();
}
