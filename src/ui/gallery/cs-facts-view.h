/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What is known of a creation: its prompt, what the screenwriter made of it, and the facts of its making. Signals: "use-words":
 * its prompt is wanted in the composer.
 */
#define CS_TYPE_FACTS_VIEW (cs_facts_view_get_type ())
G_DECLARE_FINAL_TYPE (CsFactsView, cs_facts_view, CS, FACTS_VIEW, AdwBin)

void cs_facts_view_set_creation (CsFactsView *self, CsCreation *creation, CsStudio *studio);
void cs_facts_view_set_job      (CsFactsView *self, CsJob *job); /* (nullable) how it was made */

G_END_DECLS
