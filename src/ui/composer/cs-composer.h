/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Where an idea is written and everything about it is chosen, with the one button that carries the price. Signal "generate"
 * (gpointer CsBrief *brief, guint count): somebody agreed to the price on the button; brief->max_cost is that of one.
 */
#define CS_TYPE_COMPOSER (cs_composer_get_type ())
G_DECLARE_FINAL_TYPE (CsComposer, cs_composer, CS, COMPOSER, AdwBin)

GtkWidget *cs_composer_new          (CsKind kind);
void       cs_composer_set_studio   (CsComposer *self, CsStudio *studio);
void       cs_composer_set_brief    (CsComposer *self, const CsBrief *brief); /* as it was asked before */
CsBrief   *cs_composer_dup_brief    (CsComposer *self); /* as it stands, unchecked */
void       cs_composer_set_image    (CsComposer *self, const char *path); /* (nullable) */
void       cs_composer_set_prompt   (CsComposer *self, const char *prompt);
void       cs_composer_take_files   (CsComposer *self, GSList *files); /* of GFile: the picture to begin from, if it is one */
void       cs_composer_take_texture (CsComposer *self, GdkTexture *texture);
void       cs_composer_clear        (CsComposer *self); /* the idea; what was chosen stays */
void       cs_composer_set_short    (CsComposer *self, gboolean is_short); /* there is little height */
void       cs_composer_show_trouble (CsComposer *self, const char *words); /* (nullable): below the button */
void       cs_composer_focus_prompt (CsComposer *self);
void       cs_composer_generate     (CsComposer *self); /* as the button does */

G_END_DECLS
