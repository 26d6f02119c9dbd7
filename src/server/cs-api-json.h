/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/* The JSON of the contract as it leaves over HTTP: the same as that of the command line, but with addresses on this server
 * where that has paths of this computer. To the holder of a wallet key a cost is what that key was debited: what the provider
 * took is between him and the operator. */
JsonObject *cs_api_creation_to_json  (CsApiCall *call, CsCreation *creation, CsJob *job); /* job: (nullable), of a list: its cost is known */
JsonObject *cs_api_job_to_json       (CsApiCall *call, CsJob *job, CsCreation *creation); /* creation: (nullable) */
JsonObject *cs_api_job_to_entry      (CsApiCall *call, CsJob *job); /* one of a list */
char       *cs_api_dup_job_error     (CsApiCall *call, CsJob *job); /* (nullable) why it failed or waits */
char       *cs_api_dup_file_url      (CsApiCall *call, const char *id);
char       *cs_api_dup_thumbnail_url (CsApiCall *call, const char *id);

G_END_DECLS
