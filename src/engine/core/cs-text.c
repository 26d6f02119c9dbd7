/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text from people and from outside: checked, cut, folded, printed as times and numbers. Any thread. */
#include "config.h"
#include "core/cs-text.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <string.h>

#define MAX_FILE_NAME 120 /* bytes */

static gboolean
is_bidi_embedding (gunichar c)
{
  return c >= 0x202a && c <= 0x202e;
}

static gboolean
is_bidi_isolate (gunichar c)
{
  return c >= 0x2066 && c <= 0x2069;
}

static gboolean
is_control (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

/* Marks that belong to the character before them, so that no cut may stand between the two. */
static gboolean
is_extender (gunichar c)
{
  return g_unichar_ismark (c) || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f)
         || (c >= 0x1f3fb && c <= 0x1f3ff);
}

static gboolean
has_balanced_isolates (const char *text)
{
  int depth = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_bidi_isolate (c))
        depth += c == 0x2069 ? -1 : 1;
      if (depth < 0)
        return FALSE;
    }
  return depth == 0;
}

/*
 * Takes out what people paste without seeing it and what can turn the text around it: embeddings and
 * overrides, isolates that are not closed, byte order marks. Line ends become \n.
 */
static char *
strip_invisible (const char *text)
{
  gboolean keep_isolates = has_balanced_isolates (text);
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_bidi_embedding (c) || (is_bidi_isolate (c) && !keep_isolates) || c == 0xfeff)
        continue;
      if (c == '\r')
        {
          if (p[1] != '\n')
            g_string_append_c (out, '\n');
          continue;
        }
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
trim (char *text)
{
  char *first = text;
  char *end = text + strlen (text);

  while (*first != '\0' && g_unichar_isspace (g_utf8_get_char (first)))
    first = g_utf8_next_char (first);
  while (end > first)
    {
      char *previous = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (previous)))
        break;
      end = previous;
    }
  *end = '\0';
  memmove (text, first, end - first + 1);
}

static gboolean
has_visible (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isgraph (g_utf8_get_char (p)) && !is_extender (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static gboolean
has_control (const char *text, const char *allowed)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_control (c) && (c > 0x7f || strchr (allowed, (int) c) == NULL))
        return TRUE;
    }
  return FALSE;
}

static gboolean
fail_too_long (const char *field, gsize max_characters, GError **error)
{
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” is too long: at most %zu characters."), field,
                max_characters);
  return FALSE;
}

/* The shared part of the checks; @field as it is shown. The result may have nothing visible in it. */
static char *
clean_text (const char *field,
            const char *text,
            gsize length,
            gsize max_characters,
            const char *allowed,
            GError **error)
{
  g_autofree char *copy = NULL;
  g_autofree char *stripped = NULL;
  g_autofree char *clean = NULL;

  if (length / 8 > max_characters)
    return fail_too_long (field, max_characters, error), NULL;
  if (!g_utf8_validate_len (text, length, NULL))
    {
      cs_set_error (error, CS_ERROR_MALFORMED, _ ("“%s” is not valid UTF-8 text."), field);
      return NULL;
    }

  copy = g_strndup (text, length);
  stripped = strip_invisible (copy);
  clean = g_utf8_normalize (stripped, -1, G_NORMALIZE_NFC);
  trim (clean);
  if (has_control (clean, allowed))
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” holds control characters: remove them."), field);
      return NULL;
    }
  if ((gsize) g_utf8_strlen (clean, -1) > max_characters)
    return fail_too_long (field, max_characters, error), NULL;
  return g_steal_pointer (&clean);
}

/**
 * cs_text_check_prompt:
 * @text: what somebody wrote
 * @length: bytes, or -1 when @text ends with a NUL
 *
 * Returns: (transfer full): the prompt as it is kept: composed (NFC), trimmed, lines ended by \n, without
 * bidi embeddings. Errors: CS_ERROR_MISSING_FIELD (nothing in it), CS_ERROR_MALFORMED (not UTF-8),
 * CS_ERROR_INVALID_VALUE (control characters, or more than %CS_PROMPT_MAX_CHARACTERS).
 */
char *
cs_text_check_prompt (const char *text, gssize length, GError **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  clean = clean_text (_ ("prompt"), text != NULL ? text : "", length < 0 ? strlen (text) : (gsize) length,
                      CS_PROMPT_MAX_CHARACTERS, "\n\t", error);
  if (clean == NULL)
    return NULL;
  if (!has_visible (clean))
    {
      cs_set_error (error, CS_ERROR_MISSING_FIELD, _ ("The prompt is empty: write what you want to see."));
      return NULL;
    }
  return g_steal_pointer (&clean);
}

/**
 * cs_text_check_line:
 * @field: the name of the field, for the error
 * @text: (nullable): what somebody wrote; NULL counts as empty
 *
 * Returns: (transfer full): one line of text, cleaned as cs_text_check_prompt() does. Errors: as there.
 */
char *
cs_text_check_line (const char *field, const char *text, gsize max_characters, GError **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  clean = clean_text (field, text != NULL ? text : "", text != NULL ? strlen (text) : 0, max_characters, "",
                      error);
  if (clean == NULL)
    return NULL;
  if (!has_visible (clean))
    {
      cs_set_error (error, CS_ERROR_MISSING_FIELD, _ ("“%s” is missing: give it a value."), field);
      return NULL;
    }
  return g_steal_pointer (&clean);
}

/* Where @text can be cut so that at most @length bytes stay and no character is parted from its marks. */
static gsize
find_cut (const char *text, gsize length)
{
  const char *cut = text + length;

  if (strnlen (text, length + 1) <= length)
    return strlen (text);
  while (cut > text
         && ((*cut & 0xc0) == 0x80 || is_extender (g_utf8_get_char (cut))
             || g_utf8_get_char (g_utf8_prev_char (cut)) == 0x200d))
    cut--;
  return cut - text;
}

/**
 * cs_text_ellipsize:
 * @max_characters: at least 1
 *
 * Returns: (transfer full): @text, its end replaced by “…” when it is longer than @max_characters.
 */
char *
cs_text_ellipsize (const char *text, gsize max_characters)
{
  g_autofree char *valid = NULL;
  g_autofree char *kept = NULL;
  gsize cut;

  g_return_val_if_fail (text != NULL && max_characters > 0, NULL);

  valid = g_utf8_make_valid (text, -1);
  if ((gsize) g_utf8_strlen (valid, -1) <= max_characters)
    return g_steal_pointer (&valid);
  cut = find_cut (valid, g_utf8_offset_to_pointer (valid, max_characters - 1) - valid);
  kept = g_strndup (valid, cut);
  g_strchomp (kept);
  return g_strconcat (kept, "…", NULL);
}

/**
 * cs_text_make_line:
 * @text: any text
 * @max_bytes: of @text that are looked at
 *
 * Returns: (transfer full): @text as one line of valid UTF-8, composed (NFC): every run of white space and control
 * characters is one space; no bidi controls.
 */
char *
cs_text_make_line (const char *text, gsize max_bytes)
{
  gsize length;
  g_autofree char *valid = NULL;
  g_autofree char *composed = NULL;
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  length = strnlen (text, max_bytes);
  while (length > 0 && (text[length] & 0xc0) == 0x80)
    length--;
  out = g_string_new (NULL);
  valid = g_utf8_make_valid (text, length);
  composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_bidi_embedding (c) || is_bidi_isolate (c) || c == 0x200e || c == 0x200f || c == 0x061c
          || c == 0xfeff)
        continue;
      if (!is_control (c) && !g_unichar_isspace (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  g_strchomp (out->str);
  return g_string_free (out, FALSE);
}

/**
 * cs_text_make_title:
 * @prompt: any text
 *
 * Returns: (transfer full): one line of at most @max_characters, cut between words where that loses little.
 */
char *
cs_text_make_title (const char *prompt, gsize max_characters)
{
  g_autofree char *line = NULL;
  g_autofree char *kept = NULL;
  char *space;

  g_return_val_if_fail (prompt != NULL && max_characters > 0, NULL);

  line = cs_text_make_line (prompt, max_characters * 16);
  if (line[0] == '\0')
    return g_strdup (_ ("Untitled"));
  if ((gsize) g_utf8_strlen (line, -1) <= max_characters)
    return g_steal_pointer (&line);

  kept = g_strndup (line, find_cut (line, g_utf8_offset_to_pointer (line, max_characters - 1) - line));
  space = strrchr (kept, ' ');
  if (space != NULL && space - kept > (gssize) strlen (kept) * 2 / 3)
    *space = '\0';
  g_strchomp (kept);
  return g_strconcat (kept, "…", NULL);
}

/* Leaves out what a folder, a shell, or the file system of a memory stick would stumble over. */
static char *
make_file_stem (const char *title)
{
  g_autofree char *line = cs_text_make_line (title, MAX_FILE_NAME * 8);
  GString *out = g_string_new (NULL);

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL)
        c = '-';
      if (out->len == 0 && c < 0x80 && strchr (".- ", (int) c) != NULL)
        continue;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/**
 * cs_text_make_file_name:
 * @title: any text
 * @extension: (nullable): without the point, ASCII
 *
 * Returns: (transfer full): a file name for @title: NFC, no bidi or other controls, no `/`, no leading `.` or
 * `-`, at most 120 bytes with the extension, never empty.
 */
char *
cs_text_make_file_name (const char *title, const char *extension)
{
  g_autofree char *stem = NULL;
  gsize room = MAX_FILE_NAME;
  gsize cut;

  g_return_val_if_fail (title != NULL && (extension == NULL || strlen (extension) < 32), NULL);

  stem = make_file_stem (title);
  if (extension != NULL)
    room -= strlen (extension) + 1;
  cut = find_cut (stem, room);
  while (cut > 0 && strchr (". -", stem[cut - 1]) != NULL)
    cut--;
  stem[cut] = '\0';
  return g_strconcat (cut > 0 ? stem : "creation", extension != NULL ? "." : NULL, extension, NULL);
}

/* What letters without a decomposition are looked up as; NULL: as they are. */
static const char *
fold_letter (gunichar c)
{
  switch (c)
    {
    case 0x0671: /* alef wasla; the other alef forms come apart by themselves */
      return "ا";
    case 0x0629: /* teh marbuta */
      return "ه";
    case 0x0649: /* alef maksura */
    case 0x06cc: /* Farsi yeh */
      return "ي";
    case 0x06a9: /* keheh */
      return "ك";
    case 0x0640: /* tatweel */
      return "";
    case 0x0153:
      return "oe";
    case 0x00e6:
      return "ae";
    case 0x00f8:
      return "o";
    case 0x0142:
      return "l";
    case 0x0131:
      return "i";
    case 0x2019:
      return "'";
    default:
      return NULL;
    }
}

/**
 * cs_text_fold:
 * @text: any text
 *
 * Returns: (transfer full): @text for matching words: lower case, no diacritics; Arabic without vowel marks
 * and tatweel, its forms of alef, teh marbuta and alef maksura as one; digits as 0 to 9. Not for showing.
 */
char *
cs_text_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *apart = NULL;
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  lower = g_utf8_casefold (valid, -1);
  apart = g_utf8_normalize (lower, -1, G_NORMALIZE_NFKD);
  out = g_string_sized_new (strlen (apart));
  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *folded = fold_letter (c);

      if (folded != NULL)
        g_string_append (out, folded);
      else if (g_unichar_isdigit (c))
        g_string_append_c (out, '0' + g_unichar_digit_value (c));
      else if (!g_unichar_ismark (c))
        g_string_append_unichar (out, c);
    }
  return g_utf8_normalize (out->str, out->len, G_NORMALIZE_NFC);
}

/**
 * cs_text_is_rtl:
 * @text: (nullable): any text
 *
 * Returns: whether the first letter of @text is of a script that runs from right to left.
 */
gboolean
cs_text_is_rtl (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeScript script = g_unichar_get_script (c);

      if (g_unichar_isalpha (c))
        return script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW
               || script == G_UNICODE_SCRIPT_SYRIAC || script == G_UNICODE_SCRIPT_THAANA
               || script == G_UNICODE_SCRIPT_NKO;
    }
  return FALSE;
}

/**
 * cs_set_string:
 * @where: (inout): a string that the caller owns
 * @text: (nullable): the new value; copied
 *
 * Returns: whether anything changed.
 */
gboolean
cs_set_string (char **where, const char *text)
{
  char *copy;

  if (g_strcmp0 (*where, text) == 0)
    return FALSE;
  copy = g_strdup (text);
  g_free (*where);
  *where = copy;
  return TRUE;
}
