/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Five cards with a picture each: how the creation shall look. Signal "changed". */
#define CS_TYPE_STYLE_PICKER (cs_style_picker_get_type ())
G_DECLARE_FINAL_TYPE (CsStylePicker, cs_style_picker, CS, STYLE_PICKER, AdwBin)

CsStyle cs_style_picker_get_style (CsStylePicker *self);
void    cs_style_picker_set_style (CsStylePicker *self, CsStyle style);

const char *cs_style_get_name (CsStyle style); /* (transfer none): for people */

G_END_DECLS
