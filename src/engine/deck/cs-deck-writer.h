/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "deck/cs-deck-picture.h"
#include "deck/cs-deck.h"

G_BEGIN_DECLS

GString *cs_deck_writer_write (GPtrArray *slides, const CsDeckOptions *options, CsDeckPictures *pictures,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
