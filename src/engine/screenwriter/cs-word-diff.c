/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a rewrite did to the words of an idea: the longest list of words that stand in both, in order. A word is a run of
 * letters and digits, or one other character with all that belongs to it, so that “cat,” keeps its cat. Pure, any thread.
 */
#include "config.h"
#include "screenwriter/cs-word-diff.h"

#include <string.h>

/* One word of a text, which is borrowed. */
typedef struct
{
  const char *space; /* where the white space before it begins */
  const char *word;
  const char *end;
  guint number;      /* the same for the same word */
} Word;

static void
run_free (gpointer data)
{
  CsDiffRun *run = data;

  g_free (run->text);
  g_free (run);
}

/* Apostrophes and marks stay with their letters: “l’eau” is one word, and so is a letter with its vowel signs. */
static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '\'' || c == 0x2019 || c == 0x0640;
}

/* What joins the parts of one emoji: joiners, variation selectors, skin tones, tags. */
static gboolean
is_joined (gunichar before, gunichar c)
{
  return before == 0x200d || c == 0x200d || g_unichar_ismark (c) || (c >= 0x1f3fb && c <= 0x1f3ff)
         || (c >= 0xe0020 && c <= 0xe007f);
}

static gboolean
is_flag (gunichar c)
{
  return c >= 0x1f1e6 && c <= 0x1f1ff;
}

static const char *
find_end_of_word (const char *word)
{
  gunichar before = g_utf8_get_char (word);
  const char *p = g_utf8_next_char (word);

  if (is_flag (before) && is_flag (g_utf8_get_char (p)))
    return g_utf8_next_char (p);
  if (g_unichar_isalnum (before))
    {
      while (is_letter (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      return p;
    }
  while (*p != '\0' && is_joined (before, g_utf8_get_char (p)))
    {
      before = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
    }
  return p;
}

/* Words are compared many times, numbers quickly. */
static guint
number_word (GHashTable *numbers, const Word *word)
{
  char *text = g_strndup (word->word, word->end - word->word);
  gpointer number;

  if (g_hash_table_lookup_extended (numbers, text, NULL, &number))
    {
      g_free (text);
      return GPOINTER_TO_UINT (number);
    }
  g_hash_table_insert (numbers, text, GUINT_TO_POINTER (g_hash_table_size (numbers)));
  return g_hash_table_size (numbers) - 1;
}

static GArray *
split (const char *text, GHashTable *numbers)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));

  while (*text != '\0')
    {
      Word word = { .space = text };

      while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);
      word.word = text;
      text = *text != '\0' ? find_end_of_word (text) : text;
      word.end = text;
      word.number = number_word (numbers, &word);
      g_array_append_val (words, word);
    }
  return words;
}

static const Word *
get_word (GArray *words, guint i)
{
  return &g_array_index (words, Word, i);
}

/* A run of the same kind goes on; white space belongs to the word behind it. */
static void
add (GPtrArray *runs, CsDiffOp op, const Word *word)
{
  CsDiffRun *run = runs->len > 0 ? runs->pdata[runs->len - 1] : NULL;
  g_autofree char *text = g_strndup (word->space, word->end - word->space);
  char *joined;

  if (run == NULL || run->op != op)
    {
      run = g_new0 (CsDiffRun, 1);
      run->op = op;
      run->text = g_steal_pointer (&text);
      g_ptr_array_add (runs, run);
      return;
    }
  joined = g_strconcat (run->text, text, NULL);
  g_free (run->text);
  run->text = joined;
}

/* How many words of @before[i..] and @after[j..] are common, for all i and j: one row behind the other. */
static guint16 *
measure (GArray *before, GArray *after)
{
  gsize width = after->len + 1;
  guint16 *lengths = g_new0 (guint16, (before->len + 1) * width);

  for (guint i = before->len; i-- > 0;)
    {
      guint number = get_word (before, i)->number;

      for (guint j = after->len; j-- > 0;)
        {
          guint16 *cell = lengths + i * width + j;

          *cell = number == get_word (after, j)->number ? cell[width + 1] + 1 : MAX (cell[width], cell[1]);
        }
    }
  return lengths;
}

static void
compare (GPtrArray *runs, GArray *before, GArray *after)
{
  g_autofree guint16 *lengths = measure (before, after);
  gsize width = after->len + 1;
  guint i = 0, j = 0;

  while (i < before->len || j < after->len)
    {
      const guint16 *cell = lengths + i * width + j;

      if (i < before->len && j < after->len && get_word (before, i)->number == get_word (after, j)->number)
        {
          add (runs, CS_DIFF_KEPT, get_word (after, j++));
          i++;
        }
      else if (i < before->len && (j == after->len || cell[width] >= cell[1]))
        add (runs, CS_DIFF_REMOVED, get_word (before, i++));
      else
        add (runs, CS_DIFF_ADDED, get_word (after, j++));
    }
}

static void
add_whole (GPtrArray *runs, CsDiffOp op, const char *text)
{
  Word word = { .space = text, .word = text, .end = text + strlen (text) };

  if (*text != '\0')
    add (runs, op, &word);
}

/**
 * cs_word_diff:
 * @before, @after: valid UTF-8
 *
 * Kept and added runs together are @after, letter for letter; kept and removed ones are @before but for white space.
 *
 * Returns: (transfer full) (element-type CsDiffRun): in the order of reading, no two runs of a kind in a row.
 */
GPtrArray *
cs_word_diff (const char *before, const char *after)
{
  GPtrArray *runs = g_ptr_array_new_with_free_func (run_free);
  g_autoptr (GHashTable) numbers = NULL;
  g_autoptr (GArray) old_words = NULL;
  g_autoptr (GArray) new_words = NULL;

  g_return_val_if_fail (before != NULL && after != NULL, runs);

  numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  old_words = split (before, numbers);
  new_words = split (after, numbers);
  if (old_words->len > CS_WORD_DIFF_MAX || new_words->len > CS_WORD_DIFF_MAX)
    {
      add_whole (runs, CS_DIFF_REMOVED, before);
      add_whole (runs, CS_DIFF_ADDED, after);
      return runs;
    }
  compare (runs, old_words, new_words);
  return runs;
}

/** cs_diff_op_to_string: Returns: (transfer none): "kept", "removed" or "added". */
const char *
cs_diff_op_to_string (CsDiffOp op)
{
  static const char *const words[] = { "kept", "removed", "added" };

  return words[op];
}

/** cs_word_diff_to_json: Returns: (transfer full): `[{op, text}]`. */
JsonArray *
cs_word_diff_to_json (GPtrArray *runs)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < runs->len; i++)
    {
      const CsDiffRun *run = runs->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "op", cs_diff_op_to_string (run->op));
      json_object_set_string_member (object, "text", run->text);
      json_array_add_object_element (array, object);
    }
  return array;
}
