/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models of the fake Replicate, with their inputs as their schemas have them. Any thread. */
#include "config.h"
#include "cs-fake-replicate-models.h"

#include "cs-fake-json.h"

#include <string.h>

static const CsFakeField flux[] = {
  CS_FAKE_PROMPT,
  CS_FAKE_SEED,
  { "aspect_ratio", CS_FAKE_TEXT, "1:1|16:9|21:9|3:2|2:3|4:5|5:4|3:4|4:3|9:16|9:21" },
  { "num_outputs", CS_FAKE_WHOLE, NULL, 1, 4 },
  { "num_inference_steps", CS_FAKE_WHOLE, NULL, 1, 4 },
  { "output_format", CS_FAKE_TEXT, "webp|jpg|png" },
  { "output_quality", CS_FAKE_WHOLE, NULL, 0, 100 },
  { "go_fast", CS_FAKE_SWITCH },
  { "megapixels", CS_FAKE_TEXT, "1|0.25" },
  { "disable_safety_checker", CS_FAKE_SWITCH },
  { NULL },
};

static const CsFakeField minimax[] = {
  CS_FAKE_PROMPT,
  { "first_frame_image", CS_FAKE_PICTURE },
  { "subject_reference", CS_FAKE_PICTURE },
  { "prompt_optimizer", CS_FAKE_SWITCH },
  { NULL },
};

#define WAN \
  CS_FAKE_PROMPT, CS_FAKE_SEED, { "num_frames", CS_FAKE_WHOLE, NULL, 81, 121 }, \
      { "resolution", CS_FAKE_TEXT, "480p|720p" }, { "frames_per_second", CS_FAKE_WHOLE, NULL, 5, 30 }, \
      { "interpolate_output", CS_FAKE_SWITCH }, { "go_fast", CS_FAKE_SWITCH }, \
      { "sample_shift", CS_FAKE_NUMBER, NULL, 1, 20 }, { "disable_safety_checker", CS_FAKE_SWITCH }, \
      { "lora_weights_transformer", CS_FAKE_TEXT }, { "lora_scale_transformer", CS_FAKE_NUMBER, NULL, -10, 10 }, \
      { "lora_weights_transformer_2", CS_FAKE_TEXT }, { "lora_scale_transformer_2", CS_FAKE_NUMBER, NULL, -10, 10 }

static const CsFakeField wan_text[]
    = { WAN, { "aspect_ratio", CS_FAKE_TEXT, "16:9|9:16" }, { "optimize_prompt", CS_FAKE_SWITCH }, { NULL } };

static const CsFakeField wan_image[]
    = { WAN, { "image", CS_FAKE_PICTURE, NULL, 0, 0, TRUE }, { "last_image", CS_FAKE_PICTURE }, { NULL } };

static const CsFakeModel models[] = {
  { "black-forest-labs/flux-schnell", flux, FALSE, TRUE, TRUE },
  { "minimax/video-01", minimax, TRUE, FALSE, FALSE },
  { "wan-video/wan-2.2-t2v-fast", wan_text, TRUE, FALSE, TRUE },
  { "wan-video/wan-2.2-i2v-fast", wan_image, TRUE, FALSE, TRUE },
};

const CsFakeModel *
cs_fake_model_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_strcmp0 (models[i].name, name) == 0)
      return &models[i];
  return NULL;
}

char *
cs_fake_model_dup_version (const CsFakeModel *self)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->name, -1);
}

/** cs_fake_model_find_version: @version: "owner/name", "owner/name:DIGITS" or "DIGITS". */
const CsFakeModel *
cs_fake_model_find_version (const char *version)
{
  g_auto (GStrv) parts = g_strsplit (version, ":", 2);
  const CsFakeModel *named = parts[0] != NULL ? cs_fake_model_find (parts[0]) : NULL;
  const char *digits = named != NULL ? parts[1] : parts[0];

  if (named != NULL && digits == NULL)
    return named;
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *known = cs_fake_model_dup_version (&models[i]);

      if (g_strcmp0 (known, digits) == 0 && (named == NULL || named == &models[i]))
        return &models[i];
    }
  return NULL;
}

static char *
format_field (const CsFakeField *field)
{
  static const char *const types[] = { "string", "integer", "number", "boolean", "string", "string", "object" };
  g_auto (GStrv) choices = field->choices != NULL ? g_strsplit (field->choices, "|", -1) : NULL;
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "\"%s\":{\"type\":\"%s\"", field->name, types[field->type]);
  if (field->type == CS_FAKE_LINK || field->type == CS_FAKE_PICTURE)
    g_string_append (out, ",\"format\":\"uri\"");
  if (field->type == CS_FAKE_WHOLE)
    g_string_append_printf (out, ",\"minimum\":%.0f,\"maximum\":%.0f", field->min, field->max);
  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    g_string_append_printf (out, "%s\"%s\"", i == 0 ? ",\"enum\":[" : ",", choices[i]);
  g_string_append (out, choices != NULL ? "]}" : "}");
  return g_string_free (out, FALSE);
}

static char *
format_fields (const CsFakeField *fields)
{
  GString *out = g_string_new (NULL);

  for (const CsFakeField *field = fields; field->name != NULL; field++)
    {
      g_autofree char *one = format_field (field);

      g_string_append_printf (out, "%s%s", field == fields ? "" : ",", one);
    }
  return g_string_free (out, FALSE);
}

char *
cs_fake_model_format (const CsFakeModel *self)
{
  g_auto (GStrv) parts = g_strsplit (self->name, "/", 2);
  g_autofree char *address = g_strconcat ("https://replicate.com/", self->name, NULL);
  g_autofree char *version = cs_fake_model_dup_version (self);
  g_autofree char *fields = format_fields (self->fields);
  g_autofree char *schema
      = cs_fake_json ("{'openapi':'3.0.2','components':{'schemas':{'Input':{'type':'object','title':'Input',"
                      "'required':['prompt'],'properties':{%r}}}}}",
                      fields);

  return cs_fake_json (
      "{'url':%s,'owner':%s,'name':%s,'description':'','visibility':'public','github_url':null,"
      "'paper_url':null,'license_url':null,'run_count':1,'cover_image_url':null,'default_example':null,"
      "'is_official':true,'latest_version':{'id':%s,'created_at':'2026-01-01T00:00:00.000Z',"
      "'cog_version':'0.16.0','openapi_schema':%r}}",
      address, parts[0], parts[1], version, schema);
}
