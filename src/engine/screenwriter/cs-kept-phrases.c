/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a rewrite keeps word for word. A language model that lost some of it is not sent back to its work, which would
 * cost time and money: the lost words are put back as a last sentence. Only where there is no room for them is the
 * rewrite refused. Pure, any thread.
 */
#include "config.h"
#include "screenwriter/cs-kept-phrases.h"

#include "core/cs-text.h"

#include <string.h>

#define MAX_QUOTED 16
#define MAX_QUOTED_BYTES 400

static const struct
{
  const char *open;
  const char *close;
} marks[] = { { "\"", "\"" }, { "“", "”" }, { "«", "»" }, { "„", "“" } };

/* The phrase whose opening mark stands at @text, trimmed; *@end moves behind its closing mark. */
static char *
read_quoted (const char *text, const char **end)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *begin = text + strlen (marks[i].open);
      const char *close = g_str_has_prefix (text, marks[i].open) ? strstr (begin, marks[i].close) : NULL;
      g_autofree char *phrase = NULL;

      if (close == NULL || close - begin > MAX_QUOTED_BYTES)
        continue;
      *end = close + strlen (marks[i].close);
      phrase = g_strndup (begin, close - begin);
      return cs_text_make_line (g_strstrip (phrase), MAX_QUOTED_BYTES);
    }
  return NULL;
}

static void
add_phrase (GPtrArray *phrases, char *phrase)
{
  if (g_ptr_array_find_with_equal_func (phrases, phrase, g_str_equal, NULL))
    g_free (phrase);
  else
    g_ptr_array_add (phrases, phrase);
}

/** cs_kept_phrases_find: Returns: (transfer full) (element-type utf8): each once, in the order they were written. */
GPtrArray *
cs_kept_phrases_find (const CsBrief *brief)
{
  GPtrArray *phrases = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = brief->prompt; *at != '\0' && phrases->len < MAX_QUOTED;)
    {
      const char *end = g_utf8_next_char (at);
      g_autofree char *phrase = read_quoted (at, &end);

      if (phrase != NULL && *phrase != '\0')
        add_phrase (phrases, g_strdup_printf ("“%s”", phrase));
      at = end;
    }
  for (guint i = 0; brief->locked != NULL && brief->locked[i] != NULL; i++)
    add_phrase (phrases, cs_text_make_line (brief->locked[i], strlen (brief->locked[i])));
  return phrases;
}

static gboolean
is_quoted (const char *phrase)
{
  return g_str_has_prefix (phrase, "“") && g_str_has_suffix (phrase, "”");
}

/* The same words whatever the shape of apostrophes and the spaces inside of quotation marks. */
static char *
make_comparable (const char *text, gboolean fold_case)
{
  g_autofree char *line = cs_text_make_line (text, strlen (text));
  g_autofree char *folded = fold_case ? g_utf8_casefold (line, -1) : g_strdup (line);
  GString *out = g_string_new (folded);

  g_string_replace (out, "’", "'", 0);
  return g_string_free (out, FALSE);
}

/* What is to be read in the picture keeps its letters; a phrase may begin a sentence. */
static gboolean
is_kept (const char *prompt, const char *phrase)
{
  gboolean quoted = is_quoted (phrase);
  g_autofree char *bare = quoted ? g_strndup (phrase + strlen ("“"), strlen (phrase) - strlen ("“”")) : g_strdup (phrase);
  g_autofree char *needle = make_comparable (bare, !quoted);
  g_autofree char *hay = make_comparable (prompt, !quoted);

  return strstr (hay, needle) != NULL;
}

static gboolean
ends_sentence (const char *text)
{
  static const char *const ends[] = { ".", "!", "?", "…", "؟", "。" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  return FALSE;
}

static void
append_sentence (GString *out, const char *lead, GString *words)
{
  if (words->len == 0)
    return;
  g_string_append_printf (out, "%s %s%s.", ends_sentence (out->str) ? "" : ".", lead, words->str);
}

/**
 * cs_kept_phrases_restore:
 * @phrases: (element-type utf8): from cs_kept_phrases_find()
 * @prompt: (inout): the rewrite; what it lost is added at its end
 *
 * Returns: FALSE when there is no room for it.
 */
gboolean
cs_kept_phrases_restore (GPtrArray *phrases, char **prompt, gsize max_characters)
{
  g_autoptr (GString) quoted = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) whole = NULL;

  for (guint i = 0; i < phrases->len; i++)
    {
      const char *phrase = phrases->pdata[i];
      GString *list = is_quoted (phrase) ? quoted : plain;

      if (!is_kept (*prompt, phrase))
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", phrase);
    }
  if (quoted->len == 0 && plain->len == 0)
    return TRUE;
  whole = g_string_new (*prompt);
  append_sentence (whole, "", plain);
  append_sentence (whole, "With exactly these words: ", quoted);
  if ((gsize) g_utf8_strlen (whole->str, -1) > max_characters)
    return FALSE;
  g_free (*prompt);
  *prompt = g_string_free (g_steal_pointer (&whole), FALSE);
  return TRUE;
}
