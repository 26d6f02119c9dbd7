/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define CS_API_HEADERS_TOO_LARGE 431 /* which libsoup does not name */

/* (transfer full): the whole answer, in our form, to a request that was refused with @status before its headers were read;
 * @message: (nullable): as far as it was read. */
GBytes *cs_api_refusal_new (SoupServerMessage *message, guint status);

G_END_DECLS
