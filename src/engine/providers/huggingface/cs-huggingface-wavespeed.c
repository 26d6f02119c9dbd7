/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * WaveSpeed through the router: a queue, for pictures and videos alike. The address of the result that its answers name is
 * at its own host; its path is always the same around the id, so the id alone is taken.
 */
#include "config.h"
#include "providers/huggingface/cs-huggingface-route.h"

#include "core/cs-json.h"
#include "providers/cs-wire.h"

#include <string.h>

#define NAME "wavespeed"

static char *
make_path (const char *provider_id)
{
  return g_strconcat ("/" NAME "/api/v3/", provider_id, NULL);
}

static char *
make_status_path (const char *provider_id, const char *remote_id)
{
  return g_strconcat ("/" NAME "/api/v3/predictions/", remote_id, "/result", NULL);
}

static JsonObject *
make_body (CsRequest *request, const char *provider_id, const char *image)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "prompt", request->prompt);
  cs_huggingface_add_negative (body, request);
  cs_huggingface_add_seed (body, request);
  return body;
}

static void
add_size (JsonObject *body, int width, int height)
{
  g_autofree char *size = g_strdup_printf ("%d*%d", width, height);

  json_object_set_string_member (body, "size", size);
}

static JsonObject *
make_picture_body (CsRequest *request, const char *provider_id, const char *image)
{
  JsonObject *body = make_body (request, provider_id, image);
  int width;
  int height;

  cs_huggingface_get_size (request, &width, &height);
  add_size (body, width, height);
  cs_huggingface_add_steps (body, "num_inference_steps", provider_id);
  return body;
}

/* Its models are made for one height, which their names tell; they know the two wide shapes alone. */
static JsonObject *
make_video_body (CsRequest *request, const char *provider_id, const char *image)
{
  JsonObject *body = make_body (request, provider_id, image);
  gboolean is_small = strstr (provider_id, "480p") != NULL;
  int longer = is_small ? 832 : 1280;
  int shorter = is_small ? 480 : 720;

  if (image != NULL)
    json_object_set_string_member (body, "image", image); /* whose shape the video takes */
  else
    add_size (body, request->aspect == CS_ASPECT_9_16 ? shorter : longer,
              request->aspect == CS_ASPECT_9_16 ? longer : shorter);
  json_object_set_int_member (body, "duration", request->duration);
  return body;
}

/* The id inside https://HOST/api/v3/predictions/ID/result, if it is one. */
static char *
read_address (const char *address)
{
  static const char beginning[] = "/api/v3/predictions/";
  static const char ending[] = "/result";
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  if (address == NULL || strlen (address) > 2000
      || !g_uri_split (address, G_URI_FLAGS_NONE, NULL, NULL, NULL, NULL, &path, NULL, NULL, NULL)
      || !g_str_has_prefix (path, beginning) || !g_str_has_suffix (path, ending)
      || strlen (path) <= strlen (beginning) + strlen (ending))
    return NULL;
  id = g_strndup (path + strlen (beginning), strlen (path) - strlen (beginning) - strlen (ending));
  return cs_wire_id_is_valid (id) ? g_steal_pointer (&id) : NULL;
}

static char *
read_id (JsonObject *answer, const char *provider_id)
{
  JsonObject *data = cs_json_get_object (answer, "data");
  const char *id = cs_json_get_string (data, "id", NULL);
  char *told = read_address (cs_json_get_string (cs_json_get_object (data, "urls"), "get", NULL));

  if (told != NULL) /* it is what the address says that the provider's own clients ask for */
    return told;
  return cs_wire_id_is_valid (id) ? g_strdup (id) : NULL;
}

static void
read_status (JsonObject *answer, CsHuggingfaceWord *word)
{
  JsonObject *data = cs_json_get_object (answer, "data");
  const char *status = cs_json_get_string (data, "status", NULL);

  if (status == NULL)
    word->status = CS_PREDICTION_UNREACHABLE;
  else if (g_ascii_strcasecmp (status, "completed") == 0)
    {
      word->status = CS_PREDICTION_SUCCEEDED;
      word->output = g_strdup (cs_wire_find_output (json_object_get_member (data, "outputs")));
    }
  else if (g_ascii_strcasecmp (status, "failed") == 0)
    {
      word->status = CS_PREDICTION_FAILED;
      word->text = cs_wire_clean_words (cs_json_get_string (data, "error", NULL));
    }
  else
    word->status = CS_PREDICTION_RUNNING;
}

#define VIDEO_ASPECTS (1u << CS_ASPECT_16_9 | 1u << CS_ASPECT_9_16)
#define ROUTE(the_task, the_aspects, the_make_body)                                                                    \
  {                                                                                                                    \
    .name = NAME, .task = the_task, .aspects = the_aspects, .make_path = make_path, .make_body = the_make_body,        \
    .read_id = read_id, .make_status_path = make_status_path, .read_status = read_status                               \
  }

const CsHuggingfaceRoute cs_huggingface_wavespeed_routes[] = {
  ROUTE (CS_HUGGINGFACE_TEXT_TO_IMAGE, CS_HUGGINGFACE_ALL_ASPECTS, make_picture_body),
  ROUTE (CS_HUGGINGFACE_TEXT_TO_VIDEO, VIDEO_ASPECTS, make_video_body),
  ROUTE (CS_HUGGINGFACE_IMAGE_TO_VIDEO, CS_HUGGINGFACE_ALL_ASPECTS, make_video_body),
  { NULL },
};
