/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* How jobs and attempts are written into rows and read from them; used by the job store alone. */

#define CS_JOB_COLUMNS                                                                                              \
  "id, kind, state, brief, screenplay, chain, chain_position, provider, model, owner, not_before, waiting, "        \
  "cancel_requested, max_cost, consent_at, estimated_cost, cost, progress, uncertain_since, look_count, "           \
  "error_code, error_message, request_hash, batch, title, created_at, updated_at, text_starts, text_cost, "          \
  "text_hold, text_at, key_id"

/* Which rows of `jobs` have not ended. */
#define CS_JOB_ACTIVE "state NOT IN ('done', 'failed', 'cancelled')"

#define CS_ATTEMPT_COLUMNS                                                                                          \
  "id, number, provider, model, request, status, remote_id, billed, hold, cost, output, sha256, size, mime_type, "  \
  "error_code, error_message, created_at, sent_at, ended_at, sale, unit"

CsJobFacts *cs_job_row_read          (CsStatement *statement, GError **error);
void        cs_job_row_bind          (CsStatement *statement, const CsJobFacts *facts);
CsAttempt  *cs_attempt_row_read      (CsStatement *statement, GError **error);
void        cs_attempt_row_bind      (CsStatement *statement, const CsAttempt *attempt);

G_END_DECLS
