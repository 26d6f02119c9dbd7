/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-output.h"

G_BEGIN_DECLS

/* Lines of the answer whose cells stand below each other. */
typedef struct _CsTable CsTable;

CsTable *cs_table_new   (const char *sides); /* one letter a column: l, or r for numbers */
void     cs_table_free  (CsTable *self);
void     cs_table_add   (CsTable *self, const char *first, ...) G_GNUC_NULL_TERMINATED;
void     cs_table_print (CsTable *self, CsOutput *output);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTable, cs_table_free)

G_END_DECLS
