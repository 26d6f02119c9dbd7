/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The routes through Hugging Face's router that this program knows, and what they have in common.
 *
 * Three more stand in the mapping and are not here. replicate: nobody is known to poll it through the router, so what takes
 * over a minute would be paid for and lost; Replicate has a provider of its own. novita and zai-org: what their queues
 * answer is known from hearsay only.
 */
#include "config.h"
#include "providers/huggingface/cs-huggingface-route.h"

#include "providers/cs-wire.h"

#include <string.h>

#define MAX_PROVIDER_ID 200

static const char *const task_words[] = { "text-to-image", "text-to-video", "image-to-video" };

static const CsHuggingfaceRoute *const tables[] = {
  cs_huggingface_fal_routes,
  cs_huggingface_picture_routes,
  cs_huggingface_together_routes,
  cs_huggingface_wavespeed_routes,
};

/* Of a picture, and of a video: whole 16s; a picture has at most 1024 a side. */
static const struct
{
  int width;
  int height;
} picture_sizes[] = { { 1024, 576 }, { 576, 1024 }, { 1024, 1024 }, { 1024, 768 } },
  video_sizes[] = { { 1280, 720 }, { 720, 1280 }, { 960, 960 }, { 960, 720 } };

G_STATIC_ASSERT (G_N_ELEMENTS (task_words) == CS_N_HUGGINGFACE_TASKS);
G_STATIC_ASSERT (G_N_ELEMENTS (picture_sizes) == CS_N_ASPECTS && G_N_ELEMENTS (video_sizes) == CS_N_ASPECTS);

/** cs_huggingface_route_find: @name: as in the mapping. Returns: (transfer none) (nullable): the route, if we have it. */
const CsHuggingfaceRoute *
cs_huggingface_route_find (const char *name, CsHuggingfaceTask task)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const CsHuggingfaceRoute *route = tables[i]; route->name != NULL; route++)
      if (route->task == task && g_strcmp0 (route->name, name) == 0)
        return route;
  return NULL;
}

/**
 * cs_huggingface_route_parse:
 * @provider_id: (out) (transfer full): what the provider calls the model
 *
 * Returns: (transfer none) (nullable): how @request is sent, as its `route` says; NULL when that is missing or nonsense.
 */
const CsHuggingfaceRoute *
cs_huggingface_route_parse (CsRequest *request, char **provider_id)
{
  const CsHuggingfaceRoute *route = NULL;
  g_auto (GStrv) words = NULL;

  *provider_id = NULL;
  if (request->route == NULL)
    return NULL;
  words = g_strsplit (request->route, " ", 3);
  if (g_strv_length (words) == 2 && cs_huggingface_is_provider_id (words[1]))
    route = cs_huggingface_route_find (words[0], cs_huggingface_get_task (request));
  if (route != NULL)
    *provider_id = g_strdup (words[1]);
  return route;
}

/** cs_huggingface_route_format: Returns: (transfer full): what a request keeps of its route. */
char *
cs_huggingface_route_format (const CsHuggingfaceRoute *self, const char *provider_id)
{
  return g_strconcat (self->name, " ", provider_id, NULL);
}

/* Letters, digits and what stands between them; nothing that is a way up. */
static gboolean
is_word (const char *text, gsize length)
{
  if (length == 0 || text[0] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if ((!g_ascii_isalnum (text[i]) && strchr ("._-", text[i]) == NULL) || (text[i] == '.' && text[i - 1] == '.'))
      return FALSE;
  return TRUE;
}

/**
 * cs_huggingface_is_provider_id:
 * @text: (nullable): from a mapping, so from outside
 *
 * Returns: TRUE when it is words between slashes and perhaps a version behind a colon, and so may go into a path.
 */
gboolean
cs_huggingface_is_provider_id (const char *text)
{
  const char *end;

  if (text == NULL || strlen (text) > MAX_PROVIDER_ID)
    return FALSE;
  end = strchrnul (text, ':');
  if (*end == ':' && !is_word (end + 1, strlen (end + 1)))
    return FALSE;
  while (TRUE)
    {
      const char *slash = memchr (text, '/', end - text);

      if (!is_word (text, (slash != NULL ? slash : end) - text))
        return FALSE;
      if (slash == NULL)
        return TRUE;
      text = slash + 1;
    }
}

CsHuggingfaceTask
cs_huggingface_get_task (CsRequest *request)
{
  if (request->kind != CS_KIND_VIDEO)
    return CS_HUGGINGFACE_TEXT_TO_IMAGE;
  return request->image != NULL ? CS_HUGGINGFACE_IMAGE_TO_VIDEO : CS_HUGGINGFACE_TEXT_TO_VIDEO;
}

/** cs_huggingface_task_to_string: Returns: (transfer none): the hub's word for it. */
const char *
cs_huggingface_task_to_string (CsHuggingfaceTask task)
{
  return task_words[task];
}

/** cs_huggingface_get_size: Pixels of what @request asks for. */
void
cs_huggingface_get_size (CsRequest *request, int *width, int *height)
{
  gboolean is_video = request->kind == CS_KIND_VIDEO;

  *width = is_video ? video_sizes[request->aspect].width : picture_sizes[request->aspect].width;
  *height = is_video ? video_sizes[request->aspect].height : picture_sizes[request->aspect].height;
}

/**
 * cs_huggingface_add_steps:
 * @name: what the provider calls it
 *
 * How often the model refines its picture, where that matters.
 */
void
cs_huggingface_add_steps (JsonObject *body, const char *name, const char *provider_id)
{
  g_autofree char *folded = g_ascii_strdown (provider_id, -1);

  if (strstr (folded, "schnell") != NULL) /* it was trained for 4; some would take 50 by themselves */
    json_object_set_int_member (body, name, 4);
}

void
cs_huggingface_add_seed (JsonObject *body, CsRequest *request)
{
  json_object_set_int_member (body, "seed", cs_wire_fold_seed (request->seed));
}

void
cs_huggingface_add_negative (JsonObject *body, CsRequest *request)
{
  if (request->negative_prompt != NULL && *request->negative_prompt != '\0')
    json_object_set_string_member (body, "negative_prompt", request->negative_prompt);
}

void
cs_huggingface_word_clear (CsHuggingfaceWord *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->text, g_free);
}
