/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file says about itself as JSON of our own, and as the lines that picture programs call "parameters". */
#include "config.h"
#include "media/cs-provenance-private.h"

#include "core/cs-json.h"

#include <string.h>

#define OWN_VERSION "Version: Creative Studio "

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL && value[0] != '\0')
    cs_json_set_string (object, name, value);
}

/**
 * cs_provenance_to_json:
 *
 * Returns: (transfer full): one line of JSON, the same for the same @provenance.
 */
char *
cs_provenance_to_json (const CsProvenance *provenance)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "v", 1);
  set_text (object, "job", provenance->creation_id);
  set_text (object, "system", provenance->system);
  set_text (object, "provider", provenance->provider);
  set_text (object, "model", provenance->model);
  set_text (object, "model_version", provenance->system_version);
  set_text (object, "title", provenance->title);
  set_text (object, "prompt", provenance->prompt);
  set_text (object, "prompt_original", provenance->original_prompt);
  set_text (object, "negative", provenance->negative_prompt);
  if (provenance->has_seed)
    json_object_set_int_member (object, "seed", provenance->seed);
  if (provenance->width > 0 && provenance->height > 0)
    {
      json_object_set_int_member (object, "width", provenance->width);
      json_object_set_int_member (object, "height", provenance->height);
    }
  if (provenance->created_at != 0)
    cs_json_set_time (object, "created", provenance->created_at);
  return cs_json_object_to_string (object, FALSE);
}

/* A value that holds what separates values is quoted, as JSON quotes it. */
static void
add_pair (GString *line, const char *name, const char *value)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *quoted = NULL;

  if (value == NULL || value[0] == '\0')
    return;
  if (strpbrk (value, ",\n\":") != NULL)
    {
      node = json_node_init_string (json_node_alloc (), value);
      quoted = cs_json_to_string (node, FALSE);
    }
  g_string_append_printf (line, "%s%s: %s", line->len > 0 ? ", " : "", name, quoted != NULL ? quoted : value);
}

/**
 * cs_provenance_to_parameters:
 *
 * Returns: (transfer full) (nullable): the prompt, the negative prompt and a line of pairs; NULL without a prompt.
 */
char *
cs_provenance_to_parameters (const CsProvenance *provenance)
{
  g_autoptr (GString) line = g_string_new (NULL);
  GString *text;

  if (provenance->prompt == NULL)
    return NULL;

  text = g_string_new (provenance->prompt);
  if (provenance->negative_prompt != NULL && provenance->negative_prompt[0] != '\0')
    g_string_append_printf (text, "\nNegative prompt: %s", provenance->negative_prompt);
  if (provenance->has_seed)
    g_string_append_printf (line, "Seed: %" G_GINT64_FORMAT, provenance->seed);
  if (provenance->width > 0 && provenance->height > 0)
    g_string_append_printf (line, "%sSize: %dx%d", line->len > 0 ? ", " : "", provenance->width, provenance->height);
  add_pair (line, "Model", provenance->model);
  add_pair (line, "Model version", provenance->system_version);
  add_pair (line, "Provider", provenance->provider);
  add_pair (line, "Version", "Creative Studio " CS_VERSION);
  g_string_append_printf (text, "\n%s", line->str);
  return g_string_free (text, FALSE);
}

/**
 * cs_provenance_owns_parameters:
 * @text: the parameters of a file
 *
 * Returns: TRUE when we wrote them.
 */
gboolean
cs_provenance_owns_parameters (const char *text)
{
  const char *line = strrchr (text, '\n');

  return strstr (line != NULL ? line : text, OWN_VERSION) != NULL;
}
