/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-command.h"

G_BEGIN_DECLS

extern const CsCommand cs_command_keys_import;

G_END_DECLS
