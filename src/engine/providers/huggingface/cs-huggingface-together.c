/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Together through the router: a picture comes with the answer, a video from a queue. */
#include "config.h"
#include "providers/huggingface/cs-huggingface-route.h"

#include "core/cs-json.h"
#include "providers/cs-wire.h"

#define NAME "together"

static char *
make_picture_path (const char *provider_id)
{
  return g_strdup ("/" NAME "/v1/images/generations");
}

static char *
make_video_path (const char *provider_id)
{
  return g_strdup ("/" NAME "/v2/videos");
}

static char *
make_status_path (const char *provider_id, const char *remote_id)
{
  return g_strconcat ("/" NAME "/v2/videos/", remote_id, NULL);
}

static JsonObject *
make_body (CsRequest *request, const char *provider_id)
{
  JsonObject *body = json_object_new ();
  int width;
  int height;

  cs_huggingface_get_size (request, &width, &height);
  json_object_set_string_member (body, "model", provider_id);
  json_object_set_string_member (body, "prompt", request->prompt);
  json_object_set_int_member (body, "width", width);
  json_object_set_int_member (body, "height", height);
  cs_huggingface_add_negative (body, request);
  cs_huggingface_add_seed (body, request);
  cs_huggingface_add_steps (body, "steps", provider_id);
  return body;
}

static JsonObject *
make_picture_body (CsRequest *request, const char *provider_id, const char *image)
{
  JsonObject *body = make_body (request, provider_id);

  json_object_set_string_member (body, "response_format", "base64");
  return body;
}

static JsonObject *
make_video_body (CsRequest *request, const char *provider_id, const char *image)
{
  return make_body (request, provider_id);
}

static char *
read_id (JsonObject *answer, const char *provider_id)
{
  const char *id = cs_json_get_string (answer, "id", NULL);

  return cs_wire_id_is_valid (id) ? g_strdup (id) : NULL;
}

static void
read_status (JsonObject *answer, CsHuggingfaceWord *word)
{
  const char *status = cs_json_get_string (answer, "status", NULL);

  if (status == NULL)
    word->status = CS_PREDICTION_UNREACHABLE;
  else if (g_ascii_strcasecmp (status, "completed") == 0)
    {
      word->status = CS_PREDICTION_SUCCEEDED;
      word->output = g_strdup (cs_wire_find_output (json_object_get_member (answer, "outputs")));
    }
  else if (g_ascii_strcasecmp (status, "failed") == 0)
    {
      word->status = CS_PREDICTION_FAILED;
      word->text = cs_wire_dup_words (answer);
    }
  else
    word->status = CS_PREDICTION_RUNNING;
}

/* A first frame may have 60 kB there, which a photograph has not, so there is no way from a picture to a video. */
const CsHuggingfaceRoute cs_huggingface_together_routes[] = {
  {
      .name = NAME,
      .task = CS_HUGGINGFACE_TEXT_TO_IMAGE,
      .aspects = CS_HUGGINGFACE_ALL_ASPECTS,
      .make_path = make_picture_path,
      .make_body = make_picture_body,
  },
  {
      .name = NAME,
      .task = CS_HUGGINGFACE_TEXT_TO_VIDEO,
      .aspects = CS_HUGGINGFACE_ALL_ASPECTS,
      .make_path = make_video_path,
      .make_body = make_video_body,
      .read_id = read_id,
      .make_status_path = make_status_path,
      .read_status = read_status,
  },
  { NULL },
};
