/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "deck/cs-deck.h"
#include "library/cs-library.h"

G_BEGIN_DECLS

/* An edited deck on its way into the library; borrowed during the call only. */
typedef struct
{
  const char *id;      /* (nullable) of its creation; NULL: it becomes a new one, of the user's own */
  const char *sha256;  /* (nullable) of the master that the edit began from: when it is another by now, nothing is changed */
  GBytes *markdown;
  CsTheme theme;
  CsLanguage language;
} CsDeckEdit;

/* The Markdown is the source: the HTML file is made anew beside it. Main thread; the work is done on others. */
void        cs_deck_saver_save_async  (CsLibrary *library, CsStore *store, CsPaths *paths, const CsDeckEdit *edit,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsCreation *cs_deck_saver_save_finish (GAsyncResult *result, GError **error);

/* What an HTML file of the deck says about itself; for CsDeckOptions. */
char       *cs_deck_saver_make_stamp  (const CsCreationFacts *facts, CsLanguage language, gboolean with_prompt);

G_END_DECLS
