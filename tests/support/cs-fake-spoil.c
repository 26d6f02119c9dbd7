/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON answers that are valid and wrong. Server's thread. */
#include "config.h"
#include "cs-fake-spoil.h"

#include "core/cs-json.h"

#include <string.h>

#define BAD_ID "../../x"

typedef JsonNode *(*Change) (CsFakeCall *call, const char *name, JsonNode *node);

static JsonNode *
make_string (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

static JsonNode *
make_number (void)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_int (node, 7);
  return node;
}

static JsonNode *
make_object (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  return node;
}

/* Every type has its wrong one; what holds others is left, but for the top. */
static JsonNode *
change_type (CsFakeCall *call, const char *name, JsonNode *node)
{
  gboolean top = g_strcmp0 (call->argument, "top") == 0;

  if (JSON_NODE_HOLDS_NULL (node))
    return make_object ();
  if (!JSON_NODE_HOLDS_VALUE (node))
    return top ? make_string ("wrong") : NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? make_number () : make_string ("wrong");
}

static gboolean
is_id (CsFakeCall *call, JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING && call->remote_id != NULL
         && strstr (json_node_get_string (node), call->remote_id) != NULL;
}

/* Addresses have the id in them, so they go too. */
static JsonNode *
drop_id (CsFakeCall *call, const char *name, JsonNode *node)
{
  return is_id (call, node) ? json_node_new (JSON_NODE_NULL) : NULL;
}

static JsonNode *
replace_id (CsFakeCall *call, const char *name, JsonNode *node)
{
  return is_id (call, node) ? make_string (BAD_ID) : NULL;
}

static JsonNode *
change_status (CsFakeCall *call, const char *name, JsonNode *node)
{
  return g_str_equal (name, "status") && JSON_NODE_HOLDS_VALUE (node) ? make_string (call->argument) : NULL;
}

/* A null in the place of a member means: take it out. */
static void
change_members (CsFakeCall *call, JsonNode *node, Change change)
{
  g_autoptr (GList) names = NULL;
  JsonObject *object;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        change_members (call, json_array_get_element (array, i), change);
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *member = json_object_get_member (object, l->data);
      JsonNode *other = change (call, l->data, member);

      if (other == NULL)
        change_members (call, member, change);
      else if (JSON_NODE_HOLDS_NULL (other))
        {
          json_node_unref (other);
          json_object_remove_member (object, l->data);
        }
      else
        json_object_set_member (object, l->data, other);
    }
}

/* @line: "{...}", or "data: {...}"; anything else stays. */
static char *
change_line (CsFakeCall *call, const char *line, Change change)
{
  const char *json = strchr (line, '{');
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, strlen (json), G_MAXSIZE, NULL) : NULL;
  g_autofree char *text = NULL;

  if (node == NULL)
    return g_strdup (line);
  change_members (call, node, change);
  text = cs_json_to_string (node, FALSE);
  return g_strdup_printf ("%.*s%s", (int) (json - line), line, text);
}

static void
change_answer (CsFakeCall *call, Change change)
{
  gsize length;
  const char *data = g_bytes_get_data (call->answer, &length);
  g_autofree char *text = g_strndup (data, length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  char *changed;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = change_line (call, lines[i], change);

      g_free (lines[i]);
      lines[i] = line;
    }
  changed = g_strjoinv ("\n", lines);
  g_bytes_unref (call->answer);
  call->answer = g_bytes_new_take (changed, strlen (changed));
}

/** cs_fake_spoil_json: Other words than its own leave the answer as it is. */
void
cs_fake_spoil_json (CsFakeCall *call)
{
  static const struct
  {
    const char *word;
    Change change;
  } changes[] = { { "types", change_type }, { "noid", drop_id }, { "badid", replace_id }, { "status", change_status } };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (cs_fake_call_is (call, changes[i].word))
      change_answer (call, changes[i].change);
}
