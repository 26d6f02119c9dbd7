/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-error.h"
#include "providers/huggingface/cs-huggingface-provider.h"
#include "providers/cs-text-provider.h"

#include "cs-canned-server.h"
#include "cs-test.h"

#include <string.h>

/* What the tests of Hugging Face have in common: a provider over a server that says what it is told to. */

#define KEY "hf_canaryCANARYcanary0123456789"
#define FLUX_ROUTE "hf-inference black-forest-labs/FLUX.1-schnell"
#define WAN_ROUTE "fal-ai fal-ai/wan/v2.2-5b/text-to-video"

G_GNUC_UNUSED static const char png[] = "\x89PNG\r\n\x1a\n" "a picture, as far as its first bytes go";

typedef struct
{
  CsTestHome *home;
  CsCannedServer *server;
  CsHttp *http;
  CsKeys *keys;
  CsProvider *provider;
  char *base;
} Fixture;

/* A provider whose router and hub are both the canned server. */
static inline void
set_up_with_key (Fixture *fixture, const char *key)
{
  g_autoptr (GPtrArray) models = cs_models_load (NULL);
  g_autoptr (CsProviderContext) context = NULL;

  fixture->home = cs_test_home_new ();
  fixture->server = cs_canned_server_new ();
  fixture->base = cs_canned_server_dup_base (fixture->server);
  g_setenv ("HF_BASE_URL", fixture->base, TRUE);
  g_setenv ("HF_HUB_URL", fixture->base, TRUE);
  if (key != NULL)
    g_setenv ("HF_API_TOKEN", key, TRUE);
  else
    g_unsetenv ("HF_API_TOKEN");
  fixture->http = cs_http_new ();
  fixture->keys = cs_keys_new (NULL);
  cs_keys_read_environment (fixture->keys);
  context = cs_provider_context_new (fixture->http, fixture->keys, models);
  fixture->provider = cs_huggingface_provider_new (context);
}

static inline void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_with_key (fixture, KEY);
}

static inline void
set_up_without_key (Fixture *fixture, gconstpointer data)
{
  set_up_with_key (fixture, NULL);
}

static inline void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->provider);
  g_object_unref (fixture->http);
  g_object_unref (fixture->keys);
  cs_canned_server_free (fixture->server);
  cs_test_home_free (fixture->home);
  g_free (fixture->base);
}

static inline CsRequest *
new_request (Fixture *fixture, CsKind kind, const char *route)
{
  CsRequest *request = cs_request_new ();

  request->creation_id = g_strdup ("01HF");
  request->model = g_strdup (kind == CS_KIND_VIDEO ? "huggingface/wan-2.2" : "huggingface/flux-schnell");
  request->kind = kind;
  request->aspect = CS_ASPECT_16_9;
  request->duration = 5;
  request->prompt = g_strdup ("a boat at dawn");
  request->original_prompt = g_strdup ("a boat");
  request->seed = 7;
  request->route = g_strdup (route);
  request->work_file = cs_test_home_build (fixture->home, "01HF-1.part");
  return request;
}

static inline CsRequest *
prepare (Fixture *fixture, CsRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_prepare_async (fixture->provider, request, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_prepare_finish (fixture->provider, result, error);
}

static inline CsSubmission *
submit (Fixture *fixture, CsRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_submit_async (fixture->provider, request, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_submit_finish (fixture->provider, result);
}

static inline CsPrediction *
poll (Fixture *fixture, CsRequest *request, const char *remote_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_poll_async (fixture->provider, request, remote_id, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_poll_finish (fixture->provider, result);
}

static inline CsKeyCheck *
check (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_check_async (fixture->provider, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_check_finish (fixture->provider, result);
}

static inline gboolean
fetch (Fixture *fixture, CsRequest *request, const char *output, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_fetch_async (fixture->provider, request, output, request->work_file, NULL, NULL, NULL, cs_test_keep_result,
                           &result);
  cs_test_wait_result (&result);
  return cs_provider_fetch_finish (fixture->provider, result, error);
}

/* What request @n was: its first line, and that it had the key. */
static inline void
check_request (Fixture *fixture, guint n, const char *first_line)
{
  g_autofree char *request = cs_canned_server_dup_request (fixture->server, n);
  g_autofree char *line = NULL;

  g_assert_nonnull (request);
  line = g_strndup (request, strcspn (request, "\r"));
  g_assert_cmpstr (line, ==, first_line);
  g_assert_nonnull (strstr (request, "\r\nAuthorization: Bearer " KEY "\r\n"));
}

/* A file where nothing but @contents may be: what came is there, and nothing else beside it. */
static inline void
check_work_file (CsRequest *request, const void *expected, gsize expected_length)
{
  g_autofree char *answer = g_strconcat (request->work_file, ".answer", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_false (g_file_test (answer, G_FILE_TEST_EXISTS));
  if (expected == NULL)
    {
      g_assert_false (g_file_test (request->work_file, G_FILE_TEST_EXISTS));
      return;
    }
  g_assert_true (g_file_get_contents (request->work_file, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, expected, expected_length);
}
