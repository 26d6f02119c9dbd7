/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Where everything lies and what it takes; the trash; and whether all files are as they were. */
#define CS_TYPE_STORAGE_GROUP (cs_storage_group_get_type ())
G_DECLARE_FINAL_TYPE (CsStorageGroup, cs_storage_group, CS, STORAGE_GROUP, AdwPreferencesGroup)

void cs_storage_group_set_studio (CsStorageGroup *self, CsStudio *studio);

G_END_DECLS
