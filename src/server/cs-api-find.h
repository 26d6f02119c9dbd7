/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/*
 * Whose things a call may see. Without the header X-Studio-Key all that there are: it is the operator's own computer. With
 * it only those that this wallet key pays: others are not there for its holder. A key that is not known is answered with 402,
 * what is not there with 404; the function is called only when there is something to go on with, in the words of the call.
 */
typedef void (*CsApiKeyFunc)      (CsApiCall *call, const CsWalletKey *key); /* key: (nullable): all may be seen */
typedef void (*CsApiCreationFunc) (CsApiCall *call, CsCreation *creation, CsJob *job); /* job: (nullable): there is none */
typedef void (*CsApiJobFunc)      (CsApiCall *call, CsJob *job);

void     cs_api_find_key      (CsApiCall *call, CsApiKeyFunc found);
void     cs_api_find_creation (CsApiCall *call, gboolean with_job, CsApiCreationFunc found); /* by the id of the call */
void     cs_api_find_job      (CsApiCall *call, CsApiJobFunc found); /* by the id of the call, ours or the provider's */
gboolean cs_api_key_may_see   (const CsWalletKey *key, CsJob *job); /* both (nullable) */

G_END_DECLS
