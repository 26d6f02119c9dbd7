/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-context.h"
#include "providers/cs-provider.h"

G_BEGIN_DECLS

/* A provider and its calls, each waited for, so that a test reads like what it says. */
CsProviderContext *cs_test_provider_context (void); /* with the keys of the environment, which it takes */
CsRequest         *cs_test_request          (const char *model, CsKind kind);
CsRequest         *cs_test_prepare          (CsProvider *provider, CsRequest *request, GError **error);
CsSubmission      *cs_test_submit           (CsProvider *provider, CsRequest *request);
CsPrediction      *cs_test_poll             (CsProvider *provider, CsRequest *request, const char *remote_id);
CsPrediction      *cs_test_poll_to_end      (CsProvider *provider, CsRequest *request, const char *remote_id);
CsPrediction      *cs_test_cancel           (CsProvider *provider, CsRequest *request, const char *remote_id);
char              *cs_test_find             (CsProvider *provider, CsRequest *request, gint64 sent_at, const char *const *bound,
                                             GError **error);
gboolean           cs_test_fetch            (CsProvider *provider, CsRequest *request, const char *output, const char *path,
                                             GError **error);
CsKeyCheck        *cs_test_check            (CsProvider *provider);

G_END_DECLS
