/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The built-in outline: slides for any topic, chosen out of the banks in resources/deck/outline. No AI, no network; it
 * is what a deck is made of when there is neither, and what fills up a deck that came back too short.
 *
 * A bank is Markdown. A line `@ KIND RANK PLACE` begins a slide: KIND is a topic of cs-deck-topic.h, slides with the
 * lowest RANK are taken first, and they are shown in the order of PLACE. Slides with the same PLACE are variants: the
 * topic decides which one is taken. {topic} and {Topic} (with a capital) stand for the topic.
 */
#include "config.h"
#include "deck/cs-deck.h"

#include "deck/cs-deck-theme.h"
#include "deck/cs-deck-topic.h"

#include <stdlib.h>
#include <string.h>

#define MAX_SLIDES 30
#define ONLY_RANK 0 /* the slide of a deck that has only one */

/* One slide of a bank. The text is borrowed from the bank, which stays. */
typedef struct
{
  CsTopic kind;
  int rank;
  int place;
  int order;        /* in the bank */
  const char *text;
  gsize length;
} Template;

/* "@ KIND RANK PLACE" */
static gboolean
parse_header (const char *line, Template *template)
{
  const char *kind = line + 2;
  gsize length = strcspn (kind, " \n");
  char *end;

  if (strncmp (line, "@ ", 2) != 0 || !cs_deck_topic_from_string (kind, length, &template->kind))
    return FALSE;
  template->rank = strtol (kind + length, &end, 10);
  template->place = strtol (end, &end, 10);
  return *end == '\n';
}

static GArray *
parse_bank (const char *bank)
{
  GArray *templates = g_array_new (FALSE, TRUE, sizeof (Template));
  const char *at = g_str_has_prefix (bank, "@ ") ? bank : strstr (bank, "\n@ ");

  while (at != NULL)
    {
      Template template = { .order = templates->len };
      const char *next;

      at += *at == '\n';
      next = strstr (at, "\n@ ");
      template.text = strchr (at, '\n') + 1;
      template.length = (next != NULL ? next + 1 : at + strlen (at)) - template.text;
      if (parse_header (at, &template))
        g_array_append_val (templates, template);
      at = next;
    }
  return templates;
}

static gpointer
load_banks_once (gpointer data)
{
  GArray **banks = g_new0 (GArray *, CS_N_LANGUAGES);

  for (int i = 0; i < CS_N_LANGUAGES; i++)
    {
      g_autofree char *name = g_strdup_printf ("outline/%s.md", cs_language_to_string (i));

      banks[i] = parse_bank (cs_deck_dup_resource (name));
    }
  return banks;
}

static GArray *
get_bank (CsLanguage language)
{
  static GOnce once = G_ONCE_INIT;
  GArray **banks = g_once (&once, load_banks_once, NULL);

  return banks[language];
}

static int
compare_rank (gconstpointer a, gconstpointer b)
{
  const Template *x = a, *y = b;

  return x->rank != y->rank ? x->rank - y->rank : x->order - y->order;
}

static int
compare_place (gconstpointer a, gconstpointer b)
{
  const Template *x = a, *y = b;

  return x->place != y->place ? x->place - y->place : x->order - y->order;
}

/* A number that the topic and a place in the deck give together: alike topics give unlike numbers. */
static guint
mix (guint hash, int place)
{
  hash ^= (guint) place * 0x9e3779b1u;
  hash = (hash ^ (hash >> 15)) * 0x2c1b3c6du;
  hash = (hash ^ (hash >> 12)) * 0x297a2d39u;
  return hash ^ (hash >> 15);
}

/* Of the templates from @i on with the same place, the one that @topic draws; @i moves behind them. */
static const Template *
draw_variant (GArray *bank, guint *i, guint hash)
{
  guint first = *i;
  int place = g_array_index (bank, Template, first).place;

  while (*i < bank->len && g_array_index (bank, Template, *i).place == place)
    (*i)++;
  return &g_array_index (bank, Template, first + mix (hash, place) % (*i - first));
}

/* The slides for @kind, best first; which of the less important ones come first also depends on the topic. */
static GArray *
rank_templates (GArray *bank, CsTopic kind, guint hash)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Template));

  for (guint i = 0; i < bank->len;)
    {
      Template template = *draw_variant (bank, &i, hash);

      if ((template.kind != CS_TOPIC_ANY && template.kind != kind) || template.rank == ONLY_RANK)
        continue;
      if (template.rank > 100)
        template.rank += mix (hash, template.place) % 80;
      g_array_append_val (ranked, template);
    }
  g_array_sort (ranked, compare_rank);
  return ranked;
}

/* Puts the topic where the template wants it. */
static void
append_filled (GString *out, const Template *template, const char *topic, const char *capital)
{
  const char *end = template->text + template->length;
  const char *at = template->text;

  while (at < end)
    {
      const char *brace = memchr (at, '{', end - at);

      g_string_append_len (out, at, (brace != NULL ? brace : end) - at);
      if (brace == NULL)
        break;
      at = brace + strlen ("{topic}");
      g_string_append (out, brace[1] == 'T' ? capital : topic);
    }
  while (out->len > 0 && g_ascii_isspace (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
}

static char *
write_outline (GArray *templates, const char *topic)
{
  g_autofree char *plain = cs_deck_topic_escape (topic, FALSE);
  g_autofree char *capital = cs_deck_topic_escape (topic, TRUE);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < templates->len; i++)
    {
      if (i > 0)
        g_string_append (out, "\n\n---\n\n");
      append_filled (out, &g_array_index (templates, Template, i), plain, capital);
    }
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

static const Template *
find_only (GArray *bank)
{
  for (guint i = 0; i < bank->len; i++)
    if (g_array_index (bank, Template, i).rank == ONLY_RANK)
      return &g_array_index (bank, Template, i);
  return &g_array_index (bank, Template, 0);
}

/**
 * cs_deck_outline:
 * @topic: what the talk is about, any text; “make a presentation about” is left out
 * @n_slides: 1 to 30; other numbers become the nearest of these
 * @language: of the slides
 *
 * Writes an outline without any AI: questions, tables and lists that a speaker fills in, with notes on how. The same
 * input gives the same text; what it takes depends on the kind of topic and on the topic itself.
 *
 * Returns: (transfer full): Markdown with exactly @n_slides slides. Any thread.
 */
char *
cs_deck_outline (const char *topic, int n_slides, CsLanguage language)
{
  g_autofree char *clean = NULL;
  g_autoptr (GArray) chosen = NULL;
  GArray *bank;

  g_return_val_if_fail (topic != NULL && (guint) language < CS_N_LANGUAGES, NULL);

  n_slides = CLAMP (n_slides, 1, MAX_SLIDES);
  clean = cs_deck_topic_clean (topic, language);
  bank = get_bank (language);
  if (n_slides == 1)
    {
      chosen = g_array_new (FALSE, FALSE, sizeof (Template));
      g_array_append_vals (chosen, find_only (bank), 1);
    }
  else
    {
      chosen = rank_templates (bank, cs_deck_topic_guess (clean), g_str_hash (clean));
      g_assert (chosen->len >= MAX_SLIDES);
      g_array_set_size (chosen, n_slides);
      g_array_sort (chosen, compare_place);
    }
  return write_outline (chosen, clean);
}
