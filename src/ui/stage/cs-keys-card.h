/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Where keys can be added, offered to those who have none, until they say "Not Now". Signal "dismissed". */
#define CS_TYPE_KEYS_CARD (cs_keys_card_get_type ())
G_DECLARE_FINAL_TYPE (CsKeysCard, cs_keys_card, CS, KEYS_CARD, AdwBin)

gboolean cs_keys_card_has_key    (CsStudio *studio); /* of a provider that makes or writes */
gboolean cs_keys_card_is_wanted  (CsStudio *studio); /* nobody has a key, and nobody said no */
void     cs_keys_card_set_studio (CsKeysCard *self, CsStudio *studio);

G_END_DECLS
