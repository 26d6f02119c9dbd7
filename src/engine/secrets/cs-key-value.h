/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_KEY_MAX_LENGTH 512 /* bytes; those of the providers have 30 to 100 */

/* What people hand in as a key: from the environment, a file, a paste or the keyring. Any thread. */
gboolean cs_key_value_is_absent (const char *text);
char    *cs_key_value_check     (const char *text, GError **error);

G_END_DECLS
