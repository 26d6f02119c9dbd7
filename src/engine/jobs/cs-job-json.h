/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-changes.h"
#include "jobs/cs-job.h"
#include "library/cs-creation-json.h"
#include "providers/cs-provider-registry.h"
#include "wallet/cs-price-list.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The JSON of the contract, in one place for the command line and the server. */

/* `jobs list`: one job. */
JsonObject *cs_job_to_json          (CsJob *job);

/* Of any answer about a job: {status, state, waiting?, uncertain?}. */
void        cs_job_add_state        (JsonObject *object, CsJob *job);

/* `video`, `image`, `deck`, `jobs show`: a job with its creation, when there is one already. */
JsonObject *cs_job_result_to_json   (CsJob *job, CsCreation *creation, CsCreationPlace place, gpointer user_data,
                                     CsProviderRegistry *registry, CsPriceList *prices);

/* What is told to whoever listens: {id, status, state, progress} of a job, {id} of a creation. */
JsonObject *cs_change_to_json       (const CsChange *change);

/* The words for people that go with a job's state. (transfer full) */
char       *cs_job_describe         (CsJob *job, CsProviderRegistry *registry);

G_END_DECLS
