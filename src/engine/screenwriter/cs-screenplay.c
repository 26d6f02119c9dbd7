/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screenwriter's answer. */
#include "config.h"
#include "screenwriter/cs-screenplay.h"

#include "core/cs-error.h"
#include "core/cs-json.h"

#include <string.h>

#define MAX_SCREENPLAY_LENGTH (256 * 1024)

static void
try_free (gpointer data)
{
  CsScreenwriterTry *attempt = data;

  g_free (attempt->screenwriter);
  g_free (attempt->code);
  g_free (attempt->message);
  g_free (attempt);
}

static void
add_try (CsScreenplay *self, const char *screenwriter, const char *code, const char *message)
{
  CsScreenwriterTry *attempt = g_new0 (CsScreenwriterTry, 1);

  attempt->screenwriter = g_strdup (screenwriter);
  attempt->code = g_strdup (code);
  attempt->message = g_strdup (message);
  g_ptr_array_add (self->tried, attempt);
}

CsScreenplay *
cs_screenplay_new (void)
{
  CsScreenplay *self = g_new0 (CsScreenplay, 1);

  self->tried = g_ptr_array_new_with_free_func (try_free);
  return self;
}

CsScreenplay *
cs_screenplay_copy (const CsScreenplay *self)
{
  CsScreenplay *copy = cs_screenplay_new ();

  copy->prompt = g_strdup (self->prompt);
  copy->negative_prompt = g_strdup (self->negative_prompt);
  copy->notes = g_strdupv (self->notes);
  copy->screenwriter = g_strdup (self->screenwriter);
  copy->model = g_strdup (self->model);
  copy->cost = self->cost;
  for (guint i = 0; i < self->tried->len; i++)
    {
      const CsScreenwriterTry *attempt = self->tried->pdata[i];

      add_try (copy, attempt->screenwriter, attempt->code, attempt->message);
    }
  return copy;
}

/** cs_screenplay_add_try: @screenwriter was asked and did not write it: @error says why. */
void
cs_screenplay_add_try (CsScreenplay *self, const char *screenwriter, const GError *error)
{
  add_try (self, screenwriter, cs_error_get_slug (error), error->message);
}

void
cs_screenplay_free (CsScreenplay *self)
{
  if (self == NULL)
    return;
  g_free (self->prompt);
  g_free (self->negative_prompt);
  g_strfreev (self->notes);
  g_free (self->screenwriter);
  g_free (self->model);
  g_ptr_array_unref (self->tried);
  g_free (self);
}

static JsonArray *
tries_to_json (const CsScreenplay *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->tried->len; i++)
    {
      const CsScreenwriterTry *attempt = self->tried->pdata[i];
      JsonObject *object = json_object_new ();

      cs_json_set_string (object, "screenwriter", attempt->screenwriter);
      cs_json_set_string (object, "code", attempt->code);
      cs_json_set_string (object, "message", attempt->message);
      json_array_add_object_element (array, object);
    }
  return array;
}

static void
read_tries (CsScreenplay *self, JsonObject *object)
{
  JsonArray *array = cs_json_get_array (object, "tried");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *row = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (row != NULL)
        add_try (self, cs_json_get_string (row, "screenwriter", ""), cs_json_get_string (row, "code", ""),
                 cs_json_get_string (row, "message", ""));
    }
}

/** cs_screenplay_to_json: Returns: (transfer full): the screenplay as it is kept with its job. */
char *
cs_screenplay_to_json (const CsScreenplay *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *notes = json_array_new ();

  cs_json_set_string (object, "prompt", self->prompt);
  cs_json_set_string (object, "negative_prompt", self->negative_prompt);
  for (guint i = 0; self->notes != NULL && self->notes[i] != NULL; i++)
    json_array_add_string_element (notes, self->notes[i]);
  json_object_set_array_member (object, "notes", notes);
  cs_json_set_string (object, "screenwriter", self->screenwriter);
  cs_json_set_string (object, "model", self->model);
  json_object_set_int_member (object, "cost", self->cost);
  json_object_set_array_member (object, "tried", tries_to_json (self));
  return cs_json_object_to_string (object, FALSE);
}

static GStrv
read_notes (JsonObject *object)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *notes = cs_json_get_array (object, "notes");

  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    {
      JsonNode *node = json_array_get_element (notes, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

/** cs_screenplay_from_json: Returns: (transfer full): the screenplay that cs_screenplay_to_json() wrote. */
CsScreenplay *
cs_screenplay_from_json (const char *json, GError **error)
{
  g_autoptr (JsonObject) object = cs_json_parse_object (json, strlen (json), MAX_SCREENPLAY_LENGTH, error);
  CsScreenplay *self;

  if (object == NULL)
    return NULL;
  self = cs_screenplay_new ();
  self->prompt = g_strdup (cs_json_get_string (object, "prompt", ""));
  self->negative_prompt = g_strdup (cs_json_get_string (object, "negative_prompt", NULL));
  self->notes = read_notes (object);
  self->screenwriter = g_strdup (cs_json_get_string (object, "screenwriter", "direct"));
  self->model = g_strdup (cs_json_get_string (object, "model", NULL));
  self->cost = cs_json_get_int (object, "cost", 0);
  read_tries (self, object);
  return self;
}
