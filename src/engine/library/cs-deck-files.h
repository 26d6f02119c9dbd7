/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "library/cs-creation.h"
#include "store/cs-database.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The files of an edited deck. The new ones stand beside the old ones until the row names them, so that it always names files
 * that are whole; a note in the work folder says which names are meant, for whoever cleans up after a crash. Everything
 * blocks: worker threads only.
 */
typedef struct
{
  char *note;       /* path */
  char *old_file;   /* (nullable) names in the creations folder */
  char *old_markdown;
  char *file;
  char *markdown;
  char *sha256;     /* of the new master */
  gint64 size;
} CsDeckFiles;

CsDeckFiles *cs_deck_files_write   (CsPaths *paths, const CsCreationFacts *facts, GBytes *markdown, const char *html, gsize length,
                                    GError **error);
void         cs_deck_files_keep    (CsDeckFiles *self, CsPaths *paths); /* the row names the new ones: away with the old */
void         cs_deck_files_discard (CsDeckFiles *self, CsPaths *paths); /* the row was not written: away with the new */
void         cs_deck_files_free    (CsDeckFiles *self);
GPtrArray   *cs_deck_files_list    (CsPaths *paths); /* (element-type utf8): names that notes speak of */
void         cs_deck_files_sweep   (CsDatabase *database, CsPaths *paths, gint64 limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeckFiles, cs_deck_files_free)

G_END_DECLS
