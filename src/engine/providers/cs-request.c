/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one attempt asks of a provider. */
#include "config.h"
#include "providers/cs-request.h"

#include "core/cs-json.h"

#include <string.h>

#define MAX_REQUEST_LENGTH (1024 * 1024)

CsRequest *
cs_request_new (void)
{
  CsRequest *self = g_new0 (CsRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/** cs_request_copy: Returns: (transfer full): another one, to be changed before it is handed on. */
CsRequest *
cs_request_copy (CsRequest *self)
{
  CsRequest *copy = g_memdup2 (self, sizeof *self);

  g_atomic_ref_count_init (&copy->ref_count);
  copy->creation_id = g_strdup (self->creation_id);
  copy->model = g_strdup (self->model);
  copy->prompt = g_strdup (self->prompt);
  copy->original_prompt = g_strdup (self->original_prompt);
  copy->negative_prompt = g_strdup (self->negative_prompt);
  copy->image = g_strdup (self->image);
  copy->image_address = g_strdup (self->image_address);
  copy->route = g_strdup (self->route);
  copy->work_file = g_strdup (self->work_file);
  return copy;
}

CsRequest *
cs_request_ref (CsRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
cs_request_unref (CsRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->creation_id);
  g_free (self->model);
  g_free (self->prompt);
  g_free (self->original_prompt);
  g_free (self->negative_prompt);
  g_free (self->image);
  g_free (self->image_address);
  g_free (self->route);
  g_free (self->work_file);
  g_free (self);
}

/**
 * cs_request_to_json:
 *
 * Returns: (transfer full): the request as it is kept in the database. It holds no key.
 */
char *
cs_request_to_json (CsRequest *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  cs_json_set_string (object, "creation_id", self->creation_id);
  cs_json_set_string (object, "model", self->model);
  cs_json_set_string (object, "kind", cs_kind_to_string (self->kind));
  cs_json_set_string (object, "prompt", self->prompt);
  cs_json_set_string (object, "original_prompt", self->original_prompt);
  cs_json_set_string (object, "negative_prompt", self->negative_prompt);
  cs_json_set_string (object, "style", cs_style_to_string (self->style));
  cs_json_set_string (object, "aspect_ratio", cs_aspect_to_string (self->aspect));
  json_object_set_int_member (object, "duration", self->duration);
  json_object_set_boolean_member (object, "sound", self->sound);
  json_object_set_int_member (object, "seed", self->seed);
  json_object_set_int_member (object, "num_slides", self->num_slides);
  cs_json_set_string (object, "theme", cs_theme_to_string (self->theme));
  cs_json_set_string (object, "language", cs_language_to_string (self->language));
  cs_json_set_string (object, "image", self->image);
  cs_json_set_string (object, "image_address", self->image_address);
  cs_json_set_string (object, "route", self->route);
  cs_json_set_string (object, "work_file", self->work_file);
  return cs_json_object_to_string (object, FALSE);
}

/**
 * cs_request_from_json:
 *
 * Returns: (transfer full): the request that cs_request_to_json() wrote.
 */
CsRequest *
cs_request_from_json (const char *json, GError **error)
{
  g_autoptr (JsonObject) object = cs_json_parse_object (json, strlen (json), MAX_REQUEST_LENGTH, error);
  CsRequest *self;

  if (object == NULL)
    return NULL;
  self = cs_request_new ();
  self->creation_id = g_strdup (cs_json_get_string (object, "creation_id", ""));
  self->model = g_strdup (cs_json_get_string (object, "model", ""));
  self->prompt = g_strdup (cs_json_get_string (object, "prompt", ""));
  self->original_prompt = g_strdup (cs_json_get_string (object, "original_prompt", ""));
  self->negative_prompt = g_strdup (cs_json_get_string (object, "negative_prompt", NULL));
  self->duration = (int) cs_json_get_int (object, "duration", 0);
  self->sound = cs_json_get_boolean (object, "sound", FALSE);
  self->seed = cs_json_get_int (object, "seed", 0);
  self->num_slides = (int) cs_json_get_int (object, "num_slides", 0);
  self->image = g_strdup (cs_json_get_string (object, "image", NULL));
  self->image_address = g_strdup (cs_json_get_string (object, "image_address", NULL));
  self->route = g_strdup (cs_json_get_string (object, "route", NULL));
  self->work_file = g_strdup (cs_json_get_string (object, "work_file", ""));
  cs_kind_from_string (cs_json_get_string (object, "kind", ""), &self->kind);
  cs_style_from_string (cs_json_get_string (object, "style", ""), &self->style);
  cs_aspect_from_string (cs_json_get_string (object, "aspect_ratio", ""), &self->aspect);
  cs_theme_from_string (cs_json_get_string (object, "theme", ""), &self->theme);
  cs_language_from_string (cs_json_get_string (object, "language", ""), &self->language);
  return self;
}
