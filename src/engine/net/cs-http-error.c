/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a call has no whole answer, in sentences that name the host and never the address. */
#include "config.h"
#include "net/cs-http-private.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

GError *
_cs_http_error_timeout (const char *host)
{
  /* Translators: %s is the name of a server, as "api.example.com". */
  return g_error_new (CS_ERROR, CS_ERROR_OFFLINE, _ ("%s did not answer in time. Try again later."), host);
}

GError *
_cs_http_error_cut (const char *host)
{
  /* Translators: %s is the name of a server. */
  return g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("The answer of %s was cut off. Try again later."), host);
}

GError *
_cs_http_error_too_large (const char *host, gsize max_length)
{
  g_autofree char *limit = g_format_size (max_length);

  /* Translators: %1$s is the name of a server, %2$s a size such as "4 MB". */
  return g_error_new (CS_ERROR, CS_ERROR_TOO_LARGE, _ ("What %1$s sent is too large: at most %2$s are taken."), host, limit);
}

static GError *
new_offline (const char *host)
{
  /* Translators: %s is the name of a server. */
  return g_error_new (CS_ERROR, CS_ERROR_OFFLINE, _ ("There is no connection to %s. Check the network and try again."), host);
}

static GError *
new_unsafe (const char *host)
{
  /* Translators: %s is the name of a server. */
  return g_error_new (CS_ERROR, CS_ERROR_UNAVAILABLE,
                      _ ("The connection to %s is not safe, so nothing was sent. Check the address and the clock of this computer."),
                      host);
}

static GError *
new_nonsense (const char *host)
{
  /* Translators: %s is the name of a server. */
  return g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("%s does not speak HTTP. Check the address."), host);
}

/**
 * _cs_http_error_from:
 * @cause: (transfer full): what the library says
 * @was_sent: whether the request left
 * @has_answer: whether the head of an answer arrived
 *
 * Returns: (transfer full): the same in our domain; errors that are ours and cancellation are handed through.
 */
GError *
_cs_http_error_from (GError *cause, const char *host, gboolean was_sent, gboolean has_answer)
{
  GError *error;

  if (cause->domain == CS_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return cause;
  if (has_answer)
    error = _cs_http_error_cut (host);
  else if (cause->domain == G_TLS_ERROR && !was_sent)
    error = new_unsafe (host);
  else if (cause->domain == SOUP_SESSION_ERROR)
    error = new_nonsense (host);
  else
    error = new_offline (host);
  g_error_free (cause);
  return error;
}
