/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "huggingface-fixture.h"

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

/* No thread holds the provider when the answer is here: it would be taken apart in that thread, with all its HTTP. */
static void
test_fetch_lets_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = new_request (fixture, CS_KIND_IMAGE, FLUX_ROUTE);

  for (int i = 0; i < 500; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (fetch (fixture, request, request->work_file, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
      g_assert_cmpuint (G_OBJECT (fixture->provider)->ref_count, ==, 1);
    }
}

#define ADD(name, function) g_test_add ("/huggingface-poll/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("poll-fal", test_poll_fal);
  ADD ("poll-fal-result", test_poll_fal_result);
  ADD ("poll-others", test_poll_others);
  ADD ("poll-gone", test_poll_gone);
  ADD ("fetch", test_fetch);
  ADD ("fetch-lets-go", test_fetch_lets_go);
  return g_test_run ();
}
