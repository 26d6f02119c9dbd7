/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may call: by the names that a request gives to us and to where it comes from, and by the token. Main thread. */
#include "config.h"
#include "server/cs-api-gate.h"

#include "server/cs-api-call-private.h"

#include <string.h>

#define METHODS "GET, HEAD, POST, DELETE"
#define HEADERS "Content-Type, Idempotency-Key, X-Studio-Key, Authorization, Accept-Language, Last-Event-ID, Range"
#define EXPOSED "Content-Language, Content-Range, Accept-Ranges, ETag, Retry-After, Allow"
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"
#define ADDRESS_CHARACTERS "0123456789abcdefABCDEF:."
#define PREFLIGHT_SECONDS "600"

struct _CsApiGate
{
  char *token;        /* (nullable) */
  char *allow_origin; /* (nullable) */
  char *own_name;     /* (nullable) the numeric address we listen on, as it stands in Host; NULL: the usual two */
  gboolean is_local;  /* only programs of this computer reach us */
};

static gboolean
is_loopback (const char *address)
{
  g_autoptr (GInetAddress) inet = address != NULL ? g_inet_address_new_from_string (address) : NULL;

  return address == NULL || (inet != NULL && g_inet_address_get_is_loopback (inet));
}

CsApiGate *
cs_api_gate_new (const CsApiOptions *options)
{
  CsApiGate *self = g_new0 (CsApiGate, 1);

  self->token = g_strdup (options->token);
  self->allow_origin = g_strdup (options->allow_origin);
  self->is_local = is_loopback (options->address);
  if (options->address != NULL)
    self->own_name = g_strdup_printf (strchr (options->address, ':') != NULL ? "[%s]" : "%s", options->address);
  return self;
}

void
cs_api_gate_free (CsApiGate *self)
{
  g_free (self->token);
  g_free (self->allow_origin);
  g_free (self->own_name);
  g_free (self);
}

static gboolean
has_usual_port (GUri *uri)
{
  return (g_uri_get_port (uri) == 80 && strcmp (g_uri_get_scheme (uri), "http") == 0)
         || (g_uri_get_port (uri) == 443 && strcmp (g_uri_get_scheme (uri), "https") == 0);
}

/* An origin as browsers write it: scheme, host in small letters, and port where it is not the usual one; nothing behind them. */
static gboolean
is_origin (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autofree char *again = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || has_usual_port (uri)
      || strcmp (text, lower) != 0)
    return FALSE;
  again = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "", NULL, NULL);
  return strcmp (again, text) == 0;
}

/** cs_api_gate_check: Errors: CS_ERROR_USAGE: with these options anybody could call, or nobody. */
gboolean
cs_api_gate_check (const CsApiOptions *options, GError **error)
{
  if (options->address != NULL && !g_hostname_is_ip_address (options->address))
    cs_set_error (error, CS_ERROR_USAGE, _ ("“%s” is not a numeric address. Give one as 127.0.0.1 or ::1."), options->address);
  else if (!is_loopback (options->address) && options->token == NULL)
    cs_set_error (error, CS_ERROR_USAGE,
                  _ ("On “%s” other computers can call. Give a token that they must know, with --token-file."),
                  options->address);
  else if (options->token != NULL && *options->token == '\0')
    cs_set_error (error, CS_ERROR_USAGE, _ ("The token is empty. Put one line into its file."));
  else if (options->allow_origin != NULL && !is_origin (options->allow_origin))
    cs_set_error (error, CS_ERROR_USAGE, _ ("“%s” is not an origin. Give one as http://localhost:3000."),
                  options->allow_origin);
  else
    return TRUE;
  return FALSE;
}

static gboolean
refuse (CsApiCall *call, guint status, const char *code, const char *words)
{
  cs_api_call_fail_status (call, status, code, _ (words), NULL);
  return FALSE;
}

/* The host */

/* Returns: the length of the name in front of an optional port; 0: this is no such thing. */
static gsize
measure_name (const char *host)
{
  gboolean is_literal = *host == '[';
  gsize length = is_literal ? 1 + strspn (host + 1, ADDRESS_CHARACTERS) : strspn (host, NAME_CHARACTERS);
  const char *port;

  if (is_literal && host[length++] != ']')
    return 0;
  port = host + length;
  if (*port == '\0')
    return length;
  if (*port != ':' || strlen (port) > strlen (":65535") || port[1 + strspn (port + 1, "0123456789")] != '\0')
    return 0;
  return length;
}

static gboolean
is_name (const char *host, gsize length, const char *name)
{
  return name != NULL && strlen (name) == length && g_ascii_strncasecmp (host, name, length) == 0;
}

/* Whether @host, with or without a port, is one of our names. */
static gboolean
is_our_name (CsApiGate *self, const char *host)
{
  gsize length = measure_name (host);

  return length > 0
         && (is_name (host, length, "localhost") || is_name (host, length, "127.0.0.1") || is_name (host, length, "[::1]")
             || is_name (host, length, self->own_name));
}

/* The target may name a host too, and then that is the one that counts (RFC 9112, 3.2.2): both must be ours. */
static gboolean
is_target_ours (CsApiGate *self, GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autofree char *bracketed = NULL;

  if (g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  if (strchr (host, ':') == NULL)
    return is_our_name (self, host);
  bracketed = g_strdup_printf ("[%s]", host);
  return is_our_name (self, bracketed);
}

static gboolean
check_host (CsApiGate *self, CsApiCall *call)
{
  SoupServerMessage *message = cs_api_call_get_message (call);
  const char *host = cs_api_call_get_header (call, "Host");

  if (host == NULL && soup_server_message_get_http_version (message) != SOUP_HTTP_1_0)
    return refuse (call, SOUP_STATUS_BAD_REQUEST, "malformed", N_ ("The header “Host” is missing."));
  if (host != NULL && (strchr (host, ',') != NULL || measure_name (host) == 0))
    return refuse (call, SOUP_STATUS_BAD_REQUEST, "malformed", N_ ("The header “Host” must be one name, with or without a port."));
  if (*g_uri_get_host (soup_server_message_get_uri (message)) == '\0')
    return refuse (call, SOUP_STATUS_BAD_REQUEST, "malformed", N_ ("The address of the request names no host."));
  if (!self->is_local)
    return TRUE;
  if ((host != NULL && !is_our_name (self, host)) || !is_target_ours (self, soup_server_message_get_uri (message)))
    return refuse (call, SOUP_STATUS_FORBIDDEN, "forbidden_host",
                   N_ ("This server answers only to the names of this computer: localhost, 127.0.0.1 and [::1]."));
  return TRUE;
}

/* The origin */

static gboolean
is_read_only (CsApiCall *call)
{
  const char *method = soup_server_message_get_method (cs_api_call_get_message (call));

  return strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0;
}

/* An element of a page (as <video>) asks without an origin, but says which page it is on. */
static gboolean
is_from_allowed_page (CsApiGate *self, CsApiCall *call)
{
  const char *page = cs_api_call_get_header (call, "Referer");
  gsize length;

  if (self->allow_origin == NULL || page == NULL || !is_read_only (call))
    return FALSE;
  length = strlen (self->allow_origin);
  return strncmp (page, self->allow_origin, length) == 0 && (page[length] == '/' || page[length] == '\0');
}

static gboolean
check_origin (CsApiGate *self, CsApiCall *call)
{
  const char *origin = cs_api_call_get_header (call, "Origin");
  const char *site = cs_api_call_get_header (call, "Sec-Fetch-Site");

  if (origin != NULL)
    call->is_foreign = g_strcmp0 (origin, self->allow_origin) == 0;
  else if (site != NULL && strcmp (site, "cross-site") == 0)
    call->is_foreign = is_from_allowed_page (self, call);
  else
    {
      /* A page of the same site (another port of localhost) is no stranger, but still of another origin. */
      call->is_foreign = site != NULL && strcmp (site, "same-site") == 0 && is_from_allowed_page (self, call);
      return TRUE;
    }
  if (!call->is_foreign)
    return refuse (call, SOUP_STATUS_FORBIDDEN, "forbidden_origin",
                   N_ ("Web pages may not call this server. Allow the one that should, with --allow-origin."));
  return TRUE;
}

/* A browser asks what it may send before it sends that. Returns: TRUE when this was no such question. */
static gboolean
answer_preflight (CsApiGate *self, CsApiCall *call)
{
  SoupMessageHeaders *headers = cs_api_call_get_headers (call);
  const char *private_network = cs_api_call_get_header (call, "Access-Control-Request-Private-Network");

  if (!call->is_foreign || strcmp (soup_server_message_get_method (cs_api_call_get_message (call)), "OPTIONS") != 0
      || cs_api_call_get_header (call, "Access-Control-Request-Method") == NULL)
    return TRUE;
  soup_message_headers_append (headers, "Access-Control-Allow-Methods", METHODS);
  soup_message_headers_append (headers, "Access-Control-Allow-Headers", HEADERS);
  soup_message_headers_append (headers, "Access-Control-Max-Age", PREFLIGHT_SECONDS);
  if (g_strcmp0 (private_network, "true") == 0)
    soup_message_headers_append (headers, "Access-Control-Allow-Private-Network", "true");
  cs_api_call_reply_none (call, SOUP_STATUS_NO_CONTENT);
  return FALSE;
}

/* The token */

/* Takes as long for a good one as for any other of that length. */
static gboolean
is_same_secret (const char *given, const char *secret)
{
  gsize given_length = strlen (given);
  gsize length = strlen (secret);
  volatile guint difference = given_length != length;

  for (gsize i = 0; i < given_length; i++)
    difference |= (guchar) given[i] ^ (guchar) secret[i % length];
  return difference == 0;
}

static gboolean
check_token (CsApiGate *self, CsApiCall *call)
{
  static const char scheme[] = "Bearer ";
  const char *given = cs_api_call_get_header (call, "Authorization");

  if (self->token == NULL)
    return TRUE;
  if (given != NULL && g_ascii_strncasecmp (given, scheme, strlen (scheme)) == 0
      && is_same_secret (given + strlen (scheme), self->token))
    return TRUE;
  soup_message_headers_append (cs_api_call_get_headers (call), "WWW-Authenticate", "Bearer realm=\"Creative Studio\"");
  return refuse (call, SOUP_STATUS_UNAUTHORIZED, "unauthorized",
                 N_ ("This server asks for its token, in the header “Authorization: Bearer …”."));
}

/** cs_api_gate_admit: Returns: whether the call goes on; else it is answered. */
gboolean
cs_api_gate_admit (CsApiGate *self, CsApiCall *call)
{
  CS_API_CALL_WORDS (call);

  return check_host (self, call) && check_origin (self, call) && answer_preflight (self, call) && check_token (self, call);
}

/** cs_api_gate_mark: Writes into the headers of the answer which pages may read it. */
void
cs_api_gate_mark (CsApiGate *self, CsApiCall *call)
{
  SoupMessageHeaders *headers = cs_api_call_get_headers (call);

  soup_message_headers_append (headers, "Cross-Origin-Resource-Policy", call->is_foreign ? "cross-origin" : "same-origin");
  if (!call->is_foreign || cs_api_call_get_header (call, "Origin") == NULL)
    return;
  soup_message_headers_append (headers, "Access-Control-Allow-Origin", self->allow_origin);
  soup_message_headers_append (headers, "Access-Control-Expose-Headers", EXPOSED);
}
