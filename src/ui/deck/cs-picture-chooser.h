/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The newest pictures of the library, or one from a file, which is taken into the library. Signal "chosen" (const char
 * *markdown): what stands for it in the text of a presentation. */
#define CS_TYPE_PICTURE_CHOOSER (cs_picture_chooser_get_type ())
G_DECLARE_FINAL_TYPE (CsPictureChooser, cs_picture_chooser, CS, PICTURE_CHOOSER, GtkPopover)

void cs_picture_chooser_set_studio (CsPictureChooser *self, CsStudio *studio);
void cs_picture_chooser_take_file  (CsPictureChooser *self, const char *path);

G_END_DECLS
