/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A provider and its calls, each waited for, so that a test reads like what it says. */
#include "config.h"
#include "cs-test-provider.h"

#include "cs-test.h"

#define MAX_POLLS 20

/** cs_test_provider_context: Returns: (transfer full): a house of its own: a session, keys, all models. */
CsProviderContext *
cs_test_provider_context (void)
{
  g_autoptr (CsHttp) http = cs_http_new ();
  g_autoptr (CsKeys) keys = cs_keys_new (NULL);
  g_autoptr (GPtrArray) models = cs_models_load (NULL);

  cs_keys_read_environment (keys);
  return cs_provider_context_new (http, keys, models);
}

/** cs_test_request: Returns: (transfer full): a request for 5 seconds of 16:9, ready to be submitted. */
CsRequest *
cs_test_request (const char *model, CsKind kind)
{
  CsRequest *request = cs_request_new ();

  request->creation_id = g_strdup ("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  request->model = g_strdup (model);
  request->kind = kind;
  request->prompt = g_strdup ("a boat at dawn");
  request->original_prompt = g_strdup ("a boat");
  request->aspect = CS_ASPECT_16_9;
  request->duration = 5;
  request->seed = 7;
  request->work_file = g_strdup ("/nowhere/01ARZ3NDEKTSV4RRFFQ69G5FAV-1.part");
  return request;
}

CsRequest *
cs_test_prepare (CsProvider *provider, CsRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_prepare_async (provider, request, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_prepare_finish (provider, result, error);
}

CsSubmission *
cs_test_submit (CsProvider *provider, CsRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_submit_async (provider, request, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_submit_finish (provider, result);
}

CsPrediction *
cs_test_poll (CsProvider *provider, CsRequest *request, const char *remote_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_poll_async (provider, request, remote_id, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_poll_finish (provider, result);
}

/** cs_test_poll_to_end: Returns: (transfer full): the first word that is not "running", or the last of 20. */
CsPrediction *
cs_test_poll_to_end (CsProvider *provider, CsRequest *request, const char *remote_id)
{
  CsPrediction *prediction = cs_test_poll (provider, request, remote_id);

  for (int i = 1; i < MAX_POLLS && prediction->status == CS_PREDICTION_RUNNING; i++)
    {
      cs_prediction_free (prediction);
      prediction = cs_test_poll (provider, request, remote_id);
    }
  return prediction;
}

CsPrediction *
cs_test_cancel (CsProvider *provider, CsRequest *request, const char *remote_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_cancel_async (provider, request, remote_id, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_cancel_finish (provider, result);
}

char *
cs_test_find (CsProvider *provider, CsRequest *request, gint64 sent_at, const char *const *bound, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_find_async (provider, request, sent_at, bound, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_find_finish (provider, result, error);
}

gboolean
cs_test_fetch (CsProvider *provider, CsRequest *request, const char *output, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_fetch_async (provider, request, output, path, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_fetch_finish (provider, result, error);
}

CsKeyCheck *
cs_test_check (CsProvider *provider)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_check_async (provider, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_check_finish (provider, result);
}
