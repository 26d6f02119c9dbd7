/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-connections.h"

G_BEGIN_DECLS

/* The sockets that the server listens on, and the accepting of connections. Main thread. */
typedef struct _CsApiListener CsApiListener;

CsApiListener *cs_api_listener_new         (const char *address, guint16 port, GError **error);
void           cs_api_listener_free        (CsApiListener *self);
void           cs_api_listener_accept      (CsApiListener *self, CsApiConnections *connections); /* begins */
char          *cs_api_listener_dup_address (CsApiListener *self); /* "http://127.0.0.1:8180" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsApiListener, cs_api_listener_free)

G_END_DECLS
