/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was said behind the command. Read here and not by GOption, so that every refusal is one sentence in
 * the user's language that names the word it is about.
 */
#include "config.h"
#include "cli/cs-arguments.h"

#include <inttypes.h>
#include <string.h>

struct _CsArguments
{
  GHashTable *values; /* option name (borrowed of its table) -> text */
  GPtrArray *words;   /* (element-type utf8) */
};

/* Where the reading stands. */
typedef struct
{
  const CsOption *const *tables;
  const char *const *next; /* the argument after the one being read */
} Reader;

void
cs_arguments_free (CsArguments *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->values);
  g_ptr_array_unref (self->words);
  g_free (self);
}

/* By its name of @length bytes, or by its letter. */
static const CsOption *
find_option (const CsOption *const *tables, const char *name, gsize length, char letter)
{
  for (; *tables != NULL; tables++)
    for (const CsOption *option = *tables; option->name != NULL; option++)
      if ((letter != 0 && option->letter == letter)
          || (letter == 0 && strlen (option->name) == length && strncmp (option->name, name, length) == 0))
        return option;
  return NULL;
}

/* What was written behind its name may be a secret. */
static gboolean
refuse_unknown (const char *argument, GError **error)
{
  g_autofree char *name = g_strndup (argument, strcspn (argument, "="));
  g_autofree char *shown = cs_text_ellipsize (name, 40);

  /* translators: an option, for example --colour */
  cs_set_error (error, CS_ERROR_USAGE, _ ("There is no option “%s” here."), shown);
  return FALSE;
}

/* @attached: (nullable): the value that was written in the same argument */
static gboolean
take_option (CsArguments *self, Reader *reader, const CsOption *option, const char *attached, GError **error)
{
  if (option->value == NULL && attached != NULL)
    {
      cs_set_error (error, CS_ERROR_USAGE, _ ("The option --%s takes no value."), option->name);
      return FALSE;
    }
  if (option->value != NULL && attached == NULL)
    {
      attached = *reader->next;
      if (attached == NULL)
        {
          cs_set_error (error, CS_ERROR_USAGE, _ ("The option --%s needs a value."), option->name);
          return FALSE;
        }
      reader->next++;
    }
  g_hash_table_replace (self->values, (char *) option->name, g_strdup (attached != NULL ? attached : ""));
  return TRUE;
}

static gboolean
read_long_option (CsArguments *self, Reader *reader, const char *argument, GError **error)
{
  const char *name = argument + 2;
  const char *sign = strchr (name, '=');
  const CsOption *option
      = find_option (reader->tables, name, sign != NULL ? (gsize) (sign - name) : strlen (name), 0);

  if (option == NULL)
    return refuse_unknown (argument, error);
  return take_option (self, reader, option, sign != NULL ? sign + 1 : NULL, error);
}

static gboolean
read_short_option (CsArguments *self, Reader *reader, const char *argument, GError **error)
{
  const CsOption *option = find_option (reader->tables, NULL, 0, argument[1]);

  if (option == NULL)
    return refuse_unknown (argument, error);
  return take_option (self, reader, option, argument[2] != '\0' ? argument + 2 : NULL, error);
}

/* A number below 0 is a word, which whoever reads it refuses with more sense than “no such option”. */
static gboolean
is_word (const char *argument)
{
  return argument[0] != '-' || argument[1] == '\0' || argument[1] == '.' || g_ascii_isdigit (argument[1]);
}

/**
 * cs_arguments_parse:
 * @tables: (array zero-terminated=1): the options that may be said
 * @argv: (array zero-terminated=1): valid UTF-8, without the program and the command
 *
 * Options and words in any order; behind `--` there are only words, and `-` alone is one, as is a number below
 * 0. The last of two equal options counts.
 *
 * Returns: (transfer full): the arguments, or NULL with %CS_ERROR_USAGE.
 */
CsArguments *
cs_arguments_parse (const CsOption *const *tables, const char *const *argv, GError **error)
{
  g_autoptr (CsArguments) self = g_new0 (CsArguments, 1);
  Reader reader = { tables, argv };
  gboolean only_words = FALSE;

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  while (*reader.next != NULL)
    {
      const char *argument = *reader.next++;

      if (only_words || is_word (argument))
        g_ptr_array_add (self->words, g_strdup (argument));
      else if (g_str_equal (argument, "--"))
        only_words = TRUE;
      else if (g_str_has_prefix (argument, "--") ? !read_long_option (self, &reader, argument, error)
                                                 : !read_short_option (self, &reader, argument, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
cs_arguments_has (CsArguments *self, const char *name)
{
  return g_hash_table_contains (self->values, name);
}

/** cs_arguments_get: Returns: (transfer none) (nullable): what was given for the option. */
const char *
cs_arguments_get (CsArguments *self, const char *name)
{
  return g_hash_table_lookup (self->values, name);
}

/**
 * cs_arguments_get_int:
 * @value: (inout): untouched when the option was not given
 *
 * Returns: FALSE with %CS_ERROR_INVALID_VALUE for anything that is not a whole number within the limits.
 */
gboolean
cs_arguments_get_int (
    CsArguments *self, const char *name, gint64 minimum, gint64 maximum, gint64 *value, GError **error)
{
  const char *text = cs_arguments_get (self, name);
  g_autofree char *shown = NULL;

  if (text == NULL || cs_text_parse_int (text, minimum, maximum, value))
    return TRUE;
  shown = cs_text_ellipsize (text, 40);
  cs_set_error (
      error, CS_ERROR_INVALID_VALUE,
      /* translators: 1: an option, 2 and 3: limits, 4: what was given instead */
      _ ("--%1$s must be a whole number from %2$" PRId64 " to %3$" PRId64 ", not “%4$s”."),
      name, minimum, maximum, shown);
  return FALSE;
}

/**
 * cs_arguments_get_money: @value: (inout): untouched when the option was not given. An amount may not be
 * negative.
 */
gboolean
cs_arguments_get_money (CsArguments *self, const char *name, CsMoney *value, GError **error)
{
  const char *text = cs_arguments_get (self, name);
  CsMoney money;

  if (text == NULL)
    return TRUE;
  if (!cs_money_parse (text, &money, error))
    return FALSE;
  if (money < 0)
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("--%s cannot be less than 0."), name);
      return FALSE;
    }
  *value = money;
  return TRUE;
}

/**
 * cs_arguments_refuse: @choices: the values that there are. Returns: FALSE, always, with
 * %CS_ERROR_INVALID_VALUE.
 */
gboolean
cs_arguments_refuse (CsArguments *self, const char *name, const char *choices, GError **error)
{
  g_autofree char *shown = cs_text_ellipsize (cs_arguments_get (self, name), 40);

  cs_set_error (error, CS_ERROR_INVALID_VALUE,
                /* translators: 1: an option, 2: what was given, 3: a list of words of the command line */
                _ ("--%1$s cannot be “%2$s”. Choose one of: %3$s."), name, shown, choices);
  return FALSE;
}

guint
cs_arguments_get_n_words (CsArguments *self)
{
  return self->words->len;
}

/** cs_arguments_get_word: Returns: (transfer none) (nullable): the word at @index. */
const char *
cs_arguments_get_word (CsArguments *self, guint index)
{
  return index < self->words->len ? self->words->pdata[index] : NULL;
}
