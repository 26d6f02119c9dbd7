/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows in a text what its Markdown means: titles in the accent colour, marks dim, notes slanted. Only lines that are other
 * than before are touched, a few milliseconds at a time. Main thread. */
typedef struct _CsDeckMarkup CsDeckMarkup;

CsDeckMarkup *cs_deck_markup_new         (GtkTextBuffer *buffer);
void          cs_deck_markup_free        (CsDeckMarkup *self);
void          cs_deck_markup_update      (CsDeckMarkup *self, const char *text); /* all of the buffer's */
void          cs_deck_markup_set_colours (CsDeckMarkup *self, const GdkRGBA *accent, const GdkRGBA *dim);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeckMarkup, cs_deck_markup_free)

G_END_DECLS
