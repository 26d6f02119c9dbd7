/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

#define CS_API_KEY_FIELD "key_code"
#define CS_API_KEY_HEADER "X-Studio-Key"

/* The wallet key that a call is made with: in its body or in a header. */
gboolean cs_api_key_join (CsApiCall *call, const char *in_body, const char **code, GError **error);

G_END_DECLS
