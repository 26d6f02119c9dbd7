/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/* What can be said of a job to whoever asked for it. */
typedef enum
{
  CS_API_VERDICT_NONE,   /* nothing yet */
  CS_API_VERDICT_TAKEN,  /* a provider took it; or, of one that is waited for to its end, it is done */
  CS_API_VERDICT_NEEDED, /* it stands still for something that only a person can give */
  CS_API_VERDICT_ENDED,  /* it failed, or was cancelled */
} CsApiVerdict;

CsApiVerdict     cs_api_verdict_read  (CsJob *job, gboolean until_done);
const CsAttempt *cs_api_verdict_taken (const CsJobFacts *facts); /* (nullable) the first attempt that a provider took */
/* (transfer full): why it is NEEDED or ENDED, in the language of the call. */
GError          *cs_api_verdict_explain (CsApiCall *call, CsJob *job);

G_END_DECLS
