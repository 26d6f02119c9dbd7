/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One engine of a provider with its limits, read from resources/models.json. */
#include "config.h"
#include "providers/cs-model.h"

#include "core/cs-error.h"
#include "core/cs-json.h"

#include <gio/gio.h>
#include <stdlib.h>

#define MODELS_RESOURCE "/dz/iafactory/CreativeStudio/models.json"
#define MAX_MODELS_LENGTH (1024 * 1024)
#define MAX_DURATION 3600 /* seconds */

/**
 * cs_model_free:
 * @self: (transfer full) (nullable): a model
 */
void
cs_model_free (CsModel *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->provider);
  g_free (self->name);
  g_free (self->short_name);
  g_free (self->remote);
  g_free (self->image_remote);
  g_free (self->task);
  g_free (self->image_task);
  g_free (self->quality_words);
  g_free (self->replaced_by);
  g_free (self);
}

static gboolean
has_model (GPtrArray *models, const char *id)
{
  for (guint i = 0; i < models->len; i++)
    if (g_str_equal (((CsModel *) models->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
parse_aspects (JsonObject *row, guint *aspects)
{
  JsonArray *list = cs_json_get_array (row, "aspect_ratios");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      CsAspect aspect;

      if (!JSON_NODE_HOLDS_VALUE (node) || !cs_aspect_from_string (json_node_get_string (node), &aspect))
        return FALSE;
      *aspects |= 1u << aspect;
    }
  return TRUE;
}

static gboolean
parse_sound (JsonObject *row, CsModelSound *sound)
{
  static const char *const names[] = { "never", "choice", "always" };
  const char *text = cs_json_get_string (row, "sound", "never");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], text))
      {
        *sound = i;
        return TRUE;
      }
  return FALSE;
}

/* Seconds from the file; -1 for what no model makes. */
static int
parse_duration (JsonObject *row, const char *name, int fallback)
{
  gint64 seconds = cs_json_get_int (row, name, fallback);

  return seconds < 0 || seconds > MAX_DURATION ? -1 : (int) seconds;
}

/* The lengths there are, where not every one between the shortest and the longest is. */
static gboolean
parse_durations (JsonObject *row, CsModel *model)
{
  JsonArray *list = cs_json_get_array (row, "durations");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      gint64 seconds = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;

      if (seconds < 1 || seconds > 31)
        return FALSE;
      model->durations |= 1u << seconds;
      model->min_duration = model->min_duration == 0 ? (int) seconds : MIN (model->min_duration, (int) seconds);
      model->max_duration = MAX (model->max_duration, (int) seconds);
    }
  return TRUE;
}

static void
parse_names (JsonObject *row, CsModel *model)
{
  model->id = g_strdup (cs_json_get_string (row, "id", NULL));
  model->provider = g_strdup (cs_json_get_string (row, "provider", NULL));
  model->name = g_strdup (cs_json_get_string (row, "name", NULL));
  model->short_name = g_strdup (cs_json_get_string (row, "short_name", model->name));
  model->remote = g_strdup (cs_json_get_string (row, "remote", NULL));
  model->image_remote = g_strdup (cs_json_get_string (row, "image_remote", NULL));
  model->task = g_strdup (cs_json_get_string (row, "task", NULL));
  model->image_task = g_strdup (cs_json_get_string (row, "image_task", NULL));
  model->quality_words = g_strdup (cs_json_get_string (row, "quality_words", NULL));
  model->replaced_by = g_strdup (cs_json_get_string (row, "replaced_by", NULL));
}

static CsModel *
parse_row (JsonObject *row)
{
  g_autoptr (CsModel) model = g_new0 (CsModel, 1);

  parse_names (row, model);
  model->min_duration = parse_duration (row, "min_duration", 0);
  model->max_duration = parse_duration (row, "max_duration", model->min_duration);
  model->takes_image = cs_json_get_boolean (row, "image", FALSE);
  model->takes_negative_prompt = cs_json_get_boolean (row, "negative_prompt", FALSE);
  model->takes_seed = cs_json_get_boolean (row, "seed", FALSE);
  model->typical_seconds = cs_json_get_double (row, "typical_seconds", 0);
  model->retired = cs_json_get_boolean (row, "retired", FALSE);
  model->opt_in = cs_json_get_boolean (row, "opt_in", FALSE);

  if (model->id == NULL || model->provider == NULL || model->name == NULL
      || model->min_duration < 0 || model->max_duration < model->min_duration
      || !cs_kind_from_string (cs_json_get_string (row, "kind", ""), &model->kind)
      || !parse_durations (row, model) || !parse_aspects (row, &model->aspects) || !parse_sound (row, &model->sound))
    return NULL;
  return g_steal_pointer (&model);
}

/**
 * cs_models_parse:
 * @json: the text of a models file
 *
 * Returns: (transfer full) (element-type CsModel): the models in the order of the file, or NULL with
 * %CS_ERROR_MALFORMED that names the row.
 */
GPtrArray *
cs_models_parse (const char *json, gsize length, GError **error)
{
  g_autoptr (JsonObject) root = cs_json_parse_object (json, length, MAX_MODELS_LENGTH, error);
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_model_free);
  JsonArray *rows;

  if (root == NULL)
    return NULL;
  rows = cs_json_get_array (root, "models");
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      CsModel *model = JSON_NODE_HOLDS_OBJECT (node) ? parse_row (json_node_get_object (node)) : NULL;

      if (model == NULL || has_model (models, model->id))
        {
          cs_set_error (error, CS_ERROR_MALFORMED,
                        model == NULL ? "models.json: row %u is not a model" : "models.json: row %u repeats a model", i + 1);
          g_clear_pointer (&model, cs_model_free);
          return NULL;
        }
      g_ptr_array_add (models, model);
    }
  return g_steal_pointer (&models);
}

/**
 * cs_models_load:
 *
 * Returns: (transfer full) (element-type CsModel): the models this program ships with.
 */
GPtrArray *
cs_models_load (GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (MODELS_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  gsize length;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return cs_models_parse (data, length, error);
}

gboolean
cs_model_has_aspect (const CsModel *self, CsAspect aspect)
{
  return self->aspects == 0 || (self->aspects & (1u << aspect)) != 0;
}

/* Width divided by height, in thousandths. */
static int
aspect_proportion (CsAspect aspect)
{
  static const int proportions[CS_N_ASPECTS] = { 1778, 563, 1000, 1333 };

  return proportions[aspect];
}

/**
 * cs_model_nearest_aspect:
 *
 * Returns: @wanted when the model has it, else the ratio it has that looks most like it.
 */
CsAspect
cs_model_nearest_aspect (const CsModel *self, CsAspect wanted)
{
  CsAspect best = wanted;
  int best_distance = G_MAXINT;

  if (cs_model_has_aspect (self, wanted))
    return wanted;
  for (int aspect = 0; aspect < CS_N_ASPECTS; aspect++)
    {
      int distance = abs (aspect_proportion (aspect) - aspect_proportion (wanted));

      if (cs_model_has_aspect (self, aspect) && distance < best_distance)
        {
          best = aspect;
          best_distance = distance;
        }
    }
  return best;
}

/**
 * cs_model_nearest_duration:
 * @wanted: seconds
 *
 * Returns: @wanted, brought into what the model makes; seconds.
 */
int
cs_model_nearest_duration (const CsModel *self, int wanted)
{
  int best = self->max_duration == 0 ? wanted : CLAMP (wanted, self->min_duration, self->max_duration);

  if (self->durations == 0)
    return best;
  for (int distance = 0; distance < 32; distance++)
    {
      /* As near below as above: the longer one, which holds what was asked for. */
      if (best + distance < 32 && (self->durations & (1u << (best + distance))) != 0)
        return best + distance;
      if (best - distance > 0 && (self->durations & (1u << (best - distance))) != 0)
        return best - distance;
    }
  return best;
}
