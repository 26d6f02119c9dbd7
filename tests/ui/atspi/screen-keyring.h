/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screen-program.h"

G_BEGIN_DECLS

/* A real keyring, empty and unlocked, in a folder of @program; to be opened before the program starts. It ends with the
 * test's session. Returns: FALSE where there is none on this computer. */
gboolean screen_keyring_open (ScreenProgram *program);

G_END_DECLS
