/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/cs-database.h"

G_BEGIN_DECLS

gboolean cs_backups_make       (CsDatabase *database, const char *folder, GError **error);
gboolean cs_backups_make_daily (CsDatabase *database, const char *folder, GError **error);

G_END_DECLS
