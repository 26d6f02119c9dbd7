/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user asked: a value, its checks and its JSON. */
#include "config.h"
#include "screenwriter/cs-brief.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#include <inttypes.h>
#include <string.h>

#define MAX_BRIEF_LENGTH (256 * 1024)
#define MAX_LOCKED_CHARACTERS 200

/** cs_brief_new: Returns: (transfer full): a brief with the defaults of the contract and no prompt. */
CsBrief *
cs_brief_new (CsKind kind)
{
  CsBrief *self = g_new0 (CsBrief, 1);

  self->kind = kind;
  self->aspect = kind == CS_KIND_IMAGE ? CS_ASPECT_1_1 : CS_ASPECT_16_9;
  self->duration = CS_DURATION_MIN;
  self->num_slides = 5;
  self->screenwriter = TRUE;
  self->max_cost = -1;
  return self;
}

CsBrief *
cs_brief_copy (const CsBrief *self)
{
  CsBrief *copy = g_memdup2 (self, sizeof *self);

  copy->prompt = g_strdup (self->prompt);
  copy->negative_prompt = g_strdup (self->negative_prompt);
  copy->locked = g_strdupv (self->locked);
  copy->image = g_strdup (self->image);
  copy->provider = g_strdup (self->provider);
  copy->model = g_strdup (self->model);
  copy->user_id = g_strdup (self->user_id);
  copy->request_id = g_strdup (self->request_id);
  copy->wallet_key = g_strdup (self->wallet_key);
  return copy;
}

void
cs_brief_free (CsBrief *self)
{
  if (self == NULL)
    return;
  g_free (self->prompt);
  g_free (self->negative_prompt);
  g_strfreev (self->locked);
  g_free (self->image);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->user_id);
  g_free (self->request_id);
  g_free (self->wallet_key);
  g_free (self);
}

static gboolean
check_numbers (const CsBrief *self, GError **error)
{
  if (self->kind == CS_KIND_VIDEO && (self->duration < CS_DURATION_MIN || self->duration > CS_DURATION_MAX))
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The duration must be a whole number of seconds from %d to %d, not %d."),
                  CS_DURATION_MIN, CS_DURATION_MAX, self->duration);
  else if (self->kind == CS_KIND_VIDEO && self->aspect == CS_ASPECT_4_3)
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("A video is 16:9, 9:16 or 1:1; 4:3 is for images."));
  else if (self->kind == CS_KIND_DECK && (self->num_slides < CS_SLIDES_MIN || self->num_slides > CS_SLIDES_MAX))
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The number of slides must be from %d to %d, not %d."), CS_SLIDES_MIN,
                  CS_SLIDES_MAX, self->num_slides);
  else if (self->has_seed && (self->seed < 0 || self->seed > CS_SEED_MAX))
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The seed must be a whole number from 0 to %" PRId64 "."),
                  CS_SEED_MAX);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_line (const char *field, char **text, gsize max_characters, GError **error)
{
  g_autofree char *checked = NULL;

  if (*text == NULL)
    return TRUE;
  checked = cs_text_check_line (field, *text, max_characters, error);
  if (checked == NULL)
    return FALSE;
  cs_set_string (text, checked);
  return TRUE;
}

/* Nothing to avoid is not a mistake: programs send the field empty. */
static gboolean
check_negative_prompt (CsBrief *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (check_line ("negative_prompt", &self->negative_prompt, CS_NEGATIVE_PROMPT_MAX_CHARACTERS, &failure))
    return TRUE;
  if (g_error_matches (failure, CS_ERROR, CS_ERROR_MISSING_FIELD))
    {
      g_clear_pointer (&self->negative_prompt, g_free);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Phrases are lines: cleaned as all texts, empty ones and repeats left out; NULL when none is left. */
static gboolean
check_locked (CsBrief *self, GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; self->locked != NULL && self->locked[i] != NULL; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autofree char *phrase = cs_text_check_line ("locked", self->locked[i], MAX_LOCKED_CHARACTERS, &failure);

      if (phrase == NULL && !g_error_matches (failure, CS_ERROR, CS_ERROR_MISSING_FIELD))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (phrase != NULL && !g_ptr_array_find_with_equal_func (kept, phrase, g_str_equal, NULL))
        g_ptr_array_add (kept, g_steal_pointer (&phrase));
    }
  if (kept->len > CS_LOCKED_MAX)
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("At most %d phrases can be kept word for word, not %u."), CS_LOCKED_MAX,
                    kept->len);
      return FALSE;
    }
  g_clear_pointer (&self->locked, g_strfreev);
  if (kept->len > 0)
    {
      g_ptr_array_add (kept, NULL);
      self->locked = (GStrv) g_ptr_array_free (g_steal_pointer (&kept), FALSE);
    }
  return TRUE;
}

/**
 * cs_brief_check:
 *
 * Normalises the texts and checks every value. Nothing is sent or stored before this returns TRUE.
 *
 * Returns: FALSE with %CS_ERROR_INVALID_VALUE, %CS_ERROR_MISSING_FIELD or %CS_ERROR_MALFORMED, in a sentence that says
 * what to change.
 */
gboolean
cs_brief_check (CsBrief *self, GError **error)
{
  g_autofree char *prompt = NULL;

  if (self->prompt == NULL)
    {
      cs_set_error (error, CS_ERROR_MISSING_FIELD, _ ("Write an idea first."));
      return FALSE;
    }
  prompt = cs_text_check_prompt (self->prompt, -1, error);
  if (prompt == NULL)
    return FALSE;
  cs_set_string (&self->prompt, prompt);

  return check_numbers (self, error)
         && check_negative_prompt (self, error)
         && check_locked (self, error)
         && check_line ("provider", &self->provider, CS_NAME_MAX_CHARACTERS, error)
         && check_line ("model", &self->model, CS_NAME_MAX_CHARACTERS, error)
         && check_line ("user_id", &self->user_id, CS_NAME_MAX_CHARACTERS, error)
         && check_line ("request_id", &self->request_id, CS_NAME_MAX_CHARACTERS, error);
}

/* Only where there are some: briefs that were stored before keep their hash. */
static void
write_locked (const CsBrief *self, JsonObject *object)
{
  JsonArray *locked;

  if (self->locked == NULL || self->locked[0] == NULL)
    return;
  locked = json_array_new ();
  for (guint i = 0; self->locked[i] != NULL; i++)
    json_array_add_string_element (locked, self->locked[i]);
  json_object_set_array_member (object, "locked", locked);
}

/* Likewise. */
static void
write_review (const CsBrief *self, JsonObject *object)
{
  if (self->review)
    json_object_set_boolean_member (object, "review", TRUE);
}

/* Likewise. */
static void
write_payer (const CsBrief *self, JsonObject *object)
{
  if (self->wallet_key != NULL)
    cs_json_set_string (object, "wallet_key", self->wallet_key);
  if (self->from_api)
    json_object_set_boolean_member (object, "from_api", TRUE);
}

static GStrv
read_locked (JsonObject *object)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *locked = cs_json_get_array (object, "locked");

  if (locked == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (locked); i++)
    {
      JsonNode *node = json_array_get_element (locked, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

/** cs_brief_to_json: Returns: (transfer full): the brief as it is kept with its job. */
char *
cs_brief_to_json (const CsBrief *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  cs_json_set_string (object, "kind", cs_kind_to_string (self->kind));
  cs_json_set_string (object, "prompt", self->prompt);
  cs_json_set_string (object, "style", cs_style_to_string (self->style));
  cs_json_set_string (object, "aspect_ratio", cs_aspect_to_string (self->aspect));
  json_object_set_int_member (object, "duration", self->duration);
  json_object_set_int_member (object, "sound", self->sound);
  cs_json_set_string (object, "negative_prompt", self->negative_prompt);
  write_locked (self, object);
  cs_json_set_string (object, "image", self->image);
  if (self->has_seed)
    json_object_set_int_member (object, "seed", self->seed);
  json_object_set_boolean_member (object, "screenwriter", self->screenwriter);
  cs_json_set_string (object, "provider", self->provider);
  cs_json_set_string (object, "model", self->model);
  json_object_set_int_member (object, "num_slides", self->num_slides);
  cs_json_set_string (object, "theme", cs_theme_to_string (self->theme));
  if (self->has_language)
    cs_json_set_string (object, "language", cs_language_to_string (self->language));
  json_object_set_int_member (object, "max_cost", self->max_cost);
  json_object_set_boolean_member (object, "over_budget", self->over_budget);
  json_object_set_int_member (object, "variation", self->variation);
  cs_json_set_string (object, "user_id", self->user_id);
  cs_json_set_string (object, "request_id", self->request_id);
  write_payer (self, object);
  write_review (self, object);
  return cs_json_object_to_string (object, FALSE);
}

static void
read_texts (CsBrief *self, JsonObject *object)
{
  self->prompt = g_strdup (cs_json_get_string (object, "prompt", ""));
  self->negative_prompt = g_strdup (cs_json_get_string (object, "negative_prompt", NULL));
  self->locked = read_locked (object);
  self->image = g_strdup (cs_json_get_string (object, "image", NULL));
  self->provider = g_strdup (cs_json_get_string (object, "provider", NULL));
  self->model = g_strdup (cs_json_get_string (object, "model", NULL));
  self->user_id = g_strdup (cs_json_get_string (object, "user_id", NULL));
  self->request_id = g_strdup (cs_json_get_string (object, "request_id", NULL));
  self->wallet_key = g_strdup (cs_json_get_string (object, "wallet_key", NULL));
}

/** cs_brief_from_json: Returns: (transfer full): the brief that cs_brief_to_json() wrote. */
CsBrief *
cs_brief_from_json (const char *json, GError **error)
{
  g_autoptr (JsonObject) object = cs_json_parse_object (json, strlen (json), MAX_BRIEF_LENGTH, error);
  CsKind kind = CS_KIND_VIDEO;
  CsBrief *self;

  if (object == NULL)
    return NULL;
  cs_kind_from_string (cs_json_get_string (object, "kind", ""), &kind);
  self = cs_brief_new (kind);
  read_texts (self, object);
  cs_style_from_string (cs_json_get_string (object, "style", ""), &self->style);
  cs_aspect_from_string (cs_json_get_string (object, "aspect_ratio", ""), &self->aspect);
  cs_theme_from_string (cs_json_get_string (object, "theme", ""), &self->theme);
  self->has_language = cs_language_from_string (cs_json_get_string (object, "language", ""), &self->language);
  self->duration = (int) cs_json_get_int (object, "duration", self->duration);
  self->sound = (CsWish) CLAMP (cs_json_get_int (object, "sound", CS_WISH_UNSAID), CS_WISH_UNSAID, CS_WISH_NO);
  self->has_seed = json_object_has_member (object, "seed");
  self->seed = cs_json_get_int (object, "seed", 0);
  self->screenwriter = cs_json_get_boolean (object, "screenwriter", TRUE);
  self->num_slides = (int) cs_json_get_int (object, "num_slides", self->num_slides);
  self->max_cost = cs_json_get_int (object, "max_cost", -1);
  self->variation = (int) cs_json_get_int (object, "variation", 0);
  self->over_budget = cs_json_get_boolean (object, "over_budget", FALSE);
  self->review = cs_json_get_boolean (object, "review", FALSE);
  self->from_api = cs_json_get_boolean (object, "from_api", FALSE);
  return self;
}

/** cs_brief_hash: Returns: (transfer full): SHA-256 over everything that was asked, to tell repeats from conflicts. */
char *
cs_brief_hash (const CsBrief *self)
{
  g_autofree char *json = cs_brief_to_json (self);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, json, -1);
}
