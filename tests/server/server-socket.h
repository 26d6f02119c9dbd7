/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server-support.h"

G_BEGIN_DECLS

/* A plain connection to the server under test, for what no HTTP library would send. Whatever waits turns the main loop. */
typedef struct _ServerSocket ServerSocket;

ServerSocket *server_socket_new        (ServerFixture *fixture);
ServerSocket *server_socket_new_to     (const char *address, guint16 port);
void          server_socket_free       (ServerSocket *self);                                 /* closes */
gboolean      server_socket_send       (ServerSocket *self, const char *text);               /* FALSE: it is closed */
gboolean      server_socket_send_data  (ServerSocket *self, const void *data, gsize length);
void          server_socket_end        (ServerSocket *self);                                 /* sends no more, but reads */
ServerAnswer *server_socket_read       (ServerSocket *self); /* the next whole answer; its status is 0 when none comes */
ServerAnswer *server_socket_read_to    (ServerSocket *self, const char *method); /* that of a HEAD has no body */
gboolean      server_socket_has        (ServerSocket *self, gsize n_bytes); /* so many have come that are not read */
gboolean      server_socket_is_closed  (ServerSocket *self); /* by the server, as far as is known now */
void          server_socket_wait_close (ServerSocket *self); /* until the server closes */
guint16       server_socket_get_port   (ServerSocket *self); /* of our own end */

/* One request in text, one answer, on a connection of its own. */
ServerAnswer *server_say               (ServerFixture *fixture, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerSocket, server_socket_free)

G_END_DECLS
