/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CsDatabase CsDatabase;

/* One prepared statement, bound by name and read by column index; worker thread only. */
typedef struct _CsStatement CsStatement;

CsStatement *cs_statement_new         (CsDatabase *database, const char *sql, GError **error);
void         cs_statement_free        (CsStatement *self);
void         cs_statement_bind_text   (CsStatement *self, const char *name, const char *value);
void         cs_statement_bind_int    (CsStatement *self, const char *name, gint64 value);
void         cs_statement_bind_double (CsStatement *self, const char *name, double value);
void         cs_statement_bind_null   (CsStatement *self, const char *name);
gboolean     cs_statement_step        (CsStatement *self, GError **error);
gboolean     cs_statement_run         (CsStatement *self, GError **error);
void         cs_statement_reset       (CsStatement *self);
const char  *cs_statement_get_text    (CsStatement *self, int column);
char        *cs_statement_dup_text    (CsStatement *self, int column);
gint64       cs_statement_get_int     (CsStatement *self, int column);
double       cs_statement_get_double  (CsStatement *self, int column);
gboolean     cs_statement_is_null     (CsStatement *self, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsStatement, cs_statement_free)

G_END_DECLS
