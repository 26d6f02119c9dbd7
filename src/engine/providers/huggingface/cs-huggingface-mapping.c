/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who serves a model of the hub now. It is the client that chooses a provider, not the router: the hub lists them in the
 * order that the user of the token prefers, and the first that we can speak to is taken.
 */
#include "config.h"
#include "providers/huggingface/cs-huggingface-mapping.h"

#include "core/cs-json.h"

#define MAX_ENTRIES 100

/** cs_huggingface_mapping_make_path: @model: a name that was checked. Returns: (transfer full): what to ask the hub. */
char *
cs_huggingface_mapping_make_path (const char *model)
{
  return g_strconcat ("/api/models/", model, "?expand%5B%5D=inferenceProviderMapping", NULL);
}

/* The route that an entry stands for, when it can be used. */
static char *
read_entry (JsonObject *entry, const char *name, const char *model, CsHuggingfaceTask task, CsAspect aspect)
{
  const char *provider_id = cs_json_get_string (entry, "providerId", NULL);
  const CsHuggingfaceRoute *route = cs_huggingface_route_find (name, task);

  if (route == NULL || (route->aspects & 1u << aspect) == 0)
    return NULL;
  if (g_strcmp0 (cs_json_get_string (entry, "status", NULL), "live") != 0
      || g_strcmp0 (cs_json_get_string (entry, "task", NULL), cs_huggingface_task_to_string (task)) != 0)
    return NULL;
  if (cs_json_get_string (entry, "adapter", NULL) != NULL) /* weights laid over another model: none of ours */
    return NULL;
  if (!cs_huggingface_is_provider_id (provider_id))
    return NULL;
  return cs_huggingface_route_format (route, route->is_called_by_model ? model : provider_id);
}

static char *
pick_from_array (JsonArray *entries, const char *model, CsHuggingfaceTask task, CsAspect aspect)
{
  guint length = MIN (json_array_get_length (entries), MAX_ENTRIES);
  char *found = NULL;

  for (guint i = 0; i < length && found == NULL; i++)
    {
      JsonNode *node = json_array_get_element (entries, i);
      JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (entry != NULL)
        found = read_entry (entry, cs_json_get_string (entry, "provider", NULL), model, task, aspect);
    }
  return found;
}

/* The older form: the names of the providers are the names of the members. */
static char *
pick_from_object (JsonObject *entries, const char *model, CsHuggingfaceTask task, CsAspect aspect)
{
  JsonObjectIter iter;
  const char *name;
  char *found = NULL;

  json_object_iter_init_ordered (&iter, entries);
  for (guint i = 0; i < MAX_ENTRIES && found == NULL && json_object_iter_next_ordered (&iter, &name, NULL); i++)
    {
      JsonObject *entry = cs_json_get_object (entries, name);

      if (entry != NULL)
        found = read_entry (entry, name, model, task, aspect);
    }
  return found;
}

/**
 * cs_huggingface_mapping_pick:
 * @answer: what the hub said
 * @model: the hub's name of the model
 *
 * Returns: (transfer full) (nullable): the route for a request (cs_huggingface_route_parse()); NULL when none that is live
 * can be used for @task in the shape of @aspect.
 */
char *
cs_huggingface_mapping_pick (JsonObject *answer, const char *model, CsHuggingfaceTask task, CsAspect aspect)
{
  JsonArray *array = cs_json_get_array (answer, "inferenceProviderMapping");
  JsonObject *object = cs_json_get_object (answer, "inferenceProviderMapping");

  if (array != NULL)
    return pick_from_array (array, model, task, aspect);
  return object != NULL ? pick_from_object (object, model, task, aspect) : NULL;
}
