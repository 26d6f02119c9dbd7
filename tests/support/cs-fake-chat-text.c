/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fake language models say. Server's thread. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-chat.h"
#include "cs-fake-json.h"

#include "core/cs-json.h"

#include <string.h>

#define MAX_ITEMS 3

static char *make_value (JsonObject *schema, const char *name);

static char *
make_object (JsonObject *schema)
{
  JsonObject *properties = cs_json_get_object (schema, "properties");
  g_autoptr (GList) names = properties != NULL ? json_object_get_members (properties) : NULL;
  GString *out = g_string_new ("{");

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *value = make_value (cs_json_get_object (properties, l->data), l->data);
      g_autofree char *member = cs_fake_json ("%s:%r", l->data, value);

      g_string_append_printf (out, "%s%s", l != names ? "," : "", member);
    }
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static char *
make_array (JsonObject *schema, const char *name)
{
  gint64 n = cs_json_get_int (schema, "minItems", MAX_ITEMS);
  GString *out = g_string_new ("[");

  for (gint64 i = 0; i < n; i++)
    {
      g_autofree char *one = make_value (cs_json_get_object (schema, "items"), name);

      g_string_append_printf (out, "%s%s", i > 0 ? "," : "", one);
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

static char *
make_value (JsonObject *schema, const char *name)
{
  const char *type = cs_json_get_string (schema, "type", "string");
  JsonArray *choices = cs_json_get_array (schema, "enum");
  g_autofree char *words = g_strdup_printf ("%s: a lighthouse, une tempête, منارة 🌊", name);

  if (choices != NULL && json_array_get_length (choices) > 0)
    return cs_fake_json ("%j", json_array_get_element (choices, 0));
  if (g_str_equal (type, "object"))
    return make_object (schema);
  if (g_str_equal (type, "array"))
    return make_array (schema, name);
  if (g_str_equal (type, "integer") || g_str_equal (type, "number"))
    return cs_fake_json ("%l", cs_json_get_int (schema, "minimum", 1));
  if (g_str_equal (type, "boolean"))
    return g_strdup ("true");
  return cs_fake_json ("%s", words);
}

/** cs_fake_chat_compose: Returns: (transfer full): the whole answer. */
char *
cs_fake_chat_compose (CsFakeCall *call, JsonObject *schema, gboolean as_json)
{
  char *text = cs_fake_script_dup_text (call->server->script, call->vendor->name);

  if (text != NULL)
    return text;
  if (schema != NULL)
    return make_object (schema);
  if (as_json)
    return cs_fake_json (
        "{'prompt':'A lighthouse in a storm, waves breaking, une tempête, منارة 🌊, slow dolly in, 35mm',"
        "'negative_prompt':'blurry, text','notes':['Camera and lens were added.']}");
  return g_strdup ("A lighthouse in a storm, waves breaking, une tempête, منارة 🌊, slow dolly in, 35mm.");
}

/** cs_fake_chat_get_user: Returns: (transfer full): the texts of all messages, one behind the other. */
char *
cs_fake_chat_get_user (JsonObject *body)
{
  JsonArray *messages = cs_json_get_array (body, "messages");
  GString *all = g_string_new (NULL);

  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++)
    {
      JsonNode *message = json_array_get_element (messages, i);

      if (JSON_NODE_HOLDS_OBJECT (message))
        g_string_append_printf (all, "%s\n", cs_json_get_string (json_node_get_object (message), "content", ""));
    }
  return g_string_free (all, FALSE);
}

/** cs_fake_chat_split: Returns: (transfer full): pieces that make @text again. */
GStrv
cs_fake_chat_split (const char *text)
{
  g_autoptr (GStrvBuilder) pieces = g_strv_builder_new ();

  while (*text != '\0')
    {
      gsize length = strcspn (text, " ");
      g_autofree char *piece = g_strndup (text, length + (text[length] == ' ' ? 1 : 0));

      g_strv_builder_add (pieces, piece);
      text += strlen (piece);
    }
  return g_strv_builder_end (pieces);
}
