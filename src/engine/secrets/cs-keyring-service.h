/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secrets/cs-keyring-call.h"

G_BEGIN_DECLS

/*
 * The secret service as one call sees it: it asks the user only if the call may, and the call is patient then. Of the
 * keyring's thread; @call outlives it.
 */
#define CS_TYPE_KEYRING_SERVICE (cs_keyring_service_get_type ())
G_DECLARE_FINAL_TYPE (CsKeyringService, cs_keyring_service, CS, KEYRING_SERVICE, SecretService)

void           cs_keyring_service_open_async  (CsKeyringCall *call, GAsyncReadyCallback callback, gpointer user_data);
SecretService *cs_keyring_service_open_finish (CsKeyringCall *call, GAsyncResult *result, GError **error);

G_END_DECLS
