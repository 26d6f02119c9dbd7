/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Whether other programs of this computer may use the studio, where they find it, and what that means. */
#define CS_TYPE_API_GROUP (cs_api_group_get_type ())
G_DECLARE_FINAL_TYPE (CsApiGroup, cs_api_group, CS, API_GROUP, AdwPreferencesGroup)

void cs_api_group_set_studio (CsApiGroup *self, CsStudio *studio);

G_END_DECLS
