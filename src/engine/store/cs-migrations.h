/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/cs-database.h"

G_BEGIN_DECLS

int      cs_migrations_get_latest (void);
gboolean cs_migrations_run        (CsDatabase *database, const char *backup_folder, GError **error);
gboolean cs_migrations_run_to     (CsDatabase *database, int version, const char *backup_folder, GError **error);

G_END_DECLS
