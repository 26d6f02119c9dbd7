/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where Ollama is: OLLAMA_HOST names where a server listens, often without a scheme, and often everywhere. */
#include "config.h"
#include "providers/ollama/cs-ollama-host.h"

#include "core/cs-text.h"
#include "net/cs-address.h"

#include <gio/gio.h>
#include <string.h>

#define USUAL_PORT 11434
#define CLOUD "ollama.com"

/* The parts of an address as it was written. */
typedef struct
{
  char *scheme; /* lower case */
  char *host;   /* without brackets; may be empty */
  char *path;   /* empty, or begins with a slash and does not end with one */
  int port;
} Host;

static void
host_clear (Host *self)
{
  g_free (self->scheme);
  g_free (self->host);
  g_free (self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Host, host_clear)

/* Blanks and quotes around it come from files of variables. */
static char *
strip (const char *text)
{
  static const char around[] = " \t\r\n\"'";
  gsize length;

  text += strspn (text, around);
  length = strlen (text);
  while (length > 0 && strchr (around, text[length - 1]) != NULL)
    length--;
  return g_strndup (text, length);
}

static gboolean
is_any_address (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_any (address);
}

/* A server that listens everywhere is reached on this computer. */
static void
set_host (Host *self, const char *host)
{
  if (*host == '\0')
    host = "127.0.0.1";
  else if (is_any_address (host))
    host = strchr (host, ':') != NULL ? "::1" : "127.0.0.1";
  self->host = g_strdup (host);
}

static void
set_port (Host *self, const char *text)
{
  gint64 port;

  if (cs_text_parse_int (text, 1, 65535, &port))
    self->port = port;
}

/* "box", "box:80", "[::1]:80", and "::1", which Ollama takes without brackets. */
static void
parse_authority (Host *self, const char *text)
{
  const char *bracket = *text == '[' ? strchr (text, ']') : NULL;
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;

  if (bracket != NULL)
    {
      host = g_strndup (text + 1, bracket - text - 1);
      if (bracket[1] == ':')
        set_port (self, bracket + 2);
    }
  else if (colon != NULL && strchr (text, ':') == colon)
    {
      host = g_strndup (text, colon - text);
      set_port (self, colon + 1);
    }
  else
    host = g_strdup (text);
  set_host (self, host);
}

static void
parse_path (Host *self, const char *text)
{
  gsize length = strlen (text);

  while (length > 0 && text[length - 1] == '/')
    length--;
  self->path = g_strndup (text, length);
}

static void
parse (Host *self, const char *text)
{
  const char *scheme_end = strstr (text, "://");
  const char *rest = scheme_end != NULL ? scheme_end + 3 : text;
  g_autofree char *authority = g_strndup (rest, strcspn (rest, "/"));
  gboolean is_cloud = g_ascii_strcasecmp (authority, CLOUD) == 0;

  if (scheme_end != NULL)
    self->scheme = g_ascii_strdown (text, scheme_end - text);
  else
    self->scheme = g_strdup (is_cloud ? "https" : "http");
  if (g_str_equal (self->scheme, "https"))
    self->port = 443;
  else
    self->port = scheme_end != NULL ? 80 : USUAL_PORT;
  parse_authority (self, authority);
  parse_path (self, rest + strlen (authority));
}

/**
 * cs_ollama_host_to_base:
 * @text: (nullable): the value of OLLAMA_HOST
 *
 * Returns: (transfer full): the base address of the server, without a slash at its end. Errors: those of
 * cs_address_check_base(): it is no address, or one that may not be called.
 */
char *
cs_ollama_host_to_base (const char *text, GError **error)
{
  g_auto (Host) host = { 0 };
  g_autofree char *stripped = strip (text != NULL ? text : "");
  g_autofree char *base = NULL;
  gboolean is_ipv6;

  if (strpbrk (stripped, "@?#") != NULL) /* what no server's address has: it is not taken apart, but refused in words */
    return cs_address_check_base (stripped, CS_BASE_LAN, error);
  parse (&host, stripped);
  is_ipv6 = strchr (host.host, ':') != NULL;
  base = g_strdup_printf ("%s://%s%s%s:%d%s", host.scheme, is_ipv6 ? "[" : "", host.host, is_ipv6 ? "]" : "", host.port,
                          host.path);
  return cs_address_check_base (base, CS_BASE_LAN, error);
}
