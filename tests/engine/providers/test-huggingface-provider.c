/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "huggingface-fixture.h"

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

#define ADD(name, function) g_test_add ("/huggingface-provider/" name, Fixture, NULL, set_up, function, tear_down)

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
  return g_test_run ();
}
