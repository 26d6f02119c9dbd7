/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of a job and the edges between them: pure, without memory or effects. */
#include "config.h"
#include "jobs/cs-job-state.h"

#define TO(state) (1u << CS_JOB_##state)

/*
 * Every edge there is; a move that is not here is a mistake of ours. A state may always be written again as it is (a new
 * time to wait for, progress, an answer to keep).
 */
static const guint edges[CS_N_JOB_STATES] = {
  [CS_JOB_QUEUED] = TO (WRITING) | TO (CANCELLED),
  [CS_JOB_WRITING] = TO (QUOTED) | TO (CANCELLED),
  /* failed: the chain is at its end, or the brief asks for what nobody makes */
  [CS_JOB_QUOTED] = TO (HOLDING) | TO (FAILED) | TO (CANCELLED),
  /* quoted: over a cap, or the provider is full: nothing is held meanwhile */
  [CS_JOB_HOLDING] = TO (SUBMITTING) | TO (QUOTED) | TO (FAILED) | TO (CANCELLED),
  /* cancelled: only before the request is sent; failed: refused, and no other model is left */
  [CS_JOB_SUBMITTING] = TO (RENDERING) | TO (DOWNLOADING) | TO (QUOTED) | TO (UNCERTAIN) | TO (FAILED) | TO (CANCELLED),
  [CS_JOB_RENDERING] = TO (DOWNLOADING) | TO (QUOTED) | TO (FAILED) | TO (CANCELLED),
  [CS_JOB_DOWNLOADING] = TO (FINISHING) | TO (RENDERING) | TO (FAILED),
  /* downloading: the downloaded file is gone from the disk: fetch it again */
  [CS_JOB_FINISHING] = TO (DONE) | TO (DOWNLOADING),
  [CS_JOB_UNCERTAIN] = TO (RENDERING) | TO (QUOTED) | TO (FAILED),
};

static const struct
{
  const char *word;
  const char *status;
} states[CS_N_JOB_STATES] = {
  [CS_JOB_QUEUED] = { "queued", "processing" },
  [CS_JOB_WRITING] = { "writing", "processing" },
  [CS_JOB_QUOTED] = { "quoted", "processing" },
  [CS_JOB_HOLDING] = { "holding", "processing" },
  [CS_JOB_SUBMITTING] = { "submitting", "processing" },
  [CS_JOB_RENDERING] = { "rendering", "processing" },
  [CS_JOB_DOWNLOADING] = { "downloading", "processing" },
  [CS_JOB_FINISHING] = { "finishing", "processing" },
  [CS_JOB_UNCERTAIN] = { "uncertain", "processing" },
  [CS_JOB_DONE] = { "done", "succeeded" },
  [CS_JOB_FAILED] = { "failed", "failed" },
  [CS_JOB_CANCELLED] = { "cancelled", "canceled" },
};

static const char *const waitings[CS_N_WAITINGS] = {
  [CS_WAITING_NONE] = "",
  [CS_WAITING_OFFLINE] = "offline",
  [CS_WAITING_RATE_LIMITED] = "rate_limited",
  [CS_WAITING_NO_KEY] = "no_key",
  [CS_WAITING_BUDGET] = "budget",
  [CS_WAITING_CONSENT] = "consent",
  [CS_WAITING_POLL] = "poll",
  [CS_WAITING_TURN] = "turn",
  [CS_WAITING_DISK_FULL] = "disk_full",
};

/** cs_job_state_to_string: Returns: (transfer none): the inner word, for example "rendering". */
const char *
cs_job_state_to_string (CsJobState state)
{
  return states[state].word;
}

gboolean
cs_job_state_from_string (const char *text, CsJobState *state)
{
  for (int i = 0; i < CS_N_JOB_STATES; i++)
    if (g_strcmp0 (states[i].word, text) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

/** cs_job_state_get_status: Returns: (transfer none): the outer word: processing, succeeded, failed or canceled. */
const char *
cs_job_state_get_status (CsJobState state)
{
  return states[state].status;
}

/** cs_job_state_is_final: Returns: TRUE for done, failed and cancelled. */
gboolean
cs_job_state_is_final (CsJobState state)
{
  return state == CS_JOB_DONE || state == CS_JOB_FAILED || state == CS_JOB_CANCELLED;
}

/** cs_job_state_can_move: Returns: TRUE when the table has an edge, or when nothing moves in a state that is not final. */
gboolean
cs_job_state_can_move (CsJobState from, CsJobState to)
{
  if (from == to)
    return !cs_job_state_is_final (from);
  return (edges[from] & (1u << to)) != 0;
}

/** cs_job_state_is_unsent: Returns: TRUE while nothing can have left this computer, so that anybody may cancel. */
gboolean
cs_job_state_is_unsent (CsJobState state)
{
  return state == CS_JOB_QUEUED || state == CS_JOB_WRITING || state == CS_JOB_QUOTED || state == CS_JOB_HOLDING;
}

const char *
cs_waiting_to_string (CsWaiting waiting)
{
  return waitings[waiting];
}

gboolean
cs_waiting_from_string (const char *text, CsWaiting *waiting)
{
  for (int i = 0; i < CS_N_WAITINGS; i++)
    if (g_strcmp0 (waitings[i], text != NULL ? text : "") == 0)
      {
        *waiting = i;
        return TRUE;
      }
  return FALSE;
}
