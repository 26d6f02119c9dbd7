/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The key of one provider: what it is for, whether there is one and works, and where to paste it. */
#define CS_TYPE_KEY_EXPANDER (cs_key_expander_get_type ())
G_DECLARE_FINAL_TYPE (CsKeyExpander, cs_key_expander, CS, KEY_EXPANDER, AdwExpanderRow)

GtkWidget *cs_key_expander_new   (CsStudio *studio, CsKeyName key);
void       cs_key_expander_paste (CsKeyExpander *self, const char *secret); /* as if the user had: kept, and checked */
void       cs_key_expander_open  (CsKeyExpander *self); /* ready to paste */

G_END_DECLS
