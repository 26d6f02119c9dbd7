/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Three swatches: how a presentation looks. Signal "changed": by the user. */
#define CS_TYPE_THEME_PICKER (cs_theme_picker_get_type ())
G_DECLARE_FINAL_TYPE (CsThemePicker, cs_theme_picker, CS, THEME_PICKER, AdwBin)

CsTheme cs_theme_picker_get_theme (CsThemePicker *self);
void    cs_theme_picker_set_theme (CsThemePicker *self, CsTheme theme);

G_END_DECLS
