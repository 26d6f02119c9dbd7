/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PiAPI is asked, model by model, and how its answers are read, also the hostile ones. */
#include "config.h"
#include "providers/piapi/cs-piapi-answer.h"
#include "providers/piapi/cs-piapi-request.h"

#include "cs-fake-answer.h"

#include "core/cs-error.h"
#include "core/cs-json.h"

#include <string.h>

#define OUT "https://img.theapi.app/temp/a.mp4"

/* Requests */

static CsRequest *
make_request (const char *model)
{
  CsRequest *request = cs_request_new ();

  request->model = g_strdup (model);
  request->prompt = g_strdup ("a boat at \"dawn\"");
  request->negative_prompt = g_strdup ("blurry");
  request->aspect = CS_ASPECT_9_16;
  request->duration = 5;
  request->sound = TRUE;
  request->seed = (G_GINT64_CONSTANT (1) << 31) + 7;
  return request;
}

static void
assert_task (CsRequest *request, const char *expected)
{
  g_autoptr (GPtrArray) models = cs_models_load (NULL);
  g_autoptr (JsonNode) wanted = cs_json_parse (expected, strlen (expected), 65536, NULL);
  g_autoptr (JsonNode) got = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];

      if (g_str_equal (model->id, request->model))
        got = json_node_init_object (json_node_alloc (), cs_piapi_build_task (model, request));
    }
  g_assert_nonnull (got);
  g_assert_nonnull (wanted);
  text = cs_json_to_string (got, FALSE);
  if (!json_node_equal (got, wanted))
    g_error ("%s\nis not\n%s", text, expected);
  json_object_unref (json_node_get_object (got));
}

static void
test_tasks (void)
{
  g_autoptr (CsRequest) wan_22 = make_request ("piapi/wan-2.2");
  g_autoptr (CsRequest) wan_26 = make_request ("piapi/wan-2.6");
  g_autoptr (CsRequest) flux = make_request ("piapi/flux-schnell");

  assert_task (wan_22, "{\"model\":\"Qubico/wanx\",\"task_type\":\"wan22-txt2video-14b\",\"input\":{"
                       "\"prompt\":\"a boat at \\\"dawn\\\"\",\"negative_prompt\":\"blurry\",\"aspect_ratio\":\"9:16\"}}");
  assert_task (wan_26, "{\"model\":\"Wan\",\"task_type\":\"wan26-txt2video\",\"input\":{"
                       "\"prompt\":\"a boat at \\\"dawn\\\"\",\"negative_prompt\":\"blurry\",\"duration\":5,"
                       "\"resolution\":\"720P\",\"aspect_ratio\":\"9:16\",\"audio\":true,\"prompt_extend\":false,"
                       "\"watermark\":false,\"shot_type\":\"single\",\"seed\":7}}");
  assert_task (flux, "{\"model\":\"Qubico/flux1-schnell\",\"task_type\":\"txt2img\",\"input\":{"
                     "\"prompt\":\"a boat at \\\"dawn\\\"\",\"negative_prompt\":\"blurry\",\"width\":576,\"height\":1024,"
                     "\"steps\":4,\"batch_size\":1}}");
}

static void
test_tasks_with_picture (void)
{
  static const char *const ids[] = { "piapi/wan-2.2", "piapi/wan-2.6", "piapi/flux-schnell" };
  static const char *const bodies[] = {
    "{\"model\":\"Qubico/wanx\",\"task_type\":\"wan22-img2video-14b\",\"input\":{\"prompt\":\"a boat at \\\"dawn\\\"\","
    "\"image\":\"" OUT "\",\"aspect_ratio\":\"9:16\"}}",
    "{\"model\":\"Wan\",\"task_type\":\"wan26-img2video\",\"input\":{\"prompt\":\"a boat at \\\"dawn\\\"\","
    "\"image\":\"" OUT "\",\"duration\":10,\"resolution\":\"720P\",\"audio\":false,\"prompt_extend\":false,"
    "\"watermark\":false,\"shot_type\":\"single\",\"seed\":7}}",
    "{\"model\":\"Qubico/flux1-schnell\",\"task_type\":\"img2img\",\"input\":{\"prompt\":\"a boat at \\\"dawn\\\"\","
    "\"image\":\"" OUT "\",\"width\":576,\"height\":1024,\"steps\":4,\"batch_size\":1,\"denoise\":0.7}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (CsRequest) request = make_request (ids[i]);

      g_clear_pointer (&request->negative_prompt, g_free);
      request->image_address = g_strdup (OUT);
      request->sound = FALSE;
      request->duration = 10;
      assert_task (request, bodies[i]);
    }
}

/* The documented bounds of Flux, for every ratio. */
static void
test_flux_sizes (void)
{
  g_autoptr (GPtrArray) models = cs_models_load (NULL);

  for (guint i = 0; i < models->len; i++)
    for (int aspect = 0; aspect < CS_N_ASPECTS; aspect++)
      {
        g_autoptr (CsRequest) request = make_request ("piapi/flux-schnell");
        g_autoptr (JsonObject) body = NULL;
        gint64 width, height;

        if (!g_str_equal (((CsModel *) models->pdata[i])->id, request->model))
          continue;
        request->aspect = aspect;
        body = cs_piapi_build_task (models->pdata[i], request);
        width = cs_json_get_int (cs_json_get_object (body, "input"), "width", 0);
        height = cs_json_get_int (cs_json_get_object (body, "input"), "height", 0);
        g_assert_cmpint (MIN (width, height), >=, 128);
        g_assert_cmpint (MAX (width, height), ==, 1024);
        g_assert_cmpint (width * height, <=, 1048576);
        g_assert_cmpint (width % 16 + height % 16, ==, 0);
      }
}

/* Submissions */

static void
test_promise_3_submissions (void)
{
  static const struct
  {
    guint status;
    const char *body;
    CsSubmitEnd end;
    const char *id;
  } rows[] = {
    { 200, "{\"code\":200,\"data\":{\"task_id\":\"2f9c-1\",\"status\":\"pending\",\"output\":null},\"message\":\"success\"}",
      CS_SUBMIT_ACCEPTED, "2f9c-1" },
    { 200, "{\"code\":0,\"data\":{\"task_id\":\"2f9c-1\"}}", CS_SUBMIT_ACCEPTED, "2f9c-1" },
    { 200, "{\"timestamp\":1,\"data\":{\"task_id\":\"2f9c-1\"}}", CS_SUBMIT_ACCEPTED, "2f9c-1" },
    { 200, "{\"code\":200,\"data\":{\"task_id\":\"\"}}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":200,\"data\":{\"task_id\":17}}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":200,\"data\":[\"2f9c-1\"]}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":200,\"data\":\"2f9c-1\"}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":200,\"data\":{\"task_id\":\"../x\"}}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":200}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":400,\"message\":\"invalid task type\",\"data\":{\"task_id\":\"\"}}", CS_SUBMIT_REFUSED, NULL },
    { 200, "{\"code\":401,\"message\":\"Invalid API key\",\"data\":null}", CS_SUBMIT_REFUSED, NULL },
    { 200, "{\"code\":500,\"message\":\"failed\",\"data\":null}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":10000,\"message\":\"failed\",\"data\":null}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":-400,\"message\":\"failed\",\"data\":null}", CS_SUBMIT_UNCERTAIN, NULL },
    { 200, "{\"code\":400,\"data\":{\"task_id\":\"2f9c-1\"}}", CS_SUBMIT_UNCERTAIN, NULL },
    { 400, "{\"code\":400,\"message\":\"invalid task type\",\"data\":{\"task_id\":\"\",\"error\":{\"code\":10000}}}",
      CS_SUBMIT_REFUSED, NULL },
    { 500, "{\"code\":500,\"message\":\"failed to create task\",\"data\":{}}", CS_SUBMIT_UNCERTAIN, NULL },
    { 429, "{\"code\":429,\"message\":\"too many\"}", CS_SUBMIT_RATE_LIMITED, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (rows[i].status, rows[i].body);
      g_autoptr (CsSubmission) submission = cs_wire_submission_from_answer (&cs_piapi_vendor, answer, cs_piapi_get_id);

      g_test_message ("row %u: %s", i, rows[i].body);
      g_assert_cmpint (submission->end, ==, rows[i].end);
      g_assert_cmpstr (submission->remote_id, ==, rows[i].id);
    }
}

/* The words of a refusal say what to do. */
static void
test_refusals (void)
{
  static const struct
  {
    guint status;
    const char *message;
    const char *part;
  } rows[] = {
    { 400, "invalid task type", "not offered any more" },
    { 400, "insufficient credits, please top up", "https://piapi.ai/workspace" },
    { 400, "not enough points", "https://piapi.ai/workspace" },
    { 402, "", "https://piapi.ai/workspace" },
    { 400, "bad prompt", "bad prompt" },
    { 401, "Invalid API key", "keys set PIAPI_KEY" },
    { 403, "your plan not allowed to upload", "plan" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"code\":%u,\"message\":\"%s\",\"data\":null}", rows[i].status, rows[i].message);
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (rows[i].status, body);
      g_autoptr (CsSubmission) submission = cs_wire_submission_from_answer (&cs_piapi_vendor, answer, cs_piapi_get_id);

      g_test_message ("%s", submission->error->message);
      g_assert_cmpint (submission->end, ==, CS_SUBMIT_REFUSED);
      g_assert_nonnull (strstr (submission->error->message, rows[i].part));
    }
}

/* Questions */

typedef struct
{
  const char *data; /* of the envelope */
  CsPredictionStatus status;
  CsBilled billed;
  CsMoney cost;
  const char *output;
} Row;

static void
check_row (const Row *row)
{
  g_autofree char *body = g_strdup_printf ("{\"code\":200,\"data\":%s,\"message\":\"success\"}", row->data);
  g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (200, body);
  g_autoptr (CsPrediction) prediction = cs_piapi_read_task (answer, FALSE);

  g_test_message ("%s", row->data);
  g_assert_cmpint (prediction->status, ==, row->status);
  g_assert_cmpstr (prediction->output, ==, row->output);
  if (prediction->status == CS_PREDICTION_RUNNING)
    return;
  g_assert_cmpint (prediction->billed, ==, row->billed);
  g_assert_cmpint (prediction->cost, ==, row->cost);
  g_assert_cmpint (prediction->error != NULL, ==,
                   prediction->status == CS_PREDICTION_FAILED || prediction->status == CS_PREDICTION_UNREACHABLE);
}

#define USAGE(consume) "\"meta\":{\"usage\":{\"type\":\"point\",\"frozen\":1,\"consume\":" consume "}}"

static void
test_states (void)
{
  static const Row rows[] = {
    { "{\"status\":\"pending\",\"output\":null}", CS_PREDICTION_RUNNING },
    { "{\"status\":\"Processing\"}", CS_PREDICTION_RUNNING },
    { "{\"status\":\"STAGED\"}", CS_PREDICTION_RUNNING },
    { "{\"status\":\"running\"}", CS_PREDICTION_RUNNING },
    { "{\"status\":\"dreaming\"}", CS_PREDICTION_RUNNING },
    { "{\"status\":\"\"}", CS_PREDICTION_RUNNING },
    { "{\"status\":\"completed\",\"output\":{\"video_url\":\"" OUT "\"}," USAGE ("2800000") "}", CS_PREDICTION_SUCCEEDED,
      CS_BILLED_YES, 280000, OUT },
    { "{\"status\":\"Completed\",\"output\":{\"video_url\":\"" OUT "\"}}", CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { "{\"status\":\"COMPLETED\",\"output\":{\"video_url\":\"" OUT "\"}," USAGE ("15000") "}", CS_PREDICTION_SUCCEEDED,
      CS_BILLED_YES, 1500, OUT },
    /* figures that are no price */
    { "{\"status\":\"completed\",\"output\":\"" OUT "\"," USAGE ("0") "}", CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { "{\"status\":\"completed\",\"output\":\"" OUT "\"," USAGE ("28") "}", CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { "{\"status\":\"completed\",\"output\":\"" OUT "\"," USAGE ("9223372036854775807") "}", CS_PREDICTION_SUCCEEDED,
      CS_BILLED_YES, -1, OUT },
    { "{\"status\":\"completed\",\"output\":\"" OUT "\"," USAGE ("-5") "}", CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { "{\"status\":\"completed\",\"output\":\"" OUT "\"," USAGE ("\"2800000\"") "}", CS_PREDICTION_SUCCEEDED, CS_BILLED_YES,
      -1, OUT },
    /* failures */
    { "{\"status\":\"failed\"," USAGE ("0") "}", CS_PREDICTION_FAILED, CS_BILLED_NO, -1 },
    { "{\"status\":\"FAILED\"," USAGE ("2800000") "}", CS_PREDICTION_FAILED, CS_BILLED_YES, 280000 },
    { "{\"status\":\"failed\"}", CS_PREDICTION_FAILED, CS_BILLED_UNKNOWN, -1 },
    { "{\"status\":\"failed\",\"meta\":[],\"error\":\"x\",\"logs\":{}}", CS_PREDICTION_FAILED, CS_BILLED_UNKNOWN, -1 },
    { "{\"status\":\"cancelled\"," USAGE ("0") "}", CS_PREDICTION_CANCELLED, CS_BILLED_NO, -1 },
    { "{\"status\":\"canceled\"}", CS_PREDICTION_CANCELLED, CS_BILLED_UNKNOWN, -1 },
    /* nothing that says anything */
    { "{\"status\":7}", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, -1 },
    { "{\"status\":null}", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, -1 },
    { "null", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, -1 },
    { "[]", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, -1 },
    { "\"completed\"", CS_PREDICTION_UNREACHABLE, CS_BILLED_UNKNOWN, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (&rows[i]);
}

#define DONE(output) "{\"status\":\"completed\",\"output\":" output "}"

static void
test_outputs (void)
{
  static const Row rows[] = {
    { DONE ("{\"video\":\"" OUT "\"}"), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { DONE ("{\"video\":{\"url\":\"" OUT "\"}}"), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { DONE ("{\"works\":[{\"video\":{\"resource\":\"\",\"resource_without_watermark\":\"" OUT "\"}}]}"),
      CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { DONE ("{\"image_url\":\"\",\"image_urls\":null,\"temporary_image_urls\":[\"" OUT "\"]}"), CS_PREDICTION_SUCCEEDED,
      CS_BILLED_YES, -1, OUT },
    { DONE ("{\"image_urls\":[\"" OUT "\",\"x\"]}"), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { DONE ("[\"" OUT "\"]"), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { DONE ("\"" OUT "\""), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1, OUT },
    { DONE ("{\"video_url\":\"file:///etc/passwd\",\"image_url\":\"" OUT "\"}"), CS_PREDICTION_SUCCEEDED, CS_BILLED_YES, -1,
      OUT },
    { DONE ("null"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("{}"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("7"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("{\"works\":[]}"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("{\"works\":[7]}"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("{\"works\":[{\"video\":[]}]}"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("{\"video_url\":\"file:///etc/passwd\"}"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("{\"video_url\":\"http://img.theapi.app/a.mp4\"}"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("{\"video_url\":\"https://192.168.1.1/a.mp4\"}"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
    { DONE ("{\"video_url\":\"http://127.0.0.1/a.mp4\"}"), CS_PREDICTION_FAILED, CS_BILLED_YES, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (&rows[i]);
}

static void
test_failure_words (void)
{
  static const struct
  {
    const char *data;
    const char *part;
  } rows[] = {
    { "{\"status\":\"failed\",\"error\":{\"code\":1,\"message\":\"task failed\",\"raw_message\":\"raw\"},\"logs\":[\"log\"]}",
      "task failed" },
    { "{\"status\":\"failed\",\"error\":{\"code\":1,\"message\":\"\",\"raw_message\":\"raw\"},\"logs\":[\"log\"]}", "raw" },
    { "{\"status\":\"failed\",\"error\":{\"message\":\"\"},\"logs\":[\"first\",\"upstream refused\"]}", "upstream refused" },
    { "{\"status\":\"failed\",\"error\":null,\"logs\":null}", "without saying why" },
    { "{\"status\":\"failed\",\"error\":[],\"logs\":[[]]}", "without saying why" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"code\":200,\"data\":%s,\"message\":\"success\"}", rows[i].data);
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (200, body);
      g_autoptr (CsPrediction) prediction = cs_piapi_read_task (answer, FALSE);

      g_assert_error (prediction->error, CS_ERROR, CS_ERROR_FAILED);
      g_assert_nonnull (strstr (prediction->error->message, rows[i].part));
    }
}

static void
test_envelopes (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
  } rows[] = {
    { 200, "{\"code\":404,\"message\":\"task not found\",\"data\":null}", CS_ERROR_NOT_FOUND },
    { 200, "{\"code\":400,\"message\":\"task not found\",\"data\":null}", CS_ERROR_NOT_FOUND },
    { 200, "{\"code\":401,\"message\":\"Invalid API key\"}", CS_ERROR_NO_KEY },
    { 200, "{\"code\":500,\"data\":{\"status\":\"failed\"}}", CS_ERROR_UNAVAILABLE },
    { 200, "{\"code\":99999,\"data\":{\"status\":\"completed\"}}", CS_ERROR_BAD_RESPONSE },
    { 200, "", CS_ERROR_BAD_RESPONSE },
    { 200, "<html></html>", CS_ERROR_BAD_RESPONSE },
    { 404, "{\"code\":404}", CS_ERROR_NOT_FOUND },
    { 502, "<html></html>", CS_ERROR_UNAVAILABLE },
  };
  g_autofree char *brackets = cs_fake_brackets_new (200000);
  g_autoptr (CsHttpAnswer) deep = cs_fake_answer_new (200, brackets);
  g_autoptr (CsPrediction) nothing = cs_piapi_read_task (deep, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (rows[i].status, rows[i].body);
      g_autoptr (CsPrediction) prediction = cs_piapi_read_task (answer, FALSE);

      g_test_message ("row %u: %s", i, rows[i].body);
      g_assert_cmpint (prediction->status, ==, CS_PREDICTION_UNREACHABLE);
      g_assert_error (prediction->error, CS_ERROR, rows[i].code);
    }
  g_assert_cmpint (nothing->status, ==, CS_PREDICTION_UNREACHABLE);
}

/* A cancellation tells the truth about money. */
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
    { 200, "{\"code\":200,\"data\":{\"status\":\"cancelled\"," USAGE ("0") "}}", CS_PREDICTION_CANCELLED, FALSE },
    { 200, "{\"code\":200,\"data\":{\"status\":\"pending\"}}", CS_PREDICTION_RUNNING, FALSE },
    { 200, "{\"code\":200,\"data\":null,\"message\":\"success\"}", CS_PREDICTION_RUNNING, FALSE },
    { 200, "{\"code\":200,\"data\":{\"status\":\"completed\",\"output\":\"" OUT "\"}}", CS_PREDICTION_SUCCEEDED, FALSE },
    { 200, "{\"code\":400,\"message\":\"only pending tasks\"}", CS_PREDICTION_RUNNING, TRUE },
    { 400, "{\"code\":400}", CS_PREDICTION_RUNNING, TRUE },
    { 404, "{\"code\":404}", CS_PREDICTION_RUNNING, TRUE },
    { 405, "<html></html>", CS_PREDICTION_RUNNING, TRUE },
    { 500, "{\"code\":500}", CS_PREDICTION_RUNNING, TRUE },
    { 0, NULL, CS_PREDICTION_UNREACHABLE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = rows[i].status != 0 ? cs_fake_answer_new (rows[i].status, rows[i].body)
                                                            : cs_fake_answer_new_cut (0, NULL, TRUE);
      g_autoptr (CsPrediction) prediction = cs_piapi_read_cancel (answer, FALSE);

      g_test_message ("row %u: %s", i, rows[i].body);
      g_assert_cmpint (prediction->status, ==, rows[i].prediction);
      g_assert_cmpint (g_error_matches (prediction->error, CS_ERROR, CS_ERROR_CONFLICT), ==, rows[i].is_told);
    }
}

static void
test_uploads (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
  } bad[] = {
    { 403, "{\"code\":403,\"message\":\"your plan not allowed to upload\"}", CS_ERROR_PROVIDER_REFUSED },
    { 200, "{\"code\":403,\"message\":\"your plan not allowed to upload\"}", CS_ERROR_PROVIDER_REFUSED },
    { 200, "{\"code\":500,\"data\":{\"url\":\"" OUT "\"}}", CS_ERROR_UNAVAILABLE },
    { 401, "{}", CS_ERROR_NO_KEY },
    { 200, "{\"code\":200,\"data\":{\"url\":\"file:///a.png\"}}", CS_ERROR_BAD_RESPONSE },
    { 200, "{\"code\":200,\"data\":{\"url\":[]}}", CS_ERROR_BAD_RESPONSE },
    { 200, "{\"code\":200,\"data\":null}", CS_ERROR_BAD_RESPONSE },
    { 200, "[]", CS_ERROR_BAD_RESPONSE },
    { 200, NULL, CS_ERROR_BAD_RESPONSE },
  };
  g_autoptr (CsHttpAnswer) good = cs_fake_answer_new (200, "{\"code\":200,\"data\":{\"url\":\"" OUT "\"}}");
  g_autofree char *address = cs_piapi_read_upload (good, FALSE, NULL);

  g_assert_cmpstr (address, ==, OUT);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (bad[i].status, bad[i].body);
      g_autoptr (GError) error = NULL;

      g_assert_null (cs_piapi_read_upload (answer, FALSE, &error));
      g_assert_error (error, CS_ERROR, bad[i].code);
    }
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
    CsMoney balance;
  } rows[] = {
    { 200, "{\"code\":200,\"data\":{\"account_name\":\"ann\",\"equivalent_in_usd\":1.23}}", "ok", "ann", 1230000 },
    { 200, "{\"code\":200,\"data\":{\"name\":\"ann\"},\"equivalent_in_usd\":\"0.5\"}", "ok", "ann", 500000 },
    { 200, "{\"code\":200,\"data\":{\"account_name\":7}}", "ok", NULL, -1 },
    { 200, "{\"code\":200,\"data\":null}", "ok", NULL, -1 },
    { 200, "{\"code\":200,\"data\":{\"equivalent_in_usd\":0}}", "insufficient_credit", NULL, 0 },
    { 200, "{\"code\":200,\"data\":{\"equivalent_in_usd\":-3.5}}", "insufficient_credit", NULL, 0 },
    { 200, "{\"code\":200,\"data\":{\"equivalent_in_usd\":[]}}", "ok", NULL, -1 },
    { 401, "{\"code\":401}", "unauthorized", NULL, -1 },
    { 403, "{\"code\":403}", "unauthorized", NULL, -1 },
    { 200, "{\"code\":401,\"message\":\"Invalid API key\"}", "unauthorized", NULL, -1 },
    { 200, "{\"code\":500}", "unavailable", NULL, -1 },
    { 500, "{}", "unavailable", NULL, -1 },
    { 200, "<html></html>", "bad_response", NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CsHttpAnswer) answer = cs_fake_answer_new (rows[i].status, rows[i].body);
      g_autoptr (CsKeyCheck) check = cs_piapi_read_account (answer);

      g_test_message ("row %u: %s: %s", i, rows[i].body, check->message);
      g_assert_cmpstr (check->code, ==, rows[i].code);
      g_assert_cmpstr (check->account, ==, rows[i].account);
      g_assert_cmpint (check->balance, ==, rows[i].balance);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/piapi-wire/tasks", test_tasks);
  g_test_add_func ("/piapi-wire/tasks-with-picture", test_tasks_with_picture);
  g_test_add_func ("/piapi-wire/flux-sizes", test_flux_sizes);
  g_test_add_func ("/piapi-wire/promise-3-submissions", test_promise_3_submissions);
  g_test_add_func ("/piapi-wire/refusals", test_refusals);
  g_test_add_func ("/piapi-wire/states", test_states);
  g_test_add_func ("/piapi-wire/outputs", test_outputs);
  g_test_add_func ("/piapi-wire/failure-words", test_failure_words);
  g_test_add_func ("/piapi-wire/envelopes", test_envelopes);
  g_test_add_func ("/piapi-wire/cancellations", test_cancellations);
  g_test_add_func ("/piapi-wire/uploads", test_uploads);
  g_test_add_func ("/piapi-wire/accounts", test_accounts);
  return g_test_run ();
}
