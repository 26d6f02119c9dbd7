/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/* What was chosen last time, by kind: style, ratio, length, sound, screenwriter, model, and how many (as the brief's variation:
 * 0 for not said). Nothing that was written or that is a file of the user's. */
CsBrief *cs_composer_memory_load (CsStudio *studio, CsKind kind); /* (transfer full) (nullable): nothing that can be used */
void     cs_composer_memory_save (CsStudio *studio, const CsBrief *brief);

G_END_DECLS
