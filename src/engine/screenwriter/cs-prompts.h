/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/chat/cs-chat.h"
#include "providers/cs-model.h"
#include "providers/cs-request.h"
#include "screenwriter/cs-brief.h"

G_BEGIN_DECLS

/* What language models are told: the texts of resources/prompts, filled in. The user's words are data in them. */
char   *cs_prompts_fill            (const char *name, const char *const *values);
CsChat *cs_prompts_new_rewrite     (const CsBrief *brief, const CsModel *target);
CsChat *cs_prompts_new_deck        (CsRequest *request);
CsChat *cs_prompts_new_deck_repair (CsRequest *request, JsonArray *slides);

G_END_DECLS
