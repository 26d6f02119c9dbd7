/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a JSON body, read strictly: the first that is wrong is the answer. Any thread, in a words scope. */
#include "config.h"
#include "server/cs-api-body.h"

#include <string.h>

/* Returns: (transfer none) (nullable): the member; null counts as none. */
static JsonNode *
find (CsApiBody *self, const char *name)
{
  JsonNode *node;

  if (self->known == NULL)
    self->known = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (self->known, (char *) g_intern_string (name));
  node = self->object != NULL ? json_object_get_member (self->object, name) : NULL;
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/** cs_api_body_set_error: @error: (transfer full): what is wrong with the field; only the first counts. */
void
cs_api_body_set_error (CsApiBody *self, const char *name, GError *error)
{
  if (self->error != NULL)
    {
      g_error_free (error);
      return;
    }
  self->error = error;
  self->field = g_intern_string (name);
}

static void complain (CsApiBody *self, const char *name, CsError code, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
complain (CsApiBody *self, const char *name, CsError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  cs_api_body_set_error (self, name, g_error_new_valist (CS_ERROR, code, format, args));
  va_end (args);
}

static const char *
read_string (CsApiBody *self, const char *name, const char *fallback)
{
  JsonNode *node = find (self, name);

  if (node == NULL)
    return fallback;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  complain (self, name, CS_ERROR_INVALID_VALUE, _ ("“%s” must be a string."), name);
  return fallback;
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

/**
 * cs_api_body_need_string:
 *
 * Returns: (transfer none): the string, which has something in it; "" when there is none, which is an error.
 */
const char *
cs_api_body_need_string (CsApiBody *self, const char *name)
{
  gboolean was_good = self->error == NULL;
  const char *value = read_string (self, name, NULL);

  if (value != NULL && !is_blank (value))
    return value;
  if (value != NULL)
    complain (self, name, CS_ERROR_INVALID_VALUE, _ ("“%s” is empty. Write something into it."), name);
  else if (was_good && self->error == NULL)
    complain (self, name, CS_ERROR_MISSING_FIELD, _ ("“%s” is missing. Add it to the JSON object."), name);
  return "";
}

/** cs_api_body_get_string: @fallback: (nullable): in place of none or null. Returns: (transfer none) (nullable). */
const char *
cs_api_body_get_string (CsApiBody *self, const char *name, const char *fallback)
{
  return read_string (self, name, fallback);
}

/** cs_api_body_get_int: Returns: the whole number; 5.0 is one, and "5" is none. */
gint64
cs_api_body_get_int (CsApiBody *self, const char *name, gint64 minimum, gint64 maximum, gint64 fallback)
{
  JsonNode *node = find (self, name);
  gint64 low;
  gint64 high;

  if (node == NULL)
    return fallback;
  /* What is no whole number gives both fallbacks. */
  low = cs_json_get_int (self->object, name, G_MININT64);
  high = cs_json_get_int (self->object, name, G_MAXINT64);
  if (low == high && low >= minimum && low <= maximum)
    return low;
  complain (self, name, CS_ERROR_INVALID_VALUE, _ ("“%s” must be a whole number from %lld to %lld."), name,
            (long long) minimum, (long long) maximum);
  return fallback;
}

gboolean
cs_api_body_get_boolean (CsApiBody *self, const char *name, gboolean fallback)
{
  JsonNode *node = find (self, name);

  if (node == NULL)
    return fallback;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  complain (self, name, CS_ERROR_INVALID_VALUE, _ ("“%s” must be true or false."), name);
  return fallback;
}

/** cs_api_body_get_money: Returns: a number of dollars that is not less than 0, or a string with one. */
CsMoney
cs_api_body_get_money (CsApiBody *self, const char *name, CsMoney fallback)
{
  JsonNode *node = find (self, name);
  CsMoney value;

  if (node == NULL)
    return fallback;
  value = cs_json_get_money (self->object, name, -1);
  if (value >= 0)
    return value;
  complain (self, name, CS_ERROR_INVALID_VALUE, _ ("“%s” must be a number of US dollars, 0 or more."), name);
  return fallback;
}

/** cs_api_body_ignore: The field is known, and nothing is read from it here. */
void
cs_api_body_ignore (CsApiBody *self, const char *name)
{
  find (self, name);
}

gboolean
cs_api_body_is_good (CsApiBody *self)
{
  return self->error == NULL;
}

/** cs_api_body_list_unknown: Returns: (transfer full) (nullable): the names of members that nobody asked for; NULL: none. */
GStrv
cs_api_body_list_unknown (CsApiBody *self)
{
  g_autoptr (GList) names = self->object != NULL ? json_object_get_members (self->object) : NULL;
  g_autoptr (GStrvBuilder) unknown = g_strv_builder_new ();
  gboolean found = FALSE;

  for (GList *item = names; item != NULL; item = item->next)
    if (self->known == NULL || !g_hash_table_contains (self->known, item->data))
      {
        g_strv_builder_add (unknown, item->data);
        found = TRUE;
      }
  return found ? g_strv_builder_end (unknown) : NULL;
}

void
cs_api_body_clear (CsApiBody *self)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_error (&self->error);
}
