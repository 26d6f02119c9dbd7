/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A presentation while it is written: its steps with their times. */
#define CS_TYPE_DECK_WORKING (cs_deck_working_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckWorking, cs_deck_working, CS, DECK_WORKING, AdwBin)

void cs_deck_working_set_job (CsDeckWorking *self, CsStudio *studio, CsJob *job); /* job: (nullable) */

G_END_DECLS
