/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server-support.h"

G_BEGIN_DECLS

/* What is in the studio under test, by the back door: rows and files as the engine would have written them. */

void   server_exec         (ServerFixture *self, const char *format, ...) G_GNUC_PRINTF (2, 3); /* SQL */
gint64 server_query        (ServerFixture *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A picture that is done, with its job. @file: its bytes; NULL: the row has no file on the disk. @sets: (nullable): SQL, as
 * "title = 'A', cost = 5". Returns: (transfer full): its id. */
char  *server_add_creation (ServerFixture *self, GBytes *file, const char *sets);
char  *server_build_path   (ServerFixture *self, const char *id); /* (transfer full): of the file of a creation */

/* A job that nobody drives. Returns: (transfer full): its id. */
char  *server_add_job      (ServerFixture *self, const char *state, const char *sets);
void   server_add_attempt  (ServerFixture *self, const char *id, const char *remote_id, const char *status, const char *billed);

/* A wallet key. Returns: (transfer full): the key itself. @id: (out) (optional): its row. */
char  *server_add_key      (ServerFixture *self, CsMoney credit, gint64 *id);

gsize  server_get_memory   (void); /* bytes that this process has in memory; 0: nobody can tell */

G_END_DECLS
