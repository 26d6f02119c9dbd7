/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The closed sets of words that programs use for kinds, styles, ratios, themes and languages. Any thread. */
#include "config.h"
#include "core/cs-vocabulary.h"

#include <string.h>

static const char *const kinds[] = { "video", "image", "deck", NULL };
static const char *const styles[] = { "photorealistic", "cinematic", "anime", "3d-render", "artistic", NULL };
static const char *const aspects[] = { "16:9", "9:16", "1:1", "4:3", NULL };
static const char *const themes[] = { "dark", "light", "solarized", NULL };
static const char *const languages[] = { "fr", "ar", "en", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == CS_KIND_DECK + 2);
G_STATIC_ASSERT (G_N_ELEMENTS (styles) == CS_N_STYLES + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (aspects) == CS_N_ASPECTS + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (themes) == CS_N_THEMES + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (languages) == CS_N_LANGUAGES + 1);

/* Little words that tell the two apart; words that both have ("a", "on", "son", "pour") are left out. */
static const char *const french_words[]
    = { "au",   "aux", "avec", "ce",   "ces",  "cette", "chez",  "comment", "contre", "d",     "dans",
        "de",   "des", "dont", "du",   "elle", "en",    "entre", "est",     "et",     "il",    "ils",
        "je",   "l",   "la",   "le",   "les",  "leur",  "mais",  "mon",     "nos",    "notre", "nous",
        "ou",   "par", "pas",  "plus", "qu",   "que",   "qui",   "sa",      "sans",   "ses",   "sont",
        "sous", "sur", "un",   "une",  "vers", "vos",   "votre", "vous",    NULL };
static const char *const english_words[]
    = { "about", "an",    "and",   "are",     "at",  "by",    "for", "from", "how",  "his",
        "her",   "in",    "into",  "is",      "it",  "its",   "my",  "of",   "over", "that",
        "the",   "their", "this",  "through", "to",  "under", "was", "we",   "what", "when",
        "where", "which", "while", "who",     "why", "with",  "you", "your", NULL };

static int
find_word (const char *const *words, const char *text)
{
  for (int i = 0; text != NULL && words[i] != NULL; i++)
    if (strcmp (words[i], text) == 0)
      return i;
  return -1;
}

/**
 * cs_kind_to_string:
 *
 * Returns: (transfer none): the word of the contract. The other `_to_string` functions are alike.
 */
const char *
cs_kind_to_string (CsKind kind)
{
  g_return_val_if_fail ((guint) kind <= CS_KIND_DECK, NULL);

  return kinds[kind];
}

/**
 * cs_kind_from_string:
 * @text: (nullable): a word from outside
 * @kind: (out): untouched on failure
 *
 * Returns: FALSE when @text is not exactly one of the words. The other `_from_string` functions are alike.
 */
gboolean
cs_kind_from_string (const char *text, CsKind *kind)
{
  int found = find_word (kinds, text);

  if (found >= 0)
    *kind = found;
  return found >= 0;
}

const char *
cs_style_to_string (CsStyle style)
{
  g_return_val_if_fail ((guint) style < CS_N_STYLES, NULL);

  return styles[style];
}

gboolean
cs_style_from_string (const char *text, CsStyle *style)
{
  int found = g_strcmp0 (text, "3d") == 0 ? CS_STYLE_3D_RENDER : find_word (styles, text);

  if (found >= 0)
    *style = found;
  return found >= 0;
}

const char *
cs_aspect_to_string (CsAspect aspect)
{
  g_return_val_if_fail ((guint) aspect < CS_N_ASPECTS, NULL);

  return aspects[aspect];
}

gboolean
cs_aspect_from_string (const char *text, CsAspect *aspect)
{
  int found = find_word (aspects, text);

  if (found >= 0)
    *aspect = found;
  return found >= 0;
}

const char *
cs_theme_to_string (CsTheme theme)
{
  g_return_val_if_fail ((guint) theme < CS_N_THEMES, NULL);

  return themes[theme];
}

gboolean
cs_theme_from_string (const char *text, CsTheme *theme)
{
  int found = find_word (themes, text);

  if (found >= 0)
    *theme = found;
  return found >= 0;
}

const char *
cs_language_to_string (CsLanguage language)
{
  g_return_val_if_fail ((guint) language < CS_N_LANGUAGES, NULL);

  return languages[language];
}

gboolean
cs_language_from_string (const char *text, CsLanguage *language)
{
  int found = find_word (languages, text);

  if (found >= 0)
    *language = found;
  return found >= 0;
}

typedef struct
{
  guint arabic;  /* words */
  guint latin;   /* words */
  guint french;  /* points */
  guint english; /* points */
} Evidence;

static void
weigh_word (Evidence *evidence, const char *word)
{
  gboolean has_arabic = FALSE;
  gboolean has_latin = FALSE;

  if (find_word (french_words, word) >= 0)
    evidence->french++;
  if (find_word (english_words, word) >= 0)
    evidence->english++;
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeScript script = g_unichar_get_script (c);

      has_arabic |= script == G_UNICODE_SCRIPT_ARABIC;
      has_latin |= script == G_UNICODE_SCRIPT_LATIN;
      if (c >= 0x80 && g_utf8_strchr ("àâæçèéêëîïôùûœ", -1, c) != NULL)
        evidence->french += 2;
    }
  evidence->arabic += has_arabic;
  evidence->latin += has_latin;
}

static void
weigh_text (Evidence *evidence, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autofree char *lower = g_utf8_strdown (composed, -1);
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = lower;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        {
          g_string_append_unichar (word, c);
          continue;
        }
      weigh_word (evidence, word->str);
      g_string_truncate (word, 0);
      if (c == 0)
        break;
    }
}

/**
 * cs_language_guess:
 * @text: (nullable): what somebody wrote
 * @fallback: the language when the text does not tell
 *
 * Returns: Arabic for Arabic letters, French or English by accents and little words.
 */
CsLanguage
cs_language_guess (const char *text, CsLanguage fallback)
{
  Evidence evidence = { 0 };

  if (text == NULL)
    return fallback;

  weigh_text (&evidence, text);
  if (evidence.arabic > 0 && evidence.arabic >= evidence.latin)
    return CS_LANGUAGE_AR;
  if (evidence.french > evidence.english)
    return CS_LANGUAGE_FR;
  if (evidence.english > evidence.french)
    return CS_LANGUAGE_EN;
  return evidence.arabic > 0 ? CS_LANGUAGE_AR : fallback;
}
