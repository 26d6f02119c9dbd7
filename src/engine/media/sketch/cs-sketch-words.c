/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-words.h"

#include "core/cs-text.h"
#include "media/sketch/cs-sketch-lexicon.h"
#include "media/sketch/cs-sketch-random.h"

#include <string.h>

/* Words beyond these say nothing new, and bound the work. */
#define MAX_BYTES 8000
#define MAX_WORDS 300

/* A prompt while it is read; lives on the stack of one call. */
typedef struct
{
  CsSketchIdea *idea;
  GPtrArray *words; /* (element-type utf8): folded, in order; owned */
  GString *line;    /* all of them: " word word word " */
  int scores[CS_SKETCH_N_FAMILIES];
  int first[CS_SKETCH_N_FAMILIES]; /* the word that named it first */
  gboolean has_move, has_energy;
} Reading;

static void
split (Reading *self, const char *folded)
{
  const char *start = NULL;

  g_string_append_c (self->line, ' ');
  for (const char *c = folded;; c = g_utf8_next_char (c))
    {
      gboolean is_letter = *c != '\0' && g_unichar_isalnum (g_utf8_get_char (c));

      if (is_letter && start == NULL)
        start = c;
      if (!is_letter && start != NULL)
        {
          g_ptr_array_add (self->words, g_strndup (start, c - start));
          g_string_append_len (self->line, start, c - start);
          g_string_append_c (self->line, ' ');
          start = NULL;
        }
      if (*c == '\0' || self->words->len >= MAX_WORDS)
        break;
    }
}

/* Whether the text is the item, or the item with an ending of the plural. */
static gboolean
is_same_or_plural (const char *text, const char *item, gsize length)
{
  const char *rest = text + length;

  if (strncmp (text, item, length) != 0)
    return FALSE;
  return *rest == '\0' || strcmp (rest, "s") == 0 || strcmp (rest, "x") == 0 || strcmp (rest, "es") == 0
         || strcmp (rest, "ات") == 0 || strcmp (rest, "ين") == 0;
}

static const char *const prefixes[] = { "وال", "بال", "فال", "كال", "ال", "لل", "و", "ب", "ل" };

static gboolean
is_word (const char *text, const char *item, gsize length)
{
  if (is_same_or_plural (text, item, length))
    return TRUE;
  if ((guchar) item[0] < 0xd8 || (guchar) item[0] > 0xdb || length < 4)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (text, prefixes[i]) && is_same_or_plural (text + strlen (prefixes[i]), item, length))
      return TRUE;
  return FALSE;
}

/* "sans nuages", "without rain", "j'ai": the word before takes it back. */
static gboolean
is_refused (Reading *self, int at)
{
  static const char *const nots[]
      = { "sans", "pas", "ni", "without", "no", "not", "بدون", "بلا", "ليس", "j" };

  for (int back = 1; back <= 2 && at - back >= 0; back++)
    {
      const char *word = g_ptr_array_index (self->words, at - back);

      for (gsize i = 0; i < G_N_ELEMENTS (nots); i++)
        if (strcmp (word, nots[i]) == 0)
          return TRUE;
      if (strlen (word) > 3)
        break;
    }
  return FALSE;
}

/* The number of the first word that is the item and is wanted, or -1. */
static int
find_word (Reading *self, const char *item, gsize length)
{
  for (guint i = 0; i < self->words->len; i++)
    if (is_word (g_ptr_array_index (self->words, i), item, length) && !is_refused (self, (int) i))
      return (int) i;
  return -1;
}

/* The same for several words in a row; the last may be a plural. */
static int
find_phrase (Reading *self, const char *item, gsize length)
{
  g_autofree char *phrase = g_strdup_printf (" %.*s", (int) length, item);
  const char *at = strstr (self->line->str, phrase), *end;
  int n = 0;

  if (at == NULL)
    return -1;
  end = at + strlen (phrase);
  if (*end != ' ' && !(strchr ("sx", *end) != NULL && end[1] == ' '))
    return -1;
  for (const char *c = self->line->str; c < at; c++)
    n += *c == ' ';
  return is_refused (self, n) ? -1 : n;
}

/* The first place where one of the words of a meaning stands, or -1. */
static int
find_meaning (Reading *self, const CsSketchMeaning *meaning)
{
  int best = -1;

  for (const char *item = meaning->words; *item != '\0';)
    {
      gsize length = strcspn (item, "|");
      int at = memchr (item, ' ', length) != NULL ? find_phrase (self, item, length)
                                                  : find_word (self, item, length);

      if (at >= 0 && (best < 0 || at < best))
        best = at;
      item += length;
      item += *item == '|';
    }
  return best;
}

static void
add_score (Reading *self, CsSketchFamilyId family, int weight, int at)
{
  if (weight <= 0)
    return;
  if (self->scores[family] == 0 || at < self->first[family])
    self->first[family] = at;
  self->scores[family] += weight;
}

static void
add_subject (Reading *self, CsSketchSubject subject, int at)
{
  int weight;
  CsSketchFamilyId family = cs_sketch_lexicon_get_family (subject, &weight);

  self->idea->subjects |= CS_SKETCH_BIT (subject);
  add_score (self, family, weight, at);
}

static void
apply (Reading *self, const CsSketchMeaning *meaning, int at)
{
  CsSketchIdea *idea = self->idea;

  switch (meaning->says)
    {
    case CS_SKETCH_SAYS_FAMILY:
      add_score (self, (CsSketchFamilyId) meaning->value, meaning->weight, at);
      break;
    case CS_SKETCH_SAYS_SUBJECT:
      add_subject (self, (CsSketchSubject) meaning->value, at);
      break;
    case CS_SKETCH_SAYS_TIME:
      idea->time = (CsSketchTime) meaning->value;
      idea->has_time = TRUE;
      break;
    case CS_SKETCH_SAYS_WEATHER:
      idea->weather = (CsSketchWeather) MAX (meaning->value, idea->has_weather ? (int) idea->weather : 0);
      idea->has_weather = TRUE;
      break;
    case CS_SKETCH_SAYS_MOVE:
      idea->move = (CsSketchMove) meaning->value;
      self->has_move = TRUE;
      break;
    case CS_SKETCH_SAYS_SPEED:
      idea->speed = meaning->value / 100.0;
      break;
    case CS_SKETCH_SAYS_ENERGY:
      idea->energy = meaning->value / 100.0;
      self->has_energy = TRUE;
      break;
    case CS_SKETCH_SAYS_DARK:
      idea->is_dark = TRUE;
      break;
    case CS_SKETCH_SAYS_SWIRL:
      idea->is_swirling = TRUE;
      break;
    }
}

/* An idea without a word we know still becomes a picture: the seed chooses. */
static CsSketchFamilyId
choose_family (const Reading *self, guint64 seed)
{
  static const CsSketchFamilyId fallbacks[]
      = { CS_SKETCH_ABSTRACT, CS_SKETCH_LAKE,     CS_SKETCH_ABSTRACT, CS_SKETCH_SEA,
          CS_SKETCH_CITY,     CS_SKETCH_ABSTRACT, CS_SKETCH_DESERT,   CS_SKETCH_FOREST };
  int best = -1;

  for (int i = 0; i < CS_SKETCH_N_FAMILIES; i++)
    if (self->scores[i] > 0
        && (best < 0 || self->scores[i] > self->scores[best]
            || (self->scores[i] == self->scores[best] && self->first[i] < self->first[best])))
      best = i;
  if (best >= 0)
    return (CsSketchFamilyId) best;
  if (self->idea->has_time || self->idea->has_weather || self->idea->subjects != 0)
    return cs_sketch_hash ((guint32) seed, 41) & 1 ? CS_SKETCH_LAKE : CS_SKETCH_SEA;
  return fallbacks[cs_sketch_hash ((guint32) seed, 41) % G_N_ELEMENTS (fallbacks)];
}

/* The hour in which each place looks best, when the words say none: one of two. */
static CsSketchTime
choose_time (const CsSketchIdea *idea, guint64 seed)
{
  static const CsSketchTime best[CS_SKETCH_N_FAMILIES][2] = {
    [CS_SKETCH_SEA] = { CS_SKETCH_SUNSET, CS_SKETCH_DAY },
    [CS_SKETCH_LAKE] = { CS_SKETCH_DAWN, CS_SKETCH_DAY },
    [CS_SKETCH_CITY] = { CS_SKETCH_NIGHT, CS_SKETCH_SUNSET },
    [CS_SKETCH_FOREST] = { CS_SKETCH_DAWN, CS_SKETCH_DAY },
    [CS_SKETCH_DESERT] = { CS_SKETCH_SUNSET, CS_SKETCH_DAY },
    [CS_SKETCH_SPACE] = { CS_SKETCH_NIGHT, CS_SKETCH_NIGHT },
    [CS_SKETCH_TABLE] = { CS_SKETCH_DAY, CS_SKETCH_SUNSET },
    [CS_SKETCH_ROAD] = { CS_SKETCH_SUNSET, CS_SKETCH_NIGHT },
    [CS_SKETCH_PORTRAIT] = { CS_SKETCH_DAY, CS_SKETCH_SUNSET },
    [CS_SKETCH_ANIMAL] = { CS_SKETCH_DAY, CS_SKETCH_SUNSET },
    [CS_SKETCH_ROBOT] = { CS_SKETCH_DAY, CS_SKETCH_SUNSET },
    [CS_SKETCH_ABSTRACT] = { CS_SKETCH_NIGHT, CS_SKETCH_NIGHT },
    [CS_SKETCH_SKY] = { CS_SKETCH_SUNSET, CS_SKETCH_DAY },
    [CS_SKETCH_GARDEN] = { CS_SKETCH_DAY, CS_SKETCH_DAWN },
    [CS_SKETCH_VILLAGE] = { CS_SKETCH_SUNSET, CS_SKETCH_DAY },
  };

  if (cs_sketch_idea_has (idea, CS_SKETCH_NEON) || cs_sketch_idea_has (idea, CS_SKETCH_AURORA)
      || cs_sketch_idea_has (idea, CS_SKETCH_MOON) || cs_sketch_idea_has (idea, CS_SKETCH_STARS))
    return CS_SKETCH_NIGHT;
  if (idea->weather == CS_SKETCH_SNOW || idea->weather == CS_SKETCH_RAIN)
    return CS_SKETCH_DAY;
  return best[idea->family][cs_sketch_hash ((guint32) seed, 43) % 3 == 0];
}

static void
choose_rest (Reading *self, guint64 seed)
{
  static const double energies[CS_SKETCH_N_WEATHERS] = { [CS_SKETCH_STORM] = 0.9, [CS_SKETCH_WIND] = 0.5 };
  CsSketchIdea *idea = self->idea;

  idea->family = choose_family (self, seed);
  if (cs_sketch_idea_has (idea, CS_SKETCH_AURORA))
    idea->has_time = FALSE;
  if (!idea->has_time)
    idea->time = choose_time (idea, seed);
  if (!self->has_energy)
    idea->energy = MAX (0.4, energies[idea->weather]);
  if (!self->has_move && idea->family == CS_SKETCH_ROAD)
    idea->move = CS_SKETCH_MOVE_DOLLY;
  if (!self->has_move && (idea->family == CS_SKETCH_PORTRAIT || idea->family == CS_SKETCH_TABLE))
    idea->move = CS_SKETCH_MOVE_ZOOM_IN;
}

/**
 * cs_sketch_words_read:
 * @prompt: anything at all; only its beginning is read
 * @idea: (out caller-allocates):
 *
 * Finds the words it knows in French, English and Arabic, and makes an idea of them. What the words leave
 * open is chosen by the place and @seed.
 */
void
cs_sketch_words_read (const char *prompt, guint64 seed, CsSketchIdea *idea)
{
  g_autofree char *start = g_strndup (prompt, strnlen (prompt, MAX_BYTES));
  g_autofree char *folded = cs_text_fold (start);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  Reading reading = { .idea = idea, .words = words, .line = g_string_new (NULL) };
  gsize n;
  const CsSketchMeaning *meanings = cs_sketch_lexicon_get (&n);

  *idea = (CsSketchIdea){ .speed = 1, .energy = 0.4 };
  split (&reading, folded);
  for (gsize i = 0; i < n; i++)
    {
      int at = find_meaning (&reading, &meanings[i]);

      if (at >= 0)
        apply (&reading, &meanings[i], at);
    }
  choose_rest (&reading, seed);
  g_string_free (reading.line, TRUE);
}
