/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"
#include "ui/deck/cs-deck-document.h"

G_BEGIN_DECLS

/* What a copy of the presentation is. */
typedef enum
{
  CS_DECK_COPY_HTML,
  CS_DECK_COPY_MARKDOWN,
} CsDeckCopyFormat;

/* Writes what is in the document, saved or not, into a file of the user's, over what is there. Main thread; written on
 * others. */
void     cs_deck_copy_async  (CsStudio *studio, CsDeckDocument *document, CsCreation *creation, CsDeckCopyFormat format,
                              const char *path, GAsyncReadyCallback callback, gpointer user_data); /* creation: (nullable) */
gboolean cs_deck_copy_finish (GAsyncResult *result, GError **error);

G_END_DECLS
