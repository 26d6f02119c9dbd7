/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads .env files: KEY=VALUE, with `export`, quotes, comments, and line ends of any system. Only our keys are taken; names
 * of others are told, their values never kept. As in a shell, the last of two equal names counts. Any thread.
 */
#include "config.h"
#include "secrets/cs-env-file.h"

#include "core/cs-error.h"
#include "core/cs-redact.h"
#include "core/cs-words.h"
#include "secrets/cs-key-value.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define MAX_NAME 64 /* bytes of a name that is told; what is longer is none */

void
cs_env_file_free (CsEnvFile *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      g_clear_pointer (&self->secrets[i], cs_secret_free);
      g_clear_error (&self->refusals[i]);
    }
  g_ptr_array_unref (self->ignored);
  g_array_unref (self->odd_lines);
  g_free (self);
}

/** cs_env_file_has_secrets: Returns: whether there is anything to import. */
gboolean
cs_env_file_has_secrets (const CsEnvFile *self)
{
  for (guint i = 0; i < CS_N_KEYS; i++)
    if (self->secrets[i] != NULL)
      return TRUE;
  return FALSE;
}

static const char *
skip_blanks (const char *text)
{
  return text + strspn (text, " \t");
}

static gboolean
is_end (const char *text)
{
  text = skip_blanks (text);
  return *text == '\0' || *text == '#';
}

/* "NAME", "export NAME"; leaves @line behind the equals sign. Returns: NULL when there is none. */
static char *
read_name (const char **line)
{
  const char *start = skip_blanks (*line);
  gsize length;
  const char *rest;

  if (g_str_has_prefix (start, "export") && (start[6] == ' ' || start[6] == '\t'))
    start = skip_blanks (start + 6);
  length = strspn (start, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");
  rest = skip_blanks (start + length);
  if (length == 0 || length > MAX_NAME || g_ascii_isdigit (*start) || *rest != '=')
    return NULL;
  *line = rest + 1;
  return g_strndup (start, length);
}

/* What stands between quotes; between double ones a backslash protects what follows. Returns: NULL when they do not end. */
static char *
read_quoted (const char *text)
{
  char quote = *text++;
  g_autoptr (GString) value = g_string_sized_new (CS_KEY_MAX_LENGTH);

  while (*text != '\0' && *text != quote)
    {
      if (quote == '"' && *text == '\\' && text[1] != '\0')
        text++;
      g_string_append_c (value, *text++);
    }
  if (*text == quote && is_end (text + 1))
    return g_string_free (g_steal_pointer (&value), FALSE);
  explicit_bzero (value->str, value->allocated_len);
  return NULL;
}

/* A comment begins with a # behind a space. */
static char *
read_bare (const char *text)
{
  gsize length = 0;

  while (text[length] != '\0' && (text[length] != '#' || (length > 0 && !g_ascii_isspace (text[length - 1]))))
    length++;
  return g_strndup (text, length);
}

static char *
read_value (const char *text)
{
  text = skip_blanks (text);
  return *text == '"' || *text == '\'' ? read_quoted (text) : read_bare (text);
}

static void
take_key (CsEnvFile *self, CsKeyName name, const char *value)
{
  g_clear_pointer (&self->secrets[name], cs_secret_free);
  g_clear_error (&self->refusals[name]);
  self->is_absent[name] = cs_key_value_is_absent (value);
  if (!self->is_absent[name])
    self->secrets[name] = cs_key_value_check (value, &self->refusals[name]);
}

static void
ignore (CsEnvFile *self, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (self->ignored, name, g_str_equal, NULL))
    g_ptr_array_add (self->ignored, g_strdup (name));
}

/* Returns: FALSE when the line says nothing. */
static gboolean
read_line (CsEnvFile *self, const char *line)
{
  g_autofree char *name = NULL;
  CsKeyName key;
  char *value;

  if (is_end (line))
    return TRUE;
  name = read_name (&line);
  if (name == NULL)
    return FALSE;
  if (!cs_key_name_from_string (name, &key))
    {
      ignore (self, name);
      return TRUE;
    }
  value = read_value (line);
  if (value == NULL)
    return FALSE;
  take_key (self, key, value);
  cs_secret_free (value);
  return TRUE;
}

/* The text of a file as lines that end with \n or \r\n; NULL when it is not a text. */
static char *
check_text (const char *data, gsize length, GError **error)
{
  if (length > CS_ENV_FILE_MAX_LENGTH)
    {
      cs_set_error (error, CS_ERROR_TOO_LARGE, _ ("This is too large for a file of keys: at most %d bytes are read."),
                    CS_ENV_FILE_MAX_LENGTH);
      return NULL;
    }
  if (length > 0 && (memchr (data, '\0', length) != NULL || !g_utf8_validate (data, (gssize) length, NULL)))
    {
      cs_set_error (error, CS_ERROR_MALFORMED, _ ("This is not a text file. Save it as UTF-8 text and try again."));
      return NULL;
    }
  return g_strndup (data, length);
}

static CsEnvFile *
cs_env_file_new (void)
{
  CsEnvFile *self = g_new0 (CsEnvFile, 1);

  self->ignored = g_ptr_array_new_with_free_func (g_free);
  self->odd_lines = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

/**
 * cs_env_file_parse:
 * @data: what the file holds, @length bytes
 *
 * Returns: (transfer full): what it says. Errors: %CS_ERROR_TOO_LARGE, %CS_ERROR_MALFORMED; a line that says nothing is
 * no error.
 */
CsEnvFile *
cs_env_file_parse (const char *data, gsize length, GError **error)
{
  char *text = check_text (data, length, error);
  CsEnvFile *self;
  char *line = text;

  if (text == NULL)
    return NULL;
  self = cs_env_file_new ();
  if (g_str_has_prefix (line, BYTE_ORDER_MARK))
    line += strlen (BYTE_ORDER_MARK);
  for (guint number = 1; line != NULL; number++)
    {
      char *end = strpbrk (line, "\r\n");
      char *next = end != NULL ? end + (g_str_has_prefix (end, "\r\n") ? 2 : 1) : NULL;

      if (end != NULL)
        *end = '\0';
      if (!read_line (self, line))
        g_array_append_val (self->odd_lines, number);
      line = next;
    }
  explicit_bzero (text, length);
  g_free (text);
  return self;
}
