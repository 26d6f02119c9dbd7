/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-command.h"

G_BEGIN_DECLS

/* One key as the command line shows it: never the key itself. */
gboolean    cs_key_row_find    (CsArguments *arguments, CsKeyName *name, GError **error);
JsonObject *cs_key_row_to_json (CsCli *cli, CsKeyName name);
void        cs_key_row_print   (CsCli *cli, CsKeyName name);
void        cs_key_row_show    (CsCli *cli, CsKeyName name);
void        cs_keys_tell_trouble (CsCli *cli, JsonObject *document);
gboolean    cs_keys_store      (CsCli *cli, CsKeyName name, const char *secret, GError **error);

G_END_DECLS
