/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-command.h"

G_BEGIN_DECLS

/* What the commands of the wallet are told: a key, and credit. */
char    *cs_wallet_input_read_key    (CsCli *cli, CsArguments *arguments, GError **error); /* for cs_secret_free() */
gboolean cs_wallet_input_read_credit (const char *text, gboolean may_be_none, CsMoney *credit, GError **error);

G_END_DECLS
