/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "deck/cs-deck.h"

G_BEGIN_DECLS

#define CS_DECK_MAX_PICTURE (20 * 1024 * 1024)   /* bytes of one picture */
#define CS_DECK_MAX_PICTURES (192 * 1024 * 1024) /* bytes of all pictures of a deck */

/* The pictures of one export: what was embedded and what is missing. Owned by the export; its thread. */
typedef struct
{
  CsDeckResolver resolver; /* (nullable) */
  gpointer resolver_data;
  GHashTable *seen;        /* address (utf8) to CsDeckPicture (nullable value) */
  GPtrArray *missing;      /* (element-type utf8), each once */
  GHashTable *missed;      /* the same, as a set */
  gsize embedded;          /* bytes */
} CsDeckPictures;

CsDeckPictures *cs_deck_pictures_new    (CsDeckResolver resolver, gpointer resolver_data);
void            cs_deck_pictures_free   (CsDeckPictures *self);
gboolean        cs_deck_pictures_append (CsDeckPictures *self, GString *html, const char *address);
const char     *cs_deck_picture_sniff   (GBytes *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeckPictures, cs_deck_pictures_free)

G_END_DECLS
