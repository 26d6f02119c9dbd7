/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fal through the router: a queue, for pictures and videos alike.
 *
 * Its answers name addresses at fal's own host, where a token of Hugging Face is worth nothing, so only the path of
 * `response_url` counts: /APP/requests/ID, where APP is the beginning of the provider id (fal-ai/wan of
 * fal-ai/wan/v2.2-5b/text-to-video), nearly always its first two words. So the path is built again from what we know, and
 * the id alone is kept; only where APP has another number of words is that number kept behind it, as in ID-n3.
 */
#include "config.h"
#include "providers/huggingface/cs-huggingface-route.h"

#include "core/cs-json.h"
#include "providers/cs-wire.h"

#include <string.h>

#define NAME "fal-ai"
#define QUEUE "?_subdomain=queue"
#define USUAL_WORDS 2
#define MARK "-n"
#define FRAMES_PER_SECOND 24
#define MAX_FRAMES 161

/* Where the first @n_words words of the provider id end. */
static gsize
get_app_length (const char *provider_id, guint n_words)
{
  const char *end = provider_id;

  while (n_words-- > 0 && *end != '\0')
    end = strchrnul (*end == '/' ? end + 1 : end, '/');
  return end - provider_id;
}

static guint
count_words (const char *text, gsize length)
{
  guint n_words = 1;

  for (gsize i = 0; i < length; i++)
    n_words += text[i] == '/';
  return n_words;
}

/* An id that ends in a mark: where the mark begins, and how many words it tells. */
static const char *
find_mark (const char *id, guint *n_words)
{
  gsize length = strlen (id);
  const char *mark;

  if (length <= strlen (MARK) + 1 || !g_ascii_isdigit (id[length - 1]) || id[length - 1] == '0')
    return NULL;
  mark = id + length - strlen (MARK) - 1;
  if (strncmp (mark, MARK, strlen (MARK)) != 0)
    return NULL;
  *n_words = g_ascii_digit_value (id[length - 1]);
  return mark;
}

/* How many words of the provider id `response_url` has before its /requests/ID; the usual number when it makes no sense. */
static guint
read_app (const char *address, const char *provider_id, const char *request_id)
{
  g_autofree char *ending = g_strconcat ("/requests/", request_id, NULL);
  g_autofree char *path = NULL;
  gsize length;

  if (address == NULL || strlen (address) > 2000
      || !g_uri_split (address, G_URI_FLAGS_NONE, NULL, NULL, NULL, NULL, &path, NULL, NULL, NULL))
    return USUAL_WORDS;
  if (path[0] != '/' || !g_str_has_suffix (path, ending) || strlen (path) <= 1 + strlen (ending))
    return USUAL_WORDS;
  length = strlen (path) - strlen (ending) - 1;
  if (length > strlen (provider_id) || strncmp (path + 1, provider_id, length) != 0
      || (provider_id[length] != '/' && provider_id[length] != '\0'))
    return USUAL_WORDS;
  return MIN (count_words (provider_id, length), 9);
}

static char *
read_id (JsonObject *answer, const char *provider_id)
{
  const char *id = cs_json_get_string (answer, "request_id", NULL);
  g_autofree char *marked = NULL;
  guint told;
  guint n_words;

  if (!cs_wire_id_is_valid (id))
    return NULL;
  n_words = read_app (cs_json_get_string (answer, "response_url", NULL), provider_id, id);
  if (n_words == USUAL_WORDS && find_mark (id, &told) == NULL)
    return g_strdup (id);
  marked = g_strdup_printf ("%s" MARK "%u", id, n_words);
  return cs_wire_id_is_valid (marked) ? g_steal_pointer (&marked) : g_strdup (id);
}

static char *
make_request_path (const char *provider_id, const char *remote_id, const char *ending)
{
  guint n_words = USUAL_WORDS;
  const char *mark = find_mark (remote_id, &n_words);
  int id_length = mark != NULL ? mark - remote_id : (int) strlen (remote_id);

  return g_strdup_printf ("/" NAME "/%.*s/requests/%.*s%s" QUEUE, (int) get_app_length (provider_id, n_words), provider_id,
                          id_length, remote_id, ending);
}

static char *
make_path (const char *provider_id)
{
  return g_strconcat ("/" NAME "/", provider_id, QUEUE, NULL);
}

static char *
make_status_path (const char *provider_id, const char *remote_id)
{
  return make_request_path (provider_id, remote_id, "/status");
}

static char *
make_result_path (const char *provider_id, const char *remote_id)
{
  return make_request_path (provider_id, remote_id, "");
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

static JsonObject *
make_picture_body (CsRequest *request, const char *provider_id, const char *image)
{
  JsonObject *body = make_body (request, provider_id, image);
  JsonObject *size = json_object_new ();
  int width;
  int height;

  cs_huggingface_get_size (request, &width, &height);
  json_object_set_int_member (size, "width", width);
  json_object_set_int_member (size, "height", height);
  json_object_set_object_member (body, "image_size", size);
  json_object_set_int_member (body, "num_images", 1);
  cs_huggingface_add_steps (body, "num_inference_steps", provider_id);
  return body;
}

static JsonObject *
make_video_body (CsRequest *request, const char *provider_id, const char *image)
{
  JsonObject *body = make_body (request, provider_id, image);

  if (image != NULL)
    json_object_set_string_member (body, "image_url", image);
  json_object_set_string_member (body, "aspect_ratio", cs_aspect_to_string (request->aspect));
  json_object_set_string_member (body, "resolution", "720p");
  json_object_set_int_member (body, "num_frames", MIN (request->duration * FRAMES_PER_SECOND + 1, MAX_FRAMES));
  json_object_set_int_member (body, "frames_per_second", FRAMES_PER_SECOND);
  return body;
}

static void
read_status (JsonObject *answer, CsHuggingfaceWord *word)
{
  const char *status = cs_json_get_string (answer, "status", NULL);

  if (status == NULL)
    word->status = CS_PREDICTION_UNREACHABLE;
  else if (g_ascii_strcasecmp (status, "COMPLETED") == 0)
    word->status = CS_PREDICTION_SUCCEEDED; /* or failed: the result tells */
  else
    word->status = CS_PREDICTION_RUNNING;
}

static char *
read_result (JsonObject *answer)
{
  static const char *const names[] = { "video", "images", "image", "videos" };
  const char *address = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names) && address == NULL; i++)
    address = cs_wire_find_output (json_object_get_member (answer, names[i]));
  return g_strdup (address);
}

#define VIDEO_ASPECTS (1u << CS_ASPECT_16_9 | 1u << CS_ASPECT_9_16 | 1u << CS_ASPECT_1_1)
#define ROUTE(the_task, the_aspects, the_make_body)                                                                    \
  {                                                                                                                    \
    .name = NAME, .task = the_task, .aspects = the_aspects, .make_path = make_path, .make_body = the_make_body,        \
    .read_id = read_id, .make_status_path = make_status_path, .read_status = read_status,                              \
    .make_result_path = make_result_path, .read_result = read_result                                                   \
  }

const CsHuggingfaceRoute cs_huggingface_fal_routes[] = {
  ROUTE (CS_HUGGINGFACE_TEXT_TO_IMAGE, CS_HUGGINGFACE_ALL_ASPECTS, make_picture_body),
  ROUTE (CS_HUGGINGFACE_TEXT_TO_VIDEO, VIDEO_ASPECTS, make_video_body),
  ROUTE (CS_HUGGINGFACE_IMAGE_TO_VIDEO, VIDEO_ASPECTS, make_video_body),
  { NULL },
};
