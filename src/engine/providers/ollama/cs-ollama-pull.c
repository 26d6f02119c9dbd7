/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the installation of a model has come. */
#include "config.h"
#include "providers/ollama/cs-ollama-pull.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"
#include "providers/ollama/cs-ollama-wire.h"
#include "providers/cs-wire.h"

#include <string.h>

#define MAX_LINE (64 * 1024) /* bytes */
#define MAX_LAYERS 1000
#define MAX_SIZE (G_GINT64_CONSTANT (1) << 50) /* bytes of a layer */

/* A file of the model. */
typedef struct
{
  gint64 total;
  gint64 completed;
} Layer;

struct _CsOllamaPull
{
  char *model;
  GHashTable *layers; /* digest -> Layer */
  double share;
  gboolean is_finished;
  GError *error;
};

/** cs_ollama_pull_new: Returns: (transfer full): the installation of @model, of which nothing was heard yet. */
CsOllamaPull *
cs_ollama_pull_new (const char *model)
{
  CsOllamaPull *self = g_new0 (CsOllamaPull, 1);

  self->model = g_strdup (model);
  self->layers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
cs_ollama_pull_free (CsOllamaPull *self)
{
  g_free (self->model);
  g_hash_table_unref (self->layers);
  g_clear_error (&self->error);
  g_free (self);
}

static Layer *
get_layer (CsOllamaPull *self, const char *digest)
{
  Layer *layer = g_hash_table_lookup (self->layers, digest);

  if (layer == NULL && g_hash_table_size (self->layers) < MAX_LAYERS)
    {
      layer = g_new0 (Layer, 1);
      g_hash_table_insert (self->layers, g_strdup (digest), layer);
    }
  return layer;
}

/* Layers are named one after the other, and a new one makes the whole larger: what was shown is never taken back. */
static void
count (CsOllamaPull *self)
{
  GHashTableIter iter;
  gpointer value;
  double total = 0;
  double completed = 0;

  g_hash_table_iter_init (&iter, self->layers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Layer *layer = value;

      total += layer->total;
      completed += layer->completed;
    }
  if (total > 0)
    self->share = MAX (self->share, completed / total);
}

static void
read_layer (CsOllamaPull *self, JsonObject *object)
{
  const char *digest = cs_json_get_string (object, "digest", NULL);
  gint64 total = cs_json_get_int (object, "total", 0);
  gint64 completed;
  Layer *layer;

  if (digest == NULL || total <= 0 || total > MAX_SIZE)
    return;
  layer = get_layer (self, digest);
  if (layer == NULL)
    return;
  layer->total = total;
  completed = cs_json_get_int (object, "completed", layer->completed);
  layer->completed = CLAMP (completed, 0, total);
  count (self);
}

static GError *
error_from_words (CsOllamaPull *self, const char *words)
{
  if (words != NULL && strstr (words, "file does not exist") != NULL)
    return g_error_new (CS_ERROR, CS_ERROR_NOT_FOUND, _ ("There is no model “%s”."), self->model);
  return cs_ollama_error_new (500, self->model, words);
}

/** cs_ollama_pull_read_line: Returns: FALSE when nothing more is to be read. */
gboolean
cs_ollama_pull_read_line (CsOllamaPull *self, const char *data, gsize length)
{
  g_autoptr (JsonObject) object = cs_json_parse_object (data, length, MAX_LINE, NULL);

  if (self->error != NULL || self->is_finished)
    return FALSE;
  if (object == NULL)
    self->error = g_error_new (CS_ERROR, CS_ERROR_BAD_RESPONSE, _ ("%s answered with something that cannot be read."),
                               "Ollama");
  else if (json_object_has_member (object, "error") && !json_object_get_null_member (object, "error"))
    {
      g_autofree char *words = cs_wire_dup_words (object);

      self->error = error_from_words (self, words);
    }
  else if (g_str_equal (cs_json_get_string (object, "status", ""), "success"))
    {
      self->is_finished = TRUE;
      self->share = 1;
    }
  else
    read_layer (self, object);
  return self->error == NULL && !self->is_finished;
}

/** cs_ollama_pull_get_share: Returns: 0 to 1, never less than before. */
double
cs_ollama_pull_get_share (CsOllamaPull *self)
{
  return self->share;
}

gboolean
cs_ollama_pull_is_finished (CsOllamaPull *self)
{
  return self->is_finished;
}

/**
 * cs_ollama_pull_end:
 *
 * Nothing more comes.
 *
 * Returns: TRUE when the model is installed. Errors: %CS_ERROR_NOT_FOUND no such model; %CS_ERROR_UNAVAILABLE what
 * Ollama said; %CS_ERROR_BAD_RESPONSE it broke off.
 */
gboolean
cs_ollama_pull_end (CsOllamaPull *self, GError **error)
{
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (!self->is_finished)
    cs_set_error (error, CS_ERROR_BAD_RESPONSE, _ ("The answer of %s was cut off. Try again later."), "Ollama");
  return self->is_finished;
}
