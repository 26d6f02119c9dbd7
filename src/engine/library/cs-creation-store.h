/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-creation.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* Rows of the table `creations`; worker thread only, inside the transaction of the caller. */

gboolean    cs_creation_store_insert (CsDatabase *database, const CsCreationFacts *facts, GError **error);
CsCreation *cs_creation_store_load   (CsDatabase *database, const char *id, GError **error);

G_END_DECLS
