/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicate over a wire: good ways, every refusal, every cut, what is adopted afterwards, and where its key goes. */
#include "config.h"
#include "providers/replicate/cs-replicate-provider.h"

#include "cs-fake-server.h"
#include "cs-test-provider.h"
#include "cs-test.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-json.h"

#include <string.h>

#define KEY "r8_canary0123456789canary"

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
    g_setenv ("REPLICATE_API_TOKEN", key, TRUE);
  else
    g_unsetenv ("REPLICATE_API_TOKEN");
  context = cs_test_provider_context ();
  return cs_replicate_provider_new (context);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = cs_fake_server_new (NULL);
  cs_fake_server_set_environment (fixture->server);
  fixture->provider = make_provider (KEY);
  fixture->folder = g_dir_make_tmp ("cs-test-replicate-XXXXXX", NULL);
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
  return cs_fake_server_count (fixture->server, "replicate", operation);
}

static void
script (Fixture *fixture, const char *operation, const char *words)
{
  cs_fake_server_script (fixture->server, "replicate", operation, words);
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

static CsRequest *
make_video (void)
{
  CsRequest *request = cs_test_request ("replicate/wan-2.2-fast", CS_KIND_VIDEO);

  request->seed = g_random_int_range (0, G_MAXINT32);
  return request;
}

static void
test_good_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_video ();
  g_autoptr (CsSubmission) submission = cs_test_submit (fixture->provider, request);
  g_autoptr (CsPrediction) running = NULL;
  g_autoptr (CsPrediction) prediction = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *base = cs_fake_server_dup_base (fixture->server, "files");

  g_assert_no_error (submission->error);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
  sent = cs_fake_server_dup_request (fixture->server, "replicate", "create", 0);
  g_assert_cmpstr (get_header (sent, "authorization"), ==, "Bearer " KEY);
  g_assert_cmpstr (get_header (sent, "cancel-after"), ==, "1h");
  g_assert_null (get_header (sent, "prefer"));
  g_assert_true (g_str_has_suffix (cs_json_get_string (sent, "path", ""), "/v1/models/wan-video/wan-2.2-t2v-fast/predictions"));
  running = cs_test_poll (fixture->provider, request, submission->remote_id);
  g_assert_cmpint (running->status, ==, CS_PREDICTION_RUNNING);
  prediction = cs_test_poll_to_end (fixture->provider, request, submission->remote_id);
  g_assert_no_error (prediction->error);
  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_SUCCEEDED);
  g_assert_cmpint (prediction->billed, ==, CS_BILLED_YES);
  g_assert_cmpint (prediction->cost, ==, -1);
  g_assert_true (g_str_has_prefix (prediction->output, base));
  g_assert_cmpuint (count (fixture, "create"), ==, 1);
}

/* What is sent is what the server's own table of fields lets through. */
static void
test_all_models (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *model;
    CsKind kind;
    int duration;
    gboolean with_image;
  } rows[] = {
    { "replicate/flux-schnell", CS_KIND_IMAGE, 0, FALSE },         { "replicate/minimax-video-01", CS_KIND_VIDEO, 6, FALSE },
    { "replicate/minimax-video-01", CS_KIND_VIDEO, 6, TRUE },      { "replicate/wan-2.2-fast", CS_KIND_VIDEO, 5, FALSE },
    { "replicate/wan-2.2-fast", CS_KIND_VIDEO, 7, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsRequest) request = cs_test_request (rows[i].model, rows[i].kind);
      g_autoptr (CsSubmission) submission = NULL;
      g_autoptr (CsPrediction) prediction = NULL;

      request->duration = rows[i].duration;
      request->seed = G_GINT64_CONSTANT (9007199254740991);
      if (rows[i].with_image)
        request->image_address = g_strdup ("https://api.replicate.com/v1/files/abc");
      submission = cs_test_submit (fixture->provider, request);
      g_assert_no_error (submission->error);
      prediction = cs_test_poll_to_end (fixture->provider, request, submission->remote_id);
      g_assert_cmpint (prediction->status, ==, CS_PREDICTION_SUCCEEDED);
    }
}

/* Promises 3 and 4: every way in which a paid request can end, never a second one; and what the server took although we
 * never heard of it is found again, what it did not take is not. */
static void
test_promise_3_faults (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *word;
    CsSubmitEnd end;
    guint taken; /* by the server */
  } rows[] = {
    { "400", CS_SUBMIT_REFUSED, 0 },         { "401", CS_SUBMIT_REFUSED, 0 },       { "402credit", CS_SUBMIT_REFUSED, 0 },
    { "403", CS_SUBMIT_REFUSED, 0 },         { "404model", CS_SUBMIT_REFUSED, 0 },  { "409", CS_SUBMIT_REFUSED, 0 },
    { "410gone", CS_SUBMIT_REFUSED, 0 },     { "422", CS_SUBMIT_REFUSED, 0 },       { "429", CS_SUBMIT_RATE_LIMITED, 0 },
    { "429:2", CS_SUBMIT_RATE_LIMITED, 0 },  { "408", CS_SUBMIT_UNCERTAIN, 0 },     { "500", CS_SUBMIT_UNCERTAIN, 0 },
    { "500empty", CS_SUBMIT_UNCERTAIN, 0 },  { "502", CS_SUBMIT_UNCERTAIN, 0 },     { "503html", CS_SUBMIT_UNCERTAIN, 0 },
    { "503:3", CS_SUBMIT_REFUSED, 0 },       { "302", CS_SUBMIT_UNCERTAIN, 0 },     { "307", CS_SUBMIT_UNCERTAIN, 0 },
    { "reset", CS_SUBMIT_UNCERTAIN, 0 },     { "resetlate", CS_SUBMIT_UNCERTAIN, 0 }, { "lost", CS_SUBMIT_UNCERTAIN, 1 },
    { "cut", CS_SUBMIT_UNCERTAIN, 1 },       { "empty", CS_SUBMIT_UNCERTAIN, 1 },   { "badjson", CS_SUBMIT_UNCERTAIN, 1 },
    { "nested", CS_SUBMIT_UNCERTAIN, 1 },    { "huge", CS_SUBMIT_UNCERTAIN, 1 },    { "html", CS_SUBMIT_UNCERTAIN, 1 },
    { "text", CS_SUBMIT_UNCERTAIN, 1 },      { "types", CS_SUBMIT_UNCERTAIN, 1 },   { "noid", CS_SUBMIT_UNCERTAIN, 1 },
    { "badid", CS_SUBMIT_UNCERTAIN, 1 },     { "ok", CS_SUBMIT_ACCEPTED, 1 },
  };
  guint taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsRequest) request = make_video ();
      gint64 sent_at = cs_clock_now ();
      g_autoptr (CsSubmission) submission = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *found = NULL;

      script (fixture, "create", rows[i].word);
      submission = cs_test_submit (fixture->provider, request);
      taken += rows[i].taken;
      g_test_message ("%s: %s", rows[i].word, submission->error != NULL ? submission->error->message : submission->remote_id);
      g_assert_cmpint (submission->end, ==, rows[i].end);
      g_assert_cmpint (submission->error == NULL, ==, rows[i].end == CS_SUBMIT_ACCEPTED);
      g_assert_cmpuint (count (fixture, "create"), ==, i + 1);
      g_assert_cmpuint (cs_fake_server_count_accepted (fixture->server, "replicate"), ==, taken);
      assert_no_key (submission->error);

      found = cs_test_find (fixture->provider, request, sent_at, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (found != NULL, ==, rows[i].taken == 1);
      if (submission->remote_id != NULL)
        g_assert_cmpstr (found, ==, submission->remote_id);
    }
  g_assert_cmpuint (cs_fake_server_count (fixture->server, "elsewhere", NULL), ==, 0);
}

/* Promise 3: two that fit are none, a bound one is none, and a list that cannot be read is no "none". */
static void
test_promise_3_find (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "401", "403", "cut", "badjson", "nested", "html", "types", "500empty", "307" };
  g_autoptr (CsRequest) request = make_video ();
  gint64 sent_at = cs_clock_now ();
  g_autoptr (CsSubmission) first = cs_test_submit (fixture->provider, request);
  const char *const bound[] = { "other", first->remote_id, NULL };
  g_autoptr (CsSubmission) second = NULL;
  g_autofree char *other = NULL;

  g_assert_null (cs_test_find (fixture->provider, request, sent_at, bound, NULL));
  g_assert_null (cs_test_find (fixture->provider, request, sent_at - 600 * (gint64) G_USEC_PER_SEC, NULL, NULL));
  second = cs_test_submit (fixture->provider, request);
  g_assert_null (cs_test_find (fixture->provider, request, sent_at, NULL, NULL));
  other = cs_test_find (fixture->provider, request, sent_at, bound, NULL);
  g_assert_cmpstr (other, ==, second->remote_id);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GError) error = NULL;

      cs_fake_server_set_usual (fixture->server, "replicate", "list", words[i]);
      g_assert_null (cs_test_find (fixture->provider, request, sent_at, bound, &error));
      g_test_message ("%s: %s", words[i], error->message);
      g_assert_nonnull (error);
      assert_no_key (error);
    }
}

/* More than one page, and our one on the last of them. */
static void
test_find_on_later_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_video ();
  gint64 sent_at = cs_clock_now ();
  g_autoptr (CsSubmission) ours = cs_test_submit (fixture->provider, request);
  g_autoptr (JsonObject) second = NULL;
  g_autofree char *found = NULL;

  for (int i = 0; i < 120; i++)
    {
      g_autoptr (CsRequest) other = make_video ();

      other->seed = request->seed ^ (i + 1);
      cs_submission_free (cs_test_submit (fixture->provider, other));
    }
  found = cs_test_find (fixture->provider, request, sent_at, NULL, NULL);
  g_assert_cmpstr (found, ==, ours->remote_id);
  g_assert_cmpuint (count (fixture, "list"), ==, 2);
  second = cs_fake_server_dup_request (fixture->server, "replicate", "list", 1);
  g_assert_nonnull (strstr (cs_json_get_string (second, "query", ""), "cursor=100"));
}

/* Our clock may be wrong by hours: the server's counts. */
static void
test_find_with_wrong_clock (Fixture *fixture, gconstpointer data)
{
  gint64 hours = 3 * 3600 * (gint64) G_USEC_PER_SEC;
  g_autoptr (CsRequest) request = make_video ();
  g_autoptr (CsSubmission) submission = NULL;
  g_autofree char *found = NULL;
  gint64 sent_at;

  cs_clock_turn (hours);
  sent_at = cs_clock_now ();
  submission = cs_test_submit (fixture->provider, request);
  found = cs_test_find (fixture->provider, request, sent_at, NULL, NULL);
  cs_clock_turn (-hours);
  g_assert_cmpstr (found, ==, submission->remote_id);
}

static void
test_not_sent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *closed = cs_fake_server_dup_closed_base (fixture->server, "replicate");
  g_autoptr (CsRequest) request = make_video ();
  g_autoptr (CsProvider) provider = NULL;
  g_autoptr (CsSubmission) submission = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("REPLICATE_BASE_URL", closed, TRUE);
  provider = make_provider (KEY);
  submission = cs_test_submit (provider, request);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_NOT_SENT);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_OFFLINE);
  g_assert_null (cs_test_find (provider, request, cs_clock_now (), NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_OFFLINE);
}

/* Nothing that happens to a question ends what is paid for. */
static void
test_promise_4_questions (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "401", "403",     "404",    "400",  "429:2", "500",   "502",   "503html", "307",
                                       "cut", "badjson", "nested", "huge", "html",  "empty", "types", "500empty" };
  g_autoptr (CsRequest) request = make_video ();
  g_autoptr (CsSubmission) submission = cs_test_submit (fixture->provider, request);
  g_autoptr (CsPrediction) last = NULL;

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
    { "failed:no", CS_PREDICTION_FAILED, CS_BILLED_NO },         { "removed", CS_PREDICTION_FAILED, CS_BILLED_YES },
    { "canceled", CS_PREDICTION_CANCELLED, CS_BILLED_YES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsRequest) request = make_video ();
      g_autoptr (CsSubmission) submission = NULL;
      g_autoptr (CsPrediction) prediction = NULL;

      script (fixture, "create", rows[i].word);
      submission = cs_test_submit (fixture->provider, request);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_ACCEPTED);
      prediction = cs_test_poll_to_end (fixture->provider, request, submission->remote_id);
      g_test_message ("%s: %d %d", rows[i].word, prediction->status, prediction->billed);
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
    { "status:Starting", CS_PREDICTION_RUNNING },
    { "status:dreaming", CS_PREDICTION_RUNNING },
    { "status:", CS_PREDICTION_RUNNING },
    { "status:SUCCEEDED", CS_PREDICTION_SUCCEEDED },
  };
  g_autoptr (CsRequest) request = make_video ();
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

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_video ();
  g_autoptr (CsSubmission) submission = NULL;
  g_autoptr (CsPrediction) prediction = NULL;

  script (fixture, "create", "polls:3");
  submission = cs_test_submit (fixture->provider, request);
  prediction = cs_test_poll (fixture->provider, request, submission->remote_id);
  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_RUNNING);
  g_assert_cmpfloat (prediction->progress, ==, 0.45);
}

/* Promise 5: a result is fetched without the key. */
static void
test_promise_5_fetch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_video ();
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
  g_autoptr (CsRequest) request = make_video ();
  g_autoptr (CsSubmission) waiting = cs_test_submit (fixture->provider, request);
  g_autoptr (CsPrediction) before = cs_test_cancel (fixture->provider, request, waiting->remote_id);
  g_autoptr (CsSubmission) running = NULL;
  g_autoptr (CsPrediction) during = NULL;
  g_autoptr (CsPrediction) unknown = NULL;
  g_autoptr (CsPrediction) cut = NULL;

  g_assert_cmpint (before->status, ==, CS_PREDICTION_CANCELLED);
  g_assert_cmpint (before->billed, ==, CS_BILLED_NO);

  script (fixture, "create", "polls:5");
  running = cs_test_submit (fixture->provider, request);
  cs_prediction_free (cs_test_poll (fixture->provider, request, running->remote_id));
  script (fixture, "cancel", "500");
  cut = cs_test_cancel (fixture->provider, request, running->remote_id);
  g_assert_cmpint (cut->status, ==, CS_PREDICTION_UNREACHABLE); /* so that it is told once more */
  during = cs_test_cancel (fixture->provider, request, running->remote_id);
  g_assert_cmpint (during->status, ==, CS_PREDICTION_CANCELLED);
  g_assert_cmpint (during->billed, ==, CS_BILLED_YES);
  unknown = cs_test_cancel (fixture->provider, request, "never-seen");
  g_assert_cmpint (unknown->status, ==, CS_PREDICTION_RUNNING);
  g_assert_error (unknown->error, CS_ERROR, CS_ERROR_CONFLICT);
}

static CsRequest *
make_picture_request (Fixture *fixture)
{
  CsRequest *request = make_video ();

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
  gint64 sent_at = cs_clock_now ();
  g_autoptr (CsSubmission) submission = NULL;
  g_autoptr (JsonObject) upload = cs_fake_server_dup_request (fixture->server, "replicate", "upload", 0);
  g_autoptr (JsonObject) create = NULL;
  g_autofree char *base = cs_fake_server_dup_base (fixture->server, "replicate");
  g_autofree char *found = NULL;

  g_assert_cmpint (too_early->end, ==, CS_SUBMIT_REFUSED);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (prepared->image_address, base));
  g_assert_true (g_str_has_prefix (get_header (upload, "content-type"), "multipart/form-data; boundary="));
  submission = cs_test_submit (fixture->provider, prepared);
  g_assert_no_error (submission->error);
  create = cs_fake_server_dup_request (fixture->server, "replicate", "create", 0);
  g_assert_true (g_str_has_suffix (cs_json_get_string (create, "path", ""), "/wan-2.2-i2v-fast/predictions"));
  found = cs_test_find (fixture->provider, prepared, sent_at, NULL, NULL);
  g_assert_cmpstr (found, ==, submission->remote_id);
}

static void
test_bad_pictures (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *word;
    int code;
  } rows[] = {
    { "413", CS_ERROR_PROVIDER_REFUSED }, { "401", CS_ERROR_NO_KEY },         { "422", CS_ERROR_PROVIDER_REFUSED },
    { "html", CS_ERROR_BAD_RESPONSE },    { "types", CS_ERROR_BAD_RESPONSE }, { "badjson", CS_ERROR_BAD_RESPONSE },
  };
  g_autoptr (CsRequest) request = make_picture_request (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      script (fixture, "upload", rows[i].word);
      g_assert_null (cs_test_prepare (fixture->provider, request, &error));
      g_test_message ("%s: %s", rows[i].word, error->message);
      g_assert_error (error, CS_ERROR, rows[i].code);
      assert_no_key (error);
    }
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
  g_autoptr (CsKeyCheck) check = cs_test_check (provider);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) not_found = NULL;

  g_assert_false (cs_provider_is_available (provider, "replicate/wan-2.2-fast", &why_not));
  g_assert_nonnull (strstr (why_not, "REPLICATE_API_TOKEN"));
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
  g_assert_error (submission->error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpint (polled->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_cmpstr (check->code, ==, "no_key");
  g_assert_null (cs_test_prepare (provider, request, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_null (cs_test_find (provider, request, cs_clock_now (), NULL, &not_found));
  g_assert_error (not_found, CS_ERROR, CS_ERROR_NO_KEY);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, NULL, NULL), ==, 0);
}

/* An id that would lead elsewhere is not asked about. */
static void
test_bad_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsRequest) request = make_video ();
  g_autoptr (CsPrediction) prediction = cs_test_poll (fixture->provider, request, "../account");

  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_cmpuint (cs_fake_server_count (fixture->server, NULL, NULL), ==, 0);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsKeyCheck) good = cs_test_check (fixture->provider);
  g_autoptr (CsProvider) bad = make_provider ("bad-canary-0123456789");
  g_autoptr (CsKeyCheck) refused = cs_test_check (bad);

  g_assert_cmpstr (good->code, ==, "ok");
  g_assert_cmpstr (good->account, ==, "ann");
  g_assert_cmpint (good->balance, ==, -1);
  g_assert_cmpstr (refused->code, ==, "unauthorized");
  g_assert_null (strstr (refused->message, "canary"));
}

#define ADD(name, function) g_test_add ("/replicate/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good-way", test_good_way);
  ADD ("all-models", test_all_models);
  ADD ("promise-3-faults", test_promise_3_faults);
  ADD ("promise-3-find", test_promise_3_find);
  ADD ("find-on-later-page", test_find_on_later_page);
  ADD ("find-with-wrong-clock", test_find_with_wrong_clock);
  ADD ("not-sent", test_not_sent);
  ADD ("promise-4-questions", test_promise_4_questions);
  ADD ("ends", test_ends);
  ADD ("status-words", test_status_words);
  ADD ("progress", test_progress);
  ADD ("promise-5-fetch", test_promise_5_fetch);
  ADD ("cancel", test_cancel);
  ADD ("picture", test_picture);
  ADD ("bad-pictures", test_bad_pictures);
  ADD ("promise-5-no-key", test_promise_5_no_key);
  ADD ("bad-id", test_bad_id);
  ADD ("check", test_check);
  return g_test_run ();
}
