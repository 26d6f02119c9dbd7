/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

#define CS_API_MAX_BODY (1024 * 1024) /* bytes */

/* The body of a request, as it comes over the wire: what it says about itself, how much of it comes, and its JSON. Each
 * answers the call when it returns FALSE. */
gboolean cs_api_body_text_admit (CsApiCall *call, gboolean is_json); /* when the headers have come */
gboolean cs_api_body_text_read  (CsApiCall *call);                   /* when all of it has come */
void     cs_api_body_text_refuse_size (CsApiCall *call);             /* when more comes than is taken */
gboolean cs_api_body_text_is_announced (CsApiCall *call);            /* whether one follows the headers */

G_END_DECLS
