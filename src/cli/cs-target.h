/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-cli.h"

G_BEGIN_DECLS

/* The files that -o and --dir name. */
gboolean cs_target_check_name (const char *path, CsKind kind, GError **error);
gboolean cs_target_check      (CsCli *cli, const char *path, CsKind kind, guint count, gboolean force, GError **error);
gboolean cs_target_check_outside (CsCli *cli, const char *path, GError **error);
char    *cs_target_number     (const char *path, guint number, guint count);
gboolean cs_target_write      (CsCli *cli, const char *id, const char *path, gboolean force, CsExportMode mode, GError **error);
char    *cs_target_find_free  (CsCli *cli, const char *folder, const CsCreationFacts *facts, gboolean force, GError **error);
void     cs_target_warn       (CsCli *cli, const CsCreationFacts *facts, const char *path);

G_END_DECLS
