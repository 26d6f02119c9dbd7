/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A picture out of a file: decoded on another thread, cut to its widget (cover) with round corners, kept in a bounded cache
 * that all of them share; a quiet grey until it is there, or when it is gone. Properties: path, alternative-text (without
 * one it only decorates), ratio (width to height that it asks for; 0: none).
 */
#define CS_TYPE_THUMBNAIL (cs_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (CsThumbnail, cs_thumbnail, CS, THUMBNAIL, GtkWidget)

GtkWidget *cs_thumbnail_new                  (void);
void       cs_thumbnail_set_path             (CsThumbnail *self, const char *path); /* (nullable) */
void       cs_thumbnail_set_resource         (CsThumbnail *self, const char *path); /* a picture of this program */
void       cs_thumbnail_set_alternative_text (CsThumbnail *self, const char *text); /* (nullable): it only decorates */
gboolean   cs_thumbnail_is_loaded            (CsThumbnail *self);

G_END_DECLS
