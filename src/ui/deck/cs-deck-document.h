/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-slide.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CS_DECK_MAX_EDITED 200000 /* characters that can be edited here */

/*
 * The presentation that is being edited: its Markdown in a text buffer, and the slides in it, which follow the text within a
 * moment. Signals: "changed": the user changed the text, the theme or the language; "refreshed": the slides are those of the
 * text; "current-changed": the cursor is in another slide; "refused" (const char *words): a change that was too long.
 */
#define CS_TYPE_DECK_DOCUMENT (cs_deck_document_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckDocument, cs_deck_document, CS, DECK_DOCUMENT, GObject)

CsDeckDocument *cs_deck_document_new             (void);
gboolean        cs_deck_document_load            (CsDeckDocument *self, const char *markdown, CsTheme theme, CsLanguage language,
                                                  GError **error); /* begins anew: there is nothing to undo */
gboolean        cs_deck_document_replace         (CsDeckDocument *self, const char *markdown, GError **error); /* can be undone */
char           *cs_deck_document_dup_markdown    (CsDeckDocument *self);

GtkTextBuffer  *cs_deck_document_get_buffer      (CsDeckDocument *self);
gboolean        cs_deck_document_has_room        (CsDeckDocument *self, const char *text); /* for it, where the selection is */
GListModel     *cs_deck_document_get_slides      (CsDeckDocument *self); /* of CsDeckSlide; at least one */
void            cs_deck_document_refresh         (CsDeckDocument *self); /* now, if the text was changed */
guint           cs_deck_document_get_current     (CsDeckDocument *self); /* position of the slide with the cursor */
CsDeckSlide    *cs_deck_document_get_slide       (CsDeckDocument *self, guint position); /* (nullable) (transfer none) */
void            cs_deck_document_go_to           (CsDeckDocument *self, guint position);

CsTheme         cs_deck_document_get_theme       (CsDeckDocument *self);
void            cs_deck_document_set_theme       (CsDeckDocument *self, CsTheme theme);
CsLanguage      cs_deck_document_get_language    (CsDeckDocument *self);
char           *cs_deck_document_describe        (CsDeckDocument *self); /* "6 slides · 148 words · about 5 min to say" */

G_END_DECLS
