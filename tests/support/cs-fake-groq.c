/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groq: OpenAI's chat with limits that are told in headers. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-chat.h"
#include "cs-fake-json.h"

static void
set_limits (CsFakeCall *call)
{
  static const char *const limits[][2]
      = { { "x-ratelimit-limit-requests", "1000" },     { "x-ratelimit-limit-tokens", "8000" },
          { "x-ratelimit-remaining-requests", "998" },  { "x-ratelimit-remaining-tokens", "7400" },
          { "x-ratelimit-reset-requests", "2m59.56s" }, { "x-ratelimit-reset-tokens", "7.66s" } };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    cs_fake_call_set_header (call, limits[i][0], limits[i][1]);
}

static gboolean
admit (CsFakeCall *call)
{
  set_limits (call);
  if (cs_fake_call_has_bearer (call))
    return TRUE;
  cs_fake_call_refuse (call, 401, "");
  return FALSE;
}

static void
refuse (CsFakeCall *call, guint status, const char *variant)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *code;
    const char *message;
  } words[] = {
    { 400, "invalid_request_error", "json_validate_failed", "Failed to generate JSON. Please adjust your prompt." },
    { 401, "invalid_request_error", "invalid_api_key", "Invalid API Key" },
    { 403, "invalid_request_error", "forbidden", "Access denied. Please check your network settings." },
    { 404, "invalid_request_error", "model_not_found",
      "The model `x` does not exist or you do not have access to it." },
    { 413, "tokens", "rate_limit_exceeded",
      "Request too large for model `openai/gpt-oss-120b` on tokens per minute (TPM)" },
    { 422, "invalid_request_error", "unprocessable", "Semantic error" },
    { 429, "tokens", "rate_limit_exceeded",
      "Rate limit reached for model `openai/gpt-oss-120b` in organization `org_1` on tokens per minute (TPM): Limit "
      "8000, Used "
      "7900, Requested 600. Please try again in 3.75s." },
    { 498, "invalid_request_error", "capacity_exceeded", "Flex tier capacity exceeded" },
  };

  set_limits (call);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].status == status)
      {
        cs_fake_call_reply (call, status,
                            cs_fake_json ("{'error':{'message':%s,'type':%s,'code':%s}}", words[i].message,
                                          words[i].type, words[i].code));
        return;
      }
  cs_fake_call_reply (
      call, status,
      cs_fake_json ("{'error':{'message':%s,'type':'internal_server_error'}}", soup_status_get_phrase (status)));
}

static const CsFakeRoute routes[] = {
  { "POST", "/openai/v1/chat/completions", "chat", cs_fake_chat_answer },
  { "GET", "/openai/v1/models", "models", cs_fake_chat_list_models },
  { NULL },
};

const CsFakeVendor cs_fake_groq = { "groq", routes, admit, refuse };
