/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/cs-keyring-call.h"

G_BEGIN_DECLS

/* Does what @call asks, in the keyring's thread, and hands it back. */
void cs_keyring_do (CsKeyringCall *call); /* (transfer full) */

G_END_DECLS
