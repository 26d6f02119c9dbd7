/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The ratios of width to height that a kind has, each with a small drawing of it. Signal "changed". */
#define CS_TYPE_FORMAT_PICKER (cs_format_picker_get_type ())
G_DECLARE_FINAL_TYPE (CsFormatPicker, cs_format_picker, CS, FORMAT_PICKER, AdwBin)

void     cs_format_picker_set_kind   (CsFormatPicker *self, CsKind kind); /* once */
CsAspect cs_format_picker_get_aspect (CsFormatPicker *self);
void     cs_format_picker_set_aspect (CsFormatPicker *self, CsAspect aspect);

G_END_DECLS
