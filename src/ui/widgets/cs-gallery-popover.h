/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The newest pictures of the gallery, to choose one. Signal "chosen" (utf8 path). */
#define CS_TYPE_GALLERY_POPOVER (cs_gallery_popover_get_type ())
G_DECLARE_FINAL_TYPE (CsGalleryPopover, cs_gallery_popover, CS, GALLERY_POPOVER, GtkPopover)

void cs_gallery_popover_set_studio (CsGalleryPopover *self, CsStudio *studio);

G_END_DECLS
