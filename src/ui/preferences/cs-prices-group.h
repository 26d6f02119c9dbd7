/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The user's own prices, and the most that another provider may cost by itself. */
#define CS_TYPE_PRICES_GROUP (cs_prices_group_get_type ())
G_DECLARE_FINAL_TYPE (CsPricesGroup, cs_prices_group, CS, PRICES_GROUP, AdwPreferencesGroup)

void cs_prices_group_set_studio (CsPricesGroup *self, CsStudio *studio);

G_END_DECLS
