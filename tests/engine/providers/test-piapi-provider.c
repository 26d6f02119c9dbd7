/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PiAPI over a wire: good ways, every refusal, every cut, and where its key goes. */
#include "config.h"
#include "providers/piapi/cs-piapi-provider.h"

#include "cs-fake-server.h"
#include "cs-test-provider.h"
#include "cs-test.h"

#include "core/cs-error.h"
#include "core/cs-json.h"

#include <string.h>

#define KEY "canary-piapi-0123456789abcdef"

static const char png[] = "\x89PNG\r\n\x1a\n" "a picture, as far as its first bytes go";

typedef struct
{
  CsFakeServer *server;
  CsProvider *provider;
  char *folder;
} Fixture;

static CsProvider *
make_provider (const char *key)
{
  g_autoptr (CsProviderContext) context = NULL;

  if (key != NULL)
    g_setenv ("PIAPI_KEY", key, TRUE);
  else
    g_unsetenv ("PIAPI_KEY");
  context = cs_test_provider_context ();
  return cs_piapi_provider_new (context);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (fixture->server);
  fixture->provider = make_provider (KEY);
  fixture->folder = g_dir_make_tmp ("cs-test-piapi-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->provider);
  cs_fake_server_free (fixture->server);
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static guint
count (Fixture *fixture, const char *operation)
{
  return cs_fake_server_count (fixture->server, "piapi", operation);
}

static void
script (Fixture *fixture, const char *operation, const char *words)
{
  cs_fake_server_script (fixture->server, "piapi", operation, words);
}

static const char *
get_header (JsonObject *request, const char *name)
{
  return cs_json_get_string (cs_json_get_object (request, "headers"), name, NULL);
}

/* Promise 5 */
static void
assert_no_key (const GError *error)
{
  g_assert_true (error == NULL || strstr (error->message, "canary") == NULL);
}

static void
test_good_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.6", CS_KIND_VIDEO);
  g_autoptr (CsRequest) prepared = cs_test_prepare (fixture->provider, request, NULL);
  g_autoptr (CsSubmission) submission = cs_test_submit (fixture->provider, prepared);
  g_autoptr (CsPrediction) prediction = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *base = cs_fake_server_dup_base (fixture->server, "files");

  g_assert_true (prepared == request); /* there was nothing to prepare */
  g_assert_no_error (submission->error);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
  sent = cs_fake_server_dup_request (fixture->server, "piapi", "create", 0);
  g_assert_cmpstr (get_header (sent, "x-api-key"), ==, KEY);
  g_assert_null (get_header (sent, "authorization"));
  prediction = cs_test_poll_to_end (fixture->provider, request, submission->remote_id);
  g_assert_no_error (prediction->error);
  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_SUCCEEDED);
  g_assert_cmpint (prediction->billed, ==, CS_BILLED_YES);
  g_assert_cmpint (prediction->cost, ==, 400000);
  g_assert_true (g_str_has_prefix (prediction->output, base));
  g_assert_cmpuint (count (fixture, "create"), ==, 1);
}

/* What is sent is what the server's own table of fields lets through. */
static void
test_all_models (Fixture *fixture, gconstpointer data)
{
  static const char *const models[] = { "piapi/wan-2.2", "piapi/wan-2.6", "piapi/flux-schnell" };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    for (int with_image = 0; with_image < 2; with_image++)
      {
        g_autoptr (CsRequest) request = cs_test_request (models[i], i == 2 ? CS_KIND_IMAGE : CS_KIND_VIDEO);
        g_autoptr (CsSubmission) submission = NULL;

        request->negative_prompt = g_strdup ("blurry");
        if (with_image)
          request->image_address = g_strdup ("https://img.theapi.app/ephemeral/a.png");
        submission = cs_test_submit (fixture->provider, request);
        g_assert_no_error (submission->error);
        g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
      }
}

/* Promise 3: every way in which a paid request can end, and never a second one. */
static void
test_promise_3_faults (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *word;
    CsSubmitEnd end;
    guint taken; /* by the server */
  } rows[] = {
    { "400", CS_SUBMIT_REFUSED, 0 },        { "400task", CS_SUBMIT_REFUSED, 0 },   { "400credit", CS_SUBMIT_REFUSED, 0 },
    { "401", CS_SUBMIT_REFUSED, 0 },        { "402", CS_SUBMIT_REFUSED, 0 },       { "403", CS_SUBMIT_REFUSED, 0 },
    { "404", CS_SUBMIT_REFUSED, 0 },        { "409", CS_SUBMIT_REFUSED, 0 },       { "410", CS_SUBMIT_REFUSED, 0 },
    { "422", CS_SUBMIT_REFUSED, 0 },        { "429", CS_SUBMIT_RATE_LIMITED, 0 },  { "429:2", CS_SUBMIT_RATE_LIMITED, 0 },
    { "408", CS_SUBMIT_UNCERTAIN, 0 },      { "500", CS_SUBMIT_UNCERTAIN, 0 },     { "500empty", CS_SUBMIT_UNCERTAIN, 0 },
    { "502", CS_SUBMIT_UNCERTAIN, 0 },      { "503html", CS_SUBMIT_UNCERTAIN, 0 }, { "503:3", CS_SUBMIT_REFUSED, 0 },
    { "302", CS_SUBMIT_UNCERTAIN, 0 },      { "307", CS_SUBMIT_UNCERTAIN, 0 },     { "reset", CS_SUBMIT_UNCERTAIN, 0 },
    { "resetlate", CS_SUBMIT_UNCERTAIN, 0 }, { "lost", CS_SUBMIT_UNCERTAIN, 1 },   { "cut", CS_SUBMIT_UNCERTAIN, 1 },
    { "empty", CS_SUBMIT_UNCERTAIN, 1 },    { "badjson", CS_SUBMIT_UNCERTAIN, 1 }, { "nested", CS_SUBMIT_UNCERTAIN, 1 },
    { "huge", CS_SUBMIT_UNCERTAIN, 1 },     { "html", CS_SUBMIT_UNCERTAIN, 1 },    { "text", CS_SUBMIT_UNCERTAIN, 1 },
    { "types", CS_SUBMIT_UNCERTAIN, 1 },    { "types:top", CS_SUBMIT_UNCERTAIN, 1 }, { "noid", CS_SUBMIT_UNCERTAIN, 1 },
    { "badid", CS_SUBMIT_UNCERTAIN, 1 },    { "ok", CS_SUBMIT_ACCEPTED, 1 },
  };
  guint taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
      g_autoptr (CsSubmission) submission = NULL;

      script (fixture, "create", rows[i].word);
      submission = cs_test_submit (fixture->provider, request);
      taken += rows[i].taken;
      g_test_message ("%s: %s", rows[i].word, submission->error != NULL ? submission->error->message : submission->remote_id);
      g_assert_cmpint (submission->end, ==, rows[i].end);
      g_assert_cmpint (submission->error == NULL, ==, rows[i].end == CS_SUBMIT_ACCEPTED);
      g_assert_cmpint (g_error_matches (submission->error, CS_ERROR, CS_ERROR_UNCERTAIN), ==,
                       rows[i].end == CS_SUBMIT_UNCERTAIN);
      g_assert_cmpuint (count (fixture, "create"), ==, i + 1);
      g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, "piapi"), ==, taken);
      assert_no_key (submission->error);
    }
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "elsewhere", NULL), ==, 0);
}

static void
test_rate_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
  g_autoptr (CsSubmission) submission = NULL;

  script (fixture, "create", "429:7");
  submission = cs_test_submit (fixture->provider, request);
  g_assert_cmpint (submission->retry_after, ==, 7 * G_USEC_PER_SEC);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_RATE_LIMITED);
}

/* Nobody is there, or somebody who does not speak TLS. */
static void
test_not_sent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *closed = cs_fake_server_dup_closed_base (fixture->server, "piapi");
  g_autofree char *plain = cs_fake_server_dup_base (fixture->server, "piapi");
  g_autofree char *secure = g_strconcat ("https", plain + strlen ("http"), NULL);
  const char *bases[] = { closed, secure };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
      g_autoptr (CsProvider) provider = NULL;
      g_autoptr (CsSubmission) submission = NULL;
      g_autoptr (CsPrediction) prediction = NULL;

      g_setenv ("PIAPI_BASE_URL", bases[i], TRUE);
      provider = make_provider (KEY);
      submission = cs_test_submit (provider, request);
      g_test_message ("%s", submission->error->message);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_NOT_SENT);
      assert_no_key (submission->error);
      prediction = cs_test_poll (provider, request, "abc");
      g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
    }
  g_assert_cmpuint (cs_fake_server_count (fixture->server, NULL, NULL), ==, 0);
}

/* Nothing that happens to a question ends what is paid for. */
static void
test_promise_4_questions (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "401", "403",     "404",    "400",  "429:2", "500",   "502",   "503html", "307",
                                       "cut", "badjson", "nested", "huge", "html",  "empty", "types", "500empty" };
  g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
  g_autoptr (CsSubmission) submission = cs_test_submit (fixture->provider, request);
  g_autoptr (CsPrediction) last = NULL;

  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (CsPrediction) prediction = NULL;

      script (fixture, "get", words[i]);
      prediction = cs_test_poll (fixture->provider, request, submission->remote_id);
      g_test_message ("%s", words[i]);
      g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
      g_assert_nonnull (prediction->error);
      assert_no_key (prediction->error);
    }
  last = cs_test_poll_to_end (fixture->provider, request, submission->remote_id);
  g_assert_cmpint (last->status, ==, CS_PREDICTION_SUCCEEDED);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "elsewhere", NULL), ==, 0);
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *word;
    CsPredictionStatus status;
    CsBilled billed;
  } rows[] = {
    { "output:string", CS_PREDICTION_SUCCEEDED, CS_BILLED_YES }, { "output:array", CS_PREDICTION_SUCCEEDED, CS_BILLED_YES },
    { "output:object", CS_PREDICTION_SUCCEEDED, CS_BILLED_YES }, { "output:null", CS_PREDICTION_FAILED, CS_BILLED_YES },
    { "output:file", CS_PREDICTION_FAILED, CS_BILLED_YES },      { "output:private", CS_PREDICTION_FAILED, CS_BILLED_YES },
    { "output:http", CS_PREDICTION_FAILED, CS_BILLED_YES },      { "nooutput", CS_PREDICTION_FAILED, CS_BILLED_YES },
    { "failed:no", CS_PREDICTION_FAILED, CS_BILLED_NO },         { "failed:yes", CS_PREDICTION_FAILED, CS_BILLED_YES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
      g_autoptr (CsSubmission) submission = NULL;
      g_autoptr (CsPrediction) prediction = NULL;

      script (fixture, "create", rows[i].word);
      submission = cs_test_submit (fixture->provider, request);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
      prediction = cs_test_poll_to_end (fixture->provider, request, submission->remote_id);
      g_test_message ("%s: %d", rows[i].word, prediction->status);
      g_assert_cmpint (prediction->status, ==, rows[i].status);
      g_assert_cmpint (prediction->billed, ==, rows[i].billed);
    }
}

static void
test_status_words (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *word;
    CsPredictionStatus status;
  } rows[] = {
    { "status:Staged", CS_PREDICTION_RUNNING },
    { "status:dreaming", CS_PREDICTION_RUNNING },
    { "status:", CS_PREDICTION_RUNNING },
    { "status:COMPLETED", CS_PREDICTION_SUCCEEDED },
  };
  g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
  g_autoptr (CsSubmission) submission = cs_test_submit (fixture->provider, request);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsPrediction) prediction = NULL;

      script (fixture, "get", rows[i].word);
      prediction = cs_test_poll (fixture->provider, request, submission->remote_id);
      g_test_message ("%s: %d", rows[i].word, prediction->status);
      g_assert_cmpint (prediction->status, ==, rows[i].status);
    }
}

/* Promise 5: a result is fetched without the key. */
static void
test_promise_5_fetch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
  g_autoptr (CsSubmission) submission = cs_test_submit (fixture->provider, request);
  g_autoptr (CsPrediction) prediction = cs_test_poll_to_end (fixture->provider, request, submission->remote_id);
  g_autofree char *path = g_build_filename (fixture->folder, "out.part", NULL);
  g_autofree char *late = g_build_filename (fixture->folder, "late.part", NULL);
  g_autoptr (JsonObject) download = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) expired = NULL;

  g_assert_true (cs_test_fetch (fixture->provider, request, prediction->output, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  download = cs_fake_server_dup_request (fixture->server, "files", "download", 0);
  g_assert_null (get_header (download, "x-api-key"));
  g_assert_null (get_header (download, "authorization"));
  cs_fake_server_set_usual (fixture->server, "files", "download", "expired");
  g_assert_false (cs_test_fetch (fixture->provider, request, prediction->output, late, &expired));
  g_assert_error (expired, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (late, G_FILE_TEST_EXISTS));
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
  g_autoptr (CsSubmission) waiting = cs_test_submit (fixture->provider, request);
  g_autoptr (CsPrediction) cancelled = cs_test_cancel (fixture->provider, request, waiting->remote_id);
  g_autoptr (CsSubmission) running = NULL;
  g_autoptr (CsPrediction) goes_on = NULL;
  g_autoptr (CsPrediction) unknown = NULL;

  g_assert_cmpint (cancelled->status, ==, CS_PREDICTION_CANCELLED);
  g_assert_cmpint (cancelled->billed, ==, CS_BILLED_NO);

  running = cs_test_submit (fixture->provider, request);
  cs_prediction_free (cs_test_poll (fixture->provider, request, running->remote_id));
  goes_on = cs_test_cancel (fixture->provider, request, running->remote_id);
  g_assert_cmpint (goes_on->status, ==, CS_PREDICTION_RUNNING);
  g_assert_error (goes_on->error, CS_ERROR, CS_ERROR_CONFLICT);
  unknown = cs_test_cancel (fixture->provider, request, "never-seen");
  g_assert_cmpint (unknown->status, ==, CS_PREDICTION_RUNNING);
  g_assert_cmpuint (count (fixture, "cancel"), ==, 3);
}

static CsRequest *
make_picture_request (Fixture *fixture)
{
  CsRequest *request = cs_test_request ("piapi/wan-2.6", CS_KIND_VIDEO);

  request->image = g_build_filename (fixture->folder, "a.png", NULL);
  g_assert_true (g_file_set_contents (request->image, png, sizeof png - 1, NULL));
  return request;
}

static void
test_picture (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_picture_request (fixture);
  g_autoptr (CsSubmission) too_early = cs_test_submit (fixture->provider, request);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsRequest) prepared = cs_test_prepare (fixture->provider, request, &error);
  g_autoptr (CsRequest) again = NULL;
  g_autoptr (CsSubmission) submission = NULL;
  g_autoptr (JsonObject) upload = cs_fake_server_dup_request (fixture->server, "piapi", "upload", 0);
  g_autoptr (JsonObject) create = NULL;

  g_assert_cmpint (too_early->end, ==, CS_SUBMIT_REFUSED); /* it would have made something else */
  g_assert_no_error (error);
  g_assert_null (request->image_address);
  g_assert_nonnull (prepared->image_address);
  g_assert_cmpstr (get_header (upload, "x-api-key"), ==, KEY);
  g_assert_cmpstr (get_header (upload, "content-type"), ==, "application/json");
  again = cs_test_prepare (fixture->provider, prepared, NULL);
  g_assert_cmpuint (count (fixture, "upload"), ==, 1); /* once is enough */
  submission = cs_test_submit (fixture->provider, prepared);
  g_assert_no_error (submission->error);
  create = cs_fake_server_dup_request (fixture->server, "piapi", "create", 0);
  g_assert_nonnull (create);
  g_assert_cmpuint (count (fixture, "create"), ==, 1);
}

static void
test_bad_pictures (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *word;
    int code;
  } rows[] = {
    { "403plan", CS_ERROR_PROVIDER_REFUSED }, { "401", CS_ERROR_NO_KEY },
    { "422", CS_ERROR_PROVIDER_REFUSED },     { "html", CS_ERROR_BAD_RESPONSE },
    { "types", CS_ERROR_BAD_RESPONSE },       { "badjson", CS_ERROR_BAD_RESPONSE },
  };
  g_autoptr (CsRequest) request = make_picture_request (fixture);
  g_autoptr (GError) missing = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      script (fixture, "upload", rows[i].word);
      g_assert_null (cs_test_prepare (fixture->provider, request, &error));
      g_test_message ("%s: %s", rows[i].word, error->message);
      g_assert_error (error, CS_ERROR, rows[i].code);
      assert_no_key (error);
    }
  cs_test_remove_tree (request->image);
  g_assert_null (cs_test_prepare (fixture->provider, request, &missing));
  g_assert_error (missing, CS_ERROR, CS_ERROR_NOT_FOUND);
}

/* Promise 5: without a key nothing is sent at all. */
static void
test_promise_5_no_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsProvider) provider = make_provider (NULL);
  g_autoptr (CsRequest) request = make_picture_request (fixture);
  g_autofree char *why_not = NULL;
  g_autoptr (CsSubmission) submission = cs_test_submit (provider, request);
  g_autoptr (CsPrediction) polled = cs_test_poll (provider, request, "abc");
  g_autoptr (CsPrediction) cancelled = cs_test_cancel (provider, request, "abc");
  g_autoptr (CsKeyCheck) check = cs_test_check (provider);
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_provider_is_available (provider, "piapi/wan-2.2", &why_not));
  g_assert_nonnull (strstr (why_not, "PIAPI_KEY"));
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpint (polled->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_cmpint (cancelled->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_cmpstr (check->code, ==, "no_key");
  g_assert_null (cs_test_prepare (provider, request, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, NULL, NULL), ==, 0);
}

/* An id that would lead elsewhere is not asked about. */
static void
test_bad_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = cs_test_request ("piapi/wan-2.2", CS_KIND_VIDEO);
  g_autoptr (CsPrediction) prediction = cs_test_poll (fixture->provider, request, "../../account/info");

  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, NULL, NULL), ==, 0);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsKeyCheck) good = cs_test_check (fixture->provider);
  g_autoptr (CsProvider) bad = make_provider ("bad-canary-piapi-0123456789");
  g_autoptr (CsKeyCheck) refused = cs_test_check (bad);
  g_autoptr (JsonObject) request = cs_fake_server_dup_request (fixture->server, "piapi", "account", 0);

  g_assert_cmpstr (good->code, ==, "ok");
  g_assert_cmpstr (good->account, ==, "ann");
  g_assert_cmpint (good->balance, ==, 1230000);
  g_assert_cmpstr (cs_json_get_string (request, "method", NULL), ==, "GET");
  g_assert_true (g_str_has_suffix (cs_json_get_string (request, "path", ""), "/account/info"));
  g_assert_cmpstr (refused->code, ==, "unauthorized");
  g_assert_null (strstr (refused->message, "canary"));
}

#define ADD(name, function) g_test_add ("/piapi/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good-way", test_good_way);
  ADD ("all-models", test_all_models);
  ADD ("promise-3-faults", test_promise_3_faults);
  ADD ("rate-limit", test_rate_limit);
  ADD ("not-sent", test_not_sent);
  ADD ("promise-4-questions", test_promise_4_questions);
  ADD ("ends", test_ends);
  ADD ("status-words", test_status_words);
  ADD ("promise-5-fetch", test_promise_5_fetch);
  ADD ("cancel", test_cancel);
  ADD ("picture", test_picture);
  ADD ("bad-pictures", test_bad_pictures);
  ADD ("promise-5-no-key", test_promise_5_no_key);
  ADD ("bad-id", test_bad_id);
  ADD ("check", test_check);
  return g_test_run ();
}
