/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which wallet key a call is made with. Main thread. */
#include "config.h"
#include "server/cs-api-key.h"

/**
 * cs_api_key_join:
 * @in_body: (nullable): the field of the body
 * @code: (out) (transfer none) (nullable): the key; "" is one that pays for nothing
 *
 * Returns: FALSE with %CS_ERROR_INVALID_VALUE when the header names another key than the body.
 */
gboolean
cs_api_key_join (CsApiCall *call, const char *in_body, const char **code, GError **error)
{
  const char *in_header = cs_api_call_get_header (call, CS_API_KEY_HEADER);
  g_autofree char *body_hash = in_body != NULL ? cs_wallet_key_hash (in_body) : NULL;
  g_autofree char *header_hash = in_header != NULL ? cs_wallet_key_hash (in_header) : NULL;

  *code = in_body != NULL ? in_body : in_header;
  if (in_body == NULL || in_header == NULL || g_str_equal (body_hash, header_hash))
    return TRUE;
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%1$s” and the header “%2$s” are not the same. Send one of them."),
                CS_API_KEY_FIELD, CS_API_KEY_HEADER);
  return FALSE;
}
