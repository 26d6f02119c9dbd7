/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that a creation is found by and the words that are looked for, made equal by the same folding;
 * pure. */
#include "config.h"
#include "library/cs-search-words.h"

#include "core/cs-text.h"

#define MAX_WORDS 16          /* of one search; a pasted page finds by its first words */
#define MAX_WORD_LENGTH 64    /* characters; longer words are found by their beginning */
#define MIN_STEM_LENGTH 2     /* characters that must follow an article */
#define MAX_TEXT_LENGTH 65536 /* bytes of a search that are looked at */

/* Arabic writes "the", "and the", "with the"... as one word with the noun. Longest first. */
static const char *const articles[] = {
  "وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل", NULL,
};

/* The noun behind the article of a folded word; NULL when there is none. */
static const char *
find_stem (const char *word)
{
  for (int i = 0; articles[i] != NULL; i++)
    if (g_str_has_prefix (word, articles[i]))
      {
        const char *stem = word + strlen (articles[i]);

        return g_utf8_strlen (stem, -1) >= MIN_STEM_LENGTH ? stem : NULL;
      }
  return NULL;
}

/* The next word at *@text, which moves behind it; NULL at the end. Letters, digits and their marks are words. */
static char *
next_word (const char **text)
{
  const char *start;
  const char *end;
  const char *cut;

  for (start = *text; *start != '\0' && !g_unichar_isalnum (g_utf8_get_char (start));)
    start = g_utf8_next_char (start);
  if (*start == '\0')
    return NULL;

  end = cut = start;
  for (gsize n = 0; *end != '\0'; n++)
    {
      gunichar c = g_utf8_get_char (end);

      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
        break;
      end = g_utf8_next_char (end);
      if (n < MAX_WORD_LENGTH)
        cut = end;
    }
  *text = end;
  return g_strndup (start, cut - start);
}

static void
append_part (GString *all, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (all->len > 0)
    g_string_append_c (all, '\n');
  g_string_append (all, part);
}

/**
 * cs_search_words_index:
 * @facts: what is known of a creation
 *
 * Returns: (transfer full): the folded text of its title, both prompts and notes, and every Arabic noun once
 * more without its article, so that “غروب” finds “الغروب”. This is the column `search_text`.
 */
char *
cs_search_words_index (const CsCreationFacts *facts)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) text = NULL;
  g_autofree char *folded = NULL;
  const char *rest;
  char *word;

  append_part (all, facts->title);
  append_part (all, facts->prompt);
  if (g_strcmp0 (facts->original_prompt, facts->prompt) != 0)
    append_part (all, facts->original_prompt);
  append_part (all, facts->notes);

  folded = cs_text_fold (all->str);
  text = g_string_new (folded);
  for (rest = folded; (word = next_word (&rest)) != NULL; g_free (word))
    append_part (text, find_stem (word));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_word (GPtrArray *words, const char *word)
{
  for (guint i = 0; i < words->len; i++)
    if (g_str_equal (g_ptr_array_index (words, i), word))
      return TRUE;
  return FALSE;
}

/* The valid beginning of @text that is worth looking at. */
static char *
dup_start (const char *text)
{
  gsize length = strnlen (text, MAX_TEXT_LENGTH);
  const char *end;

  g_utf8_validate_len (text, length, &end);
  return g_strndup (text, end - text);
}

/**
 * cs_search_words_match:
 * @text: (nullable): what the user typed, of any length; nothing in it is syntax
 *
 * Returns: (transfer full) (nullable): a full-text expression that asks for every word as a beginning, NULL
 * when there is no word in @text.
 */
char *
cs_search_words_match (const char *text)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) match = NULL;
  g_autofree char *start = NULL;
  g_autofree char *folded = NULL;
  const char *rest;
  char *word;

  if (text == NULL)
    return NULL;

  start = dup_start (text);
  folded = cs_text_fold (start);
  for (rest = folded; words->len < MAX_WORDS && (word = next_word (&rest)) != NULL; g_free (word))
    {
      const char *stem = find_stem (word);

      if (!has_word (words, stem != NULL ? stem : word))
        g_ptr_array_add (words, g_strdup (stem != NULL ? stem : word));
    }
  if (words->len == 0)
    return NULL;

  match = g_string_new (NULL);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (match, "%s\"%s\"*", i > 0 ? " " : "", (char *) g_ptr_array_index (words, i));
  return g_string_free (g_steal_pointer (&match), FALSE);
}
