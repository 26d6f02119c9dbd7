/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What PiAPI is asked: the body of a task, model by model. Pure. */
#include "config.h"
#include "providers/piapi/cs-piapi-request.h"

#include "core/cs-json.h"
#include "providers/cs-wire.h"

/* Adds what one model wants beside the words. */
typedef void (*InputFunc) (JsonObject *input, const CsRequest *request, gboolean has_image);

static void
add_wan_22 (JsonObject *input, const CsRequest *request, gboolean has_image)
{
  cs_json_set_string (input, "aspect_ratio", cs_aspect_to_string (request->aspect));
}

/* The ratio of a video that begins from a picture is the picture's own. The prompt is not to be extended: it is what our
 * screenwriter wrote, or what the user wanted as it is, and what was shown is what shall be sent. */
static void
add_wan_26 (JsonObject *input, const CsRequest *request, gboolean has_image)
{
  json_object_set_int_member (input, "duration", request->duration);
  cs_json_set_string (input, "resolution", "720P"); /* the capital matters */
  if (!has_image)
    cs_json_set_string (input, "aspect_ratio", cs_aspect_to_string (request->aspect));
  json_object_set_boolean_member (input, "audio", request->sound);
  json_object_set_boolean_member (input, "prompt_extend", FALSE);
  json_object_set_boolean_member (input, "watermark", FALSE);
  cs_json_set_string (input, "shot_type", "single");
  json_object_set_int_member (input, "seed", cs_wire_fold_seed (request->seed));
}

/* The largest sides in the documented bounds: at most 1024 each, whole multiples of 16. */
static void
add_flux (JsonObject *input, const CsRequest *request, gboolean has_image)
{
  static const int sides[CS_N_ASPECTS][2] = {
    [CS_ASPECT_16_9] = { 1024, 576 },
    [CS_ASPECT_9_16] = { 576, 1024 },
    [CS_ASPECT_1_1] = { 1024, 1024 },
    [CS_ASPECT_4_3] = { 1024, 768 },
  };

  json_object_set_int_member (input, "width", sides[request->aspect][0]);
  json_object_set_int_member (input, "height", sides[request->aspect][1]);
  json_object_set_int_member (input, "steps", 4);
  json_object_set_int_member (input, "batch_size", 1);
  if (has_image)
    json_object_set_double_member (input, "denoise", 0.7); /* keeps the picture's layout, and leaves room for the words */
}

static const struct
{
  const char *remote;
  InputFunc add;
} inputs[] = {
  { "Qubico/wanx", add_wan_22 },
  { "Wan", add_wan_26 },
  { "Qubico/flux1-schnell", add_flux },
};

static JsonObject *
build_input (const CsModel *model, const CsRequest *request, gboolean has_image)
{
  JsonObject *input = json_object_new ();

  cs_json_set_string (input, "prompt", request->prompt);
  if (model->takes_negative_prompt && request->negative_prompt != NULL && *request->negative_prompt != '\0')
    cs_json_set_string (input, "negative_prompt", request->negative_prompt);
  if (has_image)
    cs_json_set_string (input, "image", request->image_address);
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    if (g_strcmp0 (inputs[i].remote, model->remote) == 0)
      inputs[i].add (input, request, has_image);
  return input;
}

/**
 * cs_piapi_build_task:
 * @request: prepared: with the address of its reference picture, if it has one
 *
 * Returns: (transfer full): the body of the task. A model that only models.json knows gets the words and the picture.
 */
JsonObject *
cs_piapi_build_task (const CsModel *model, const CsRequest *request)
{
  gboolean has_image = model->takes_image && request->image_address != NULL;
  JsonObject *body = json_object_new ();

  cs_json_set_string (body, "model", has_image && model->image_remote != NULL ? model->image_remote : model->remote);
  cs_json_set_string (body, "task_type", has_image && model->image_task != NULL ? model->image_task : model->task);
  json_object_set_object_member (body, "input", build_input (model, request, has_image));
  return body;
}
