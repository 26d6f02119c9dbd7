/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-creation.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* Rows of the table `creations`; worker thread only, inside the transaction of the caller. */

gboolean         cs_creation_store_insert        (CsDatabase *database, const CsCreationFacts *facts, GError **error);
CsCreation      *cs_creation_store_load          (CsDatabase *database, const char *id, GError **error);
gboolean         cs_creation_store_set_favourite (CsDatabase *database, const char *id, gboolean favourite, GError **error);
gboolean         cs_creation_store_set_trashed   (CsDatabase *database, const char *id, gint64 trashed_at, GError **error);
gboolean         cs_creation_store_set_texts     (CsDatabase *database, const char *id, const char *title, const char *notes,
                                                  GError **error);
gboolean         cs_creation_store_set_deck      (CsDatabase *database, const CsCreationFacts *facts, const char *old_sha256,
                                                  GError **error);
gboolean         cs_creation_store_set_missing   (CsDatabase *database, const char *id, gboolean missing, GError **error);

/* For queries of our own: the columns of `creations AS c` that cs_creation_store_read() expects, the row number last. */
#define CS_CREATION_COLUMNS CS_CREATION_COLUMNS_AT ("c.cost")
#define CS_CREATION_COLUMNS_AT(cost)                                                                                  \
  "c.id, c.job_id, c.kind, c.title, c.prompt, c.original_prompt, c.negative_prompt, c.notes, c.provider, c.model, "   \
  "c.style, c.aspect_ratio, c.theme, c.language, c.duration, c.width, c.height, c.has_sound, c.num_slides, c.seed, "  \
  "c.file, c.markdown_file, c.thumbnail, c.mime_type, c.sha256, c.size, c.parent_id, " cost ", c.source, c.favourite, " \
  "c.missing, c.trashed_at, c.created_at, c.rowid"
#define CS_CREATION_ROW_COLUMN 33

CsStatement     *cs_creation_store_find          (CsDatabase *database, const char *id, GError **error);
CsCreationFacts *cs_creation_store_read          (CsStatement *statement);

G_END_DECLS
