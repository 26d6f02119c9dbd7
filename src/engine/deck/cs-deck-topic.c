/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a prompt for a deck is about: its topic without “make a presentation about”, and which kind it is. Any thread. */
#include "config.h"
#include "deck/cs-deck-topic.h"

#include "core/cs-text.h"
#include "deck/cs-deck-words.h"

#include <string.h>

#define MAX_TOPIC 64 /* characters */

static const char *const names[CS_N_TOPICS] = {
  [CS_TOPIC_ANY] = "any",           [CS_TOPIC_HOW_TO] = "how-to", [CS_TOPIC_EDUCATION] = "education",
  [CS_TOPIC_HEALTH] = "health",     [CS_TOPIC_HISTORY] = "history", [CS_TOPIC_TRAVEL] = "travel",
  [CS_TOPIC_BUSINESS] = "business", [CS_TOPIC_TECHNOLOGY] = "technology",
};

/* Beginnings of words in French and English, `=` before whole words; Arabic ones may stand inside a word. */
static const char *const clues[CS_N_TOPICS] = {
  [CS_TOPIC_HOW_TO] = "=comment =how guide tutori recette recipe cuisin cook construi build fabriqu repar repair jardin"
                      " garden plante bricol install كيف طريقة وصفة طبخ دليل صنع زراعة إصلاح",
  [CS_TOPIC_EDUCATION] = "ecole school educat enseign teach learn apprend apprenti eleve student etudiant universit"
                         " =cours lycee formation classe pedagog exam lecture reading تعليم مدرس جامع تلاميذ طلاب تربي دراس",
  [CS_TOPIC_HEALTH] = "sante health medic hopita hospital malad disease nutrition =sport sommeil sleep diabet vaccin"
                      " bien-etre wellbeing alimentation hygien cancer صحة صحي الطب مرض تغذية مستشف رياضة النوم لقاح سكري",
  [CS_TOPIC_HISTORY] = "histoire histori guerre =war =wars revolution siecle centur empire antiqu ancien ancient"
                       " patrimoine heritage civilis civiliz ottoman romain roman medieval تاريخ ثورة حرب حضار القرن تراث",
  [CS_TOPIC_TRAVEL] = "voyag travel touris =trip =trips plage beach desert sahara hotel vacances holiday montagne"
                      " mountain itinera randonn hiking oasis سفر سياح رحلة صحراء شاطئ عطلة جبال",
  [CS_TOPIC_BUSINESS] = "entrepris business marketing vente =sales startup start-up financ marche market client customer"
                        " budget econom banque bank commerc strateg invest e-commerce شركة شركات تسويق مبيعات اقتصاد"
                        " تجار استثمار أعمال السوق مشروع",
  [CS_TOPIC_TECHNOLOGY] = "techn informati logiciel software intelligence =ia =ai robot internet =data donnees cyber"
                          " =code program solaire solar energie energy electri numeri digital cloud reseau network"
                          " quanti تقني تكنولوج ذكاء حاسوب برمج روبوت انترنت إنترنت طاقة شمسي رقمي",
};

/* How people ask for a deck before they say about what. */
static const char *const leads[CS_N_LANGUAGES] = {
  [CS_LANGUAGE_FR] = "^(?:(?:(?:cr[ée]e|fai[st]|faire|faites|g[ée]n[èeé]re|r[ée]dige|pr[ée]pare|[ée]cri[st]|donne)[rz]?"
                     "(?:[ -]moi)?\\s+)?(?:une?\\s+|la\\s+|le\\s+|mon\\s+|ma\\s+)?(?:\\w+\\s+)?"
                     "(?:pr[ée]sentation|diaporama|expos[ée]|deck)\\s+(?:de\\s+\\d+\\s+\\w+\\s+)?"
                     "(?:sur|[àa]\\s+propos\\s+de|au\\s+sujet\\s+de|concernant)\\s+)",
  [CS_LANGUAGE_AR] = "^(?:(?:(?:أنشئ|انشئ|اكتب|حضر|حضّر|أعد|اعد|قدم|قدّم|اصنع)\\s+(?:لي\\s+)?)?"
                     "عرض(?:ا|اً|ًا)?\\s*(?:تقديمي(?:ا|اً|ًا)?)?\\s+(?:عن|حول|بعنوان)\\s+)",
  [CS_LANGUAGE_EN] = "^(?:(?:(?:create|make|write|build|prepare|generate|give)\\s+(?:me\\s+)?)?(?:an?\\s+|the\\s+|my\\s+)?"
                     "(?:\\w+\\s+)?(?:presentation|deck|slideshow|slides|talk)\\s+(?:of\\s+\\d+\\s+\\w+\\s+)?"
                     "(?:about|on|for)\\s+)",
};

gboolean
cs_deck_topic_from_string (const char *name, gsize length, CsTopic *topic)
{
  for (int i = 0; i < CS_N_TOPICS; i++)
    if (strlen (names[i]) == length && strncmp (names[i], name, length) == 0)
      {
        *topic = i;
        return TRUE;
      }
  return FALSE;
}

static char *
strip_lead (const char *line, CsLanguage language)
{
  g_autoptr (GRegex) regex = g_regex_new (leads[language], G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  int end = 0;

  g_assert (regex != NULL);
  if (g_regex_match (regex, line, G_REGEX_MATCH_ANCHORED, &match))
    g_match_info_fetch_pos (match, 0, NULL, &end);
  return g_strdup (line[end] != '\0' ? line + end : line);
}

/**
 * cs_deck_topic_clean:
 * @prompt: what somebody asked for, any text
 *
 * Returns: (transfer full): one line of at most 64 characters: the topic without “make a presentation about” and
 * without a full stop at its end.
 */
char *
cs_deck_topic_clean (const char *prompt, CsLanguage language)
{
  g_autofree char *line = cs_text_make_title (prompt, 400);
  g_autofree char *topic = NULL;

  if (prompt[strspn (prompt, " \t\r\n")] == '\0')
    return g_strdup (cs_deck_words_get (language)->untitled);
  for (int i = 0; i < CS_N_LANGUAGES; i++)
    {
      char *stripped = strip_lead (line, i);

      g_free (line);
      line = stripped;
    }
  topic = cs_text_make_title (line, MAX_TOPIC);
  while (topic[0] != '\0' && topic[1] != '\0' && strchr (".!;, ", topic[strlen (topic) - 1]) != NULL)
    topic[strlen (topic) - 1] = '\0';
  return g_steal_pointer (&topic);
}

/**
 * cs_deck_topic_escape:
 * @topic: one line
 * @capital: whether its first letter is to be a capital
 *
 * Returns: (transfer full): @topic so that Markdown shows it as it is.
 */
char *
cs_deck_topic_escape (const char *topic, gboolean capital)
{
  GString *out = g_string_new (NULL);

  if (capital && *topic != '\0')
    {
      gunichar first = g_utf8_get_char (topic);

      if (g_unichar_isalpha (first))
        {
          g_string_append_unichar (out, g_unichar_toupper (first));
          topic = g_utf8_next_char (topic);
        }
    }
  for (; *topic != '\0'; topic++)
    {
      gboolean in_address = (*topic == ':' && topic[1] == '/') || (*topic == '.' && g_str_has_suffix (out->str, "ww"));

      if (strchr ("\\`*_[]<>#|~&", *topic) != NULL || in_address)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *topic);
    }
  return g_string_free (out, FALSE);
}

/* A clue as it is looked for in " word word ": with the blanks around it that it asks for. */
static char *
prepare_clue (const char *clue)
{
  gboolean whole = *clue == '=';
  g_autofree char *folded = cs_text_fold (whole ? clue + 1 : clue);

  if ((guchar) folded[0] >= 0x80)
    return g_steal_pointer (&folded);
  return g_strconcat (" ", folded, whole ? " " : "", NULL);
}

static gpointer
prepare_clues_once (gpointer data)
{
  GStrv *prepared = g_new0 (GStrv, CS_N_TOPICS);

  for (int i = CS_TOPIC_ANY + 1; i < CS_N_TOPICS; i++)
    {
      prepared[i] = g_strsplit (clues[i], " ", -1);
      for (char **clue = prepared[i]; *clue != NULL; clue++)
        {
          char *ready = prepare_clue (*clue);

          g_free (*clue);
          *clue = ready;
        }
    }
  return prepared;
}

/* Only letters and digits, one space between words and around all. */
static char *
fold_words (const char *topic)
{
  g_autofree char *folded = cs_text_fold (topic);
  GString *out = g_string_new (" ");

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) || c == '-')
        g_string_append_unichar (out, c);
      else if (out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  g_string_append_c (out, ' ');
  return g_string_free (out, FALSE);
}

/**
 * cs_deck_topic_guess:
 *
 * Returns: the kind whose words @topic has most of, in French, Arabic or English; CS_TOPIC_ANY when it has none.
 */
CsTopic
cs_deck_topic_guess (const char *topic)
{
  static GOnce once = G_ONCE_INIT;
  GStrv *prepared = g_once (&once, prepare_clues_once, NULL);
  g_autofree char *text = fold_words (topic);
  CsTopic best = CS_TOPIC_ANY;
  int most = 0;

  for (int i = CS_TOPIC_ANY + 1; i < CS_N_TOPICS; i++)
    {
      int found = 0;

      for (char **clue = prepared[i]; *clue != NULL; clue++)
        found += strstr (text, *clue) != NULL;
      if (found > most)
        {
          most = found;
          best = i;
        }
    }
  return best;
}
