/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What happens to each request, from its first byte to its answer. */
void cs_api_exchange_set_up (CsApiServer *server, SoupServer *soup);

G_END_DECLS
