/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* Who would make a brief first, and for an agreed price: nothing is queued that cannot begin. Words in the language of the scope. */
const CsModel *cs_api_models_choose (CsEngine *engine, const CsBrief *brief, const char **field, GError **error);
/* (nullable) likewise, of a job that nobody has taken yet: whether that is agreed to or not. */
const CsModel *cs_api_models_guess  (CsEngine *engine, const CsJobFacts *facts);

G_END_DECLS
