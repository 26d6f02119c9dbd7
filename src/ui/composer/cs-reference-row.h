/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The picture to begin from: dropped, pasted, or chosen from a file or the gallery; only what is one is taken. Signal "changed". */
#define CS_TYPE_REFERENCE_ROW (cs_reference_row_get_type ())
G_DECLARE_FINAL_TYPE (CsReferenceRow, cs_reference_row, CS, REFERENCE_ROW, AdwActionRow)

void        cs_reference_row_set_studio  (CsReferenceRow *self, CsStudio *studio);
const char *cs_reference_row_get_path    (CsReferenceRow *self); /* (nullable) */
const char *cs_reference_row_get_trouble (CsReferenceRow *self); /* (nullable) why what was brought last was not taken */
void        cs_reference_row_set_path    (CsReferenceRow *self, const char *path); /* (nullable) */
void        cs_reference_row_take_files  (CsReferenceRow *self, GSList *files); /* of GFile */
void        cs_reference_row_set_texture (CsReferenceRow *self, GdkTexture *texture); /* a picture that is in no file yet */

G_END_DECLS
