/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-wire.h"

G_BEGIN_DECLS

extern const CsWireVendor cs_replicate_vendor;

const char   *cs_replicate_get_id          (JsonObject *object, guint *status); /* (nullable); a CsWireIdFunc */
double        cs_replicate_read_progress   (const char *logs); /* 0 to 1; -1: none */
CsPrediction *cs_replicate_read_prediction (const CsHttpAnswer *answer, gboolean allow_loopback);
CsPrediction *cs_replicate_read_cancel     (const CsHttpAnswer *answer, gboolean allow_loopback);
char         *cs_replicate_read_upload     (const CsHttpAnswer *answer, const char *base, GError **error);
CsKeyCheck   *cs_replicate_read_account    (const CsHttpAnswer *answer);

G_END_DECLS
