/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The user's own caps: for one creation, a day, a month, and what programs ask for over HTTP. */
#define CS_TYPE_BUDGET_GROUP (cs_budget_group_get_type ())
G_DECLARE_FINAL_TYPE (CsBudgetGroup, cs_budget_group, CS, BUDGET_GROUP, AdwPreferencesGroup)

void cs_budget_group_set_studio (CsBudgetGroup *self, CsStudio *studio);

G_END_DECLS
