/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-cli.h"

G_BEGIN_DECLS

/* The token of `serve`, out of a file of one line that only its owner can read; for cs_secret_free(). */
char *cs_token_file_read (CsCli *cli, const char *path, GError **error);

G_END_DECLS
