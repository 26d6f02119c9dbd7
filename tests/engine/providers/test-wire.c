/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the end of a paid request means, what is said about it, and the small values of the wire. */
#include "config.h"
#include "providers/cs-wire.h"

#include "cs-fake-answer.h"
#include "cs-test.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-redact.h"

#include <glib/gstdio.h>
#include <string.h>

#define CANARY "r8_canaryCanaryCanaryCanaryCanary12345"

static const char *const credit_words[] = { "credit", "points", NULL };
static const char *const gone_words[] = { "invalid task type", NULL };

static const CsWireVendor vendor = {
  .name = "Vendor",
  .key = CS_KEY_REPLICATE,
  .credit_page = "https://vendor.example/billing",
  .credit_words = credit_words,
  .gone_words = gone_words,
};

/* As an envelope with a status of its own. */
static const char *
get_id (JsonObject *object, guint *status)
{
  *status = (guint) cs_json_get_int (object, "code", *status);
  return cs_json_get_string (object, "id", NULL);
}

/* The table of the design, row by row. */
static const struct
{
  guint status;
  gint64 retry_after;
  const char *body;
  CsSubmitEnd end;
  int code; /* of the error */
} ends[] = {
  { 200, 0, "{\"id\":\"abc\"}", CS_SUBMIT_ACCEPTED, -1 },
  { 201, 0, "{\"id\":\"a-B_9\"}", CS_SUBMIT_ACCEPTED, -1 },
  { 202, 0, "{\"id\":\"abc\",\"more\":[1,{}]}", CS_SUBMIT_ACCEPTED, -1 },
  { 200, 0, "{\"code\":200,\"id\":\"abc\"}", CS_SUBMIT_ACCEPTED, -1 },
  /* a 2xx that says nothing */
  { 200, 0, NULL, CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 204, 0, NULL, CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "[]", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "null", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"id\":\"abc\"", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "<html>hello</html>", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"id\":\"\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"id\":null}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"id\":7}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"id\":{\"id\":\"abc\"}}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"id\":\"../../account\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"id\":\"a?b\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"id\":\"a\\u0000b\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  /* a whole no */
  { 400, 0, "{\"detail\":\"bad\"}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 400, 0, NULL, CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 401, 0, "{}", CS_SUBMIT_REFUSED, CS_ERROR_NO_KEY },
  { 402, 0, "{}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 403, 0, "{}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 404, 0, "<html></html>", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 409, 0, "{}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 410, 0, "{}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 413, 0, "{}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 422, 0, "{}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 503, 5, "{}", CS_SUBMIT_REFUSED, CS_ERROR_UNAVAILABLE },
  /* later */
  { 429, 0, "{}", CS_SUBMIT_RATE_LIMITED, CS_ERROR_RATE_LIMITED },
  { 429, 5, "<html></html>", CS_SUBMIT_RATE_LIMITED, CS_ERROR_RATE_LIMITED },
  /* who knows */
  { 408, 0, "{}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 425, 0, "{}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 499, 0, "{}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 301, 0, "{}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 307, 0, "{}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 500, 0, "{\"detail\":\"x\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 500, 5, "{}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 502, 0, "<html></html>", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 503, 0, "{}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 504, 0, NULL, CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 100, 0, NULL, CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  /* a status inside a 2xx */
  { 200, 0, "{\"code\":400,\"message\":\"invalid task type\"}", CS_SUBMIT_REFUSED, CS_ERROR_PROVIDER_REFUSED },
  { 200, 0, "{\"code\":429}", CS_SUBMIT_RATE_LIMITED, CS_ERROR_RATE_LIMITED },
  { 200, 0, "{\"code\":500}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"code\":0}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
  { 200, 0, "{\"code\":400,\"id\":\"abc\"}", CS_SUBMIT_UNCERTAIN, CS_ERROR_UNCERTAIN },
};

/* Promise 3: never paid twice. */
static void
test_promise_3_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (ends[i].status, ends[i].body);
      g_autoptr (CsSubmission) submission = NULL;

      answer->retry_after = ends[i].retry_after * G_USEC_PER_SEC;
      submission = cs_wire_submission_from_answer (&vendor, answer, get_id);
      g_test_message ("row %u: %u %s", i, ends[i].status, ends[i].body);
      g_assert_cmpint (submission->end, ==, ends[i].end);
      g_assert_cmpint (submission->remote_id != NULL, ==, ends[i].end == CS_SUBMIT_ACCEPTED);
      if (ends[i].code < 0)
        g_assert_no_error (submission->error);
      else
        g_assert_error (submission->error, CS_ERROR, ends[i].code);
      if (ends[i].end == CS_SUBMIT_UNCERTAIN) /* nobody is told to pay once more */
        g_assert_null (strstr (submission->error->message, "again"));
      if (ends[i].end == CS_SUBMIT_RATE_LIMITED)
        g_assert_cmpint (submission->retry_after, ==, ends[i].retry_after * G_USEC_PER_SEC);
    }
}

static void
test_promise_3_ends_without_answer (void)
{
  static const struct
  {
    guint status;
    gboolean was_sent;
    CsSubmitEnd end;
  } rows[] = {
    { 0, FALSE, CS_SUBMIT_NOT_SENT },   { 0, TRUE, CS_SUBMIT_UNCERTAIN },   { 200, TRUE, CS_SUBMIT_UNCERTAIN },
    { 400, TRUE, CS_SUBMIT_UNCERTAIN }, { 429, TRUE, CS_SUBMIT_UNCERTAIN }, { 500, TRUE, CS_SUBMIT_UNCERTAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new_cut (rows[i].status, "{\"id\":\"abc\"}", rows[i].was_sent);
      g_autoptr (CsSubmission) submission = cs_wire_submission_from_answer (&vendor, answer, get_id);
      int code = rows[i].was_sent ? CS_ERROR_UNCERTAIN : CS_ERROR_OFFLINE;

      g_assert_cmpint (submission->end, ==, rows[i].end);
      g_assert_error (submission->error, CS_ERROR, code);
      g_assert_nonnull (strstr (submission->error->message, rows[i].was_sent ? "may bill it" : "The connection was cut."));
      g_assert_null (submission->remote_id);
    }
}

static void
test_brackets (void)
{
  g_autofree char *brackets = cs_fake_brackets_new (200000);
  g_autoptr (CsHttpAnswer) good = cs_fake_answer_new (200, brackets);
  g_autoptr (CsHttpAnswer) bad = cs_fake_answer_new (422, brackets);
  g_autoptr (CsSubmission) uncertain = cs_wire_submission_from_answer (&vendor, good, get_id);
  g_autoptr (CsSubmission) refused = cs_wire_submission_from_answer (&vendor, bad, get_id);

  g_assert_cmpint (uncertain->end, ==, CS_SUBMIT_UNCERTAIN);
  g_assert_cmpint (refused->end, ==, CS_SUBMIT_REFUSED);
  g_assert_null (strchr (refused->error->message, '['));
}

static void
test_words (void)
{
  static const struct
  {
    const char *body;
    const char *words;
  } rows[] = {
    { "{\"detail\":\"You did not pass a valid token\"}", "You did not pass a valid token" },
    { "{\"title\":\"Unauthenticated\",\"detail\":\"Not valid.\",\"status\":401}", "Not valid" },
    { "{\"title\":\"Only this\"}", "Only this" },
    { "{\"error\":\"Model too busy\"}", "Model too busy" },
    { "{\"error\":{\"message\":\"no\",\"type\":\"t\"}}", "no" },
    { "{\"error\":[\"first\",\"second\"]}", "first" },
    { "{\"message\":\"bad thing\"}", "bad thing" },
    { "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}", "field required" },
    { "{\"errors\":[{\"message\":\"deep\"}]}", "deep" },
    { "{\"code\":400,\"message\":\"outer\",\"data\":{\"error\":{\"code\":1,\"message\":\"inner\"}}}", "inner" },
    { "{\"code\":400,\"message\":\"outer\",\"data\":{\"error\":{\"message\":\"\",\"raw_message\":\"raw\"}}}", "raw" },
    { "{\"message\":\"outer\",\"data\":{\"error\":{\"message\":\"\"},\"logs\":[\"a\",\"b\",\"\"]}}", "b" },
    { "{\"message\":\"outer\",\"data\":null}", "outer" },
    { "{\"error\":\"\",\"detail\":\"  \",\"message\":\"third\"}", "third" },
    { "[\"a list\"]", "a list" },
    { "\"a text\"", "a text" },
    { "{\"error\":true,\"message\":\"told\"}", "told" },
    { "{\"error\":null,\"detail\":7,\"message\":{}}", NULL },
    { "{}", NULL },
    { "{\"error\":\"<!DOCTYPE html><html>page</html>\"}", NULL },
    { "<html><body>502 Bad Gateway</body></html>", NULL },
    { "plain words", NULL },
    { "{\"error\":\"two\\nlines\\u0007 and\\ttabs...\"}", "two lines and tabs" },
    { "{\"error\":\"\\u202eturned\\u2066\"}", "turned" },
    { "{\"error\":{\"error\":{\"error\":{\"error\":{\"error\":{\"error\":\"too deep\"}}}}}}", NULL },
    { "{\"logs\":[{\"x\":1},\"last\",7]}", "last" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (400, rows[i].body);
      g_autofree char *words = cs_wire_dup_answer_words (answer);

      g_test_message ("row %u: %s", i, rows[i].body);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_words_are_short (void)
{
  g_autofree char *word = g_strnfill (100000, 'x');
  g_autofree char *much = g_strconcat ("yy ", word, NULL);
  g_autofree char *many = g_strjoinv (" ", (char *[]) { "a", word + 99700, word, NULL });
  g_autofree char *words = cs_wire_clean_words (many);
  g_autofree char *first = cs_wire_clean_words (much);

  g_assert_cmpint (g_utf8_strlen (words, -1), ==, 200);
  g_assert_true (g_str_has_suffix (words, "…"));
  g_assert_cmpstr (first, ==, "yy"); /* what was cut in the middle is not told */
  g_assert_null (cs_wire_clean_words (word));
  g_assert_null (cs_wire_clean_words (NULL));
  g_assert_null (cs_wire_clean_words (" \n "));
}

/* Promise 5: what a provider echoes is told without the key, wherever it is cut and whatever stands in between. */
static void
test_promise_5_words (void)
{
  static const char *const texts[] = {
    "the key " CANARY " is bad", CANARY, "Authorization: Bearer " CANARY, "r8_canary\u202eCanaryCanaryCanaryCanary12345",
  };

  cs_redact_add_secret (CANARY);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *words = cs_wire_clean_words (texts[i]);

      g_assert_null (strstr (words, "anaryCanary"));
    }
  for (gsize before = 65400; before < 65600; before++)
    {
      g_autofree char *filler = g_strnfill (before, 'x');
      g_autofree char *text = g_strconcat ("https://a.example/?", filler, " ", CANARY, NULL);
      g_autofree char *words = cs_wire_clean_words (text);

      g_assert_true (words == NULL || strstr (words, "anary") == NULL);
      g_assert_true (words == NULL || strstr (words, "xxxx") == NULL);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    guint status;
    const char *words;
    int code;
    const char *part;
  } rows[] = {
    { 401, NULL, CS_ERROR_NO_KEY, "creative-studio-cli keys set REPLICATE_API_TOKEN" },
    { 402, "Insufficient", CS_ERROR_PROVIDER_REFUSED, "https://vendor.example/billing" },
    { 400, "not enough Points here", CS_ERROR_PROVIDER_REFUSED, "https://vendor.example/billing" },
    { 400, "this endpoints thing", CS_ERROR_PROVIDER_REFUSED, "Change the prompt" },
    { 400, "Invalid task type", CS_ERROR_PROVIDER_REFUSED, "not offered any more" },
    { 403, "plan", CS_ERROR_PROVIDER_REFUSED, "plan does not allow" },
    { 404, NULL, CS_ERROR_PROVIDER_REFUSED, "not offered any more" },
    { 410, NULL, CS_ERROR_PROVIDER_REFUSED, "not offered any more" },
    { 422, "prompt is required", CS_ERROR_PROVIDER_REFUSED, "prompt is required" },
    { 429, NULL, CS_ERROR_RATE_LIMITED, "wait" },
    { 500, "boom", CS_ERROR_UNAVAILABLE, "boom" },
    { 408, NULL, CS_ERROR_UNAVAILABLE, "later" },
    { 302, NULL, CS_ERROR_BAD_RESPONSE, "302" },
    { 0, NULL, CS_ERROR_BAD_RESPONSE, "later" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = cs_wire_error_new (&vendor, rows[i].status, rows[i].words);

      g_test_message ("%s", error->message);
      g_assert_error (error, CS_ERROR, rows[i].code);
      g_assert_true (g_str_has_prefix (error->message, "Vendor"));
      g_assert_nonnull (strstr (error->message, rows[i].part));
    }
}

/* Nothing that happens to a question ends what is paid for. */
static void
test_questions (void)
{
  static const struct
  {
    guint status; /* 0: cut */
    int code;
    gboolean waits; /* longer than usual */
  } rows[] = {
    { 0, CS_ERROR_OFFLINE, FALSE },          { 401, CS_ERROR_NO_KEY, TRUE },       { 403, CS_ERROR_NO_KEY, TRUE },
    { 404, CS_ERROR_NOT_FOUND, TRUE },       { 400, CS_ERROR_NOT_FOUND, TRUE },    { 429, CS_ERROR_RATE_LIMITED, FALSE },
    { 500, CS_ERROR_UNAVAILABLE, FALSE },    { 503, CS_ERROR_UNAVAILABLE, FALSE }, { 408, CS_ERROR_UNAVAILABLE, FALSE },
    { 302, CS_ERROR_BAD_RESPONSE, FALSE },   { 402, CS_ERROR_PROVIDER_REFUSED, FALSE },
  };
  g_autoptr (CsHttpAnswer) good = cs_fake_answer_new (200, "{}");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = rows[i].status != 0 ? cs_fake_answer_new (rows[i].status, "{}")
                                                            : cs_fake_answer_new_cut (0, NULL, TRUE);
      g_autoptr (CsPrediction) prediction = cs_wire_prediction_from_failure (&vendor, answer);

      g_test_message ("row %u: %u", i, rows[i].status);
      g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
      g_assert_cmpint (prediction->billed, ==, CS_BILLED_UNKNOWN);
      g_assert_error (prediction->error, CS_ERROR, rows[i].code);
      g_assert_cmpint (prediction->retry_after > 0, ==, rows[i].waits);
    }
  g_assert_null (cs_wire_prediction_from_failure (&vendor, good));
}

static void
test_question_is_told_to_wait (void)
{
  g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (429, "{}");
  g_autoptr (CsPrediction) prediction = NULL;

  answer->retry_after = 7 * G_USEC_PER_SEC;
  prediction = cs_wire_prediction_from_failure (&vendor, answer);
  g_assert_cmpint (prediction->retry_after, ==, 7 * G_USEC_PER_SEC);
}

static CsPrediction *
judge (GHashTable *missing, guint status)
{
  return cs_wire_missing_judge (missing, "abc", cs_wire_prediction_from_status (&vendor, status, NULL, 0));
}

static void
test_missing (void)
{
  g_autoptr (GHashTable) missing = cs_wire_missing_new ();
  g_autoptr (CsPrediction) first = judge (missing, 404);
  g_autoptr (CsPrediction) soon = NULL;
  g_autoptr (CsPrediction) later = NULL;
  g_autoptr (CsPrediction) fresh = NULL;
  g_autoptr (CsPrediction) other = NULL;

  g_assert_cmpint (first->status, ==, CS_PREDICTION_UNREACHABLE);
  for (int i = 0; i < 8; i++)
    cs_prediction_free (judge (missing, 404));
  cs_clock_turn (29 * 60 * G_USEC_PER_SEC);
  soon = judge (missing, 404);
  g_assert_cmpint (soon->status, ==, CS_PREDICTION_UNREACHABLE);
  other = judge (missing, 500); /* says nothing about it */
  g_assert_cmpint (other->status, ==, CS_PREDICTION_UNREACHABLE);
  cs_clock_turn (2 * 60 * G_USEC_PER_SEC);
  later = judge (missing, 404);
  g_assert_cmpint (later->status, ==, CS_PREDICTION_FAILED);
  g_assert_cmpint (later->billed, ==, CS_BILLED_UNKNOWN);
  g_assert_error (later->error, CS_ERROR, CS_ERROR_NOT_FOUND);

  /* an answer in between begins the time anew */
  fresh = judge (missing, 404);
  g_assert_cmpint (fresh->status, ==, CS_PREDICTION_UNREACHABLE);
  cs_prediction_free (cs_wire_missing_judge (missing, "abc", cs_prediction_new (CS_PREDICTION_RUNNING)));
  g_assert_cmpint (g_hash_table_size (missing), ==, 0);
}

/* A computer that slept for a day, or whose clock was turned, has not asked for a day. */
static void
test_missing_after_sleep (void)
{
  g_autoptr (GHashTable) missing = cs_wire_missing_new ();
  g_autoptr (CsPrediction) before = judge (missing, 404);
  g_autoptr (CsPrediction) after = NULL;

  cs_clock_turn (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC);
  after = judge (missing, 404);
  g_assert_cmpint (before->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_cmpint (after->status, ==, CS_PREDICTION_UNREACHABLE);
}

static void
test_checks (void)
{
  static const struct
  {
    guint status;
    const char *code;
  } rows[] = {
    { 0, "offline" },      { 401, "unauthorized" }, { 402, "insufficient_credit" }, { 403, "no_permission" },
    { 429, "rate_limited" }, { 500, "unavailable" },  { 302, "bad_response" },
  };
  g_autoptr (CsHttpAnswer) good = cs_fake_answer_new (200, "{}");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = rows[i].status != 0 ? cs_fake_answer_new (rows[i].status, "{}")
                                                            : cs_fake_answer_new_cut (0, NULL, FALSE);
      g_autoptr (CsKeyCheck) check = cs_wire_check_from_failure (&vendor, answer);

      g_assert_cmpstr (check->code, ==, rows[i].code);
      g_assert_cmpint (strlen (check->message), >, 10);
      g_assert_cmpint (check->balance, ==, -1);
    }
  g_assert_null (cs_wire_check_from_failure (&vendor, good));
}

static void
test_ids (void)
{
  g_autofree char *longest = g_strnfill (128, 'a');
  g_autofree char *too_long = g_strnfill (129, 'a');

  g_assert_true (cs_wire_id_is_valid ("a"));
  g_assert_true (cs_wire_id_is_valid ("2f9c-AZ_09"));
  g_assert_true (cs_wire_id_is_valid (longest));
  g_assert_false (cs_wire_id_is_valid (too_long));
  g_assert_false (cs_wire_id_is_valid (NULL));
  g_assert_false (cs_wire_id_is_valid (""));
  for (const char *c = "/.?#%&: \n\\é"; *c != '\0'; c++)
    {
      char text[] = { 'a', *c, 'b', '\0' };

      g_assert_false (cs_wire_id_is_valid (text));
    }
}

static void
test_outputs (void)
{
  static const struct
  {
    const char *json;
    const char *found;
  } rows[] = {
    { "\"https://a.example/1\"", "https://a.example/1" },
    { "[\"https://a.example/1\",\"https://a.example/2\"]", "https://a.example/1" },
    { "[null,7,\"https://a.example/2\"]", "https://a.example/2" },
    { "{\"url\":\"https://a.example/1\"}", "https://a.example/1" },
    { "{\"images\":[{\"url\":\"https://a.example/1\"}]}", "https://a.example/1" },
    { "{\"video\":{\"url\":\"https://a.example/1\"}}", "https://a.example/1" },
    { "[[[\"https://a.example/1\"]]]", "https://a.example/1" },
    { "[[[[[[[[\"https://a.example/1\"]]]]]]]]", NULL },
    { "null", NULL },
    { "7", NULL },
    { "\"\"", NULL },
    { "{}", NULL },
    { "[]", NULL },
    { "{\"other\":\"https://a.example/1\"}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonNode) node = cs_json_parse (rows[i].json, strlen (rows[i].json), 4096, NULL);

      g_test_message ("row %u: %s", i, rows[i].json);
      g_assert_cmpstr (cs_wire_find_output (node), ==, rows[i].found);
    }
  g_assert_null (cs_wire_find_output (NULL));
}

static void
test_safe_outputs (void)
{
  static const char *const bad[] = {
    "file:///etc/passwd",       "http://a.example/x",  "https://10.0.0.1/x",      "https://[::1]/x", "https://169.254.169.254/",
    "data:image/png;base64,AA", "ftp://a.example/x",   "https://user@a.example/", "/relative",       "",
    "https://localhost/x",      "http://127.0.0.1/x",
  };
  g_autofree char *good = cs_wire_take_output ("https://replicate.delivery/x/out.mp4?a=b", FALSE);
  g_autofree char *near = cs_wire_take_output ("http://127.0.0.1:8080/x", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (cs_wire_take_output (bad[i], FALSE));
  g_assert_null (cs_wire_take_output (NULL, TRUE));
  g_assert_null (cs_wire_take_output ("file:///etc/passwd", TRUE));
  g_assert_null (cs_wire_take_output ("http://10.0.0.1/x", TRUE));
  g_assert_cmpstr (good, ==, "https://replicate.delivery/x/out.mp4?a=b");
  g_assert_cmpstr (near, ==, "http://127.0.0.1:8080/x");
}

static void
test_calls (void)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (CsHttpCall) question = cs_wire_call_new ("GET", "https://a.example/x");
  g_autoptr (CsHttpCall) paid = NULL;

  json_object_set_int_member (body, "n", 1);
  paid = cs_wire_call_new_paid ("https://a.example/x", body);
  g_assert_false (question->is_paid);
  g_assert_cmpint (question->connect_timeout, ==, 15 * G_USEC_PER_SEC);
  g_assert_cmpint (question->answer_timeout, ==, 30 * G_USEC_PER_SEC);
  g_assert_true (paid->is_paid);
  g_assert_cmpint (paid->tries, ==, 1);
  g_assert_cmpint (paid->answer_timeout, ==, 60 * G_USEC_PER_SEC);
  g_assert_cmpstr (paid->method, ==, "POST");
  g_assert_cmpstr (paid->content_type, ==, "application/json");
  g_assert_cmpmem (g_bytes_get_data (paid->body, NULL), g_bytes_get_size (paid->body), "{\"n\":1}", 7);
}

static void
test_seed (void)
{
  g_assert_cmpint (cs_wire_fold_seed (5), ==, 5);
  g_assert_cmpint (cs_wire_fold_seed (G_GINT64_CONSTANT (9007199254740991)), ==, G_MAXINT32);
  g_assert_cmpint (cs_wire_fold_seed ((G_GINT64_CONSTANT (1) << 31) + 7), ==, 7);
}

/* Reference pictures */

static CsWirePicture *
read_picture (const char *data, gsize length, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("cs-test-wire-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.bin", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  CsWirePicture *picture;

  if (data != NULL)
    g_assert_true (g_file_set_contents (path, data, length, NULL));
  cs_wire_read_picture_async (NULL, path, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  picture = cs_wire_read_picture_finish (NULL, result, error);
  cs_test_remove_tree (folder);
  return picture;
}

static void
test_pictures (void)
{
  static const char png[] = "\x89PNG\r\n\x1a\nrest";
  static const char jpeg[] = "\xff\xd8\xff\xe0rest";
  g_autoptr (CsWirePicture) first = read_picture (png, 12, NULL);
  g_autoptr (CsWirePicture) second = read_picture (jpeg, 8, NULL);
  g_autofree guchar *back = NULL;
  gsize length;

  g_assert_cmpstr (first->content_type, ==, "image/png");
  g_assert_cmpstr (first->name, ==, "picture.png");
  back = g_base64_decode (first->base64, &length);
  g_assert_cmpmem (back, length, png, 12);
  g_assert_cmpmem (g_bytes_get_data (first->bytes, NULL), g_bytes_get_size (first->bytes), png, 12);
  g_assert_cmpstr (second->content_type, ==, "image/jpeg");
}

static void
test_bad_pictures (void)
{
  g_autofree char *large = g_strnfill (CS_WIRE_MAX_PICTURE + 1, 'x');
  g_autoptr (GError) not_picture = NULL;
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) too_large = NULL;
  g_autoptr (GError) missing = NULL;

  g_assert_null (read_picture ("GIF89a......", 12, &not_picture));
  g_assert_error (not_picture, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_null (read_picture ("", 0, &empty));
  g_assert_error (empty, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_null (read_picture (large, CS_WIRE_MAX_PICTURE + 1, &too_large));
  g_assert_error (too_large, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_assert_null (read_picture (NULL, 0, &missing));
  g_assert_error (missing, CS_ERROR, CS_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/promise-3-ends", test_promise_3_ends);
  g_test_add_func ("/wire/promise-3-ends-without-answer", test_promise_3_ends_without_answer);
  g_test_add_func ("/wire/brackets", test_brackets);
  g_test_add_func ("/wire/words", test_words);
  g_test_add_func ("/wire/words-are-short", test_words_are_short);
  g_test_add_func ("/wire/promise-5-words", test_promise_5_words);
  g_test_add_func ("/wire/errors", test_errors);
  g_test_add_func ("/wire/questions", test_questions);
  g_test_add_func ("/wire/question-is-told-to-wait", test_question_is_told_to_wait);
  g_test_add_func ("/wire/missing", test_missing);
  g_test_add_func ("/promise-4/wire/missing-after-sleep", test_missing_after_sleep);
  g_test_add_func ("/wire/checks", test_checks);
  g_test_add_func ("/wire/ids", test_ids);
  g_test_add_func ("/wire/outputs", test_outputs);
  g_test_add_func ("/wire/safe-outputs", test_safe_outputs);
  g_test_add_func ("/wire/calls", test_calls);
  g_test_add_func ("/wire/seed", test_seed);
  g_test_add_func ("/wire/pictures", test_pictures);
  g_test_add_func ("/wire/bad-pictures", test_bad_pictures);
  return g_test_run ();
}
