/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be a key, and what only stands in its place. Keys go into headers: one line of plain characters. */
#include "config.h"
#include "secrets/cs-key-value.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <string.h>

/* @text without the spaces and line ends around it, which a paste or `echo` adds. */
static const char *
find_bounds (const char *text, gsize *length)
{
  while (g_ascii_isspace (*text))
    text++;
  *length = strlen (text);
  while (*length > 0 && g_ascii_isspace (text[*length - 1]))
    (*length)--;
  return text;
}

static gboolean
has_no_case_prefix (const char *text, const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* YOUR_PIAPI_KEY_HERE, r8_YOUR_REPLICATE_TOKEN_HERE: what a guide or an .env.example has where the key belongs. */
static gboolean
is_placeholder (const char *text, gsize length)
{
  gsize end = strlen ("_HERE");

  if (length <= end || !has_no_case_prefix (text + length - end, "_HERE"))
    return FALSE;
  for (gsize i = 0; i + end < length; i++)
    if ((i == 0 || text[i - 1] == '_' || text[i - 1] == '-') && has_no_case_prefix (text + i, "YOUR_"))
      return TRUE;
  return FALSE;
}

/**
 * cs_key_value_is_absent:
 * @text: (nullable): what stands where a key may stand
 *
 * Returns: TRUE when it is nothing, or a placeholder that was never filled in.
 */
gboolean
cs_key_value_is_absent (const char *text)
{
  gsize length;

  if (text == NULL)
    return TRUE;
  text = find_bounds (text, &length);
  return length == 0 || is_placeholder (text, length);
}

/* What is wrong with it, in words that do not hold it. */
static const char *
describe_fault (const char *text, gsize length)
{
  if (length == 0)
    return _ ("The key is empty. Copy it from the provider’s page.");
  if (is_placeholder (text, length))
    return _ ("This is the placeholder of a guide, not a key. Copy your own from the provider’s page.");
  if (length > CS_KEY_MAX_LENGTH)
    return _ ("The key is too long. Copy the key alone.");
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return _ ("A key has no spaces, line breaks or accented letters in it. Copy the key alone.");
  return NULL;
}

/**
 * cs_key_value_check:
 * @text: what somebody says is a key
 *
 * Returns: (transfer full): the key alone, for cs_secret_free(). Errors: %CS_ERROR_INVALID_VALUE, which does not
 * hold it.
 */
char *
cs_key_value_check (const char *text, GError **error)
{
  const char *fault;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  text = find_bounds (text, &length);
  fault = describe_fault (text, length);
  if (fault == NULL)
    return g_strndup (text, length);
  cs_set_error (error, CS_ERROR_INVALID_VALUE, "%s", fault);
  return NULL;
}
