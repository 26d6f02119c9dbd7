/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-arguments.h"
#include "cli/cs-result.h"

G_BEGIN_DECLS

#define CS_PATIENCE_MAX (24 * 3600) /* seconds */

/* What one command makes. Borrows everything but its briefs. */
typedef struct
{
  GPtrArray *briefs;    /* (element-type CsBrief) checked */
  const char *output;   /* (nullable) a file for copies */
  const char *folder;   /* (nullable) a folder for copies under good names */
  gboolean force;
  gboolean is_set;      /* the answer is a set, also of one */
  CsPatience patience;
} CsMakeOrder;

gboolean cs_make_from_arguments (CsCli *cli, CsArguments *arguments, CsKind kind, GError **error);
gboolean cs_make                (CsCli *cli, const CsMakeOrder *order, GError **error);
gboolean cs_make_get_patience   (CsArguments *arguments, CsPatience *patience, GError **error);

G_END_DECLS
