/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A server that does on the wire exactly what a test wants, also what no server may do. On a port of loopback that was
 * free; each connection has a thread of its own, in which the test's function reads and writes until it returns.
 */
typedef struct _CsRawServer CsRawServer;

/* One connection; @number counts them from 0. */
typedef struct
{
  CsRawServer *server;
  guint number;
  GIOStream *stream;
  GInputStream *input; /* what is read from it, buffered */
  int fd;
} CsRawConnection;

typedef void (*CsRawFunc) (CsRawConnection *connection, gpointer user_data);

CsRawServer *cs_raw_server_new            (CsRawFunc func, gpointer user_data);
CsRawServer *cs_raw_server_new_tls        (const char *certificate, CsRawFunc func, gpointer user_data);
void         cs_raw_server_free           (CsRawServer *self); /* ends all connections first */
char        *cs_raw_server_dup_address    (CsRawServer *self, const char *path);
guint        cs_raw_server_count_connections (CsRawServer *self);
guint        cs_raw_server_count_requests (CsRawServer *self);
char        *cs_raw_server_dup_request    (CsRawServer *self, guint n); /* whole: head and body */

/* In the thread of a connection. */
char        *cs_raw_read                  (CsRawConnection *connection); /* (nullable) the next request; NULL: no more */
gboolean     cs_raw_write                 (CsRawConnection *connection, const char *text);
gboolean     cs_raw_write_data            (CsRawConnection *connection, const void *data, gsize length);
void         cs_raw_reset                 (CsRawConnection *connection); /* closes with a reset */
void         cs_raw_wait                  (CsRawConnection *connection, guint milliseconds); /* or until the server is freed */
void         cs_raw_wait_for_close        (CsRawConnection *connection); /* by the other side, or until the server is freed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsRawServer, cs_raw_server_free)

G_END_DECLS
