/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The models of one kind in the order in which they are tried, to be put into another. */
#define CS_TYPE_MODELS_GROUP (cs_models_group_get_type ())
G_DECLARE_FINAL_TYPE (CsModelsGroup, cs_models_group, CS, MODELS_GROUP, AdwPreferencesGroup)

GtkWidget *cs_models_group_new (CsStudio *studio, CsKind kind);

G_END_DECLS
