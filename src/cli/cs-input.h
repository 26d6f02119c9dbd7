/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-cli.h"

G_BEGIN_DECLS

#define CS_INPUT_MAX_PROMPT (256 * 1024) /* bytes */

/* What the user hands in: files, or stdin where the name is "-". Read on another thread, never more than @max_length. */
GBytes  *cs_input_read          (CsCli *cli, const char *name, gsize max_length, GError **error);
gboolean cs_input_check_picture (CsCli *cli, const char *path, GError **error);

G_END_DECLS
