/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-wire.h"

G_BEGIN_DECLS

extern const CsWireVendor cs_piapi_vendor;

const char   *cs_piapi_get_id       (JsonObject *object, guint *status); /* (nullable); a CsWireIdFunc */
CsPrediction *cs_piapi_read_task    (const CsHttpAnswer *answer, gboolean allow_loopback);
CsPrediction *cs_piapi_read_cancel  (const CsHttpAnswer *answer, gboolean allow_loopback);
char         *cs_piapi_read_upload  (const CsHttpAnswer *answer, gboolean allow_loopback, GError **error);
CsKeyCheck   *cs_piapi_read_account (const CsHttpAnswer *answer);

G_END_DECLS
