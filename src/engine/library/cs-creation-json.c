/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Creations as the contract prints them. */
#include "config.h"
#include "library/cs-creation-json.h"

#include "core/cs-json.h"

static const char *
get_name (const CsCreationFacts *facts, CsCreationPart part)
{
  switch (part)
    {
    case CS_CREATION_THUMBNAIL:
      return facts->thumbnail;
    case CS_CREATION_MARKDOWN:
      return facts->markdown_file;
    case CS_CREATION_FILE:
    default:
      return facts->file;
    }
}

/**
 * cs_creation_dup_path:
 * @paths: a #CsPaths
 *
 * Returns: (transfer full) (nullable): the absolute path of a file of the creation; NULL when it has no such file.
 */
char *
cs_creation_dup_path (const CsCreationFacts *facts, CsCreationPart part, gpointer paths)
{
  const char *name = get_name (facts, part);
  const char *folder = part == CS_CREATION_THUMBNAIL ? cs_paths_get_thumbnails (paths) : cs_paths_get_creations (paths);

  return name != NULL ? g_build_filename (folder, name, NULL) : NULL;
}

/** cs_creation_add_part: Says as member @name where a file of the creation is; null when it has no such file. */
void
cs_creation_add_part (JsonObject *object, const char *name, const CsCreationFacts *facts, CsCreationPart part,
                      CsCreationPlace place, gpointer user_data)
{
  g_autofree char *where = get_name (facts, part) != NULL ? place (facts, part, user_data) : NULL;

  cs_json_set_string (object, name, where);
}

static void
set_optional_int (JsonObject *object, const char *name, gint64 value)
{
  if (value != 0)
    json_object_set_int_member (object, name, value);
}

static void
set_optional_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    cs_json_set_string (object, name, value);
}

/* What the contract's list has. */
static void
set_main_members (JsonObject *object, const CsCreationFacts *facts, CsCreationPlace place, gpointer user_data)
{
  cs_json_set_string (object, "id", facts->id);
  cs_json_set_string (object, "kind", cs_kind_to_string (facts->kind));
  cs_json_set_string (object, "title", facts->title);
  cs_json_set_string (object, "prompt", facts->prompt);
  cs_json_set_string (object, "provider", facts->provider);
  cs_json_set_string (object, "model", facts->model);
  cs_json_set_string (object, "style", facts->style);
  cs_json_set_string (object, "aspect_ratio", facts->aspect_ratio);
  if (facts->duration > 0)
    json_object_set_double_member (object, "duration", facts->duration);
  set_optional_int (object, "width", facts->width);
  set_optional_int (object, "height", facts->height);
  cs_creation_add_part (object, "file", facts, CS_CREATION_FILE, place, user_data);
  json_object_set_boolean_member (object, "missing", facts->missing);
  cs_creation_add_part (object, "thumbnail", facts, CS_CREATION_THUMBNAIL, place, user_data);
  json_object_set_boolean_member (object, "favourite", facts->favourite);
  json_object_set_boolean_member (object, "trashed", facts->trashed_at != 0);
  cs_json_set_money (object, "cost_usd", facts->cost);
  cs_json_set_time (object, "created_at", facts->created_at);
}

static void
set_more_members (JsonObject *object, const CsCreationFacts *facts, CsCreationPlace place, gpointer user_data)
{
  cs_json_set_string (object, "original_prompt", facts->original_prompt);
  set_optional_string (object, "negative_prompt", facts->negative_prompt);
  cs_json_set_string (object, "notes", facts->notes);
  cs_json_set_string (object, "mime_type", facts->mime_type);
  cs_json_set_string (object, "sha256", facts->sha256);
  json_object_set_int_member (object, "size", facts->size);
  if (facts->kind == CS_KIND_VIDEO)
    json_object_set_boolean_member (object, "has_sound", facts->has_sound);
  if (facts->kind == CS_KIND_DECK)
    {
      json_object_set_int_member (object, "num_slides", facts->num_slides);
      cs_json_set_string (object, "theme", facts->theme);
      set_optional_string (object, "language", facts->language);
      cs_creation_add_part (object, "markdown_file", facts, CS_CREATION_MARKDOWN, place, user_data);
    }
  if (facts->has_seed)
    json_object_set_int_member (object, "seed", facts->seed);
  set_optional_string (object, "parent_id", facts->parent_id);
  if (facts->trashed_at != 0)
    cs_json_set_time (object, "trashed_at", facts->trashed_at);
}

/**
 * cs_creation_to_json:
 * @place: says where its files are
 *
 * Returns: (transfer full): the creation as one entry of `library list`, and some members more. Print it with
 * cs_json_object_to_string().
 */
JsonObject *
cs_creation_to_json (CsCreation *creation, CsCreationPlace place, gpointer user_data)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  JsonObject *object = json_object_new ();

  set_main_members (object, facts, place, user_data);
  set_more_members (object, facts, place, user_data);
  return object;
}
