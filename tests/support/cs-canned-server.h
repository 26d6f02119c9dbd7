/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A server on loopback that says what it was told to say, byte for byte: also what no HTTP library would send. Every
 * connection has one request and one answer, the next of the queue; when that is empty, the connection is closed without
 * a word. Requests are kept as they came.
 */
typedef struct _CsCannedServer CsCannedServer;

CsCannedServer *cs_canned_server_new         (void);
void            cs_canned_server_free        (CsCannedServer *self);
char           *cs_canned_server_dup_base    (CsCannedServer *self); /* "http://127.0.0.1:PORT" */
void            cs_canned_server_add         (CsCannedServer *self, const char *status, const char *headers, const void *body,
                                              gssize length);
void            cs_canned_server_add_raw     (CsCannedServer *self, const void *bytes, gssize length);
guint           cs_canned_server_count       (CsCannedServer *self);
char           *cs_canned_server_dup_request (CsCannedServer *self, guint n); /* (nullable) head and body, from 0 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsCannedServer, cs_canned_server_free)

G_END_DECLS
