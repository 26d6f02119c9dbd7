/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What language models are told. The texts are files of resources/prompts, with {{names}} that are filled in here; a
 * value is never read again for names. The user's words go into the other text, as JSON between two marks: JSON's
 * escapes make it impossible for them to write the closing mark, and the instructions say that they are material.
 * Main thread.
 */
#include "config.h"
#include "screenwriter/cs-prompts.h"

#include "core/cs-json.h"

#include <gio/gio.h>
#include <string.h>

#define PROMPTS_RESOURCE "/dz/iafactory/CreativeStudio/prompts/"
#define MAX_RESOURCE_LENGTH (64 * 1024)

#define REWRITE_TOKENS 800 /* 120 words, what to avoid, and notes in any script */
#define REWRITE_TEMPERATURE 0.7
#define DECK_TEMPERATURE 0.6
#define DECK_TOKENS 400    /* and as many for every slide */

static const char *const style_words[CS_N_STYLES] = {
  [CS_STYLE_PHOTOREALISTIC] = "photorealistic: a real photograph, natural skin and materials, true colours, physical light, "
                              "a named focal length, fine texture, nothing painted",
  [CS_STYLE_CINEMATIC] = "cinematic: a still of a feature film, wide dynamic range, motivated light, deep shadows, shallow "
                         "depth of field, colour grading, anamorphic framing, a slow and purposeful camera",
  [CS_STYLE_ANIME] = "anime: hand-drawn animation, clean line art, cel shading, painted backgrounds, expressive faces, "
                     "saturated skies, stylised light",
  [CS_STYLE_3D_RENDER] = "3D render: modelled geometry, physically based materials, global illumination, soft studio light, "
                         "subsurface scattering, crisp edges, a virtual camera",
  [CS_STYLE_ARTISTIC] = "artistic: a painting, visible brush strokes and pigment, simplified shapes, bold composition, a "
                        "limited palette, textured paper or canvas",
};

static const char *const language_names[CS_N_LANGUAGES] = {
  [CS_LANGUAGE_FR] = "French (français)",
  [CS_LANGUAGE_AR] = "Arabic (العربية الفصحى)",
  [CS_LANGUAGE_EN] = "English",
};

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_strconcat (PROMPTS_RESOURCE, name, NULL);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL) /* the file is built in: a mistake of ours, not of the world */
    g_error ("%s", error->message);
  return bytes;
}

static const char *
find_value (const char *const *values, const char *name, gsize length)
{
  for (; values[0] != NULL; values += 2)
    if (strlen (values[0]) == length && strncmp (values[0], name, length) == 0)
      return values[1];
  return NULL;
}

/**
 * cs_prompts_fill:
 * @name: of a file in resources/prompts
 * @values: (array zero-terminated=1): names and values by turns
 *
 * Returns: (transfer full): its text with every {{name}} replaced. A name without a value is a mistake of ours.
 */
char *
cs_prompts_fill (const char *name, const char *const *values)
{
  g_autoptr (GBytes) bytes = load (name);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  GString *out = g_string_sized_new (size * 2);
  const char *at = text;

  for (const char *mark = strstr (at, "{{"); mark != NULL; mark = strstr (at, "{{"))
    {
      const char *end = strstr (mark, "}}");
      const char *value = end != NULL ? find_value (values, mark + 2, end - mark - 2) : NULL;

      if (value == NULL)
        g_error ("prompts/%s: no value for %.24s", name, mark);
      g_string_append_len (out, at, mark - at);
      g_string_append (out, value);
      at = end + 2;
    }
  g_string_append (out, at);
  g_strchomp (out->str);
  return g_string_free (out, FALSE);
}

static JsonObject *
load_schema (const char *name)
{
  g_autoptr (GBytes) bytes = load (name);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  JsonObject *schema = cs_json_parse_object (data, size, MAX_RESOURCE_LENGTH, &error);

  if (schema == NULL)
    g_error ("prompts/%s: %s", name, error->message);
  return schema;
}

/* The user's side: material between two marks. The writer escapes every “</”, so that nothing inside can close it. */
static char *
wrap (const char *lead, JsonObject *material)
{
  g_autofree char *json = cs_json_object_to_string (material, FALSE);

  return g_strdup_printf ("%s\n<brief>\n%s\n</brief>", lead, json);
}

static void
set_strings (JsonObject *object, const char *name, GStrv strings)
{
  JsonArray *array;

  if (strings == NULL || strings[0] == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  json_object_set_array_member (object, name, array);
}

static char *
write_idea (const CsBrief *brief)
{
  g_autoptr (JsonObject) material = json_object_new ();

  cs_json_set_string (material, "idea", brief->prompt);
  if (brief->negative_prompt != NULL)
    cs_json_set_string (material, "avoid", brief->negative_prompt);
  set_strings (material, "keep_word_for_word", brief->locked);
  if (brief->image != NULL)
    json_object_set_boolean_member (material, "begins_from_a_picture", TRUE);
  return wrap (brief->kind == CS_KIND_IMAGE ? "The picture to write:" : "The shot to write:", material);
}

static const char *
describe_sound (const CsBrief *brief, const CsModel *target)
{
  if (brief->sound == CS_WISH_NO || (target != NULL && target->sound == CS_SOUND_NEVER))
    return "none. Describe nothing that is only heard.";
  if (brief->sound == CS_WISH_YES || (target != NULL && target->sound == CS_SOUND_ALWAYS))
    return "yes. End the prompt with one sentence about what is heard.";
  return "as the model likes. Mention a sound only if the idea does.";
}

static const char *
describe_negative (const CsModel *target)
{
  if (target != NULL && !target->takes_negative_prompt)
    return "an empty string, since the model takes none; put what \"avoid\" asks for into the prompt as what is seen instead.";
  return "what shall not be seen, in English, at most 30 words, \"avoid\" first; flaws such as blur, extra fingers or "
         "watermarks belong here.";
}

/**
 * cs_prompts_new_rewrite:
 * @brief: a checked brief of a video or an image
 * @target: (nullable): the model that the prompt is for
 *
 * Returns: (transfer full): the chat that asks for the prompt, without its model.
 */
CsChat *
cs_prompts_new_rewrite (const CsBrief *brief, const CsModel *target)
{
  CsLanguage language = cs_language_guess (brief->prompt, CS_LANGUAGE_EN);
  CsAspect aspect = target != NULL ? cs_model_nearest_aspect (target, brief->aspect) : brief->aspect;
  int seconds = target != NULL ? cs_model_nearest_duration (target, brief->duration) : brief->duration;
  g_autofree char *duration = g_strdup_printf ("%d", seconds);
  gboolean has_words = target != NULL && target->quality_words != NULL;
  const char *const values[] = {
    "style", style_words[brief->style],
    "aspect", cs_aspect_to_string (aspect),
    "duration", duration,
    "sound", describe_sound (brief, target),
    "quality_words", has_words ? target->quality_words : "high quality, detailed",
    "negative", describe_negative (target),
    "language", language_names[language],
    NULL,
  };
  CsChat *chat = cs_chat_new ();

  chat->system = cs_prompts_fill (brief->kind == CS_KIND_IMAGE ? "image.md" : "video.md", values);
  chat->user = write_idea (brief);
  chat->schema = load_schema ("screenplay.json");
  chat->schema_name = g_strdup ("screenplay");
  chat->max_tokens = REWRITE_TOKENS;
  chat->temperature = REWRITE_TEMPERATURE;
  return chat;
}

/* A plan that fits the length: small models lose the thread without one. */
static const char *
describe_outline (int n_slides)
{
  if (n_slides == 1)
    return "this one slide is the whole talk: title, the points that matter, what to do next.";
  if (n_slides == 2)
    return "a title slide, then one slide with the points that matter and what to do next.";
  if (n_slides <= 4)
    return "a title slide, the points that matter, and a last slide that says what to do next.";
  return "a title slide, why it matters, the parts of the topic in a sensible order with one concrete example, and a last "
         "slide that says what to do next.";
}

static CsChat *
new_deck_chat (CsRequest *request)
{
  CsChat *chat = cs_chat_new ();

  chat->schema = load_schema ("deck.json");
  chat->schema_name = g_strdup ("deck");
  chat->max_tokens = DECK_TOKENS * (request->num_slides + 1);
  chat->temperature = DECK_TEMPERATURE;
  return chat;
}

/** cs_prompts_new_deck: Returns: (transfer full): the chat that asks for all slides, without its model. */
CsChat *
cs_prompts_new_deck (CsRequest *request)
{
  g_autofree char *slides = g_strdup_printf ("%d", request->num_slides);
  g_autoptr (JsonObject) material = json_object_new ();
  const char *const values[] = {
    "slides", slides,
    "outline", describe_outline (request->num_slides),
    "language", language_names[request->language],
    NULL,
  };
  CsChat *chat = new_deck_chat (request);

  cs_json_set_string (material, "topic", request->prompt);
  chat->system = cs_prompts_fill ("deck.md", values);
  chat->user = wrap ("The talk to write:", material);
  return chat;
}

/**
 * cs_prompts_new_deck_repair:
 * @slides: (transfer none): what was written, not as many as asked for
 *
 * Returns: (transfer full): the chat that asks for the same talk in the right length, without its model.
 */
CsChat *
cs_prompts_new_deck_repair (CsRequest *request, JsonArray *slides)
{
  int n_found = (int) json_array_get_length (slides);
  g_autofree char *found = g_strdup_printf ("%d", n_found);
  g_autofree char *wanted = g_strdup_printf ("%d", request->num_slides);
  g_autoptr (JsonObject) material = json_object_new ();
  const char *const values[] = {
    "found", found,
    "slides", wanted,
    "action", n_found > request->num_slides ? "Join slides that belong together, and leave out what matters least."
                                            : "Split what is too full, and add slides on what the topic still lacks.",
    "language", language_names[request->language],
    NULL,
  };
  CsChat *chat = new_deck_chat (request);

  cs_json_set_string (material, "topic", request->prompt);
  json_object_set_array_member (material, "slides", json_array_ref (slides));
  chat->system = cs_prompts_fill ("deck-repair.md", values);
  chat->user = wrap ("The talk to edit:", material);
  return chat;
}
