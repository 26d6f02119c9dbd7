/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the file of a creation says about itself, read from the file and not from the library. */
#define CS_TYPE_ORIGIN_VIEW (cs_origin_view_get_type ())
G_DECLARE_FINAL_TYPE (CsOriginView, cs_origin_view, CS, ORIGIN_VIEW, AdwBin)

void cs_origin_view_set_creation (CsOriginView *self, CsCreation *creation, CsStudio *studio); /* creation: (nullable) */

G_END_DECLS
