/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/*
 * Creations for other programs, over the clipboard or by dragging: as files, and a picture as its picture too. The copies are
 * made, with their stamps, when somebody asks for them.
 */
#define CS_TYPE_CREATION_CONTENT (cs_creation_content_get_type ())
G_DECLARE_FINAL_TYPE (CsCreationContent, cs_creation_content, CS, CREATION_CONTENT, GdkContentProvider)

GdkContentProvider *cs_creation_content_new          (CsStudio *studio, CsCreation *creation);
GdkContentProvider *cs_creation_content_new_for_rows (CsStudio *studio, GArray *rows); /* (element-type gint64) */

G_END_DECLS
