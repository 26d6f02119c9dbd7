/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-connections.h"
#include "server/cs-api-gate.h"
#include "server/cs-api-router.h"
#include "server/cs-api-server.h"

G_BEGIN_DECLS

/* The server as its own files, and its tests, see it. */
CsApiGate        *_cs_api_server_get_gate        (CsApiServer *self);
CsApiLimits      *_cs_api_server_get_limits      (CsApiServer *self);             /* tests change them */
void              _cs_api_server_set_routes      (CsApiServer *self, const CsApiRoute *routes); /* (transfer none); the tests' */
const CsApiRoute *_cs_api_server_get_routes      (CsApiServer *self);
CsApiConnections *_cs_api_server_get_connections (CsApiServer *self);             /* (nullable): it is not started */
void              _cs_api_server_count           (CsApiServer *self, int change); /* of the calls that handlers work on */
gboolean          _cs_api_server_has_room        (CsApiServer *self);             /* for one more of them */
gboolean          _cs_api_server_is_stopping     (CsApiServer *self);

G_END_DECLS
