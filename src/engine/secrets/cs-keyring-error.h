/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why the keyring did not do what was asked, as %CS_ERROR_NO_KEYRING with a sentence that says how to go on. Any thread. */
GError *cs_keyring_error_new_locked (void);
GError *cs_keyring_error_new_empty  (void);
GError *cs_keyring_error_new_slow   (void);
GError *cs_keyring_error_translate  (GError *error);
gboolean cs_keyring_error_is_locked (const GError *error);

G_END_DECLS
