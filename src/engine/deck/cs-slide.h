/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "deck/cs-deck.h"

G_BEGIN_DECLS

#define CS_DECK_MAX_SLIDES 2000
#define CS_SLIDE_MAX_LENGTH (256 * 1024) /* bytes */

void cs_slide_free (CsSlide *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSlide, cs_slide_free)

G_END_DECLS
