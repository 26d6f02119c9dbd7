/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The routes whose answer is the picture itself: Hugging Face's own, as bytes, and Nscale's, as base64. */
#include "config.h"
#include "providers/huggingface/cs-huggingface-route.h"

static char *
make_own_path (const char *model)
{
  return g_strconcat ("/hf-inference/models/", model, NULL);
}

static JsonObject *
make_own_body (CsRequest *request, const char *model, const char *image)
{
  JsonObject *body = json_object_new ();
  JsonObject *parameters = json_object_new ();
  int width;
  int height;

  cs_huggingface_get_size (request, &width, &height);
  json_object_set_int_member (parameters, "width", width);
  json_object_set_int_member (parameters, "height", height);
  cs_huggingface_add_negative (parameters, request);
  cs_huggingface_add_seed (parameters, request);
  cs_huggingface_add_steps (parameters, "num_inference_steps", model);
  json_object_set_string_member (body, "inputs", request->prompt);
  json_object_set_object_member (body, "parameters", parameters);
  return body;
}

static char *
make_nscale_path (const char *provider_id)
{
  return g_strdup ("/nscale/v1/images/generations");
}

/* It has the wire of OpenAI's pictures, and its word for the size. */
static JsonObject *
make_nscale_body (CsRequest *request, const char *provider_id, const char *image)
{
  JsonObject *body = json_object_new ();
  g_autofree char *size = NULL;
  int width;
  int height;

  cs_huggingface_get_size (request, &width, &height);
  size = g_strdup_printf ("%dx%d", width, height);
  json_object_set_string_member (body, "model", provider_id);
  json_object_set_string_member (body, "prompt", request->prompt);
  json_object_set_string_member (body, "size", size);
  json_object_set_string_member (body, "response_format", "b64_json");
  return body;
}

const CsHuggingfaceRoute cs_huggingface_picture_routes[] = {
  {
      .name = "hf-inference",
      .task = CS_HUGGINGFACE_TEXT_TO_IMAGE,
      .aspects = CS_HUGGINGFACE_ALL_ASPECTS,
      .is_called_by_model = TRUE,
      .accept = "image/png",
      .make_path = make_own_path,
      .make_body = make_own_body,
  },
  {
      .name = "nscale",
      .task = CS_HUGGINGFACE_TEXT_TO_IMAGE,
      .aspects = CS_HUGGINGFACE_ALL_ASPECTS,
      .make_path = make_nscale_path,
      .make_body = make_nscale_body,
  },
  { NULL },
};
