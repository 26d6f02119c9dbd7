/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-cli.h"

G_BEGIN_DECLS

/* A secret that the user types or pipes in; never one of the command line. Returns: for cs_secret_free(). */
char *cs_secret_input_read (CsCli *cli, const char *question, GError **error);

G_END_DECLS
