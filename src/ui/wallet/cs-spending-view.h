/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What was spent week by week, and this month provider by provider with what came of it. */
#define CS_TYPE_SPENDING_VIEW (cs_spending_view_get_type ())
G_DECLARE_FINAL_TYPE (CsSpendingView, cs_spending_view, CS, SPENDING_VIEW, AdwBin)

void cs_spending_view_set_studio (CsSpendingView *self, CsStudio *studio);
void cs_spending_view_reload     (CsSpendingView *self);

G_END_DECLS
