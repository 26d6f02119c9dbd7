/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-json.h"
#include "providers/huggingface/cs-huggingface-account.h"
#include "providers/huggingface/cs-huggingface-answer.h"
#include "providers/huggingface/cs-huggingface-mapping.h"

#include "cs-fuzz.h"

#define MODEL "black-forest-labs/FLUX.1-schnell"
#define PROVIDER_ID "fal-ai/wan/v2.2-5b/text-to-video"

/* Nothing goes into a path that means something there. */
static void
expect_path (char *path)
{
  cs_fuzz_expect (path[0] == '/' && strstr (path, "..") == NULL && strstr (path, "//") == NULL);
  cs_fuzz_expect (strspn (path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:")
                  == strcspn (path, "?"));
  cs_fuzz_expect (strchr (path, '?') == NULL || g_str_has_suffix (path, "?_subdomain=queue"));
  g_free (path);
}

static void
try_mapping (JsonObject *object, CsHuggingfaceTask task, CsAspect aspect)
{
  g_autoptr (CsRequest) request = cs_request_new ();
  g_autofree char *provider_id = NULL;
  const CsHuggingfaceRoute *route;

  request->route = cs_huggingface_mapping_pick (object, MODEL, task, aspect);
  if (request->route == NULL)
    return;
  request->kind = task == CS_HUGGINGFACE_TEXT_TO_IMAGE ? CS_KIND_IMAGE : CS_KIND_VIDEO;
  request->image = g_strdup (task == CS_HUGGINGFACE_IMAGE_TO_VIDEO ? "x" : NULL);
  route = cs_huggingface_route_parse (request, &provider_id);
  cs_fuzz_expect (route != NULL && route->task == task && (route->aspects & 1u << aspect) != 0);
  expect_path (route->make_path (provider_id));
}

static void
try_route (JsonObject *object, const CsHuggingfaceRoute *route)
{
  g_auto (CsHuggingfaceWord) word = { 0 };
  g_autofree char *id = route->read_id (object, PROVIDER_ID);
  g_autofree char *result = NULL;

  cs_fuzz_expect (id == NULL || cs_wire_id_is_valid (id));
  if (id != NULL)
    expect_path (route->make_status_path (PROVIDER_ID, id));
  if (id != NULL && route->make_result_path != NULL)
    expect_path (route->make_result_path (PROVIDER_ID, id));
  route->read_status (object, &word);
  cs_fuzz_expect (word.output == NULL || word.status == CS_PREDICTION_SUCCEEDED);
  if (route->read_result != NULL)
    result = route->read_result (object);
}

static void
try_account (const uint8_t *data, size_t size)
{
  g_autoptr (CsHttpAnswer) answer = cs_http_answer_new ();
  g_autoptr (CsKeyCheck) found = NULL;

  answer->was_sent = TRUE;
  answer->is_complete = TRUE;
  answer->status = 200;
  answer->body = g_bytes_new (data, size);
  found = cs_huggingface_read_account (answer);
  cs_fuzz_expect (found->code != NULL && found->message != NULL);
}

static void
try_base64 (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  gsize length;
  g_autofree guint8 *bytes = cs_huggingface_decode_base64 (text, &length);

  cs_fuzz_expect (bytes == NULL || length <= size);
}

/* The hub's mapping, what the queues answer, the page about a token, and base64. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const queues[] = { "fal-ai", "wavespeed", "together" };
  g_autoptr (JsonObject) object = cs_json_parse_object ((const char *) data, size, CS_FUZZ_MAX_SIZE, NULL);

  try_base64 (data, size);
  cs_huggingface_is_picture (data, size);
  try_account (data, size);
  if (object == NULL)
    return 0;
  for (int task = 0; task < CS_N_HUGGINGFACE_TASKS; task++)
    for (int aspect = 0; aspect < CS_N_ASPECTS; aspect++)
      try_mapping (object, task, aspect);
  for (guint i = 0; i < G_N_ELEMENTS (queues); i++)
    try_route (object, cs_huggingface_route_find (queues[i], CS_HUGGINGFACE_TEXT_TO_VIDEO));
  return 0;
}
