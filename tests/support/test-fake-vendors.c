/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The good path of every vendor, the ends that a task may have, and what each refuses to understand. */
#include "config.h"

#include "cs-test.h"
#include "fake-client.h"

#include <string.h>

#define FLUX "/v1/models/black-forest-labs/flux-schnell/predictions"
#define WAN "/v1/models/wan-video/wan-2.2-t2v-fast/predictions"
#define FAL "/fal-ai/fal-ai/wan/v2.2-5b/text-to-video?_subdomain=queue"

static CsFakeServer *server;

static FakeAnswer *
ask (const char *vendor, const char *method, const char *path, const char *json)
{
  return fake_ask (server, vendor, method, path, json);
}

/* The status of a request and nothing else. */
static guint
try (const char *vendor, const char *path, const char *json)
{
  g_autoptr (FakeAnswer) answer = ask (vendor, json != NULL ? "POST" : "GET", path, json);

  return answer->status;
}

static gboolean
is_png (FakeAnswer *answer)
{
  return g_bytes_get_size (answer->body) > 1000 && memcmp (answer->text, "\x89PNG", 4) == 0;
}

static gboolean
is_film (FakeAnswer *answer)
{
  const char *data = g_bytes_get_data (answer->body, NULL);

  return g_bytes_get_size (answer->body) > 1000
         && (memcmp (data + 4, "ftyp", 4) == 0 || memcmp (data, "\x1a\x45\xdf\xa3", 4) == 0);
}

/* Creates a PiAPI task and asks for it until it is over. */
static FakeAnswer *
run_piapi (const char *word, const char *json)
{
  g_autoptr (FakeAnswer) made = NULL;
  g_autofree char *path = NULL;

  cs_fake_server_script (server, "piapi", "create", word);
  made = ask ("piapi", "POST", "/api/v1/task", json);
  g_assert_cmpstr (fake_answer_get (made, "data.status"), ==, "pending");
  path = g_strconcat ("/api/v1/task/", fake_answer_get (made, "data.task_id"), NULL);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (FakeAnswer) now = ask ("piapi", "GET", path, NULL);

      if (g_strcmp0 (fake_answer_get (now, "data.status"), "processing") != 0)
        return g_steal_pointer (&now);
    }
  g_assert_not_reached ();
}

#define PIAPI_VIDEO                                                                                                    \
  "{'model':'Qubico/wanx','task_type':'wan22-txt2video-14b','input':{'prompt':'a boat','aspect_ratio':'16:9'}}"
#define PIAPI_IMAGE                                                                                                    \
  "{'model':'Qubico/flux1-schnell','task_type':'txt2img','input':{'prompt':'a boat','width':1024,'height':576}}"

static void
test_piapi (void)
{
  g_autoptr (FakeAnswer) video = run_piapi ("polls:3", PIAPI_VIDEO);
  g_autoptr (FakeAnswer) image = run_piapi ("ok", PIAPI_IMAGE);
  g_autoptr (FakeAnswer) film = fake_fetch (fake_answer_get (video, "data.output.video_url"), NULL, NULL);
  g_autoptr (FakeAnswer) picture = fake_fetch (fake_answer_get (image, "data.output.image_url"), NULL, NULL);

  g_assert_true (is_film (film) && is_png (picture));
  g_assert_cmpint (fake_answer_get_int (video, "data.meta.usage.consume"), ==, 2800000);
  g_assert_cmpint (fake_answer_get_int (image, "data.meta.usage.consume"), ==, 15000);
}

static void
test_piapi_ends (void)
{
  static const char *const forms[][2] = { { "output:string", "data.output.video" },
                                          { "output:object", "data.output.video.url" },
                                          { "output:array", "data.output.works.0.video.resource_without_watermark" },
                                          { "output:file", "data.output.video_url" },
                                          { "output:private", "data.output.video_url" },
                                          { "output:http", "data.output.video_url" } };
  g_autoptr (FakeAnswer) free = run_piapi ("failed:no", PIAPI_VIDEO);
  g_autoptr (FakeAnswer) paid = run_piapi ("failed:yes", PIAPI_VIDEO);
  g_autoptr (FakeAnswer) nothing = run_piapi ("nooutput", PIAPI_VIDEO);

  g_assert_cmpstr (fake_answer_get (free, "data.status"), ==, "failed");
  g_assert_cmpint (fake_answer_get_int (free, "data.meta.usage.consume"), ==, 0);
  g_assert_cmpint (fake_answer_get_int (paid, "data.meta.usage.consume"), ==, 2800000);
  g_assert_cmpstr (fake_answer_get (nothing, "data.status"), ==, "completed");
  g_assert_null (fake_answer_get (nothing, "data.output.video_url"));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (FakeAnswer) answer = run_piapi (forms[i][0], PIAPI_VIDEO);

      g_assert_nonnull (fake_answer_get (answer, forms[i][1]));
    }
}

static void
test_piapi_refuses (void)
{
  g_autoptr (FakeAnswer) stranger
      = fake_ask_with (server, "piapi", "POST", "/api/v1/task", PIAPI_IMAGE, "x-api-key", "bad-key");

  g_assert_cmpuint (stranger->status, ==, 401);
  g_assert_cmpuint (try ("piapi", "/api/v1/task", "{'model':'Qubico/wanx','task_type':'x','input':{'prompt':'a'}}"), ==,
                    400);
  g_assert_cmpuint (try ("piapi", "/api/v1/task", "{'model':'Wan','task_type':'wan26-txt2video','input':{}}"), ==, 400);
  g_assert_cmpuint (try ("piapi", "/api/v1/task",
                         "{'model':'Wan','task_type':'wan26-txt2video','input':{'prompt':'a','resolution':'720p'}}"),
                    ==, 400);
  g_assert_cmpuint (try ("piapi", "/api/v1/task",
                         "{'model':'Wan','task_type':'wan26-txt2video','input':{'prompt':'a','duration':6}}"),
                    ==, 400);
  g_assert_cmpuint (try ("piapi", "/api/v1/task",
                         "{'model':'Qubico/flux1-schnell','task_type':'txt2img',"
                         "'input':{'prompt':'a','width':1344,'height':1344}}"),
                    ==, 400);
  g_assert_cmpuint (try ("piapi", "/api/v1/task", "[]"), ==, 400);
  g_assert_cmpuint (try ("piapi", "/api/v1/task/none", NULL), ==, 404);
}

static void
test_piapi_rest (void)
{
  g_autoptr (FakeAnswer) account = ask ("piapi", "GET", "/account/info", NULL);
  g_autoptr (FakeAnswer) upload
      = ask ("piapi", "POST", "/api/ephemeral_resource", "{'file_name':'a.png','file_data':'aGVsbG8='}");
  g_autoptr (FakeAnswer) file = fake_fetch (fake_answer_get (upload, "data.url"), NULL, NULL);
  g_autoptr (FakeAnswer) made = ask ("piapi", "POST", "/api/v1/task", PIAPI_IMAGE);
  g_autofree char *path = g_strconcat ("/api/v1/task/", fake_answer_get (made, "data.task_id"), NULL);
  g_autoptr (FakeAnswer) cancelled = ask ("piapi", "DELETE", path, NULL);
  g_autoptr (FakeAnswer) again = ask ("piapi", "DELETE", path, NULL);

  g_assert_nonnull (strstr (account->text, "\"equivalent_in_usd\":1.23"));
  g_assert_cmpstr (file->text, ==, "hello");
  g_assert_cmpuint (try ("piapi", "/api/ephemeral_resource", "{'file_name':'a.exe','file_data':'aGVsbG8='}"), ==, 400);
  g_assert_cmpuint (
      try ("piapi", "/api/ephemeral_resource", "{'file_name':'a.png','file_data':'data:image/png;base64,aA=='}"), ==,
      400);
  g_assert_cmpstr (fake_answer_get (cancelled, "data.status"), ==, "cancelled");
  g_assert_cmpuint (again->status, ==, 400);
}

static FakeAnswer *
poll_replicate (FakeAnswer *made)
{
  g_autofree char *path = g_strconcat ("/v1/predictions/", fake_answer_get (made, "id"), NULL);

  return ask ("replicate", "GET", path, NULL);
}

static void
test_replicate (void)
{
  g_autoptr (FakeAnswer) made = fake_ask_with (server, "replicate", "POST", WAN,
                                               "{'input':{'prompt':'a boat','seed':7}}", "Cancel-After", "1h30m");
  g_autoptr (FakeAnswer) running = poll_replicate (made);
  g_autoptr (FakeAnswer) done = poll_replicate (made);
  g_autoptr (FakeAnswer) film = fake_fetch (fake_answer_get (done, "output"), NULL, NULL);

  g_assert_cmpuint (made->status, ==, 201);
  g_assert_nonnull (fake_answer_get (made, "deadline"));
  g_assert_nonnull (strstr (fake_answer_get (running, "logs"), " 45%|"));
  g_assert_cmpstr (fake_answer_get (done, "status"), ==, "succeeded");
  g_assert_cmpint (fake_answer_get_int (done, "input.seed"), ==, 7);
  g_assert_true (is_film (film));
}

static void
test_replicate_waits (void)
{
  g_autoptr (FakeAnswer) picture = fake_ask_with (server, "replicate", "POST", FLUX,
                                                  "{'input':{'prompt':'a boat','num_outputs':2}}", "Prefer", "wait=30");
  g_autoptr (FakeAnswer) video
      = fake_ask_with (server, "replicate", "POST", WAN, "{'input':{'prompt':'a'}}", "Prefer", "wait");
  g_autoptr (FakeAnswer) wrong
      = fake_ask_with (server, "replicate", "POST", WAN, "{'input':{'prompt':'a'}}", "Prefer", "wait=61");
  g_autoptr (FakeAnswer) early
      = fake_ask_with (server, "replicate", "POST", WAN, "{'input':{'prompt':'a'}}", "Cancel-After", "4");
  g_autoptr (FakeAnswer) file = fake_fetch (fake_answer_get (picture, "output.1"), NULL, NULL);

  g_assert_cmpuint (picture->status, ==, 201);
  g_assert_true (is_png (file));
  g_assert_cmpuint (video->status, ==, 202);
  g_assert_cmpuint (wrong->status, ==, 400);
  g_assert_cmpuint (early->status, ==, 400);
}

static void
test_replicate_ends (void)
{
  static const char *const ends[][3] = { { "failed:yes", "failed", NULL },
                                         { "aborted", "aborted", NULL },
                                         { "canceled", "canceled", NULL },
                                         { "nooutput", "succeeded", NULL },
                                         { "removed", "succeeded", NULL },
                                         { "output:string", "succeeded", "output" },
                                         { "output:array", "succeeded", "output.0" },
                                         { "output:object", "succeeded", "output.url" },
                                         { "output:null", "succeeded", NULL },
                                         { "output:file", "succeeded", "output" },
                                         { "output:private", "succeeded", "output" },
                                         { "output:http", "succeeded", "output" },
                                         { "output:foreign", "succeeded", "output" } };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (FakeAnswer) made = ask ("replicate", "POST", WAN, "{'input':{'prompt':'a'}}");
      g_autoptr (FakeAnswer) end = NULL;

      cs_fake_server_script (server, "replicate", "get", ends[i][0]);
      end = poll_replicate (made);
      g_assert_cmpstr (fake_answer_get (end, "status"), ==, ends[i][1]);
      if (ends[i][2] != NULL)
        g_assert_nonnull (fake_answer_get (end, ends[i][2]));
      else
        g_assert_nonnull (strstr (end->text, "\"output\":null"));
    }
}

static void
test_replicate_problems (void)
{
  g_autoptr (FakeAnswer) wrong = ask ("replicate", "POST", FLUX, "{'input':{}}");
  g_autoptr (FakeAnswer) throttled = NULL;
  g_autoptr (FakeAnswer) poor = NULL;

  cs_fake_server_script (server, "replicate", "create", "429:5 402");
  throttled = ask ("replicate", "POST", FLUX, "{'input':{'prompt':'a'}}");
  poor = ask ("replicate", "POST", FLUX, "{'input':{'prompt':'a'}}");
  g_assert_cmpuint (wrong->status, ==, 422);
  g_assert_cmpstr (soup_message_headers_get_content_type (wrong->headers, NULL), ==, "application/problem+json");
  g_assert_cmpstr (fake_answer_get (wrong, "detail"), ==, "- input: prompt is required\n");
  g_assert_cmpint (fake_answer_get_int (throttled, "retry_after"), ==, 5);
  g_assert_cmpstr (soup_message_headers_get_one (throttled->headers, "Retry-After"), ==, "5");
  g_assert_cmpstr (fake_answer_get (poor, "title"), ==, "Insufficient credit");
  g_assert_cmpuint (try ("replicate", FLUX, "{'input':{'prompt':'a'},'seed':1}"), ==, 422);
  g_assert_cmpuint (try ("replicate", "/v1/models/minimax/video-01/predictions", "{'input':{'prompt':'a','seed':1}}"),
                    ==, 422);
}

static FakeAnswer *
fetch_output (const char *word, const char *header, const char *value)
{
  g_autoptr (FakeAnswer) made
      = fake_ask_with (server, "replicate", "POST", FLUX, "{'input':{'prompt':'a file','seed':1}}", "Prefer", "wait");

  cs_fake_server_script (server, "files", "download", word);
  return fake_fetch (fake_answer_get (made, "output.0"), header, value);
}

static void
test_files (void)
{
  g_autoptr (FakeAnswer) whole = fetch_output ("ok", NULL, NULL);
  gsize length = g_bytes_get_size (whole->body);
  const char *tag = soup_message_headers_get_one (whole->headers, "ETag");
  g_autoptr (FakeAnswer) rest = fetch_output ("ok", "Range", "bytes=100-");
  g_autoptr (FakeAnswer) part = fetch_output ("ok", "Range", "bytes=0-9");
  g_autoptr (FakeAnswer) behind = fetch_output ("ok", "Range", "bytes=99999999-");

  g_assert_nonnull (tag);
  g_assert_cmpuint (rest->status, ==, 206);
  g_assert_cmpmem (g_bytes_get_data (rest->body, NULL), g_bytes_get_size (rest->body), whole->text + 100, length - 100);
  g_assert_cmpuint (g_bytes_get_size (part->body), ==, 10);
  g_assert_cmpuint (behind->status, ==, 416);
}

static void
test_if_range (void)
{
  g_autoptr (FakeAnswer) made
      = fake_ask_with (server, "replicate", "POST", FLUX, "{'input':{'prompt':'a file'}}", "Prefer", "wait");
  const char *address = fake_answer_get (made, "output.0");
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Range", "bytes=100-");
  soup_message_headers_replace (soup_message_get_request_headers (message), "If-Range", "\"another\"");
  body = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), 4, "\x89PNG", 4);
}

static void
test_bad_files (void)
{
  g_autoptr (FakeAnswer) whole = fetch_output ("ok", NULL, NULL);
  g_autoptr (FakeAnswer) half = fetch_output ("truncated", NULL, NULL);
  g_autoptr (FakeAnswer) damaged = fetch_output ("damaged", NULL, NULL);
  g_autoptr (FakeAnswer) cut = fetch_output ("cut", NULL, NULL);
  g_autoptr (FakeAnswer) page = fetch_output ("html", NULL, NULL);
  g_autoptr (FakeAnswer) gone = fetch_output ("expired", NULL, NULL);
  g_autoptr (FakeAnswer) missing = fetch_output ("expired:404", NULL, NULL);
  gsize length = g_bytes_get_size (whole->body);

  g_assert_no_error (half->error);
  g_assert_cmpuint (g_bytes_get_size (half->body), ==, length / 2);
  g_assert_cmpuint (g_bytes_get_size (damaged->body), ==, length);
  g_assert_cmpmem (damaged->text, 64, whole->text, 64);
  g_assert_cmpint (memcmp (damaged->text + 64, whole->text + 64, length - 64), !=, 0);
  g_assert_nonnull (cut->error);
  g_assert_cmpstr (soup_message_headers_get_content_type (page->headers, NULL), ==, "text/html");
  g_assert_cmpuint (gone->status, ==, 410);
  g_assert_cmpuint (missing->status, ==, 404);
}

static void
test_redirects (void)
{
  g_autoptr (FakeAnswer) loop = fetch_output ("loop", NULL, NULL);
  g_autoptr (FakeAnswer) away = fetch_output ("elsewhere", NULL, NULL);
  guint before = cs_fake_server_count (server, "elsewhere", NULL);
  g_autoptr (FakeAnswer) foreign
      = fake_fetch (soup_message_headers_get_one (away->headers, "Location"), "Authorization", "Bearer leak");
  g_autoptr (JsonObject) request = cs_fake_server_dup_request (server, "elsewhere", "download", before);

  g_assert_true (strstr (soup_message_headers_get_one (loop->headers, "Location"), "/files/") != NULL);
  g_assert_true (is_png (foreign));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (request, "headers"), "authorization"),
                   ==, "Bearer leak");
}

static void
test_huggingface_pictures (void)
{
  static const char *const calls[][3] = {
    { "/together/v1/images/generations",
      "{'prompt':'a','model':'black-forest-labs/"
      "FLUX.1-schnell','response_format':'base64','steps':4,'width':1024,'height':576}",
      "data.0.b64_json" },
    { "/nscale/v1/images/generations",
      "{'prompt':'a','model':'black-forest-labs/FLUX.1-schnell','response_format':'b64_json'}", "data.0.b64_json" },
  };
  g_autoptr (FakeAnswer) bytes = ask ("huggingface", "POST", "/hf-inference/models/black-forest-labs/FLUX.1-schnell",
                                      "{'inputs':'a boat','parameters':{'width':1024,'height':576,'seed':7}}");

  g_assert_cmpstr (soup_message_headers_get_content_type (bytes->headers, NULL), ==, "image/jpeg");
  g_assert_cmpmem (bytes->text, 3, "\xff\xd8\xff", 3);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (FakeAnswer) answer = ask ("huggingface", "POST", calls[i][0], calls[i][1]);

      g_assert_true (g_str_has_prefix (fake_answer_get (answer, calls[i][2]), "iVBORw0KGgo"));
    }
}

static void
test_fal (void)
{
  g_autoptr (FakeAnswer) made = ask ("huggingface", "POST", FAL, "{'prompt':'a boat','num_frames':81,'seed':7}");
  g_autofree char *path = g_strconcat ("/fal-ai/fal-ai/wan/requests/", fake_answer_get (made, "request_id"), NULL);
  g_autofree char *status = g_strconcat (path, "/status?_subdomain=queue", NULL);
  g_autoptr (FakeAnswer) early = ask ("huggingface", "GET", path, NULL);
  g_autoptr (FakeAnswer) running = ask ("huggingface", "GET", status, NULL);
  g_autoptr (FakeAnswer) done = ask ("huggingface", "GET", status, NULL);
  g_autoptr (FakeAnswer) result = ask ("huggingface", "GET", path, NULL);
  g_autoptr (FakeAnswer) film = fake_fetch (fake_answer_get (result, "video.url"), NULL, NULL);

  g_assert_cmpstr (fake_answer_get (made, "status"), ==, "IN_QUEUE");
  g_assert_true (
      g_str_has_prefix (fake_answer_get (made, "response_url"), "https://queue.fal.run/fal-ai/wan/requests/"));
  g_assert_cmpuint (early->status, ==, 400);
  g_assert_cmpstr (fake_answer_get (running, "status"), ==, "IN_PROGRESS");
  g_assert_cmpstr (fake_answer_get (done, "status"), ==, "COMPLETED");
  g_assert_true (is_film (film));
}

static void
test_fal_fails_in_the_end (void)
{
  g_autoptr (FakeAnswer) made = ask ("huggingface", "POST", FAL, "{'prompt':'a boat'}");
  g_autofree char *path = g_strconcat ("/fal-ai/fal-ai/wan/requests/", fake_answer_get (made, "request_id"), NULL);
  g_autofree char *status = g_strconcat (path, "/status?_subdomain=queue", NULL);
  g_autoptr (FakeAnswer) done = NULL;
  g_autoptr (FakeAnswer) result = NULL;

  cs_fake_server_script (server, "huggingface", "get", "failed:no");
  done = ask ("huggingface", "GET", status, NULL);
  result = ask ("huggingface", "GET", path, NULL);
  g_assert_cmpstr (fake_answer_get (done, "status"), ==, "COMPLETED");
  g_assert_cmpuint (result->status, ==, 422);
  g_assert_nonnull (fake_answer_get (result, "detail.0.msg"));
}

static void
test_wavespeed (void)
{
  g_autoptr (FakeAnswer) made
      = ask ("huggingface", "POST", "/wavespeed/api/v3/wavespeed-ai/wan-2.1/t2v-480p", "{'prompt':'a'}");
  g_autofree char *path
      = g_strdup_printf ("/wavespeed/api/v3/predictions/%s/result", fake_answer_get (made, "data.id"));
  g_autoptr (FakeAnswer) running = ask ("huggingface", "GET", path, NULL);
  g_autoptr (FakeAnswer) done = ask ("huggingface", "GET", path, NULL);
  g_autoptr (FakeAnswer) film = fake_fetch (fake_answer_get (done, "data.outputs.0"), NULL, NULL);

  g_assert_true (g_str_has_suffix (fake_answer_get (made, "data.urls.get"), path + strlen ("/wavespeed")));
  g_assert_cmpstr (fake_answer_get (running, "data.status"), ==, "processing");
  g_assert_true (is_film (film));
}

static void
test_together_video (void)
{
  g_autoptr (FakeAnswer) made = ask ("huggingface", "POST", "/together/v2/videos",
                                     "{'prompt':'a','model':'Wan-AI/Wan2.2-TI2V-5B','width':832,'height':480}");
  g_autofree char *path = g_strconcat ("/together/v2/videos/", fake_answer_get (made, "id"), NULL);
  g_autoptr (FakeAnswer) running = ask ("huggingface", "GET", path, NULL);
  g_autoptr (FakeAnswer) done = ask ("huggingface", "GET", path, NULL);
  g_autoptr (FakeAnswer) film = fake_fetch (fake_answer_get (done, "outputs.video_url"), NULL, NULL);

  g_assert_cmpstr (fake_answer_get (running, "status"), ==, "in_progress");
  g_assert_true (is_film (film));
}

static void
test_huggingface_refuses (void)
{
  g_assert_cmpuint (try ("huggingface", "/fal-ai/fal-ai/other?_subdomain=queue", "{'prompt':'a'}"), ==, 400);
  g_assert_cmpuint (try ("huggingface", "/fal-ai/fal-ai/wan/v2.2-5b/text-to-video", "{'prompt':'a'}"), ==, 404);
  g_assert_cmpuint (try ("huggingface", FAL, "{'num_frames':81}"), ==, 422);
  g_assert_cmpuint (try ("huggingface", FAL, "{'prompt':'a','width':1}"), ==, 422);
  g_assert_cmpuint (try ("huggingface", "/nscale/v1/images/generations", "{'prompt':'a','model':'x'}"), ==, 400);
  g_assert_cmpuint (try ("huggingface", "/hf-inference/models/Wan-AI/Wan2.2-TI2V-5B", "{'inputs':'a'}"), ==, 400);
}

#define MAPPING "/api/models/black-forest-labs/FLUX.1-schnell?expand%5B%5D=inferenceProviderMapping"

static void
test_hub (void)
{
  g_autoptr (FakeAnswer) list = ask ("hub", "GET", MAPPING, NULL);
  g_autoptr (FakeAnswer) account = ask ("hub", "GET", "/api/whoami-v2", NULL);
  g_autoptr (FakeAnswer) stranger
      = fake_ask_with (server, "hub", "GET", "/api/whoami-v2", NULL, "Authorization", "Bearer hf_bad-");
  g_autoptr (FakeAnswer) other = NULL;
  g_autoptr (FakeAnswer) none = NULL;
  g_autoptr (FakeAnswer) one = NULL;
  g_autoptr (FakeAnswer) staging = NULL;

  cs_fake_server_script (server, "hub", "mapping", "object none only:nscale staging");
  other = ask ("hub", "GET", MAPPING, NULL);
  none = ask ("hub", "GET", MAPPING, NULL);
  one = ask ("hub", "GET", MAPPING, NULL);
  staging = ask ("hub", "GET", MAPPING, NULL);
  g_assert_cmpstr (fake_answer_get (list, "inferenceProviderMapping.0.providerId"), ==, "fal-ai/flux/schnell");
  g_assert_cmpstr (fake_answer_get (other, "inferenceProviderMapping.nscale.status"), ==, "live");
  g_assert_nonnull (strstr (none->text, "\"inferenceProviderMapping\":[]"));
  g_assert_cmpstr (fake_answer_get (one, "inferenceProviderMapping.0.provider"), ==, "nscale");
  g_assert_cmpstr (fake_answer_get (staging, "inferenceProviderMapping.0.status"), ==, "staging");
  g_assert_cmpstr (fake_answer_get (account, "auth.accessToken.role"), ==, "fineGrained");
  g_assert_cmpuint (stranger->status, ==, 401);
  g_assert_cmpuint (try ("hub", "/api/models/no/body?expand[]=inferenceProviderMapping", NULL), ==, 404);
}

#define ASK_GROQ "{'model':'openai/gpt-oss-120b','messages':[{'role':'user','content':'JSON please'}]"

static void
test_groq (void)
{
  g_autoptr (FakeAnswer) plain = ask ("groq", "POST", "/openai/v1/chat/completions", ASK_GROQ "}");
  g_autoptr (FakeAnswer) stream = ask ("groq", "POST", "/openai/v1/chat/completions", ASK_GROQ ",'stream':true}");
  g_autoptr (FakeAnswer) models = ask ("groq", "GET", "/openai/v1/models", NULL);

  g_assert_nonnull (strstr (fake_answer_get (plain, "choices.0.message.content"), "منارة"));
  g_assert_cmpstr (soup_message_headers_get_one (plain->headers, "x-ratelimit-reset-tokens"), ==, "7.66s");
  g_assert_cmpstr (soup_message_headers_get_content_type (stream->headers, NULL), ==, "text/event-stream");
  g_assert_true (g_str_has_suffix (stream->text, "data: [DONE]\n\n"));
  g_assert_cmpstr (fake_answer_get (models, "data.0.id"), ==, "openai/gpt-oss-120b");
  g_assert_cmpuint (try ("groq", "/openai/v1/chat/completions", ASK_GROQ ",'response_format':{'type':'xml'}}"), ==,
                    400);
  g_assert_cmpuint (try ("groq", "/openai/v1/chat/completions", "{'model':'openai/gpt-oss-120b','messages':[]}"), ==,
                    400);
}

static void
test_texts (void)
{
  g_autoptr (FakeAnswer) told = NULL;
  g_autoptr (FakeAnswer) cut = NULL;
  g_autoptr (FakeAnswer) nothing = NULL;

  cs_fake_server_set_text (server, "groq", "Here it is: {\"prompt\": 1");
  cs_fake_server_script (server, "groq", "chat", "ok length nooutput");
  told = ask ("groq", "POST", "/openai/v1/chat/completions", ASK_GROQ "}");
  cut = ask ("groq", "POST", "/openai/v1/chat/completions", ASK_GROQ "}");
  nothing = ask ("groq", "POST", "/openai/v1/chat/completions", ASK_GROQ "}");
  cs_fake_server_set_text (server, "groq", NULL);
  g_assert_cmpstr (fake_answer_get (told, "choices.0.message.content"), ==, "Here it is: {\"prompt\": 1");
  g_assert_cmpstr (fake_answer_get (cut, "choices.0.finish_reason"), ==, "length");
  g_assert_cmpuint (strlen (fake_answer_get (cut, "choices.0.message.content")), ==, 12);
  g_assert_cmpstr (fake_answer_get (nothing, "choices.0.message.content"), ==, "");
}

#define ASK_OLLAMA "{'model':'qwen2.5:7b','messages':[{'role':'user','content':'a storm'}]"

static void
test_ollama (void)
{
  g_autoptr (FakeAnswer) version = ask ("ollama", "GET", "/api/version", NULL);
  g_autoptr (FakeAnswer) tags = ask ("ollama", "GET", "/api/tags", NULL);
  g_autoptr (FakeAnswer) stream = ask ("ollama", "POST", "/api/chat", ASK_OLLAMA "}");
  g_autoptr (FakeAnswer) plain = ask ("ollama", "POST", "/api/chat", ASK_OLLAMA ",'stream':false,'format':'json'}");
  g_autoptr (FakeAnswer) load = ask ("ollama", "POST", "/api/chat", "{'model':'qwen2.5:7b'}");
  g_autoptr (FakeAnswer) unknown = ask ("ollama", "POST", "/api/chat", "{'model':'none','messages':[]}");

  g_assert_cmpstr (fake_answer_get (version, "version"), ==, "0.33.0");
  g_assert_cmpstr (fake_answer_get (tags, "models.0.details.family"), ==, "qwen2");
  g_assert_cmpstr (soup_message_headers_get_content_type (stream->headers, NULL), ==, "application/x-ndjson");
  g_assert_nonnull (strstr (stream->text, "\"done\":true"));
  g_assert_true (g_str_has_prefix (fake_answer_get (plain, "message.content"), "{\"prompt\""));
  g_assert_cmpstr (fake_answer_get (load, "done_reason"), ==, "load");
  g_assert_cmpstr (fake_answer_get (unknown, "error"), ==, "model 'none' not found");
  g_assert_cmpuint (try ("ollama", "/api/chat", ASK_OLLAMA ",'think':true}"), ==, 400);
  g_assert_cmpuint (try ("ollama", "/api/chat", ASK_OLLAMA ",'options':{'num_ctx':'many'}}"), ==, 400);
}

static void
test_streams (void)
{
  static const struct
  {
    const char *word;
    const char *inside;
    gboolean breaks;
    gboolean ends;
  } streams[] = {
    { "midstream", "{\"error\":", FALSE, FALSE },
    { "cut", "\"done\":false", FALSE, FALSE }, /* between two chunks: libsoup takes that for the end */
    { "stall", "\"done\":false", TRUE, FALSE },
    { "split", "\"done\":true", FALSE, TRUE },
    { "drip:1", "\"done\":true", FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autoptr (FakeAnswer) answer = NULL;

      cs_fake_server_script (server, "ollama", "chat", streams[i].word);
      fake_patience = g_str_equal (streams[i].word, "stall") ? 1 : 20;
      answer = ask ("ollama", "POST", "/api/chat", ASK_OLLAMA "}");
      g_assert_cmpuint (answer->status, ==, 200);
      g_test_message ("%s: %s", streams[i].word, answer->error != NULL ? answer->error->message : "no error");
      g_assert_true ((answer->error != NULL) == streams[i].breaks);
      g_assert_true ((strstr (answer->text, "\"done\":true") != NULL) == streams[i].ends);
      g_assert_nonnull (strstr (answer->text, streams[i].inside));
    }
}

static void
test_pull (void)
{
  g_autoptr (FakeAnswer) before = ask ("ollama", "POST", "/api/show", "{'model':'qwen3:8b'}");
  g_autoptr (FakeAnswer) pull = ask ("ollama", "POST", "/api/pull", "{'model':'qwen3:8b'}");
  g_autoptr (FakeAnswer) after = ask ("ollama", "POST", "/api/show", "{'model':'qwen3:8b'}");
  g_autoptr (FakeAnswer) unknown = ask ("ollama", "POST", "/api/pull", "{'model':'none'}");

  g_assert_cmpuint (before->status, ==, 404);
  g_assert_true (g_str_has_suffix (pull->text, "{\"status\":\"success\"}\n"));
  g_assert_cmpstr (fake_answer_get (after, "capabilities.2"), ==, "thinking");
  g_assert_cmpuint (unknown->status, ==, 200);
  g_assert_nonnull (strstr (unknown->text, "{\"error\":\"pull model manifest: file does not exist\"}"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (void);
  } tests[] = {
    { "/fake-vendors/piapi", test_piapi },
    { "/fake-vendors/piapi-ends", test_piapi_ends },
    { "/fake-vendors/piapi-refuses", test_piapi_refuses },
    { "/fake-vendors/piapi-rest", test_piapi_rest },
    { "/fake-vendors/replicate", test_replicate },
    { "/fake-vendors/replicate-waits", test_replicate_waits },
    { "/fake-vendors/replicate-ends", test_replicate_ends },
    { "/fake-vendors/replicate-problems", test_replicate_problems },
    { "/fake-vendors/files", test_files },
    { "/fake-vendors/if-range", test_if_range },
    { "/fake-vendors/bad-files", test_bad_files },
    { "/fake-vendors/redirects", test_redirects },
    { "/fake-vendors/huggingface-pictures", test_huggingface_pictures },
    { "/fake-vendors/fal", test_fal },
    { "/fake-vendors/fal-fails-in-the-end", test_fal_fails_in_the_end },
    { "/fake-vendors/wavespeed", test_wavespeed },
    { "/fake-vendors/together-video", test_together_video },
    { "/fake-vendors/huggingface-refuses", test_huggingface_refuses },
    { "/fake-vendors/hub", test_hub },
    { "/fake-vendors/groq", test_groq },
    { "/fake-vendors/texts", test_texts },
    { "/fake-vendors/ollama", test_ollama },
    { "/fake-vendors/streams", test_streams },
    { "/fake-vendors/pull", test_pull },
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  server = cs_fake_server_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].test);
  result = g_test_run ();
  cs_fake_server_free (server);
  return result;
}
