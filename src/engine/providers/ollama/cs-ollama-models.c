/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an Ollama has installed, and which Qwen of it writes best. */
#include "config.h"
#include "providers/ollama/cs-ollama-models.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"

#include <string.h>

#define MAX_LIST (4 * 1024 * 1024) /* bytes */
#define MAX_MODELS 1000
#define MAX_NAME 200 /* bytes */
#define MAX_PARAMETERS 1e15
#define BYTES_A_PARAMETER 0.6 /* of the usual quantization */
#define SMALL (G_GINT64_CONSTANT (2500000000)) /* parameters: below, the answers are hardly JSON */
#define LARGE (G_GINT64_CONSTANT (16000000000)) /* above, a computer without a good graphics card takes minutes */

void
cs_ollama_model_free (CsOllamaModel *self)
{
  g_free (self->name);
  g_free (self);
}

/* The list */

/* "7.6B", "751.63M". */
static double
parse_parameters (const char *text)
{
  char *end;
  double number = g_ascii_strtod (text, &end);

  switch (*end)
    {
    case 'K':
      return number * 1e3;
    case 'M':
      return number * 1e6;
    case 'B':
      return number * 1e9;
    case 'T':
      return number * 1e12;
    default:
      return 0;
    }
}

static gint64
read_parameters (JsonObject *object)
{
  JsonObject *details = cs_json_get_object (object, "details");
  double parameters = parse_parameters (cs_json_get_string (details, "parameter_size", ""));

  if (!(parameters > 0))
    parameters = cs_json_get_double (object, "size", 0) / BYTES_A_PARAMETER;
  return parameters > 0 && parameters < MAX_PARAMETERS ? (gint64) parameters : 0;
}

/* It is shown, and goes into a command line that people copy. */
static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= MAX_NAME
         && strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "._:/@-") == length && name[0] != '-';
}

static CsOllamaModel *
model_from_object (JsonObject *object)
{
  const char *name = cs_json_get_string (object, "name", cs_json_get_string (object, "model", ""));
  CsOllamaModel *self;

  if (!is_name (name))
    return NULL;
  self = g_new0 (CsOllamaModel, 1);
  self->name = g_strdup (name);
  self->parameters = read_parameters (object);
  self->is_cloud = *cs_json_get_string (object, "remote_model", "") != '\0'
                   || *cs_json_get_string (object, "remote_host", "") != '\0';
  return self;
}

/**
 * cs_ollama_models_parse:
 * @data: the answer to GET /api/tags
 *
 * Returns: (transfer full) (element-type CsOllamaModel): what is installed, without what has no proper name. Errors:
 * %CS_ERROR_BAD_RESPONSE.
 */
GPtrArray *
cs_ollama_models_parse (const char *data, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = cs_json_parse_object (data, length, MAX_LIST, NULL);
  JsonArray *rows = cs_json_get_array (object, "models");
  GPtrArray *models;
  guint n_rows;

  if (object == NULL || (rows == NULL && !json_object_has_member (object, "models")))
    {
      cs_set_error (error, CS_ERROR_BAD_RESPONSE, _ ("%s answered with something that cannot be read."), "Ollama");
      return NULL;
    }
  models = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_ollama_model_free);
  n_rows = rows != NULL ? MIN (json_array_get_length (rows), MAX_MODELS) : 0;
  for (guint i = 0; i < n_rows; i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      CsOllamaModel *model = JSON_NODE_HOLDS_OBJECT (node) ? model_from_object (json_node_get_object (node)) : NULL;

      if (model != NULL)
        g_ptr_array_add (models, model);
    }
  return models;
}

/* A name without a tag means the tag "latest". */
static gboolean
is_same_name (const char *a, const char *b)
{
  g_autofree char *longer = NULL;
  const char *tail = strrchr (b, '/');

  if (strchr (tail != NULL ? tail : b, ':') != NULL)
    return g_str_equal (a, b);
  longer = g_strconcat (b, ":latest", NULL);
  return g_str_equal (a, b) || g_str_equal (a, longer);
}

/** cs_ollama_models_has: Returns: TRUE when @name is installed, on that computer itself. */
gboolean
cs_ollama_models_has (GPtrArray *models, const char *name)
{
  for (guint i = 0; i < models->len; i++)
    {
      const CsOllamaModel *model = models->pdata[i];

      if (!model->is_cloud && is_same_name (model->name, name))
        return TRUE;
    }
  return FALSE;
}

/* The choice */

/* How good a model is here; the parts weigh in this order, less is better. */
typedef struct
{
  int use;               /* 0 for text, 1 for something else too (pictures, programs), -1 for something else only */
  int weight;            /* 0 fits, 1 large, 2 small */
  double generation;     /* negative */
  double parameters;     /* negative, but of the large ones the least is the best */
} Rank;

static const char *
find_short_name (const char *name)
{
  const char *slash = strrchr (name, '/');

  return slash != NULL ? slash + 1 : name;
}

static gboolean
has_any (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static int
get_use (const char *lower)
{
  static const char *const others[] = { "embed", "rerank", "guard", "image", "tts", "asr", NULL };
  static const char *const also[] = { "cod", "vl", "omni", "audio", "math", "base", NULL };

  if (!g_str_has_prefix (lower, "qwen") || has_any (lower, others))
    return -1;
  return has_any (lower, also) ? 1 : 0;
}

/* "qwen2.5:7b" is of 2.5; a mere "qwen" was the first. */
static double
get_generation (const char *lower)
{
  const char *number = lower + strlen ("qwen");
  double generation;

  number += strspn (number, "-_");
  generation = g_ascii_isdigit (*number) ? g_ascii_strtod (number, NULL) : 1;
  return generation < 100 ? generation : 1;
}

static gboolean
rank_model (const CsOllamaModel *model, Rank *rank)
{
  g_autofree char *lower = g_ascii_strdown (find_short_name (model->name), -1);

  rank->use = get_use (lower);
  if (model->is_cloud || rank->use < 0)
    return FALSE;
  rank->weight = model->parameters > LARGE ? 1 : model->parameters > 0 && model->parameters < SMALL ? 2 : 0;
  rank->generation = -get_generation (lower);
  rank->parameters = rank->weight == 1 ? (double) model->parameters : -(double) model->parameters;
  return TRUE;
}

static int
compare_doubles (double a, double b)
{
  return (a > b) - (a < b);
}

static int
compare_ranks (const Rank *a, const Rank *b)
{
  if (a->use != b->use)
    return a->use - b->use;
  if (a->weight != b->weight)
    return a->weight - b->weight;
  if (a->generation != b->generation)
    return compare_doubles (a->generation, b->generation);
  return compare_doubles (a->parameters, b->parameters);
}

/**
 * cs_ollama_models_choose:
 *
 * The best Qwen: one for text before one for pictures or programs; one that a usual computer runs (2.5 to 16 thousand
 * million parameters) before a larger and a smaller one; then the newest generation; then the most parameters. Never
 * one that runs elsewhere, and none that only embeds, ranks, guards or draws.
 *
 * Returns: (transfer none) (nullable): its name; NULL when there is none.
 */
const char *
cs_ollama_models_choose (GPtrArray *models)
{
  const CsOllamaModel *best = NULL;
  Rank best_rank = { 0 };

  for (guint i = 0; i < models->len; i++)
    {
      const CsOllamaModel *model = models->pdata[i];
      Rank rank;

      if (!rank_model (model, &rank) || (best != NULL && compare_ranks (&rank, &best_rank) >= 0))
        continue;
      best = model;
      best_rank = rank;
    }
  return best != NULL ? best->name : NULL;
}
