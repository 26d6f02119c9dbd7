/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which addresses may be called: a provider's own base, and where results may be fetched from. Read with the flags that
 * the HTTP library itself reads addresses with, so that both see the same host. Pure; any thread.
 */
#include "config.h"
#include "net/cs-address.h"

#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_LENGTH 8192 /* bytes; signed links are long */
#define MAX_HOST 100    /* characters of a host that a sentence shows */

/* A network: the first @bits of @address. */
typedef struct
{
  guint8 address[4];
  int bits;
} Net;

/* Everything that is not a host of the public internet (IANA's special-purpose registry). */
static const Net special_nets[] = {
  { { 0 }, 8 },
  { { 10 }, 8 },
  { { 100, 64 }, 10 },
  { { 127 }, 8 },
  { { 169, 254 }, 16 },
  { { 172, 16 }, 12 },
  { { 192, 0, 0 }, 24 },
  { { 192, 0, 2 }, 24 },
  { { 192, 168 }, 16 },
  { { 198, 18 }, 15 },
  { { 198, 51, 100 }, 24 },
  { { 203, 0, 113 }, 24 },
  { { 224 }, 4 },
  { { 240 }, 4 },
};

/* The nets of homes, offices and containers, where an http server of one's own may stand. */
static const Net local_nets[] = { { { 10 }, 8 }, { { 169, 254 }, 16 }, { { 172, 16 }, 12 }, { { 192, 168 }, 16 } };

static gboolean
is_in (const guint8 *address, const Net *nets, gsize n_nets)
{
  for (gsize i = 0; i < n_nets; i++)
    {
      guint32 difference = 0;

      for (int byte = 0; byte < 4; byte++)
        difference = difference << 8 | (address[byte] ^ nets[i].address[byte]);
      if (difference >> (32 - nets[i].bits) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_public_4 (const guint8 *address)
{
  return !is_in (address, special_nets, G_N_ELEMENTS (special_nets));
}

/* Only 2000::/3 is given out to hosts; three ways of writing an IPv4 address in IPv6 are as good as that address. */
static gboolean
is_public_6 (const guint8 *address)
{
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };
  static const guint8 nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

  if (memcmp (address, mapped, sizeof mapped) == 0 || memcmp (address, nat64, sizeof nat64) == 0)
    return is_public_4 (address + 12);
  if (address[0] == 0x20 && address[1] == 0x02) /* 6to4 */
    return is_public_4 (address + 2);
  if (address[0] == 0x20 && address[1] == 0x01 && (address[2] & 0xfe) == 0) /* protocols: Teredo, ORCHID... */
    return FALSE;
  if (address[0] == 0x20 && address[1] == 0x01 && address[2] == 0x0d && address[3] == 0xb8) /* examples in books */
    return FALSE;
  if (address[0] == 0x3f && address[1] == 0xff && address[2] < 0x10) /* the same */
    return FALSE;
  return address[0] >> 5 == 1;
}

/**
 * cs_address_is_public:
 *
 * Returns: whether @address is a host of the public internet: not this computer, not a local or a private net, not
 * multicast, nor any of these in another writing.
 */
gboolean
cs_address_is_public (GInetAddress *address)
{
  const guint8 *bytes;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  bytes = g_inet_address_to_bytes (address);
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return is_public_4 (bytes);
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && is_public_6 (bytes);
}

/* Parsed, with an authority: NULL when there is anything in it that addresses do not have. */
static GUri *
parse (const char *text)
{
  g_autoptr (GUri) uri = NULL;

  if (text == NULL || strlen (text) > MAX_LENGTH)
    return NULL;
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar) *at <= 0x20 || *at == 0x7f || *at == '\\')
      return NULL;
  uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' || g_uri_get_port (uri) == 0)
    return NULL;
  return g_steal_pointer (&uri);
}

/* In lower case, without the dot that may end a full name. */
static char *
dup_plain_host (GUri *uri)
{
  char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  gsize length = strlen (host);

  if (length > 1 && host[length - 1] == '.')
    host[length - 1] = '\0';
  return host;
}

/* Resolvers take "127.1", "0x7f.0.0.1" and "2130706433" for addresses too: a name does not end in a number. */
static gboolean
is_name (const char *host)
{
  const char *last = strrchr (host, '.');

  last = last != NULL ? last + 1 : host;
  if (g_ascii_isdigit (last[0]))
    return FALSE;
  for (const char *at = host; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("-._", *at) == NULL)
      return FALSE;
  return host[0] != '.' && last[0] != '\0' && strstr (host, "..") == NULL;
}

static gboolean
is_loopback_name (const char *host)
{
  return g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost");
}

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);

  return literal != NULL ? g_inet_address_get_is_loopback (literal) : is_loopback_name (host);
}

static gboolean
is_local_literal (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    return (bytes[0] & 0xfe) == 0xfc || (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80);
  return is_in (bytes, local_nets, G_N_ELEMENTS (local_nets));
}

static gboolean
is_local_host (const char *host)
{
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);

  if (literal != NULL)
    return is_local_literal (literal);
  return is_name (host) && (strchr (host, '.') == NULL || g_str_has_suffix (host, ".local"));
}

static gboolean
is_valid_host (const char *host)
{
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);

  return literal != NULL || is_name (host);
}

/** cs_address_is_valid: Returns: whether @address can be called at all: http or https, and a host. */
gboolean
cs_address_is_valid (const char *address)
{
  g_autoptr (GUri) uri = parse (address);
  g_autofree char *host = uri != NULL ? dup_plain_host (uri) : NULL;

  return uri != NULL && is_valid_host (host)
         && (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http"));
}

static gboolean
refuse (GError **error, const char *sentence)
{
  cs_set_error (error, CS_ERROR_INVALID_VALUE, "%s", sentence);
  return FALSE;
}

static gboolean
check_base_scheme (GUri *uri, const char *host, CsBaseRule rule, GError **error)
{
  if (g_str_equal (g_uri_get_scheme (uri), "https") || is_loopback_host (host))
    return TRUE;
  if (rule == CS_BASE_LAN && is_local_host (host))
    return TRUE;
  if (rule == CS_BASE_LAN)
    return refuse (error, _ ("The address must begin with https://; http:// is for this computer and the local network only."));
  return refuse (error, _ ("The address must begin with https://; http:// is for this computer only."));
}

static gboolean
check_base_uri (GUri *uri, CsBaseRule rule, GError **error)
{
  g_autofree char *host = uri != NULL ? dup_plain_host (uri) : NULL;

  if (uri == NULL || !is_valid_host (host)
      || (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http")))
    return refuse (error, _ ("This is not the address of a server. One looks like https://example.com."));
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, _ ("The address of a server must not hold a user name or a password."));
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return refuse (error, _ ("The address of a server must not hold “?” or “#”."));
  return check_base_scheme (uri, host, rule, error);
}

/* -1 for the usual one, which is left out. */
static int
get_port (GUri *uri)
{
  int usual = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;

  return g_uri_get_port (uri) != usual ? g_uri_get_port (uri) : -1;
}

/**
 * cs_address_check_base:
 * @text: what somebody wrote as the address of a server, maybe with a path before what is called
 *
 * Returns: (transfer full) (nullable): it in the one form that cs_address_join() takes: no slash at its end. Errors:
 * CS_ERROR_INVALID_VALUE, without the address, which may hold a password.
 */
char *
cs_address_check_base (const char *text, CsBaseRule rule, GError **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autoptr (GUri) uri = parse (clean);
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;

  if (!check_base_uri (uri, rule, error))
    return NULL;
  host = dup_plain_host (uri);
  path = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  return g_uri_join (G_URI_FLAGS_ENCODED_PATH, g_uri_get_scheme (uri), NULL, host, get_port (uri), path, NULL, NULL);
}

/**
 * cs_address_join:
 * @base: from cs_address_check_base()
 * @path: what is called, with or without a slash before it; it may have a query
 *
 * Returns: (transfer full): the whole address.
 */
char *
cs_address_join (const char *base, const char *path)
{
  gsize length;

  g_return_val_if_fail (base != NULL && path != NULL, NULL);

  for (length = strlen (base); length > 0 && base[length - 1] == '/'; length--)
    ;
  return g_strdup_printf ("%.*s/%s", (int) length, base, path[0] == '/' ? path + 1 : path);
}

/**
 * cs_address_is_loopback:
 *
 * Returns: whether @address is on this computer by its very words: 127.0.0.0/8, ::1 or localhost.
 */
gboolean
cs_address_is_loopback (const char *address)
{
  g_autoptr (GUri) uri = parse (address);
  g_autofree char *host = uri != NULL ? dup_plain_host (uri) : NULL;

  return host != NULL && is_loopback_host (host);
}

/* A name that no public server has: it would be looked up in the local network. */
static gboolean
is_inner_name (const char *host)
{
  static const char *const endings[] = { ".local", ".localhost", ".internal", ".lan", ".home.arpa", ".onion" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (host, endings[i]))
      return TRUE;
  return strchr (host, '.') == NULL;
}

static gboolean
may_be_public (const char *host)
{
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);

  if (literal != NULL)
    return cs_address_is_public (literal);
  return is_name (host) && !is_inner_name (host);
}

/**
 * cs_address_check_output:
 * @address: where a provider says its result is, or where a server redirects to
 * @allow_loopback: whether the provider itself is on this computer
 *
 * Whether a result may be fetched from there: https on the public internet. What a name stands for is checked once it
 * was looked up.
 *
 * Errors: CS_ERROR_BAD_RESPONSE.
 */
gboolean
cs_address_check_output (const char *address, gboolean allow_loopback, GError **error)
{
  g_autoptr (GUri) uri = parse (address);
  g_autofree char *host = uri != NULL ? dup_plain_host (uri) : NULL;
  gboolean is_https = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https");
  gboolean is_http = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http");

  if (uri != NULL && g_uri_get_userinfo (uri) == NULL)
    {
      if (allow_loopback && (is_https || is_http) && is_loopback_host (host))
        return TRUE;
      if (is_https && may_be_public (host))
        return TRUE;
    }
  cs_set_error (error, CS_ERROR_BAD_RESPONSE,
                _ ("The provider said that its result is at an address that is not safe to fetch from."));
  return FALSE;
}

/**
 * cs_address_dup_host:
 *
 * Returns: (transfer full): the host of @address, for a sentence; "?" where there is none.
 */
char *
cs_address_dup_host (const char *address)
{
  g_autoptr (GUri) uri = parse (address);
  g_autofree char *host = uri != NULL ? dup_plain_host (uri) : NULL;

  return host != NULL && is_valid_host (host) ? cs_text_ellipsize (host, MAX_HOST) : g_strdup ("?");
}
