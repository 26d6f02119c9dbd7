/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job-context.h"
#include "jobs/cs-job.h"

G_BEGIN_DECLS

/* What the next attempt asks of a provider, out of what is known of its job. Main thread. */
int        cs_job_request_get_number (const CsJobFacts *facts);
CsRequest *cs_job_request_new        (CsJobContext *context, const CsJobFacts *facts, const CsModel *model, int number);

G_END_DECLS
