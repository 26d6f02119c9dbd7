/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job-store.h"

G_BEGIN_DECLS

/* What a job's step does to a wallet and to what is written down of its use; part of the step's own transaction. Worker
 * thread only; used by the job store alone. */
gboolean cs_job_store_move_words (CsDatabase *database, const CsJobCommit *commit, GError **error);
gboolean cs_job_store_move_money (CsDatabase *database, const CsJobCommit *commit, GError **error);
gboolean cs_job_store_note_words (CsDatabase *database, const CsJobFacts *facts, CsMoney estimated, GError **error);
gboolean cs_job_store_settle     (CsDatabase *database, const CsJobFacts *facts, const CsAttempt *attempt, GError **error);

G_END_DECLS
