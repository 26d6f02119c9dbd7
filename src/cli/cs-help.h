/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-command.h"

G_BEGIN_DECLS

/* The words of --help, out of the tables. All return (transfer full) text. */
char *cs_help_write         (const CsCommand *group, const CsCommand *command, const CsOption *const *tables);
char *cs_help_list_names    (const CsCommand *const *table);
char *cs_help_get_full_name (const CsCommand *group, const CsCommand *command);

G_END_DECLS
