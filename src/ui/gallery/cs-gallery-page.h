/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* All creations, to look through, search, choose, save and put away; works offline. Signal "open-creation" (CsCreation
 * *creation, GListModel *among): one was opened. */
#define CS_TYPE_GALLERY_PAGE (cs_gallery_page_get_type ())
G_DECLARE_FINAL_TYPE (CsGalleryPage, cs_gallery_page, CS, GALLERY_PAGE, AdwBin)

GtkWidget *cs_gallery_page_new        (void);
void       cs_gallery_page_set_studio (CsGalleryPage *self, CsStudio *studio);
void       cs_gallery_page_search     (CsGalleryPage *self); /* puts the focus into the search */

G_END_DECLS
