/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a job is on its way (design, section 4). The words are those of the contract. */
typedef enum
{
  CS_JOB_QUEUED,
  CS_JOB_WRITING,
  CS_JOB_QUOTED,
  CS_JOB_HOLDING,
  CS_JOB_SUBMITTING,
  CS_JOB_RENDERING,
  CS_JOB_DOWNLOADING,
  CS_JOB_FINISHING,
  CS_JOB_UNCERTAIN,
  CS_JOB_DONE,
  CS_JOB_FAILED,
  CS_JOB_CANCELLED,
  CS_N_JOB_STATES
} CsJobState;

/* Why a job stands still. */
typedef enum
{
  CS_WAITING_NONE,
  CS_WAITING_OFFLINE,
  CS_WAITING_RATE_LIMITED,
  CS_WAITING_NO_KEY,
  CS_WAITING_BUDGET,
  CS_WAITING_CONSENT,
  CS_WAITING_POLL,
  CS_WAITING_TURN,      /* the provider's limit of jobs at once is reached */
  CS_WAITING_DISK_FULL,
  CS_N_WAITINGS
} CsWaiting;

const char *cs_job_state_to_string   (CsJobState state);
gboolean    cs_job_state_from_string (const char *text, CsJobState *state);
const char *cs_job_state_get_status  (CsJobState state);
gboolean    cs_job_state_is_final    (CsJobState state);
gboolean    cs_job_state_can_move    (CsJobState from, CsJobState to);
gboolean    cs_job_state_is_unsent   (CsJobState state);
const char *cs_waiting_to_string     (CsWaiting waiting);
gboolean    cs_waiting_from_string   (const char *text, CsWaiting *waiting);

G_END_DECLS
