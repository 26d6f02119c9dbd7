/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "providers/huggingface/cs-huggingface-route.h"

#include "core/cs-json.h"

#include <string.h>

#define WAN "fal-ai/wan/v2.2-5b/text-to-video"

static CsRequest *
new_request (CsKind kind, CsAspect aspect, const char *route)
{
  CsRequest *request = cs_request_new ();

  request->kind = kind;
  request->aspect = aspect;
  request->prompt = g_strdup ("a boat \"at\" dawn");
  request->seed = G_GINT64_CONSTANT (0x1f0000000007);
  request->duration = 5;
  request->route = g_strdup (route);
  return request;
}

static JsonObject *
parse (const char *json)
{
  JsonObject *object = cs_json_parse_object (json, strlen (json), strlen (json), NULL);

  g_assert_nonnull (object);
  return object;
}

/* What is sent along @route, as one line. */
static char *
dup_body (CsKind kind, CsAspect aspect, const char *name, const char *negative, const char *image)
{
  g_autoptr (CsRequest) request = new_request (kind, aspect, name);
  g_autofree char *provider_id = NULL;
  g_autoptr (JsonObject) body = NULL;
  const CsHuggingfaceRoute *route;

  request->negative_prompt = g_strdup (negative);
  request->image = g_strdup (image != NULL ? "/x.png" : NULL);
  route = cs_huggingface_route_parse (request, &provider_id);
  g_assert_nonnull (route);
  body = route->make_body (request, provider_id, image);
  return cs_json_object_to_string (body, FALSE);
}

static void
check_path (CsKind kind, const char *name, const char *path, const char *status, const char *result)
{
  g_autoptr (CsRequest) request = new_request (kind, CS_ASPECT_16_9, name);
  g_autofree char *provider_id = NULL;
  const CsHuggingfaceRoute *route = cs_huggingface_route_parse (request, &provider_id);
  g_autofree char *told = NULL;
  g_autofree char *told_status = NULL;
  g_autofree char *told_result = NULL;

  g_assert_nonnull (route);
  told = route->make_path (provider_id);
  g_assert_cmpstr (told, ==, path);
  g_assert_true ((route->read_id != NULL) == (status != NULL) && (route->make_result_path != NULL) == (result != NULL));
  if (status != NULL)
    told_status = route->make_status_path (provider_id, "Ab_1-2");
  g_assert_cmpstr (told_status, ==, status);
  if (result != NULL)
    told_result = route->make_result_path (provider_id, "Ab_1-2");
  g_assert_cmpstr (told_result, ==, result);
}

static void
test_paths (void)
{
  check_path (CS_KIND_IMAGE, "hf-inference black-forest-labs/FLUX.1-schnell",
              "/hf-inference/models/black-forest-labs/FLUX.1-schnell", NULL, NULL);
  check_path (CS_KIND_IMAGE, "nscale x/y", "/nscale/v1/images/generations", NULL, NULL);
  check_path (CS_KIND_IMAGE, "together x/y", "/together/v1/images/generations", NULL, NULL);
  check_path (CS_KIND_VIDEO, "together x/y", "/together/v2/videos", "/together/v2/videos/Ab_1-2", NULL);
  check_path (CS_KIND_VIDEO, "wavespeed wavespeed-ai/wan-2.1/t2v-480p", "/wavespeed/api/v3/wavespeed-ai/wan-2.1/t2v-480p",
              "/wavespeed/api/v3/predictions/Ab_1-2/result", NULL);
  check_path (CS_KIND_VIDEO, "fal-ai " WAN, "/fal-ai/" WAN "?_subdomain=queue",
              "/fal-ai/fal-ai/wan/requests/Ab_1-2/status?_subdomain=queue",
              "/fal-ai/fal-ai/wan/requests/Ab_1-2?_subdomain=queue");
  check_path (CS_KIND_IMAGE, "fal-ai fal-ai/flux/schnell", "/fal-ai/fal-ai/flux/schnell?_subdomain=queue",
              "/fal-ai/fal-ai/flux/requests/Ab_1-2/status?_subdomain=queue",
              "/fal-ai/fal-ai/flux/requests/Ab_1-2?_subdomain=queue");
  check_path (CS_KIND_IMAGE, "fal-ai qwen", "/fal-ai/qwen?_subdomain=queue",
              "/fal-ai/qwen/requests/Ab_1-2/status?_subdomain=queue", "/fal-ai/qwen/requests/Ab_1-2?_subdomain=queue");
}

static void
test_bodies (void)
{
  g_autofree char *own = dup_body (CS_KIND_IMAGE, CS_ASPECT_16_9, "hf-inference black-forest-labs/FLUX.1-schnell", NULL, NULL);
  g_autofree char *nscale = dup_body (CS_KIND_IMAGE, CS_ASPECT_9_16, "nscale x/y", NULL, NULL);
  g_autofree char *together = dup_body (CS_KIND_IMAGE, CS_ASPECT_4_3, "together x/schnell", "blur", NULL);
  g_autofree char *together_video = dup_body (CS_KIND_VIDEO, CS_ASPECT_9_16, "together x/y", "", NULL);
  g_autofree char *fal = dup_body (CS_KIND_IMAGE, CS_ASPECT_1_1, "fal-ai fal-ai/flux/schnell", NULL, NULL);
  g_autofree char *fal_video = dup_body (CS_KIND_VIDEO, CS_ASPECT_9_16, "fal-ai " WAN, "blur", NULL);
  g_autofree char *fal_image = dup_body (CS_KIND_VIDEO, CS_ASPECT_16_9, "fal-ai a/b", NULL, "data:image/png;base64,AAAA");
  g_autofree char *small = dup_body (CS_KIND_VIDEO, CS_ASPECT_16_9, "wavespeed w/t2v-480p", NULL, NULL);
  g_autofree char *large = dup_body (CS_KIND_VIDEO, CS_ASPECT_9_16, "wavespeed w/t2v-720p", "blur", NULL);
  g_autofree char *wave_image = dup_body (CS_KIND_VIDEO, CS_ASPECT_16_9, "wavespeed w/i2v", NULL, "data:image/png;base64,AAAA");
  g_autofree char *wave_picture = dup_body (CS_KIND_IMAGE, CS_ASPECT_16_9, "wavespeed wavespeed-ai/flux-schnell", NULL, NULL);

  g_assert_cmpstr (own, ==,
                   "{\"inputs\":\"a boat \\\"at\\\" dawn\",\"parameters\":{\"width\":1024,\"height\":576,\"seed\":7,"
                   "\"num_inference_steps\":4}}");
  g_assert_cmpstr (nscale, ==,
                   "{\"model\":\"x/y\",\"prompt\":\"a boat \\\"at\\\" dawn\",\"size\":\"576x1024\",\"response_format\":\"b64_json\"}");
  g_assert_cmpstr (together, ==,
                   "{\"model\":\"x/schnell\",\"prompt\":\"a boat \\\"at\\\" dawn\",\"width\":1024,\"height\":768,"
                   "\"negative_prompt\":\"blur\",\"seed\":7,\"steps\":4,\"response_format\":\"base64\"}");
  g_assert_cmpstr (together_video, ==,
                   "{\"model\":\"x/y\",\"prompt\":\"a boat \\\"at\\\" dawn\",\"width\":720,\"height\":1280,\"seed\":7}");
  g_assert_cmpstr (fal, ==,
                   "{\"prompt\":\"a boat \\\"at\\\" dawn\",\"seed\":7,\"image_size\":{\"width\":1024,\"height\":1024},"
                   "\"num_images\":1,\"num_inference_steps\":4}");
  g_assert_cmpstr (fal_video, ==,
                   "{\"prompt\":\"a boat \\\"at\\\" dawn\",\"negative_prompt\":\"blur\",\"seed\":7,\"aspect_ratio\":\"9:16\","
                   "\"resolution\":\"720p\",\"num_frames\":121,\"frames_per_second\":24}");
  g_assert_cmpstr (fal_image, ==,
                   "{\"prompt\":\"a boat \\\"at\\\" dawn\",\"seed\":7,\"image_url\":\"data:image/png;base64,AAAA\","
                   "\"aspect_ratio\":\"16:9\",\"resolution\":\"720p\",\"num_frames\":121,\"frames_per_second\":24}");
  g_assert_cmpstr (small, ==, "{\"prompt\":\"a boat \\\"at\\\" dawn\",\"seed\":7,\"size\":\"832*480\",\"duration\":5}");
  g_assert_cmpstr (large, ==,
                   "{\"prompt\":\"a boat \\\"at\\\" dawn\",\"negative_prompt\":\"blur\",\"seed\":7,\"size\":\"720*1280\","
                   "\"duration\":5}");
  g_assert_cmpstr (wave_image, ==,
                   "{\"prompt\":\"a boat \\\"at\\\" dawn\",\"seed\":7,\"image\":\"data:image/png;base64,AAAA\",\"duration\":5}");
  g_assert_cmpstr (wave_picture, ==,
                   "{\"prompt\":\"a boat \\\"at\\\" dawn\",\"seed\":7,\"size\":\"1024*576\",\"num_inference_steps\":4}");
}

/* Whole 16s, and for pictures at most 1024 a side. */
static void
test_sizes (void)
{
  for (int aspect = 0; aspect < CS_N_ASPECTS; aspect++)
    for (int kind = CS_KIND_VIDEO; kind <= CS_KIND_IMAGE; kind++)
      {
        g_autoptr (CsRequest) request = new_request (kind, aspect, NULL);
        g_auto (GStrv) parts = g_strsplit (cs_aspect_to_string (aspect), ":", 2);
        int width;
        int height;

        cs_huggingface_get_size (request, &width, &height);
        g_assert_cmpint (width % 16, ==, 0);
        g_assert_cmpint (height % 16, ==, 0);
        g_assert_cmpint (MAX (width, height), <=, kind == CS_KIND_IMAGE ? 1024 : 1280);
        g_assert_cmpint (width * atoi (parts[1]), ==, height * atoi (parts[0]));
      }
}

static void
test_route_refused (void)
{
  static const char *const routes[] = { "", "fal-ai", "fal-ai ", " fal-ai/x", "fal-ai ../x", "fal-ai a b", "nebius a/b", "FAL-AI a/b" };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autoptr (CsRequest) request = new_request (CS_KIND_IMAGE, CS_ASPECT_16_9, routes[i]);
      g_autofree char *provider_id = NULL;

      g_test_message ("%s", routes[i]);
      g_assert_null (cs_huggingface_route_parse (request, &provider_id));
      g_assert_null (provider_id);
    }
}

/* Written and read again, a route is the same one. */
static void
test_route_round_trip (void)
{
  g_autoptr (CsRequest) request = new_request (CS_KIND_VIDEO, CS_ASPECT_16_9, NULL);
  const CsHuggingfaceRoute *route = cs_huggingface_route_find ("wavespeed", CS_HUGGINGFACE_TEXT_TO_VIDEO);
  g_autofree char *provider_id = NULL;

  request->route = cs_huggingface_route_format (route, "a/b:1");
  g_assert_true (cs_huggingface_route_parse (request, &provider_id) == route);
  g_assert_cmpstr (provider_id, ==, "a/b:1");
  request->image = g_strdup ("/x.png");
  g_clear_pointer (&provider_id, g_free);
  g_assert_true (cs_huggingface_route_parse (request, &provider_id)
                 == cs_huggingface_route_find ("wavespeed", CS_HUGGINGFACE_IMAGE_TO_VIDEO));
}

static void
check_fal_id (const char *provider_id, const char *response_url, const char *remote_id, const char *result_path)
{
  const CsHuggingfaceRoute *route = cs_huggingface_route_find ("fal-ai", CS_HUGGINGFACE_TEXT_TO_VIDEO);
  g_autofree char *json = g_strdup_printf ("{\"request_id\": \"a-1\", \"status\": \"IN_QUEUE\", \"response_url\": \"%s\"}", response_url);
  g_autoptr (JsonObject) answer = parse (json);
  g_autofree char *id = route->read_id (answer, provider_id);
  g_autofree char *path = NULL;

  g_test_message ("%s: %s", provider_id, response_url);
  g_assert_cmpstr (id, ==, remote_id);
  path = route->make_result_path (provider_id, id);
  g_assert_cmpstr (path, ==, result_path);
}

/* Where fal's answer is asked for is known from its address, if that makes sense, and never at its host. */
static void
test_fal_address (void)
{
  static const char *const senseless[] = {
    "https://queue.fal.run/fal-ai/wan/requests/a-1",
    "https://evil.example/fal-ai/wan/requests/a-1",
    "https://evil.example/fal-ai/wan/requests/other",
    "https://evil.example/../../requests/a-1",
    "https://queue.fal.run/fal-ai/wa/requests/a-1",
    "https://queue.fal.run/fal-ai/wan/v2/requests/a-1",
    "https://queue.fal.run/other/app/requests/a-1",
    "https://queue.fal.run/fal-ai/wan/%2e%2e/requests/a-1",
    "https://queue.fal.run//requests/a-1",
    "https://queue.fal.run/requests/a-1",
    "file:///fal-ai/wan/requests/a-1",
    "fal-ai/wan/requests/a-1",
    "",
    "https://[",
  };

  for (guint i = 0; i < G_N_ELEMENTS (senseless); i++)
    check_fal_id (WAN, senseless[i], "a-1", "/fal-ai/fal-ai/wan/requests/a-1?_subdomain=queue");
  check_fal_id (WAN, "https://queue.fal.run/fal-ai/requests/a-1", "a-1-n1", "/fal-ai/fal-ai/requests/a-1?_subdomain=queue");
  check_fal_id (WAN, "https://queue.fal.run/fal-ai/wan/v2.2-5b/requests/a-1", "a-1-n3",
                "/fal-ai/fal-ai/wan/v2.2-5b/requests/a-1?_subdomain=queue");
  check_fal_id (WAN, "https://queue.fal.run/" WAN "/requests/a-1", "a-1-n4", "/fal-ai/" WAN "/requests/a-1?_subdomain=queue");
}

/* An id that looks as if it had a mark gets one, so that none is misread. */
static void
test_fal_marked (void)
{
  const CsHuggingfaceRoute *route = cs_huggingface_route_find ("fal-ai", CS_HUGGINGFACE_TEXT_TO_VIDEO);
  g_autoptr (JsonObject) answer = parse ("{\"request_id\": \"x-n3\"}");
  g_autofree char *id = route->read_id (answer, WAN);
  g_autofree char *path = route->make_result_path (WAN, id);

  g_assert_cmpstr (id, ==, "x-n3-n2");
  g_assert_cmpstr (path, ==, "/fal-ai/fal-ai/wan/requests/x-n3?_subdomain=queue");
}

/* No id, or one that must not go into a path: nothing was accepted that could be asked for. */
static void
test_no_id (void)
{
  static const struct
  {
    const char *name;
    const char *answer;
  } cases[] = {
    { "fal-ai", "{}" },
    { "fal-ai", "{\"request_id\": null}" },
    { "fal-ai", "{\"request_id\": 7}" },
    { "fal-ai", "{\"request_id\": \"\"}" },
    { "fal-ai", "{\"request_id\": \"a/b\"}" },
    { "fal-ai", "{\"request_id\": \"..\"}" },
    { "fal-ai", "{\"request_id\": \"a?b\", \"response_url\": \"https://queue.fal.run/fal-ai/wan/requests/a\"}" },
    { "wavespeed", "{\"data\": []}" },
    { "wavespeed", "{\"data\": {\"id\": \"a b\"}}" },
    { "wavespeed", "{\"data\": {\"urls\": {\"get\": \"https://x/api/v3/predictions//result\"}}}" },
    { "wavespeed", "{\"data\": {\"urls\": {\"get\": \"https://x/api/v3/predictions/../result\"}}}" },
    { "wavespeed", "{\"data\": {\"urls\": {\"get\": \"https://x/api/v3/predictions/result\"}}}" },
    { "wavespeed", "{\"id\": \"abc\"}" },
    { "together", "{\"id\": \"a:b\"}" },
    { "together", "{\"data\": {\"id\": \"abc\"}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CsHuggingfaceRoute *route = cs_huggingface_route_find (cases[i].name, CS_HUGGINGFACE_TEXT_TO_VIDEO);
      g_autoptr (JsonObject) answer = parse (cases[i].answer);
      g_autofree char *id = route->read_id (answer, "a/b");

      g_test_message ("%s", cases[i].answer);
      g_assert_null (id);
    }
}

static void
check_id (const char *name, const char *json, const char *expected)
{
  const CsHuggingfaceRoute *route = cs_huggingface_route_find (name, CS_HUGGINGFACE_TEXT_TO_VIDEO);
  g_autoptr (JsonObject) answer = parse (json);
  g_autofree char *id = route->read_id (answer, "a/b");

  g_assert_cmpstr (id, ==, expected);
}

static void
test_ids (void)
{
  check_id ("together", "{\"id\": \"v_1\", \"status\": \"queued\"}", "v_1");
  check_id ("wavespeed", "{\"code\": 200, \"data\": {\"id\": \"x\", \"status\": \"created\"}}", "x");
  check_id ("wavespeed", "{\"data\": {\"id\": \"x\", \"urls\": {\"get\": \"https://evil/api/v3/predictions/y/result\"}}}", "y");
  check_id ("wavespeed", "{\"data\": {\"id\": \"x\", \"urls\": {\"get\": \"https://evil/other/y\"}}}", "x");
  check_id ("wavespeed", "{\"data\": {\"id\": \"x\", \"urls\": {\"get\": 7}}}", "x");
}

static void
test_statuses (void)
{
  static const struct
  {
    const char *name;
    const char *answer;
    CsPredictionStatus status;
    const char *output;
    const char *text;
  } cases[] = {
    { "fal-ai", "{\"status\": \"IN_QUEUE\"}", CS_PREDICTION_RUNNING },
    { "fal-ai", "{\"status\": \"in_progress\"}", CS_PREDICTION_RUNNING },
    { "fal-ai", "{\"status\": \"PONDERING\"}", CS_PREDICTION_RUNNING },
    { "fal-ai", "{\"status\": \"Completed\"}", CS_PREDICTION_SUCCEEDED },
    { "fal-ai", "{\"status\": 7}", CS_PREDICTION_UNREACHABLE },
    { "fal-ai", "{}", CS_PREDICTION_UNREACHABLE },
    { "wavespeed", "{\"data\": {\"status\": \"created\"}}", CS_PREDICTION_RUNNING },
    { "wavespeed", "{\"data\": {\"status\": \"Processing\"}}", CS_PREDICTION_RUNNING },
    { "wavespeed", "{\"data\": {\"status\": \"completed\", \"outputs\": [\"https://a/b.mp4\", \"https://c\"]}}",
      CS_PREDICTION_SUCCEEDED, "https://a/b.mp4" },
    { "wavespeed", "{\"data\": {\"status\": \"completed\", \"outputs\": []}}", CS_PREDICTION_SUCCEEDED },
    { "wavespeed", "{\"data\": {\"status\": \"completed\", \"outputs\": [7]}}", CS_PREDICTION_SUCCEEDED },
    { "wavespeed", "{\"data\": {\"status\": \"completed\", \"outputs\": [null]}}", CS_PREDICTION_SUCCEEDED },
    { "wavespeed", "{\"data\": {\"status\": \"completed\"}}", CS_PREDICTION_SUCCEEDED },
    { "wavespeed", "{\"data\": {\"status\": \"FAILED\", \"error\": \"no\"}}", CS_PREDICTION_FAILED, NULL, "no" },
    { "wavespeed", "{\"data\": {\"status\": \"failed\", \"error\": {}}}", CS_PREDICTION_FAILED },
    { "wavespeed", "{\"data\": 7}", CS_PREDICTION_UNREACHABLE },
    { "together", "{\"id\": \"a\", \"status\": \"queued\"}", CS_PREDICTION_RUNNING },
    { "together", "{\"status\": \"in_progress\"}", CS_PREDICTION_RUNNING },
    { "together", "{\"status\": \"completed\", \"outputs\": {\"video_url\": \"https://a/b\"}}", CS_PREDICTION_SUCCEEDED, "https://a/b" },
    { "together", "{\"status\": \"completed\", \"outputs\": []}", CS_PREDICTION_SUCCEEDED },
    { "together", "{\"status\": \"failed\", \"error\": {\"message\": \"no\"}}", CS_PREDICTION_FAILED, NULL, "no" },
    { "together", "{\"status\": \"failed\", \"error\": \"no\"}", CS_PREDICTION_FAILED, NULL, "no" },
    { "together", "{\"status\": \"failed\"}", CS_PREDICTION_FAILED },
    { "together", "{\"status\": null}", CS_PREDICTION_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CsHuggingfaceRoute *route = cs_huggingface_route_find (cases[i].name, CS_HUGGINGFACE_TEXT_TO_VIDEO);
      g_autoptr (JsonObject) answer = parse (cases[i].answer);
      g_auto (CsHuggingfaceWord) word = { 0 };

      g_test_message ("%s %s", cases[i].name, cases[i].answer);
      route->read_status (answer, &word);
      g_assert_cmpint (word.status, ==, cases[i].status);
      g_assert_cmpstr (word.output, ==, cases[i].output);
      g_assert_cmpstr (word.text, ==, cases[i].text);
    }
}

static void
test_fal_results (void)
{
  static const struct
  {
    const char *answer;
    const char *output;
  } cases[] = {
    { "{\"video\": {\"url\": \"https://a/b.mp4\"}, \"seed\": 7}", "https://a/b.mp4" },
    { "{\"images\": [{\"url\": \"https://a/b.png\", \"width\": 4}]}", "https://a/b.png" },
    { "{\"image\": {\"url\": \"https://a/c.png\"}}", "https://a/c.png" },
    { "{\"images\": []}" },
    { "{\"images\": [7]}" },
    { "{\"images\": {}}" },
    { "{\"seed\": \"https://a\"}" },
    { "{\"video\": null}" },
    { "{}" },
  };
  const CsHuggingfaceRoute *route = cs_huggingface_route_find ("fal-ai", CS_HUGGINGFACE_TEXT_TO_IMAGE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) answer = parse (cases[i].answer);
      g_autofree char *output = route->read_result (answer);

      g_test_message ("%s", cases[i].answer);
      g_assert_cmpstr (output, ==, cases[i].output);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/huggingface-routes/paths", test_paths);
  g_test_add_func ("/huggingface-routes/bodies", test_bodies);
  g_test_add_func ("/huggingface-routes/sizes", test_sizes);
  g_test_add_func ("/huggingface-routes/refused", test_route_refused);
  g_test_add_func ("/huggingface-routes/round-trip", test_route_round_trip);
  g_test_add_func ("/huggingface-routes/fal-address", test_fal_address);
  g_test_add_func ("/huggingface-routes/fal-marked", test_fal_marked);
  g_test_add_func ("/huggingface-routes/no-id", test_no_id);
  g_test_add_func ("/huggingface-routes/ids", test_ids);
  g_test_add_func ("/huggingface-routes/statuses", test_statuses);
  g_test_add_func ("/huggingface-routes/fal-results", test_fal_results);
  return g_test_run ();
}
