/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the method and the path of a request to the row that answers it. Main thread. */
#include "config.h"
#include "server/cs-api-router.h"

#include "server/cs-api-body-text.h"
#include "server/cs-api-call-private.h"
#include "server/cs-api-server-private.h"

#include <string.h>

#define ID "{id}"
#define MAX_ID 256 /* bytes; ours have 26, those of providers are a little longer */

/* Returns: whether @path is one of @pattern; @id: (out): where the part for {id} begins, with its length; NULL: none. */
static gboolean
match (const char *pattern, const char *path, const char **id, gsize *length)
{
  const char *mark = strstr (pattern, ID);
  gsize before;

  *id = NULL;
  if (mark == NULL)
    return strcmp (pattern, path) == 0;
  before = mark - pattern;
  if (strncmp (pattern, path, before) != 0)
    return FALSE;
  *id = path + before;
  *length = strcspn (*id, "/");
  return *length > 0 && strcmp (mark + strlen (ID), *id + *length) == 0;
}

/* Returns: (transfer full) (nullable): the part as it was meant; NULL: it cannot be an id. */
static char *
read_id (const char *id, gsize length)
{
  g_autofree char *text = g_uri_unescape_segment (id, id + length, "/");

  if (text == NULL || strlen (text) > MAX_ID || !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      return NULL;
  return g_steal_pointer (&text);
}

/* A row for GET answers HEAD as well: libsoup leaves the body out. */
static gboolean
has_method (const CsApiRoute *route, const char *method)
{
  return strcmp (route->method, method) == 0 || (strcmp (method, "HEAD") == 0 && strcmp (route->method, "GET") == 0);
}

/* Returns: (nullable): the path behind the prefix. */
static const char *
get_path (CsApiCall *call)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (cs_api_call_get_message (call)));

  return g_str_has_prefix (path, CS_API_PREFIX "/") ? path + strlen (CS_API_PREFIX "/") : NULL;
}

/* @allowed: (nullable): the methods that this path has. */
static void
refuse (CsApiCall *call, GString *allowed)
{
  CS_API_CALL_WORDS (call);
  const char *method = soup_server_message_get_method (cs_api_call_get_message (call));

  if (allowed == NULL)
    {
      cs_api_call_fail_status (call, SOUP_STATUS_NOT_FOUND, "not_found",
                               _ ("There is nothing at this address. “/api/studio/openapi.json” lists what there is."), NULL);
      return;
    }
  g_string_append (allowed, ", OPTIONS");
  soup_message_headers_replace (cs_api_call_get_headers (call), "Allow", allowed->str);
  if (strcmp (method, "OPTIONS") == 0)
    cs_api_call_reply_none (call, SOUP_STATUS_NO_CONTENT);
  else
    cs_api_call_fail_status (call, SOUP_STATUS_METHOD_NOT_ALLOWED, "method_not_allowed",
                             _ ("This address does not answer this method. The header “Allow” lists those it answers."), NULL);
}

static void
add_method (GString **allowed, const char *method)
{
  if (*allowed == NULL)
    *allowed = g_string_new (NULL);
  g_string_append_printf (*allowed, "%s%s", (*allowed)->len > 0 ? ", " : "", method);
  if (strcmp (method, "GET") == 0)
    g_string_append (*allowed, ", HEAD");
}

/**
 * cs_api_router_find:
 *
 * Returns: (transfer none) (nullable): the row for a call whose headers have come; NULL: there is none, or its headers say
 * that its body is none that can be taken, and it is answered.
 */
const CsApiRoute *
cs_api_router_find (CsApiCall *call)
{
  const char *method = soup_server_message_get_method (cs_api_call_get_message (call));
  const char *path = get_path (call);
  const CsApiRoute *routes = _cs_api_server_get_routes (cs_api_call_get_server (call));
  const CsApiRoute *found = NULL;
  GString *allowed = NULL;
  g_autofree char *name = NULL;
  const char *id;
  gsize length;

  for (const CsApiRoute *route = routes; path != NULL && route->method != NULL; route++)
    {
      if (!match (route->path, path, &id, &length) || (id != NULL && (name = read_id (id, length)) == NULL))
        continue;
      if (has_method (route, method))
        {
          found = route;
          cs_api_call_set_id (call, name);
          break;
        }
      g_clear_pointer (&name, g_free);
      add_method (&allowed, route->method);
    }
  if (found == NULL)
    refuse (call, allowed);
  else if (!cs_api_body_text_admit (call, found->takes_body))
    found = NULL;
  if (allowed != NULL)
    g_string_free (allowed, TRUE);
  return found;
}

/** cs_api_router_dispatch: Reads the body of a call, all of which has come, and calls the handler of @route. */
void
cs_api_router_dispatch (CsApiCall *call, const CsApiRoute *route)
{
  CS_API_CALL_WORDS (call);

  if (route->takes_body && !cs_api_body_text_read (call))
    return;
  if (!_cs_api_server_has_room (cs_api_call_get_server (call)))
    {
      cs_api_call_fail_status (call, CS_API_TOO_MANY_REQUESTS, "rate_limited",
                               _ ("That was too much at once. Wait a moment and try again."), NULL);
      return;
    }
  _cs_api_call_begin (call);
  route->handler (call);
  if (!cs_api_call_is_answered (call))
    _cs_api_call_pause (call);
}
