/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-command.h"

G_BEGIN_DECLS

/* The commands of library that are about one creation. */
extern const CsCommand cs_command_library_show;
extern const CsCommand cs_command_library_export;
extern const CsCommand cs_command_library_favourite;
extern const CsCommand cs_command_library_rename;
extern const CsCommand cs_command_library_trash;
extern const CsCommand cs_command_library_restore;

G_END_DECLS
