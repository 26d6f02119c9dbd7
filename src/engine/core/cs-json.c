/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON in and out: bounded and strict when read, exact about money when written. Any thread, as json-glib's
 * nodes. */
#include "config.h"
#include "core/cs-json-private.h"

#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"

#include <math.h>
#include <string.h>

/**
 * cs_json_parse:
 * @data: text from outside, need not end with a NUL
 * @max_length: the most bytes that are taken
 *
 * Returns: (transfer full): the value. Errors: as cs_json_scan().
 */
JsonNode *
cs_json_parse (const char *data, gsize length, gsize max_length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) own_error = NULL;

  if (!cs_json_scan (data, length, max_length, error))
    return NULL;

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, data, length, &own_error) || json_parser_get_root (parser) == NULL)
    {
      cs_set_error (error, CS_ERROR_MALFORMED, _ ("This is not valid JSON."));
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/**
 * cs_json_parse_object:
 *
 * Returns: (transfer full): the object. Errors: as cs_json_scan(); CS_ERROR_MALFORMED too when it is another
 * value.
 */
JsonObject *
cs_json_parse_object (const char *data, gsize length, gsize max_length, GError **error)
{
  g_autoptr (JsonNode) node = cs_json_parse (data, length, max_length, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      cs_set_error (error, CS_ERROR_MALFORMED, _ ("The JSON is not an object: it must begin with “{”."));
      return NULL;
    }
  return json_node_dup_object (node);
}

/* The member when it is a value (not an object, array or null). */
static JsonNode *
get_value (JsonObject *object, const char *name)
{
  JsonNode *node;

  g_return_val_if_fail (name != NULL, NULL);

  node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

/**
 * cs_json_get_string:
 * @object: (nullable): an object
 *
 * Returns: (transfer none): the member, or @fallback when there is no such string. All readers are alike.
 */
const char *
cs_json_get_string (JsonObject *object, const char *name, const char *fallback)
{
  JsonNode *node = get_value (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return fallback;
  return json_node_get_string (node);
}

/**
 * cs_json_get_int:
 *
 * A number with a fraction of 0 (as 5.0) counts as whole.
 */
gint64
cs_json_get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = get_value (object, name);
  double number;

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return fallback;
  number = json_node_get_double (node);
  return fabs (number) <= 9007199254740992.0 && number == trunc (number) ? (gint64) number : fallback;
}

double
cs_json_get_double (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = get_value (object, name);

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  return json_node_get_value_type (node) == G_TYPE_DOUBLE ? json_node_get_double (node) : fallback;
}

gboolean
cs_json_get_boolean (JsonObject *object, const char *name, gboolean fallback)
{
  JsonNode *node = get_value (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;
  return json_node_get_boolean (node);
}

/**
 * cs_json_get_object:
 *
 * Returns: (transfer none) (nullable): the member, or NULL when it is no object.
 */
JsonObject *
cs_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node;

  g_return_val_if_fail (name != NULL, NULL);

  node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * cs_json_get_array:
 *
 * Returns: (transfer none) (nullable): the member, or NULL when it is no array.
 */
JsonArray *
cs_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node;

  g_return_val_if_fail (name != NULL, NULL);

  node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static CsMoney
get_money_of_node (JsonNode *node, CsMoney fallback)
{
  CsMoney money;
  const char *marked;
  const char *text;
  double number;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      marked = _cs_json_get_marked_money (json_node_get_string (node));
      text = marked != NULL ? marked : json_node_get_string (node);
      return cs_money_parse (text, &money, NULL) ? money : fallback;
    }
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      gint64 dollars = json_node_get_int (node);

      return dollars >= -1000000 && dollars <= 1000000 ? dollars * CS_MONEY_UNIT : fallback;
    }
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return fallback;
  /* Within a million dollars a double lies far nearer to the micro-dollar it was written as than to any
   * other. */
  number = json_node_get_double (node);
  return fabs (number) <= 1000000 ? (CsMoney) llround (number * CS_MONEY_UNIT) : fallback;
}

/**
 * cs_json_get_money:
 *
 * Returns: the amount of the member: a number of dollars, or a string with one; at most a million dollars.
 */
CsMoney
cs_json_get_money (JsonObject *object, const char *name, CsMoney fallback)
{
  JsonNode *node = get_value (object, name);

  return node != NULL ? get_money_of_node (node, fallback) : fallback;
}

/**
 * cs_json_set_string:
 * @value: (nullable): valid UTF-8; NULL writes null
 */
void
cs_json_set_string (JsonObject *object, const char *name, const char *value)
{
  g_return_if_fail (object != NULL && name != NULL);

  if (value == NULL)
    json_object_set_null_member (object, name);
  else
    json_object_set_string_member (object, name, value);
}

/**
 * cs_json_set_money:
 *
 * Writes the amount as a decimal number of dollars, digit for digit. Such an object must be printed with
 * cs_json_to_string(); json-glib's own generator does not know these members.
 */
void
cs_json_set_money (JsonObject *object, const char *name, CsMoney value)
{
  g_autofree char *decimal = cs_money_to_decimal (value);
  g_autofree char *marked = g_strconcat (CS_JSON_MONEY_MARK, decimal, NULL);

  g_return_if_fail (object != NULL && name != NULL);

  json_object_set_string_member (object, name, marked);
}

/**
 * cs_json_set_time:
 * @time_us: microseconds since the epoch
 *
 * Writes an RFC 3339 string in UTC.
 */
void
cs_json_set_time (JsonObject *object, const char *name, gint64 time_us)
{
  g_autofree char *text = cs_text_format_time (time_us);

  g_return_if_fail (object != NULL && name != NULL);

  json_object_set_string_member (object, name, text);
}
