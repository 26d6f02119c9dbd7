/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server says about itself, and what it does not do yet. Main thread. */
#include "config.h"
#include "server/cs-api-handlers.h"

#define API_VERSION "1.0.0"
#define DESCRIPTION "/dz/iafactory/CreativeStudio/openapi.json"

/** cs_api_health: GET health: that it is there, and which one it is. */
void
cs_api_health (CsApiCall *call)
{
  JsonObject *answer = json_object_new ();

  cs_json_set_string (answer, "status", "ok");
  cs_json_set_string (answer, "version", CS_VERSION);
  cs_json_set_string (answer, "api_version", API_VERSION);
  cs_api_call_reply_json (call, SOUP_STATUS_OK, answer);
}

/** cs_api_describe: GET openapi.json: all that it answers, as OpenAPI. */
void
cs_api_describe (CsApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = g_resources_lookup_data (DESCRIPTION, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (text == NULL)
    cs_api_call_fail (call, error);
  else
    cs_api_call_reply_bytes (call, SOUP_STATUS_OK, "application/json; charset=utf-8", text);
}

/** cs_api_publish: POST publish-to-…: other people's platforms come later. */
void
cs_api_publish (CsApiCall *call)
{
  cs_api_call_fail_status (call, SOUP_STATUS_NOT_IMPLEMENTED, "not_implemented",
                           _ ("Publishing is not built yet. Export the file and upload it yourself."), NULL);
}
