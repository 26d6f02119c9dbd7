/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-model.h"
#include "providers/cs-request.h"

G_BEGIN_DECLS

JsonObject *cs_piapi_build_task (const CsModel *model, const CsRequest *request);

G_END_DECLS
