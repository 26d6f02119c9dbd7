/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/huggingface/cs-huggingface-route.h"

G_BEGIN_DECLS

/* Who serves a model of the hub now: the hub's answer about it, read. Pure; the answer is hostile. */
char *cs_huggingface_mapping_make_path (const char *model);
char *cs_huggingface_mapping_pick      (JsonObject *answer, const char *model, CsHuggingfaceTask task, CsAspect aspect);

G_END_DECLS
