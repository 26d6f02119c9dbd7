/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-server.h"

G_BEGIN_DECLS

void cs_api_pricing_begin (CsApiServer *server); /* when it starts */

G_END_DECLS
