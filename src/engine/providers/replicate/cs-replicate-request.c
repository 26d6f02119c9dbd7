/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What Replicate is asked: the input of a prediction, model by model, and the form of an upload. The input is the same for
 * the same request, whenever it is built: that is how a prediction in doubt is recognised as ours. Pure, but for the
 * boundary of a form.
 */
#include "config.h"
#include "providers/replicate/cs-replicate-request.h"

#include "core/cs-json.h"

#include <string.h>

#define WAN_FRAMES_A_SECOND 16 /* what its length is billed by */
#define WAN_MIN_FRAMES 81
#define WAN_MAX_FRAMES 121

/* Adds what one model wants beside the prompt. */
typedef void (*InputFunc) (JsonObject *input, const CsRequest *request);

/* PNG, since not every computer reads WebP, which is the usual. */
static void
add_flux (JsonObject *input, const CsRequest *request)
{
  cs_json_set_string (input, "aspect_ratio", cs_aspect_to_string (request->aspect));
  json_object_set_int_member (input, "num_outputs", 1);
  cs_json_set_string (input, "output_format", "png");
  cs_json_set_string (input, "megapixels", "1");
  json_object_set_boolean_member (input, "go_fast", TRUE);
  json_object_set_int_member (input, "seed", cs_wire_fold_seed (request->seed));
}

/* The prompt is not to be "optimized": what was shown is what shall be sent. There is no seed. */
static void
add_minimax (JsonObject *input, const CsRequest *request)
{
  json_object_set_boolean_member (input, "prompt_optimizer", FALSE);
  if (request->image_address != NULL)
    cs_json_set_string (input, "first_frame_image", request->image_address);
}

/* The length is made by frames, at the rate that is billed; nothing is interpolated, so that it stays that length and that
 * price. Four frames and one more is what the model makes without a remainder. */
static void
add_wan (JsonObject *input, const CsRequest *request)
{
  cs_json_set_string (input, "resolution", "720p");
  json_object_set_int_member (input, "num_frames",
                              CLAMP (request->duration * WAN_FRAMES_A_SECOND + 1, WAN_MIN_FRAMES, WAN_MAX_FRAMES));
  json_object_set_int_member (input, "frames_per_second", WAN_FRAMES_A_SECOND);
  json_object_set_boolean_member (input, "interpolate_output", FALSE);
  json_object_set_boolean_member (input, "go_fast", TRUE);
  json_object_set_int_member (input, "seed", cs_wire_fold_seed (request->seed));
}

static void
add_wan_text (JsonObject *input, const CsRequest *request)
{
  cs_json_set_string (input, "aspect_ratio", cs_aspect_to_string (request->aspect));
  add_wan (input, request);
}

/* Its ratio is that of the picture: the newer schema does not have the field. */
static void
add_wan_image (JsonObject *input, const CsRequest *request)
{
  if (request->image_address != NULL)
    cs_json_set_string (input, "image", request->image_address);
  add_wan (input, request);
}

static const struct
{
  const char *model;
  InputFunc add;
} inputs[] = {
  { "black-forest-labs/flux-schnell", add_flux },
  { "minimax/video-01", add_minimax },
  { "wan-video/wan-2.2-t2v-fast", add_wan_text },
  { "wan-video/wan-2.2-i2v-fast", add_wan_image },
};

/** cs_replicate_get_model: Returns: (transfer none): "owner/name" of the model that @request goes to. */
const char *
cs_replicate_get_model (const CsModel *model, const CsRequest *request)
{
  gboolean has_image = model->takes_image && request->image_address != NULL;

  return has_image && model->image_remote != NULL ? model->image_remote : model->remote;
}

/**
 * cs_replicate_build_input:
 * @request: prepared: with the address of its reference picture, if it has one
 *
 * Returns: (transfer full): the input. A model that only models.json knows gets the prompt alone.
 */
JsonObject *
cs_replicate_build_input (const CsModel *model, const CsRequest *request)
{
  const char *name = cs_replicate_get_model (model, request);
  JsonObject *input = json_object_new ();

  cs_json_set_string (input, "prompt", request->prompt);
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    if (g_strcmp0 (inputs[i].model, name) == 0)
      inputs[i].add (input, request);
  return input;
}

/** cs_replicate_build_body: Returns: (transfer full): the body of a prediction; it may hold the input and nothing else. */
JsonObject *
cs_replicate_build_body (const CsModel *model, const CsRequest *request)
{
  JsonObject *body = json_object_new ();

  json_object_set_object_member (body, "input", cs_replicate_build_input (model, request));
  return body;
}

void
cs_replicate_form_free (CsReplicateForm *self)
{
  g_bytes_unref (self->body);
  g_free (self->content_type);
  g_free (self);
}

/**
 * cs_replicate_form_new:
 *
 * Returns: (transfer full): the form with @picture as its part "content". Its boundary is too random to stand in a picture.
 */
CsReplicateForm *
cs_replicate_form_new (const CsWirePicture *picture)
{
  CsReplicateForm *self = g_new0 (CsReplicateForm, 1);
  g_autofree char *boundary = g_uuid_string_random ();
  g_autofree char *head = NULL;
  g_autofree char *tail = NULL;
  GByteArray *body = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (picture->bytes, &length);

  head = g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"content\"; filename=\"%s\"\r\n"
                          "Content-Type: %s\r\n\r\n",
                          boundary, picture->name, picture->content_type);
  tail = g_strdup_printf ("\r\n--%s--\r\n", boundary);
  g_byte_array_append (body, (const guint8 *) head, strlen (head));
  g_byte_array_append (body, data, length);
  g_byte_array_append (body, (const guint8 *) tail, strlen (tail));
  self->body = g_byte_array_free_to_bytes (body);
  self->content_type = g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
  return self;
}
