/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* All keys: what is wrong with the keyring, one row a provider, and ways to bring in many at once. */
#define CS_TYPE_KEYS_PAGE (cs_keys_page_get_type ())
G_DECLARE_FINAL_TYPE (CsKeysPage, cs_keys_page, CS, KEYS_PAGE, AdwPreferencesPage)

void cs_keys_page_set_studio (CsKeysPage *self, CsStudio *studio);
void cs_keys_page_show_key   (CsKeysPage *self, CsKeyName key); /* its row, ready to paste */
void cs_keys_page_take_text  (CsKeysPage *self, const char *text); /* what was pasted: a key, or lines of a .env file */

G_END_DECLS
