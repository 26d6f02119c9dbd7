/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-gate.h"
#include "server/cs-api-server.h"

G_BEGIN_DECLS

/* The server as its own files see it. */
CsApiGate *_cs_api_server_get_gate (CsApiServer *self);
void       _cs_api_server_count    (CsApiServer *self, int change); /* of the calls that handlers work on */
gboolean   _cs_api_server_has_room (CsApiServer *self);             /* for one more of them */

G_END_DECLS
