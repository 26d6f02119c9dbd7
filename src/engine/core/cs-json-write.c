/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON out: our own writer, because json-glib's rounds money and uses up the stack. Any thread, as
 * json-glib's nodes. */
#include "config.h"
#include "core/cs-json-private.h"

#include <math.h>
#include <string.h>

/* The digits behind the mark; NULL when @text is an ordinary string. */
const char *
_cs_json_get_marked_money (const char *text)
{
  if (!g_str_has_prefix (text, CS_JSON_MONEY_MARK))
    return NULL;
  text += strlen (CS_JSON_MONEY_MARK);
  return text[0] != '\0' && text[strspn (text, "-.0123456789")] == '\0' ? text : NULL;
}

/* A container that is being written. */
typedef struct
{
  JsonNode *node;
  JsonObjectIter iter;
  guint next;
} Level;

static void
write_string (GString *out, const char *text)
{
  g_autofree char *repaired = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);
  const char *escapes = "\bb\ff\nn\rr\tt\"\"\\\\";

  g_string_append_c (out, '"');
  for (const char *p = repaired != NULL ? repaired : text; *p != '\0'; p++)
    {
      const char *escape = escapes;

      while (*escape != '\0' && *escape != *p)
        escape += 2;
      if (*escape != '\0')
        g_string_append_printf (out, "\\%c", escape[1]);
      else if ((guchar) *p < 0x20 || *p == 0x7f || (*p == '<' && (p[1] == '/' || p[1] == '!')))
        g_string_append_printf (out, "\\u%04x", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/* Only as many digits as it takes to read back the same number; what JSON cannot say is null. */
static void
write_double (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (out, "null");
      return;
    }
  g_ascii_formatd (text, sizeof text, "%.15g", number);
  if (g_ascii_strtod (text, NULL) != number)
    g_ascii_formatd (text, sizeof text, "%.16g", number);
  if (g_ascii_strtod (text, NULL) != number)
    g_ascii_formatd (text, sizeof text, "%.17g", number);
  g_string_append (out, text);
  if (strpbrk (text, ".e") == NULL)
    g_string_append (out, ".0");
}

static void
write_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  const char *money = type == G_TYPE_STRING ? _cs_json_get_marked_money (json_node_get_string (node)) : NULL;

  if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    write_double (out, json_node_get_double (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (money != NULL)
    g_string_append (out, money);
  else
    write_string (out, json_node_get_string (node));
}

static void
write_break (GString *out, gboolean pretty, guint depth)
{
  if (!pretty)
    return;
  g_string_append_c (out, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (out, "  ");
}

/* Writes a value whole, or the bracket that opens it and puts it on the stack. */
static void
write_node (GString *out, GArray *stack, JsonNode *node)
{
  Level level = { .node = node };

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_iter_init_ordered (&level.iter, json_node_get_object (node));
  if (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node))
    {
      g_string_append_c (out, JSON_NODE_HOLDS_OBJECT (node) ? '{' : '[');
      g_array_append_val (stack, level);
    }
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null");
  else
    write_value (out, node);
}

/* The next element of the innermost container, with its name when it has one; NULL at its end. */
static JsonNode *
take_next (Level *level, const char **name)
{
  JsonNode *node = NULL;
  JsonArray *array;

  *name = NULL;
  if (JSON_NODE_HOLDS_OBJECT (level->node))
    return json_object_iter_next_ordered (&level->iter, name, &node) ? node : NULL;
  array = json_node_get_array (level->node);
  return level->next < json_array_get_length (array) ? json_array_get_element (array, level->next) : NULL;
}

/**
 * cs_json_to_string:
 * @pretty: on several lines, for people
 *
 * Returns: (transfer full): the JSON text of @node, members in the order they were set, always valid UTF-8,
 * safe inside an HTML script element. No stack is used up by deep values.
 */
char *
cs_json_to_string (JsonNode *node, gboolean pretty)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Level));

  g_return_val_if_fail (node != NULL, NULL);

  write_node (out, stack, node);
  while (stack->len > 0)
    {
      Level *level = &g_array_index (stack, Level, stack->len - 1);
      const char *name;
      JsonNode *child = take_next (level, &name);

      if (child == NULL)
        {
          if (level->next > 0)
            write_break (out, pretty, stack->len - 1);
          g_string_append_c (out, JSON_NODE_HOLDS_OBJECT (level->node) ? '}' : ']');
          g_array_set_size (stack, stack->len - 1);
          continue;
        }
      if (level->next++ > 0)
        g_string_append_c (out, ',');
      write_break (out, pretty, stack->len);
      if (name != NULL)
        {
          write_string (out, name);
          g_string_append (out, pretty ? ": " : ":");
        }
      write_node (out, stack, child);
    }
  return g_string_free (out, FALSE);
}

/**
 * cs_json_object_to_string:
 *
 * Returns: (transfer full): as cs_json_to_string().
 */
char *
cs_json_object_to_string (JsonObject *object, gboolean pretty)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  g_return_val_if_fail (object != NULL, NULL);

  json_node_init_object (node, object);
  return cs_json_to_string (node, pretty);
}
