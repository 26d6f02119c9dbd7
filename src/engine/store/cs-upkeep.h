/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

gboolean cs_upkeep_prepare (CsDatabase *database, CsPaths *paths, gboolean *was_there, GError **error);
void     cs_upkeep_daily   (CsDatabase *database, CsPaths *paths);

G_END_DECLS
