/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/cs-statement.h"

G_BEGIN_DECLS

/* One SQLite connection with our pragmas; belongs to the thread that opened it. */

CsDatabase *cs_database_open          (const char *path, GError **error);
void        cs_database_close         (CsDatabase *self);
sqlite3    *cs_database_get_handle    (CsDatabase *self);
gboolean    cs_database_exec          (CsDatabase *self, const char *sql, GError **error);
gboolean    cs_database_begin         (CsDatabase *self, gboolean writing, GError **error);
gboolean    cs_database_commit        (CsDatabase *self, GError **error);
void        cs_database_rollback      (CsDatabase *self);
gboolean    cs_database_get_integer   (CsDatabase *self, const char *sql, gint64 *value, GError **error);
gint64      cs_database_get_changes   (CsDatabase *self);
gboolean    cs_database_check         (CsDatabase *self, GError **error);
gboolean    cs_database_back_up       (CsDatabase *self, const char *path, GError **error);
gboolean    cs_database_set_error     (CsDatabase *self, int code, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDatabase, cs_database_close)

G_END_DECLS
