/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "providers/cs-huggingface-provider.h"

#include "core/cs-error.h"
#include "providers/cs-text-provider.h"

#include "cs-canned-server.h"
#include "cs-test.h"

#include <string.h>

#define KEY "hf_canaryCANARYcanary0123456789"
#define FLUX_ROUTE "hf-inference black-forest-labs/FLUX.1-schnell"
#define WAN_ROUTE "fal-ai fal-ai/wan/v2.2-5b/text-to-video"

static const char png[] = "\x89PNG\r\n\x1a\n" "a picture, as far as its first bytes go";

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
static void
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

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_with_key (fixture, KEY);
}

static void
set_up_without_key (Fixture *fixture, gconstpointer data)
{
  set_up_with_key (fixture, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->provider);
  g_object_unref (fixture->http);
  g_object_unref (fixture->keys);
  cs_canned_server_free (fixture->server);
  cs_test_home_free (fixture->home);
  g_free (fixture->base);
}

static CsRequest *
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

static CsRequest *
prepare (Fixture *fixture, CsRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_prepare_async (fixture->provider, request, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_prepare_finish (fixture->provider, result, error);
}

static CsSubmission *
submit (Fixture *fixture, CsRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_submit_async (fixture->provider, request, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_submit_finish (fixture->provider, result);
}

static CsPrediction *
poll (Fixture *fixture, CsRequest *request, const char *remote_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_poll_async (fixture->provider, request, remote_id, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_poll_finish (fixture->provider, result);
}

static CsKeyCheck *
check (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_check_async (fixture->provider, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_provider_check_finish (fixture->provider, result);
}

static gboolean
fetch (Fixture *fixture, CsRequest *request, const char *output, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_provider_fetch_async (fixture->provider, request, output, request->work_file, NULL, NULL, NULL, cs_test_keep_result,
                           &result);
  cs_test_wait_result (&result);
  return cs_provider_fetch_finish (fixture->provider, result, error);
}

/* What request @n was: its first line, and that it had the key. */
static void
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
static void
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

/* Prepare */

static void
test_prepare (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, "old route");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRequest) prepared = NULL;

  cs_canned_server_add (fixture->server, "200 OK", NULL,
                        "{\"inferenceProviderMapping\": [{\"provider\": \"fal-ai\", \"providerId\": \"fal-ai/flux/schnell\","
                        " \"status\": \"live\", \"task\": \"text-to-image\"}]}",
                        -1);
  prepared = prepare (fixture, request, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (prepared->route, ==, "fal-ai fal-ai/flux/schnell");
  g_assert_cmpstr (prepared->prompt, ==, "a boat at dawn");
  g_assert_cmpstr (request->route, ==, "old route");
  check_request (fixture, 0,
                 "GET /api/models/black-forest-labs/FLUX.1-schnell?expand%5B%5D=inferenceProviderMapping HTTP/1.1");
}

static void
test_prepare_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *status;
    const char *body;
    CsError code;
  } cases[] = {
    { "200 OK", "{\"inferenceProviderMapping\": []}", CS_ERROR_PROVIDER_REFUSED },
    { "200 OK", "{}", CS_ERROR_PROVIDER_REFUSED },
    { "200 OK", "[[[[", CS_ERROR_BAD_RESPONSE },
    { "200 OK", "<html>", CS_ERROR_BAD_RESPONSE },
    { "302 Found", "", CS_ERROR_BAD_RESPONSE },
    { "401 Unauthorized", "{\"error\": \"Invalid username or password.\"}", CS_ERROR_NO_KEY },
    { "404 Not Found", "{\"error\": \"Repository not found\"}", CS_ERROR_PROVIDER_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s %s", cases[i].status, cases[i].body);
      cs_canned_server_add (fixture->server, cases[i].status, NULL, cases[i].body, -1);
      g_assert_null (prepare (fixture, request, &error));
      g_assert_error (error, CS_ERROR, (gint) cases[i].code);
      g_assert_cmpint (cs_canned_server_count (fixture->server), ==, i + 1);
    }
}

/* A model that is not in the list of models, and the words of a deck, have no route. */
static void
test_prepare_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) unknown = new_request (fixture, CS_KIND_IMAGE, NULL);
  g_autoptr (CsRequest) deck = new_request (fixture, CS_KIND_DECK, NULL);
  g_autoptr (GError) error = NULL;

  g_free (unknown->model);
  unknown->model = g_strdup ("huggingface/gone");
  g_assert_null (prepare (fixture, unknown, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_null (prepare (fixture, deck, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
}

/* Nobody answers: it is asked again, since that costs nothing. */
static void
test_prepare_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_VIDEO, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRequest) prepared = NULL;

  cs_canned_server_add (fixture->server, "503 Service Unavailable", NULL, "{\"error\": \"busy\"}", -1);
  cs_canned_server_add (fixture->server, "200 OK", NULL,
                        "{\"inferenceProviderMapping\": {\"together\": {\"providerId\": \"wan/x\", \"status\": \"live\","
                        " \"task\": \"text-to-video\"}}}",
                        -1);
  prepared = prepare (fixture, request, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (prepared->route, ==, "together wan/x");
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 2);
}

/* Submit, where the answer is the picture */

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, FLUX_ROUTE);
  g_autoptr (CsSubmission) submission = NULL;
  g_autofree char *sent = NULL;
  g_autoptr (GError) error = NULL;

  cs_canned_server_add (fixture->server, "200 OK", "Content-Type: image/png\r\n", png, sizeof png);
  submission = submit (fixture, request);
  g_assert_no_error (submission->error);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ANSWERED);
  g_assert_cmpstr (submission->output, ==, request->work_file);
  g_assert_cmpint (submission->cost, ==, -1);
  check_work_file (request, png, sizeof png);
  check_request (fixture, 0, "POST /hf-inference/models/black-forest-labs/FLUX.1-schnell HTTP/1.1");
  sent = cs_canned_server_dup_request (fixture->server, 0);
  g_assert_nonnull (strstr (sent, "\r\nAccept: image/png\r\n"));
  g_assert_nonnull (strstr (sent, "\r\n\r\n{\"inputs\":\"a boat at dawn\""));
  g_assert_true (fetch (fixture, request, submission->output, &error));
  g_assert_no_error (error);
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  static const char *const routes[] = { FLUX_ROUTE, "nscale x/y", "together x/y" };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, routes[i]);
      g_autofree char *base64 = g_base64_encode ((const guchar *) png, sizeof png);
      g_autofree char *json = g_strdup_printf ("{\"data\": [{\"b64_json\": \"%s\"}]}", base64);
      g_autoptr (CsSubmission) submission = NULL;

      cs_canned_server_add (fixture->server, "200 OK", NULL, json, -1);
      submission = submit (fixture, request);
      g_assert_no_error (submission->error);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_ANSWERED);
      check_work_file (request, png, sizeof png);
    }
}

static void
test_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, FLUX_ROUTE);
  g_autoptr (CsSubmission) submission = NULL;

  cs_canned_server_add (fixture->server, "200 OK", NULL, "{\"output\": [\"https://example.com/a.png\"]}", -1);
  submission = submit (fixture, request);
  g_assert_no_error (submission->error);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ANSWERED);
  g_assert_cmpstr (submission->output, ==, "https://example.com/a.png");
  check_work_file (request, NULL, 0);
}

/* What a POST's end means. In each case exactly one request left. */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *status;
    const char *headers;
    const char *body;
    CsSubmitEnd end;
    CsError code;
    int seconds;
  } cases[] = {
    { "400 Bad Request", NULL, "{\"error\": \"Model not supported by provider hf-inference\"}", CS_SUBMIT_REFUSED,
      CS_ERROR_PROVIDER_REFUSED },
    { "401 Unauthorized", NULL, "{\"error\": \"Invalid username or password.\"}", CS_SUBMIT_REFUSED, CS_ERROR_NO_KEY },
    { "402 Payment Required", NULL, "{\"error\": \"You have depleted your monthly included credits.\"}", CS_SUBMIT_REFUSED,
      CS_ERROR_PROVIDER_REFUSED },
    { "403 Forbidden", NULL, "{\"error\": \"This authentication method does not have sufficient permissions\"}",
      CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
    { "404 Not Found", NULL, "not json", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
    { "408 Request Timeout", NULL, "", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "410 Gone", NULL, "{\"error\": \"The requested model is deprecated\"}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
    { "422 Unprocessable", NULL, "{\"detail\": [{\"msg\": \"width\"}]}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
    { "429 Too Many Requests", "Retry-After: 3\r\n", "", CS_SUBMIT_RATE_LIMITED, CS_ERROR_RATE_LIMITED, 3 },
    { "500 Internal", NULL, "{\"error\": \"x\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "503 Loading", NULL, "{\"error\": \"Model x/y is currently loading\", \"estimated_time\": 20.0}", CS_SUBMIT_RATE_LIMITED,
      CS_ERROR_UNAVAILABLE, 20 },
    { "503 Loading", NULL, "{\"error\": \"loading\", \"estimated_time\": 900}", CS_SUBMIT_RATE_LIMITED, CS_ERROR_UNAVAILABLE, 30 },
    { "503 Loading", NULL, "{\"error\": \"loading\", \"estimated_time\": 1e300}", CS_SUBMIT_RATE_LIMITED, CS_ERROR_UNAVAILABLE, 30 },
    { "503 Loading", NULL, "{\"error\": \"loading\", \"estimated_time\": 0}", CS_SUBMIT_RATE_LIMITED, CS_ERROR_UNAVAILABLE, 1 },
    { "503 Unavailable", NULL, "{\"error\": \"x\", \"estimated_time\": -5}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "503 Unavailable", NULL, "{\"error\": \"x\", \"estimated_time\": \"20\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "503 Unavailable", "Retry-After: 3\r\n", "", CS_SUBMIT_REFUSED, CS_ERROR_UNAVAILABLE, 3 },
    { "503 Unavailable", "Content-Type: text/html\r\n", "<html>", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "302 Found", "Location: http://127.0.0.1:9/\r\n", "", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "200 OK", NULL, "", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "200 OK", "Content-Type: text/html\r\n", "<html>Maintenance</html>", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "200 OK", NULL, "{\"data\": [{\"b64_json\": \"!!!!\"}]}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "200 OK", NULL, "{\"output\": [\"file:///etc/passwd\"]}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "200 OK", NULL, "{\"output\": [\"http://10.0.0.1/a.png\"]}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
    { "200 OK", NULL, "{\"error\": \"no\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, FLUX_ROUTE);
      g_autoptr (CsSubmission) submission = NULL;

      g_test_message ("%s %s", cases[i].status, cases[i].body);
      cs_canned_server_add (fixture->server, cases[i].status, cases[i].headers, cases[i].body, -1);
      submission = submit (fixture, request);
      g_assert_cmpint (submission->end, ==, cases[i].end);
      g_assert_error (submission->error, CS_ERROR, (gint) cases[i].code);
      g_assert_null (strstr (submission->error->message, KEY));
      g_assert_cmpint (submission->retry_after, ==, cases[i].seconds * G_USEC_PER_SEC);
      g_assert_cmpint (cs_canned_server_count (fixture->server), ==, i + 1);
      check_work_file (request, NULL, 0);
    }
}

/* A good answer that ends too soon is as good as none, and leaves nothing that looks like a picture. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = {
    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\n\x89PNG\r\n\x1a\nand no more",
    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n\x89PNG\r\n\x1a\nand no more",
    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Ty",
    "rubbish\r\n\r\n",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, FLUX_ROUTE);
      g_autoptr (CsSubmission) submission = NULL;

      g_test_message ("%s", answers[i]);
      cs_canned_server_add_raw (fixture->server, answers[i], -1);
      submission = submit (fixture, request);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_UNCERTAIN);
      g_assert_error (submission->error, CS_ERROR, CS_ERROR_UNCERTAIN);
      g_assert_cmpint (cs_canned_server_count (fixture->server), ==, i + 1);
      check_work_file (request, NULL, 0);
    }
}

static void
test_not_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, FLUX_ROUTE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsSubmission) submission = NULL;

  g_cancellable_cancel (cancellable);
  cs_provider_submit_async (fixture->provider, request, cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  submission = cs_provider_submit_finish (fixture->provider, result);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_NOT_SENT);
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
}

static void
test_no_route (Fixture *fixture, gconstpointer data)
{
  static const char *const routes[] = { NULL, "", "fal-ai ../x", "nobody a/b", "fal-ai" };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, routes[i]);
      g_autoptr (CsSubmission) submission = submit (fixture, request);
      g_autoptr (CsPrediction) prediction = poll (fixture, request, "abc");

      g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
      g_assert_error (submission->error, CS_ERROR, CS_ERROR_UNAVAILABLE);
      g_assert_cmpint (prediction->status, ==, CS_PREDICTION_FAILED);
    }
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
}

/* Submit, into a queue */

static void
test_accepted (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *route;
    const char *line;
    const char *answer;
    const char *remote_id;
  } cases[] = {
    { WAN_ROUTE, "POST /fal-ai/fal-ai/wan/v2.2-5b/text-to-video?_subdomain=queue HTTP/1.1",
      "{\"request_id\": \"abc\", \"status\": \"IN_QUEUE\", \"response_url\": \"https://queue.fal.run/fal-ai/wan/requests/abc\"}",
      "abc" },
    { "wavespeed w/t2v-480p", "POST /wavespeed/api/v3/w/t2v-480p HTTP/1.1", "{\"data\": {\"id\": \"x1\"}}", "x1" },
    { "together x/y", "POST /together/v2/videos HTTP/1.1", "{\"id\": \"v1\", \"status\": \"queued\"}", "v1" },
    { WAN_ROUTE, "POST /fal-ai/fal-ai/wan/v2.2-5b/text-to-video?_subdomain=queue HTTP/1.1", "{\"request_id\": \"a/b\"}", NULL },
    { "wavespeed w/x", "POST /wavespeed/api/v3/w/x HTTP/1.1", "{\"code\": 200, \"data\": null}", NULL },
    { "together x/y", "POST /together/v2/videos HTTP/1.1", "[]", NULL },
    { "together x/y", "POST /together/v2/videos HTTP/1.1", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_VIDEO, cases[i].route);
      g_autoptr (CsSubmission) submission = NULL;

      g_test_message ("%s %s", cases[i].route, cases[i].answer);
      cs_canned_server_add (fixture->server, "200 OK", NULL, cases[i].answer, -1);
      submission = submit (fixture, request);
      g_assert_cmpint (submission->end, ==, cases[i].remote_id != NULL ? CS_SUBMIT_ACCEPTED : CS_SUBMIT_UNCERTAIN);
      g_assert_cmpstr (submission->remote_id, ==, cases[i].remote_id);
      check_request (fixture, i, cases[i].line);
      g_assert_cmpint (cs_canned_server_count (fixture->server), ==, i + 1);
    }
}

/* A reference picture goes with the request, as what it is. */
static void
test_image (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_VIDEO, WAN_ROUTE);
  g_autoptr (CsSubmission) submission = NULL;
  g_autofree char *base64 = g_base64_encode ((const guchar *) png, sizeof png);
  g_autofree char *expected = g_strdup_printf ("\"image_url\":\"data:image/png;base64,%s\"", base64);
  g_autofree char *sent = NULL;

  request->image = cs_test_home_build (fixture->home, "reference");
  submission = submit (fixture, request); /* it is not there */
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
  g_clear_pointer (&submission, cs_submission_free);

  g_assert_true (g_file_set_contents (request->image, png, sizeof png, NULL));
  cs_canned_server_add (fixture->server, "200 OK", NULL, "{\"request_id\": \"abc\"}", -1);
  submission = submit (fixture, request);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
  sent = cs_canned_server_dup_request (fixture->server, 0);
  g_assert_nonnull (strstr (sent, expected));
}

/* Poll */

static void
test_poll_fal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_VIDEO, WAN_ROUTE);
  g_autoptr (CsPrediction) running = NULL;
  g_autoptr (CsPrediction) done = NULL;

  cs_canned_server_add (fixture->server, "202 Accepted", NULL, "{\"status\": \"IN_PROGRESS\"}", -1);
  running = poll (fixture, request, "abc");
  g_assert_cmpint (running->status, ==, CS_PREDICTION_RUNNING);

  cs_canned_server_add (fixture->server, "200 OK", NULL, "{\"status\": \"COMPLETED\"}", -1);
  cs_canned_server_add (fixture->server, "200 OK", NULL, "{\"video\": {\"url\": \"https://v3.fal.media/a.mp4\"}}", -1);
  done = poll (fixture, request, "abc");
  g_assert_no_error (done->error);
  g_assert_cmpint (done->status, ==, CS_PREDICTION_SUCCEEDED);
  g_assert_cmpint (done->billed, ==, CS_BILLED_YES);
  g_assert_cmpstr (done->output, ==, "https://v3.fal.media/a.mp4");
  check_request (fixture, 1, "GET /fal-ai/fal-ai/wan/requests/abc/status?_subdomain=queue HTTP/1.1");
  check_request (fixture, 2, "GET /fal-ai/fal-ai/wan/requests/abc?_subdomain=queue HTTP/1.1");
}

/* COMPLETED can hide a failure: the result tells. A question that went wrong is no failure. */
static void
test_poll_fal_result (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *status;
    const char *body;
    CsPredictionStatus end;
    CsBilled billed;
    CsError code;
    const char *words;
  } cases[] = {
    { "422 Unprocessable", "{\"detail\": [{\"msg\": \"nobody may see that\"}]}", CS_PREDICTION_FAILED, CS_BILLED_UNKNOWN,
      CS_ERROR_FAILED, "nobody may see that" },
    { "400 Bad Request", "<html>", CS_PREDICTION_FAILED, CS_BILLED_UNKNOWN, CS_ERROR_FAILED },
    { "200 OK", "{}", CS_PREDICTION_FAILED, CS_BILLED_YES, CS_ERROR_BAD_RESPONSE },
    { "200 OK", "{\"video\": {\"url\": \"file:///etc/passwd\"}}", CS_PREDICTION_FAILED, CS_BILLED_YES, CS_ERROR_BAD_RESPONSE },
    { "200 OK", "{\"video\": {\"url\": \"https://192.168.0.1/x\"}}", CS_PREDICTION_FAILED, CS_BILLED_YES, CS_ERROR_BAD_RESPONSE },
    { "200 OK", "oops", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, CS_ERROR_BAD_RESPONSE },
    { "401 Unauthorized", "{}", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, CS_ERROR_NO_KEY },
    { "404 Not Found", "{}", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, CS_ERROR_NOT_FOUND },
    { "429 Too Many", "{}", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, CS_ERROR_RATE_LIMITED },
    { "502 Bad Gateway", "<html>", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, CS_ERROR_UNAVAILABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_VIDEO, WAN_ROUTE);
      g_autoptr (CsPrediction) prediction = NULL;

      g_test_message ("%s %s", cases[i].status, cases[i].body);
      cs_canned_server_add (fixture->server, "200 OK", NULL, "{\"status\": \"COMPLETED\"}", -1);
      cs_canned_server_add (fixture->server, cases[i].status, NULL, cases[i].body, -1);
      prediction = poll (fixture, request, "abc");
      g_assert_cmpint (prediction->status, ==, cases[i].end);
      g_assert_cmpint (prediction->billed, ==, cases[i].billed);
      g_assert_error (prediction->error, CS_ERROR, (gint) cases[i].code);
      if (cases[i].words != NULL)
        g_assert_nonnull (strstr (prediction->error->message, cases[i].words));
    }
}

static void
test_poll_others (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *route;
    const char *status;
    const char *body;
    CsPredictionStatus end;
    const char *output;
  } cases[] = {
    { "wavespeed w/x", "200 OK", "{\"data\": {\"status\": \"processing\"}}", CS_PREDICTION_RUNNING },
    { "wavespeed w/x", "200 OK", "{\"data\": {\"status\": \"completed\", \"outputs\": [\"https://a.example/b.mp4\"]}}",
      CS_PREDICTION_SUCCEEDED, "https://a.example/b.mp4" },
    { "wavespeed w/x", "200 OK", "{\"data\": {\"status\": \"completed\", \"outputs\": []}}", CS_PREDICTION_FAILED },
    { "wavespeed w/x", "200 OK", "{\"message\": \"success\", \"data\": {\"status\": \"failed\", \"error\": \"no\"}}",
      CS_PREDICTION_FAILED },
    { "wavespeed w/x", "200 OK", "{\"data\": 7}", CS_PREDICTION_UNREACHABLE },
    { "together x/y", "200 OK", "{\"status\": \"in_progress\"}", CS_PREDICTION_RUNNING },
    { "together x/y", "200 OK", "{\"status\": \"completed\", \"outputs\": {\"video_url\": \"https://a.example/c.mp4\"}}",
      CS_PREDICTION_SUCCEEDED, "https://a.example/c.mp4" },
    { "together x/y", "200 OK", "{\"status\": \"failed\"}", CS_PREDICTION_FAILED },
    { "together x/y", "200 OK", "[[[", CS_PREDICTION_UNREACHABLE },
    { "together x/y", "500 Oops", "{}", CS_PREDICTION_UNREACHABLE },
    { "together x/y", "404 Not Found", "{}", CS_PREDICTION_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_VIDEO, cases[i].route);
      g_autoptr (CsPrediction) prediction = NULL;

      g_test_message ("%s %s", cases[i].route, cases[i].body);
      cs_canned_server_add (fixture->server, cases[i].status, NULL, cases[i].body, -1);
      prediction = poll (fixture, request, "abc");
      g_assert_cmpint (prediction->status, ==, cases[i].end);
      g_assert_cmpstr (prediction->output, ==, cases[i].output);
      check_request (fixture, i, g_str_has_prefix (cases[i].route, "wave")
                                     ? "GET /wavespeed/api/v3/predictions/abc/result HTTP/1.1"
                                     : "GET /together/v2/videos/abc HTTP/1.1");
    }
}

/* A picture that was the answer and is gone is not asked for again: it was paid for. Nor is an id that is none. */
static void
test_poll_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) picture = new_request (fixture, CS_KIND_IMAGE, FLUX_ROUTE);
  g_autoptr (CsRequest) video = new_request (fixture, CS_KIND_VIDEO, WAN_ROUTE);
  g_autoptr (CsPrediction) gone = poll (fixture, picture, NULL);
  g_autoptr (CsPrediction) strange = poll (fixture, video, "../x");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (gone->status, ==, CS_PREDICTION_FAILED);
  g_assert_cmpint (gone->billed, ==, CS_BILLED_YES);
  g_assert_error (gone->error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_assert_cmpint (strange->status, ==, CS_PREDICTION_FAILED);
  g_assert_false (fetch (fixture, picture, picture->work_file, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
}

/* The result is fetched without the key. */
static void
test_fetch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, FLUX_ROUTE);
  g_autofree char *output = g_strconcat (fixture->base, "/a.png?token=1", NULL);
  g_autofree char *sent = NULL;
  g_autoptr (GError) error = NULL;

  cs_canned_server_add (fixture->server, "200 OK", "Content-Type: image/png\r\n", png, sizeof png);
  g_assert_true (fetch (fixture, request, output, &error));
  g_assert_no_error (error);
  check_work_file (request, png, sizeof png);
  sent = cs_canned_server_dup_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (sent, "GET /a.png?token=1 HTTP/1.1\r\n"));
  g_assert_null (strstr (sent, KEY));
}

/* The key */

static void
test_check (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *status;
    const char *body;
    const char *code;
    const char *account;
  } cases[] = {
    { "200 OK", "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"read\"}}}", "ok", "ann" },
    { "200 OK", "{\"name\": \"ann\"}", "ok", "ann" },
    { "200 OK", "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"fineGrained\"}}}", "ok", "ann" },
    { "200 OK",
      "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"fineGrained\", \"fineGrained\": {\"global\":"
      " [\"discussion.write\", 7], \"scoped\": [7, {\"permissions\": [\"inference.serverless.write\"]}]}}}}",
      "ok", "ann" },
    { "200 OK",
      "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"fineGrained\", \"fineGrained\": {\"global\":"
      " [\"inference.serverless.write\"]}}}}",
      "ok", "ann" },
    { "200 OK",
      "{\"name\": \"ann\", \"auth\": {\"accessToken\": {\"role\": \"fineGrained\", \"fineGrained\": {\"global\": [],"
      " \"scoped\": [{\"permissions\": [\"repo.content.read\"]}]}}}}",
      "no_permission", "ann" },
    { "200 OK", "{}", "bad_response", NULL },
    { "200 OK", "7", "bad_response", NULL },
    { "401 Unauthorized", "{\"error\": \"Invalid credentials in Authorization header\"}", "unauthorized", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CsKeyCheck) found = NULL;

      g_test_message ("%s %s", cases[i].status, cases[i].body);
      cs_canned_server_add (fixture->server, cases[i].status, NULL, cases[i].body, -1);
      found = check (fixture);
      g_assert_cmpstr (found->code, ==, cases[i].code);
      g_assert_cmpstr (found->account, ==, cases[i].account);
      g_assert_cmpint (found->balance, ==, -1);
      g_assert_null (strstr (found->message, KEY));
      check_request (fixture, i, "GET /api/whoami-v2 HTTP/1.1");
    }
}

/* Without a key nothing leaves, but for the question that everybody may ask. */
static void
test_no_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_VIDEO, WAN_ROUTE);
  g_autoptr (CsSubmission) submission = submit (fixture, request);
  g_autoptr (CsPrediction) prediction = poll (fixture, request, "abc");
  g_autoptr (CsKeyCheck) found = check (fixture);
  g_autofree char *why_not = NULL;

  g_assert_false (cs_provider_is_available (fixture->provider, request->model, &why_not));
  g_assert_nonnull (why_not);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_error (prediction->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpint (prediction->retry_after, >=, G_USEC_PER_SEC);
  g_assert_cmpstr (found->code, ==, "no_key");
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
}

/* Language models */

static CsChatAnswer *
chat (Fixture *fixture)
{
  g_autoptr (CsChat) question = cs_chat_new ();
  g_autoptr (GAsyncResult) result = NULL;

  question->model = g_strdup ("openai/gpt-oss-120b");
  question->user = g_strdup ("Say something.");
  cs_text_provider_chat_async (CS_TEXT_PROVIDER (fixture->provider), question, NULL, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_text_provider_chat_finish (CS_TEXT_PROVIDER (fixture->provider), result);
}

static void
test_chat (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsChatAnswer) answer = NULL;
  g_autoptr (CsChatAnswer) refused = NULL;
  g_autofree char *sent = NULL;

  cs_canned_server_add (fixture->server, "200 OK", "Content-Type: text/event-stream\r\n",
                        "data: {\"choices\": [{\"delta\": {\"content\": \"A boat\"}}]}\n\n"
                        "data: {\"choices\": [{\"delta\": {\"content\": \" at dawn\"}, \"finish_reason\": \"stop\"}]}\n\n"
                        "data: [DONE]\n\n",
                        -1);
  answer = chat (fixture);
  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->text, ==, "A boat at dawn");
  check_request (fixture, 0, "POST /v1/chat/completions HTTP/1.1");
  sent = cs_canned_server_dup_request (fixture->server, 0);
  g_assert_nonnull (strstr (sent, "\"model\":\"openai/gpt-oss-120b\""));

  cs_canned_server_add (fixture->server, "402 Payment Required", NULL, "{\"error\": \"You have depleted your credits\"}", -1);
  refused = chat (fixture);
  g_assert_error (refused->error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
}

static void
test_chat_no_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsChatAnswer) answer = chat (fixture);

  g_assert_error (answer->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpint (cs_canned_server_count (fixture->server), ==, 0);
}

/* An address that is nonsense is told, and nothing is sent anywhere. */
static void
test_bad_base (void)
{
  Fixture fixture = { 0 };
  g_autoptr (CsRequest) request = NULL;
  g_autoptr (GPtrArray) models = cs_models_load (NULL);
  g_autoptr (CsProviderContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsKeyCheck) found = NULL;
  g_autofree char *why_not = NULL;

  set_up_with_key (&fixture, KEY);
  context = cs_provider_context_new (fixture.http, fixture.keys, models);
  g_setenv ("HF_BASE_URL", "http://example.com", TRUE);
  g_setenv ("HF_HUB_URL", "nonsense", TRUE);
  g_clear_object (&fixture.provider);
  fixture.provider = cs_huggingface_provider_new (context);
  request = new_request (&fixture, CS_KIND_IMAGE, NULL);
  g_assert_false (cs_provider_is_available (fixture.provider, request->model, &why_not));
  g_assert_nonnull (strstr (why_not, "HF_BASE_URL"));
  g_assert_null (prepare (&fixture, request, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
  found = check (&fixture);
  g_assert_cmpstr (found->code, !=, "ok");
  g_assert_nonnull (strstr (found->message, "HF_HUB_URL"));
  tear_down (&fixture, NULL);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (cs_provider_get_id (fixture->provider), ==, "huggingface");
  g_assert_cmpstr (cs_provider_get_name (fixture->provider), ==, "Hugging Face");
  g_assert_false (cs_provider_is_repeatable (fixture->provider));
  g_assert_false (cs_provider_is_local (fixture->provider));
  g_assert_false (cs_provider_can_find (fixture->provider));
  g_assert_true (cs_provider_is_available (fixture->provider, "huggingface/flux-schnell", NULL));
}

#define ADD(name, function) g_test_add ("/huggingface-provider/" name, Fixture, NULL, set_up, function, tear_down)
#define ADD_WITHOUT_KEY(name, function) \
  g_test_add ("/huggingface-provider/" name, Fixture, NULL, set_up_without_key, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("names", test_names);
  ADD ("prepare", test_prepare);
  ADD ("prepare-refused", test_prepare_refused);
  ADD ("prepare-nothing", test_prepare_nothing);
  ADD ("prepare-again", test_prepare_again);
  ADD ("bytes", test_bytes);
  ADD ("json", test_json);
  ADD ("address", test_address);
  ADD ("ends", test_ends);
  ADD ("cut", test_cut);
  ADD ("not-sent", test_not_sent);
  ADD ("no-route", test_no_route);
  ADD ("accepted", test_accepted);
  ADD ("image", test_image);
  ADD ("poll-fal", test_poll_fal);
  ADD ("poll-fal-result", test_poll_fal_result);
  ADD ("poll-others", test_poll_others);
  ADD ("poll-gone", test_poll_gone);
  ADD ("fetch", test_fetch);
  ADD ("check", test_check);
  ADD ("chat", test_chat);
  ADD_WITHOUT_KEY ("no-key", test_no_key);
  ADD_WITHOUT_KEY ("chat-no-key", test_chat_no_key);
  g_test_add_func ("/huggingface-provider/bad-base", test_bad_base);
  return g_test_run ();
}
