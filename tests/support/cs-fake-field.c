/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at an input with the vendor's eyes: what is needed, what is unknown, what is out of range. Any thread. */
#include "config.h"
#include "cs-fake-field.h"

#include "core/cs-json.h"

#include <math.h>

static gboolean
is_link (const char *text)
{
  return g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://");
}

static gboolean
is_choice (const char *choices, const char *text)
{
  g_auto (GStrv) list = choices != NULL ? g_strsplit (choices, "|", -1) : NULL;

  return list == NULL || g_strv_contains ((const char *const *) list, text);
}

static gboolean
is_good_text (const CsFakeField *field, JsonObject *input)
{
  const char *text = cs_json_get_string (input, field->name, NULL);

  if (text == NULL || (field->is_needed && text[0] == '\0'))
    return FALSE;
  if (field->type == CS_FAKE_LINK)
    return is_link (text);
  if (field->type == CS_FAKE_PICTURE)
    return is_link (text) || g_str_has_prefix (text, "data:image/");
  return is_choice (field->choices, text);
}

static gboolean
is_good_number (const CsFakeField *field, JsonObject *input)
{
  double number = cs_json_get_double (input, field->name, NAN);
  g_autofree char *digits = g_strdup_printf ("%.0f", number);

  return number >= field->min && number <= field->max && (field->type != CS_FAKE_WHOLE || number == trunc (number))
         && is_choice (field->choices, digits);
}

static gboolean
is_good (const CsFakeField *field, JsonObject *input)
{
  switch (field->type)
    {
    case CS_FAKE_TEXT:
    case CS_FAKE_LINK:
    case CS_FAKE_PICTURE:
      return is_good_text (field, input);
    case CS_FAKE_WHOLE:
    case CS_FAKE_NUMBER:
      return is_good_number (field, input);
    case CS_FAKE_SWITCH:
      return cs_json_get_boolean (input, field->name, TRUE) == cs_json_get_boolean (input, field->name, FALSE);
    case CS_FAKE_ANY:
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static char *
describe (const CsFakeField *field)
{
  if (field->choices != NULL)
    return g_strdup_printf ("%s must be one of %s", field->name, field->choices);
  if (field->type == CS_FAKE_WHOLE || field->type == CS_FAKE_NUMBER)
    return g_strdup_printf ("%s must be a number of %.0f to %.0f", field->name, field->min, field->max);
  return g_strdup_printf ("%s has a wrong type or value", field->name);
}

static const CsFakeField *
find (const CsFakeField *fields, const char *name)
{
  for (const CsFakeField *field = fields; field->name != NULL; field++)
    if (g_str_equal (field->name, name))
      return field;
  return NULL;
}

char *
cs_fake_fields_check (const CsFakeField *fields, JsonObject *input, const char **name)
{
  g_autoptr (GList) members = json_object_get_members (input);

  for (GList *l = members; l != NULL; l = l->next)
    if (find (fields, l->data) == NULL)
      {
        *name = l->data;
        return g_strdup_printf ("Additional property %s is not allowed", *name);
      }
  for (const CsFakeField *field = fields; field->name != NULL; field++)
    {
      *name = field->name;
      if (!json_object_has_member (input, field->name))
        {
          if (field->is_needed)
            return g_strdup_printf ("%s is required", field->name);
        }
      else if (!is_good (field, input))
        return describe (field);
    }
  return NULL;
}
