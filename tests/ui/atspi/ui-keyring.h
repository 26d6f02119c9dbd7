/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-program.h"

G_BEGIN_DECLS

/* A real keyring, empty and unlocked, in a folder of @program; to be opened before the program starts. It ends with the
 * test's session. Returns: FALSE where there is none on this computer. */
gboolean ui_keyring_open (UiProgram *program);

G_END_DECLS
