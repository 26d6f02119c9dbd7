/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/cs-address.h"
#include "net/cs-download-rules.h"
#include "net/cs-retry.h"

#include "cs-fuzz.h"

#include <arpa/inet.h>

/* What the system's own reader takes for an address, also in the writings that only it knows ("127.1"). */
static gboolean
is_private_for_the_system (const char *host)
{
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);
  struct in_addr numbers;

  if (literal == NULL && inet_aton (host, &numbers) != 0)
    literal = g_inet_address_new_from_bytes ((const guint8 *) &numbers, G_SOCKET_FAMILY_IPV4);
  return literal != NULL && !cs_address_is_public (literal);
}

static GUri *
parse (const char *address)
{
  GUri *uri = g_uri_parse (address, G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_ENCODED_FRAGMENT, NULL);

  cs_fuzz_expect (uri != NULL && g_uri_get_host (uri) != NULL && g_uri_get_userinfo (uri) == NULL);
  return uri;
}

static void
check_output (const char *text)
{
  g_autoptr (GUri) uri = NULL;

  if (!cs_address_check_output (text, FALSE, NULL))
    return;
  cs_fuzz_expect (cs_address_check_output (text, TRUE, NULL) && cs_address_is_valid (text) && !cs_address_is_loopback (text));
  uri = parse (text);
  cs_fuzz_expect (g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0);
  cs_fuzz_expect (!is_private_for_the_system (g_uri_get_host (uri)));
}

static void
check_base (const char *text, CsBaseRule rule)
{
  g_autofree char *base = cs_address_check_base (text, rule, NULL);
  g_autofree char *again = base != NULL ? cs_address_check_base (base, rule, NULL) : NULL;
  g_autoptr (GUri) uri = NULL;

  cs_fuzz_expect (g_strcmp0 (base, again) == 0);
  if (base == NULL)
    return;
  uri = parse (base);
  cs_fuzz_expect (g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL && !g_str_has_suffix (base, "/"));
  if (rule == CS_BASE_SAFE && g_str_equal (g_uri_get_scheme (uri), "http"))
    cs_fuzz_expect (cs_address_is_loopback (base));
}

/* What was checked is what will be called; and no header of a server confuses us. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *host = cs_address_dup_host (text);
  goffset start;
  goffset end;
  goffset length;

  cs_fuzz_expect (g_utf8_validate (host, -1, NULL) && host[0] != '\0');
  check_output (text);
  check_base (text, CS_BASE_SAFE);
  check_base (text, CS_BASE_LAN);
  if (cs_download_parse_range (text, &start, &end, &length))
    cs_fuzz_expect (start <= end && (length < 0 || end < length));
  cs_fuzz_expect (cs_retry_parse_after (text, 0) >= 0);
  cs_fuzz_expect (cs_retry_parse_duration (text) >= -1);
  return 0;
}
