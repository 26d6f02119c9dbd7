/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/*
 * The picture to begin from, as another program may name it: the id of a picture of the library, or the picture itself as a
 * data: address. Never a path, and never an address of the network. Main thread.
 */
void  cs_api_image_find_async  (CsApiCall *call, const char *value, const CsWalletKey *key, GAsyncReadyCallback callback,
                                gpointer user_data); /* key: (nullable): only what it pays can be named */
char *cs_api_image_find_finish (GAsyncResult *result, GError **error); /* (transfer full): its path, for the brief */

G_END_DECLS
