/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Replicate is asked, model by model, how its answers are read, and which prediction is taken for the one in doubt. */
#include "config.h"
#include "providers/replicate/cs-replicate-answer.h"
#include "providers/replicate/cs-replicate-list.h"
#include "providers/replicate/cs-replicate-request.h"

#include "cs-fake-answer.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-text.h"

#include <string.h>

#define OUT "https://replicate.delivery/xezq/out.mp4"
#define FILE_ADDRESS "https://api.replicate.com/v1/files/abc"
#define SECOND ((gint64) G_USEC_PER_SEC)

/* Requests */

static CsRequest *
make_request (const char *model, int duration, const char *image_address)
{
  CsRequest *request = cs_request_new ();

  request->model = g_strdup (model);
  request->prompt = g_strdup ("a boat");
  request->negative_prompt = g_strdup ("blurry");
  request->aspect = CS_ASPECT_9_16;
  request->duration = duration;
  request->seed = (G_GINT64_CONSTANT (1) << 31) + 7;
  request->image_address = g_strdup (image_address);
  return request;
}

static const CsModel *
find_model (GPtrArray *models, const char *id)
{
  for (guint i = 0; i < models->len; i++)
    if (g_str_equal (((CsModel *) models->pdata[i])->id, id))
      return models->pdata[i];
  g_assert_not_reached ();
}

static void
test_inputs (void)
{
  static const struct
  {
    const char *model;
    int duration;
    const char *image_address;
    const char *remote;
    const char *input;
  } rows[] = {
    { "replicate/flux-schnell", 0, NULL, "black-forest-labs/flux-schnell",
      "{\"prompt\":\"a boat\",\"aspect_ratio\":\"9:16\",\"num_outputs\":1,\"output_format\":\"png\",\"megapixels\":\"1\","
      "\"go_fast\":true,\"seed\":7}" },
    { "replicate/minimax-video-01", 6, NULL, "minimax/video-01", "{\"prompt\":\"a boat\",\"prompt_optimizer\":false}" },
    { "replicate/minimax-video-01", 6, FILE_ADDRESS, "minimax/video-01",
      "{\"prompt\":\"a boat\",\"prompt_optimizer\":false,\"first_frame_image\":\"" FILE_ADDRESS "\"}" },
    { "replicate/wan-2.2-fast", 5, NULL, "wan-video/wan-2.2-t2v-fast",
      "{\"prompt\":\"a boat\",\"aspect_ratio\":\"9:16\",\"resolution\":\"720p\",\"num_frames\":81,\"frames_per_second\":16,"
      "\"interpolate_output\":false,\"go_fast\":true,\"seed\":7}" },
    { "replicate/wan-2.2-fast", 7, FILE_ADDRESS, "wan-video/wan-2.2-i2v-fast",
      "{\"prompt\":\"a boat\",\"image\":\"" FILE_ADDRESS "\",\"resolution\":\"720p\",\"num_frames\":113,"
      "\"frames_per_second\":16,\"interpolate_output\":false,\"go_fast\":true,\"seed\":7}" },
    { "replicate/wan-2.2-fast", 60, NULL, "wan-video/wan-2.2-t2v-fast",
      "{\"prompt\":\"a boat\",\"aspect_ratio\":\"9:16\",\"resolution\":\"720p\",\"num_frames\":121,\"frames_per_second\":16,"
      "\"interpolate_output\":false,\"go_fast\":true,\"seed\":7}" },
  };
  g_autoptr (GPtrArray) models = cs_models_load (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsRequest) request = make_request (rows[i].model, rows[i].duration, rows[i].image_address);
      const CsModel *model = find_model (models, rows[i].model);
      g_autoptr (JsonObject) body = cs_replicate_build_body (model, request);
      g_autoptr (JsonNode) wanted = cs_json_parse (rows[i].input, strlen (rows[i].input), 4096, NULL);

      g_assert_cmpstr (cs_replicate_get_model (model, request), ==, rows[i].remote);
      g_assert_cmpuint (json_object_get_size (body), ==, 1);
      if (!json_node_equal (json_object_get_member (body, "input"), wanted))
        g_error ("%s is not %s", cs_json_object_to_string (body, FALSE), rows[i].input);
    }
}

static void
test_form (void)
{
  CsWirePicture picture = { g_bytes_new_static ("\x89PNG\r\n\0\r\n--x", 13), NULL, "image/png", "picture.png" };
  g_autoptr (CsReplicateForm) form = cs_replicate_form_new (&picture);
  const char *boundary = strstr (form->content_type, "boundary=") + strlen ("boundary=");
  g_autofree char *head = g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"content\"; filename=\"picture.png\"\r\n"
                                           "Content-Type: image/png\r\n\r\n",
                                           boundary);
  g_autofree char *tail = g_strdup_printf ("\r\n--%s--\r\n", boundary);
  gsize length;
  const char *body = g_bytes_get_data (form->body, &length);

  g_assert_true (g_str_has_prefix (form->content_type, "multipart/form-data; "));
  g_assert_cmpuint (length, ==, strlen (head) + 13 + strlen (tail));
  g_assert_cmpmem (body, strlen (head), head, strlen (head));
  g_assert_cmpmem (body + strlen (head), 13, g_bytes_get_data (picture.bytes, NULL), 13);
  g_assert_cmpmem (body + strlen (head) + 13, strlen (tail), tail, strlen (tail));
  g_bytes_unref (picture.bytes);
}

/* Answers */

typedef struct
{
  const char *body;
  CsPredictionStatus status;
  CsBilled billed;
  const char *output;
  int code; /* of the error, where there is one to expect */
} Row;

#define PREDICTION(status, rest) "{\"id\":\"abc\",\"status\":\"" status "\"" rest "}"

static void
check_row (const Row *row)
{
  g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (200, row->body);
  g_autoptr (CsPrediction) prediction = cs_replicate_read_prediction (answer, FALSE);

  g_test_message ("%s", row->body);
  g_assert_cmpint (prediction->status, ==, row->status);
  g_assert_cmpstr (prediction->output, ==, row->output);
  g_assert_cmpint (prediction->cost, ==, -1);
  if (prediction->status != CS_PREDICTION_RUNNING)
    g_assert_cmpint (prediction->billed, ==, row->billed);
  if (row->status != CS_PREDICTION_FAILED && row->status != CS_PREDICTION_UNREACHABLE)
    g_assert_no_error (prediction->error);
  else
    g_assert_error (prediction->error, CS_ERROR, row->code);
}

#define EARLY ",\"completed_at\":\"2026-11-22T10:05:00Z\",\"deadline\":\"2026-11-22T11:00:00Z\""
#define LATE ",\"completed_at\":\"2026-11-22T11:00:00.2Z\",\"deadline\":\"2026-11-22T11:00:00Z\""
#define STARTED ",\"started_at\":\"2026-11-22T10:01:00Z\""

static void
test_states (void)
{
  static const Row rows[] = {
    { PREDICTION ("starting", ",\"output\":null"), CS_PREDICTION_RUNNING },
    { PREDICTION ("Processing", ",\"logs\":null"), CS_PREDICTION_RUNNING },
    { PREDICTION ("dreaming", ",\"output\":\"" OUT "\""), CS_PREDICTION_RUNNING },
    { PREDICTION ("", ""), CS_PREDICTION_RUNNING },
    { PREDICTION ("succeeded", ",\"output\":\"" OUT "\""), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, OUT },
    { PREDICTION ("SUCCEEDED", ",\"output\":[\"" OUT "\"]"), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, OUT },
    { PREDICTION ("succeeded", ",\"output\":{\"video\":\"" OUT "\"}"), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, OUT },
    { PREDICTION ("succeeded", ",\"output\":{\"url\":\"" OUT "\"},\"data_removed\":false"), CS_PREDICTION_SUCCEEDED,
      CS_BILLED_YES, OUT },
    { PREDICTION ("succeeded", ",\"output\":null,\"data_removed\":true"), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL,
      CS_ERROR_NOT_FOUND },
    { PREDICTION ("succeeded", ",\"output\":null"), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL, CS_ERROR_BAD_RESPONSE },
    { PREDICTION ("succeeded", ""), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL, CS_ERROR_BAD_RESPONSE },
    { PREDICTION ("succeeded", ",\"output\":{}"), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL, CS_ERROR_BAD_RESPONSE },
    { PREDICTION ("succeeded", ",\"output\":7"), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL, CS_ERROR_BAD_RESPONSE },
    { PREDICTION ("succeeded", ",\"output\":\"file:///etc/passwd\""), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL,
      CS_ERROR_BAD_RESPONSE },
    { PREDICTION ("succeeded", ",\"output\":\"https://10.1.2.3/x\""), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL,
      CS_ERROR_BAD_RESPONSE },
    { PREDICTION ("succeeded", ",\"output\":\"http://a.example/x\""), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL,
      CS_ERROR_BAD_RESPONSE },
    { PREDICTION ("failed", ",\"error\":\"something\""), CS_PREDICTION_FAILED, CS_BILLED_NO, NULL, CS_ERROR_FAILED },
    { PREDICTION ("failed", ",\"error\":null"), CS_PREDICTION_FAILED, CS_BILLED_NO, NULL, CS_ERROR_FAILED },
    { PREDICTION ("failed", ",\"error\":[7]"), CS_PREDICTION_FAILED, CS_BILLED_NO, NULL, CS_ERROR_FAILED },
    { PREDICTION ("failed", ",\"error\":\"The input was flagged as sensitive (E005)\""), CS_PREDICTION_FAILED, CS_BILLED_NO,
      NULL, CS_ERROR_PROVIDER_REFUSED },
    { PREDICTION ("failed", ",\"error\":{\"message\":\"E003 too much demand\"}"), CS_PREDICTION_FAILED, CS_BILLED_NO, NULL,
      CS_ERROR_UNAVAILABLE },
    { PREDICTION ("failed", ",\"error\":\"Prediction interrupted; please retry (code: PA)\""), CS_PREDICTION_FAILED,
      CS_BILLED_NO, NULL, CS_ERROR_UNAVAILABLE },
    { PREDICTION ("canceled", STARTED EARLY), CS_PREDICTION_CANCELLED, CS_BILLED_YES },
    { PREDICTION ("canceled", STARTED), CS_PREDICTION_CANCELLED, CS_BILLED_YES },
    { PREDICTION ("canceled", ",\"started_at\":null" EARLY), CS_PREDICTION_CANCELLED, CS_BILLED_NO },
    { PREDICTION ("cancelled", ""), CS_PREDICTION_CANCELLED, CS_BILLED_NO },
    { PREDICTION ("canceled", STARTED LATE), CS_PREDICTION_FAILED, CS_BILLED_YES, NULL, CS_ERROR_UNAVAILABLE },
    { PREDICTION ("aborted", ""), CS_PREDICTION_FAILED, CS_BILLED_NO, NULL, CS_ERROR_UNAVAILABLE },
    { PREDICTION ("aborted", LATE), CS_PREDICTION_FAILED, CS_BILLED_NO, NULL, CS_ERROR_UNAVAILABLE },
    { PREDICTION ("aborted", EARLY), CS_PREDICTION_CANCELLED, CS_BILLED_NO },
    { "{\"status\":7}", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, NULL, CS_ERROR_BAD_RESPONSE },
    { "{\"id\":\"abc\"}", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, NULL, CS_ERROR_BAD_RESPONSE },
    { "[]", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, NULL, CS_ERROR_BAD_RESPONSE },
    { "", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, NULL, CS_ERROR_BAD_RESPONSE },
    { "<html></html>", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, NULL, CS_ERROR_BAD_RESPONSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (&rows[i]);
}

static void
test_brackets (void)
{
  g_autofree char *brackets = cs_fake_brackets_new (200000);
  g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (200, brackets);
  g_autoptr (CsPrediction) prediction = cs_replicate_read_prediction (answer, TRUE);
  g_autoptr (CsSubmission) submission = cs_wire_submission_from_answer (&cs_replicate_vendor, answer, cs_replicate_get_id);

  g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
  g_assert_cmpint (submission->end, ==, CS_SUBMIT_UNCERTAIN);
}

static void
test_progress (void)
{
  static const struct
  {
    const char *logs;
    double share;
  } rows[] = {
    { " 45%|####      | 18/40 [00:12<00:15]", 0.45 },
    { "Seed: 7\n  0%|          | 0/40\r 10%|#         | 4/40\r 45%|████▌     | 18/40 [00:12<00:15]\ndone soon", 0.45 },
    { "100%|##########| 40/40", 1 },
    { "999%|##########| 40/40", 1 },
    { "7%|a|b|c| 1/2", 0.07 },
    { "45% | x | 18/40", 0.45 },
    { "45%||18/40", -1 },
    { "45%|x| 18 / 40", -1 },
    { "1234%|x| 18/40", -1 },
    { "%|x| 18/40", -1 },
    { "45%", -1 },
    { "45%|", -1 },
    { "45%|x", -1 },
    { "nothing of the kind", -1 },
    { "", -1 },
    { NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].logs);
      g_assert_cmpfloat (cs_replicate_read_progress (rows[i].logs), ==, rows[i].share);
    }
}

/* What is long is looked at from its end, and quickly. */
static void
test_progress_of_long_logs (void)
{
  g_autofree char *filler = g_strnfill (4 * 1024 * 1024, '|');
  g_autofree char *late = g_strconcat (filler, "\n 45%|##| 18/40\n", NULL);
  g_autofree char *early = g_strconcat (" 45%|##| 18/40\n", filler, NULL);

  g_assert_cmpfloat (cs_replicate_read_progress (late), ==, 0.45);
  g_assert_cmpfloat (cs_replicate_read_progress (early), ==, -1);
}

static void
test_cancellations (void)
{
  static const struct
  {
    guint status;
    const char *body;
    CsPredictionStatus prediction;
    gboolean is_told;
  } rows[] = {
    { 200, PREDICTION ("canceled", STARTED EARLY), CS_PREDICTION_CANCELLED, FALSE },
    { 200, PREDICTION ("processing", ""), CS_PREDICTION_RUNNING, FALSE },
    { 200, PREDICTION ("succeeded", ",\"output\":\"" OUT "\""), CS_PREDICTION_SUCCEEDED, FALSE },
    { 404, "{}", CS_PREDICTION_RUNNING, TRUE },
    { 422, "{}", CS_PREDICTION_RUNNING, TRUE },
    { 401, "{}", CS_PREDICTION_UNREACHABLE, FALSE },
    { 429, "{}", CS_PREDICTION_UNREACHABLE, FALSE },
    { 500, "{}", CS_PREDICTION_UNREACHABLE, FALSE },
    { 0, NULL, CS_PREDICTION_UNREACHABLE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = rows[i].status != 0 ? cs_fake_answer_new (rows[i].status, rows[i].body)
                                                            : cs_fake_answer_new_cut (0, NULL, TRUE);
      g_autoptr (CsPrediction) prediction = cs_replicate_read_cancel (answer, FALSE);

      g_test_message ("row %u: %u", i, rows[i].status);
      g_assert_cmpint (prediction->status, ==, rows[i].prediction);
      g_assert_cmpint (g_error_matches (prediction->error, CS_ERROR, CS_ERROR_CONFLICT), ==, rows[i].is_told);
    }
}

/* Promise 5: the address of an upload is where the key goes anyhow, or it is none. */
static void
test_promise_5_uploads (void)
{
  static const char *const bad[] = {
    "https://evil.example/v1/files/abc",   "https://api.replicate.com.evil.example/v1/files/abc",
    "http://api.replicate.com/v1/files/a", "https://api.replicate.com:8443/v1/files/abc",
    "https://a@api.replicate.com/v1/f",    "file:///etc/passwd",
    "/v1/files/abc",                       "",
  };
  g_autoptr (CsHttpAnswer) good = cs_fake_answer_new (201, "{\"id\":\"abc\",\"urls\":{\"get\":\"" FILE_ADDRESS "\"}}");
  g_autoptr (CsHttpAnswer) large = cs_fake_answer_new (413, "{\"detail\":\"Files must be less than 100MB in size\"}");
  g_autoptr (CsHttpAnswer) wrong = cs_fake_answer_new (201, "{\"urls\":[7]}");
  g_autofree char *address = cs_replicate_read_upload (good, "https://api.replicate.com", NULL);
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) unread = NULL;

  g_assert_cmpstr (address, ==, FILE_ADDRESS);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"urls\":{\"get\":\"%s\"}}", bad[i]);
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (201, body);
      g_autoptr (GError) error = NULL;

      g_assert_null (cs_replicate_read_upload (answer, "https://api.replicate.com", &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
    }
  g_assert_null (cs_replicate_read_upload (large, "https://api.replicate.com", &refused));
  g_assert_error (refused, CS_ERROR, CS_ERROR_PROVIDER_REFUSED);
  g_assert_null (cs_replicate_read_upload (wrong, "https://api.replicate.com", &unread));
  g_assert_error (unread, CS_ERROR, CS_ERROR_BAD_RESPONSE);
}

static void
test_accounts (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *code;
    const char *account;
  } rows[] = {
    { 200, "{\"type\":\"user\",\"username\":\"ann\",\"name\":\"Ann\"}", "ok", "ann" },
    { 200, "{\"type\":7,\"username\":[],\"name\":\"Ann\"}", "ok", "Ann" },
    { 200, "{}", "ok", NULL },
    { 200, "[]", "bad_response", NULL },
    { 401, "{\"detail\":\"bad token\"}", "unauthorized", NULL },
    { 403, "{}", "no_permission", NULL },
    { 402, "{}", "insufficient_credit", NULL },
    { 503, "{}", "unavailable", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (rows[i].status, rows[i].body);
      g_autoptr (CsKeyCheck) check = cs_replicate_read_account (answer);

      g_assert_cmpstr (check->code, ==, rows[i].code);
      g_assert_cmpstr (check->account, ==, rows[i].account);
    }
}

/* The list */

#define SENT_AT (G_GINT64_CONSTANT (1764000000) * SECOND) /* 2025-11-24T16:00:00Z */
#define INPUT "{\"prompt\":\"a boat\",\"seed\":7,\"go_fast\":true}"

static CsReplicateList *
make_list (const char *const *bound)
{
  g_autoptr (JsonObject) input = cs_json_parse_object (INPUT, strlen (INPUT), 4096, NULL);

  return cs_replicate_list_new ("a/b", input, SENT_AT, bound);
}

/* @seconds: after SENT_AT, by the server's clock */
static char *
make_prediction (const char *id, const char *model, const char *input, double seconds)
{
  g_autofree char *time = cs_text_format_time (SENT_AT + (gint64) (seconds * SECOND));

  return g_strdup_printf ("{\"id\":\"%s\",\"model\":\"%s\",\"input\":%s,\"created_at\":\"%s\",\"status\":\"starting\"}", id,
                          model, input, time);
}

static void
read_page (CsReplicateList *list, const char *results, const char *next, gint64 skew)
{
  g_autofree char *text = g_strdup_printf ("{\"next\":%s,\"previous\":null,\"results\":[%s]}", next, results);
  g_autoptr (GBytes) page = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_replicate_list_read (list, page, skew, &error));
  g_assert_no_error (error);
}

/* Promise 3: adopted is what can only be ours. */
static void
test_promise_3_adoption (void)
{
  static const struct
  {
    const char *id;
    const char *model;
    const char *input;
    double seconds;
    gboolean fits;
  } rows[] = {
    { "one", "a/b", INPUT, 1, TRUE },
    { "one", "a/b", "{\"seed\":7,\"go_fast\":true,\"prompt\":\"a boat\"}", 0, TRUE }, /* in another order */
    { "one", "a/b", INPUT, 119, TRUE },
    { "one", "a/b", INPUT, -1.5, TRUE },
    { "one", "a/b", INPUT, 121, FALSE },
    { "one", "a/b", INPUT, -3, FALSE },
    { "one", "a/c", INPUT, 1, FALSE },
    { "one", "a/b", "{\"prompt\":\"a boat\",\"seed\":8,\"go_fast\":true}", 1, FALSE },
    { "one", "a/b", "{\"prompt\":\"a boat\",\"seed\":7}", 1, FALSE },
    { "one", "a/b", "{\"prompt\":\"a boat\",\"seed\":7,\"go_fast\":true,\"more\":1}", 1, FALSE },
    { "one", "a/b", "{\"prompt\":\"a boat\",\"seed\":\"7\",\"go_fast\":true}", 1, FALSE },
    { "one", "a/b", "{}", 1, FALSE },
    { "one", "a/b", "null", 1, FALSE },
    { "bound", "a/b", INPUT, 1, FALSE },
    { "../x", "a/b", INPUT, 1, FALSE },
    { "", "a/b", INPUT, 1, FALSE },
  };
  static const char *const bound[] = { "other", "bound", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsReplicateList) list = make_list (bound);
      g_autofree char *prediction = make_prediction (rows[i].id, rows[i].model, rows[i].input, rows[i].seconds);
      g_autofree char *id = NULL;

      read_page (list, prediction, "null", 0);
      id = cs_replicate_list_dup_id (list);
      g_test_message ("row %u", i);
      g_assert_cmpstr (id, ==, rows[i].fits ? "one" : NULL);
      g_assert_false (cs_replicate_list_has_more (list));
    }
}

static void
test_promise_3_two_are_none (void)
{
  g_autoptr (CsReplicateList) list = make_list (NULL);
  g_autofree char *one = make_prediction ("one", "a/b", INPUT, 1);
  g_autofree char *two = make_prediction ("two", "a/b", INPUT, 2);
  g_autofree char *both = g_strjoin (",", two, one, NULL);

  read_page (list, both, "null", 0);
  g_assert_null (cs_replicate_list_dup_id (list));
}

/* It is the server's clock that counts: ours may be wrong by hours. */
static void
test_skew (void)
{
  g_autoptr (CsReplicateList) late = make_list (NULL);
  g_autoptr (CsReplicateList) wrong = make_list (NULL);
  g_autofree char *prediction = make_prediction ("one", "a/b", INPUT, 7200 + 1);
  g_autofree char *id = NULL;

  read_page (late, prediction, "null", 7200 * SECOND);
  read_page (wrong, prediction, "null", 0);
  id = cs_replicate_list_dup_id (late);
  g_assert_cmpstr (id, ==, "one");
  g_assert_null (cs_replicate_list_dup_id (wrong));
}

/* Promise 5: of the next page's address only the cursor counts. */
static void
test_promise_5_pages (void)
{
  g_autoptr (CsReplicateList) list = make_list (NULL);
  g_autofree char *one = make_prediction ("one", "a/b", INPUT, 1);
  g_autofree char *old = make_prediction ("old", "a/b", INPUT, -600);
  g_autofree char *first = cs_replicate_list_dup_path (list);
  g_autofree char *second = NULL;
  g_autofree char *id = NULL;

  g_assert_cmpstr (first, ==, "/v1/predictions?created_after=2025-11-23T16%3A00%3A00.000Z");
  read_page (list, one, "\"https://evil.example/steal?cursor=a%2Fb%26c&created_after=x\"", 0);
  g_assert_true (cs_replicate_list_has_more (list));
  g_assert_null (cs_replicate_list_dup_id (list)); /* not everything was seen */
  second = cs_replicate_list_dup_path (list);
  g_assert_cmpstr (second, ==, "/v1/predictions?created_after=2025-11-23T16%3A00%3A00.000Z&cursor=a%2Fb%26c");

  /* the same one again, and one that is too old: the end */
  {
    g_autofree char *both = g_strjoin (",", one, old, NULL);

    read_page (list, both, "\"https://api.replicate.com/v1/predictions?cursor=d\"", 0);
  }
  g_assert_false (cs_replicate_list_has_more (list));
  id = cs_replicate_list_dup_id (list);
  g_assert_cmpstr (id, ==, "one");
}

static void
test_endless_pages (void)
{
  g_autoptr (CsReplicateList) list = make_list (NULL);
  g_autofree char *one = make_prediction ("one", "a/b", INPUT, 1);
  guint n = 0;

  do
    {
      read_page (list, one, "\"https://api.replicate.com/v1/predictions?cursor=same\"", 0);
      n++;
    }
  while (cs_replicate_list_has_more (list));
  g_assert_cmpuint (n, ==, 10);
  g_assert_null (cs_replicate_list_dup_id (list));
}

static void
test_bad_pages (void)
{
  static const char *const bad[] = { "", "[]", "{}", "{\"results\":{}}", "{\"results\":null}", "<html></html>", "{\"results\":[",
                                     "{\"results\":[7]}", "{\"results\":[null]}", "{\"results\":[{\"id\":\"a\"}]}",
                                     "{\"results\":[{\"id\":\"a\",\"created_at\":\"soon\"}]}" };
  static const char *const odd[] = {
    "{\"results\":[{\"id\":7,\"created_at\":\"2025-11-24T16:00:01Z\"}],\"next\":7}",
    "{\"results\":[],\"next\":\"not an address\"}",
    "{\"results\":[],\"next\":\"https://a.example/?other=1\"}",
    "{\"results\":[],\"next\":\"https://a.example/?cursor=\"}",
    "{\"results\":[],\"next\":{\"cursor\":\"x\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CsReplicateList) list = make_list (NULL);
      g_autoptr (GBytes) page = g_bytes_new (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_assert_false (cs_replicate_list_read (list, page, 0, &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (CsReplicateList) list = make_list (NULL);
      g_autoptr (GBytes) page = g_bytes_new (odd[i], strlen (odd[i]));

      g_assert_true (cs_replicate_list_read (list, page, 0, NULL));
      g_assert_false (cs_replicate_list_has_more (list));
      g_assert_null (cs_replicate_list_dup_id (list));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replicate-wire/inputs", test_inputs);
  g_test_add_func ("/replicate-wire/form", test_form);
  g_test_add_func ("/replicate-wire/states", test_states);
  g_test_add_func ("/replicate-wire/brackets", test_brackets);
  g_test_add_func ("/replicate-wire/progress", test_progress);
  g_test_add_func ("/replicate-wire/progress-of-long-logs", test_progress_of_long_logs);
  g_test_add_func ("/replicate-wire/cancellations", test_cancellations);
  g_test_add_func ("/replicate-wire/promise-5-uploads", test_promise_5_uploads);
  g_test_add_func ("/replicate-wire/accounts", test_accounts);
  g_test_add_func ("/replicate-wire/promise-3-adoption", test_promise_3_adoption);
  g_test_add_func ("/replicate-wire/promise-3-two-are-none", test_promise_3_two_are_none);
  g_test_add_func ("/replicate-wire/skew", test_skew);
  g_test_add_func ("/replicate-wire/promise-5-pages", test_promise_5_pages);
  g_test_add_func ("/replicate-wire/endless-pages", test_endless_pages);
  g_test_add_func ("/replicate-wire/bad-pages", test_bad_pages);
  return g_test_run ();
}
