/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"
#include "ui/deck/cs-deck-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* All slides in a row; the one that is chosen is the one of the cursor, both ways. */
#define CS_TYPE_SLIDE_STRIP (cs_slide_strip_get_type ())
G_DECLARE_FINAL_TYPE (CsSlideStrip, cs_slide_strip, CS, SLIDE_STRIP, AdwBin)

void cs_slide_strip_set_document (CsSlideStrip *self, CsDeckDocument *document); /* once */
void cs_slide_strip_set_studio   (CsSlideStrip *self, CsStudio *studio);

G_END_DECLS
