/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "deck/cs-deck-topic.h"

#include "deck-lint.h"
#include "deck/cs-deck.h"

static const char *const topics[CS_N_LANGUAGES] = {
  [CS_LANGUAGE_FR] = "Le thé à la menthe",
  [CS_LANGUAGE_AR] = "الشاي بالنعناع",
  [CS_LANGUAGE_EN] = "Mint tea",
};

static GPtrArray *
split (const char *markdown)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *slides = cs_deck_split (markdown, strlen (markdown), &error);

  g_assert_no_error (error);
  return slides;
}

static int
count_points (const char *content)
{
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  int points = 0;

  for (char **line = lines; *line != NULL; line++)
    points += g_regex_match_simple ("^(- |[0-9]\\. |\\| ?[^-:| ]|\\| \\| |> )", *line, 0, 0);
  return points;
}

/* A heading, three or four points or rows (a table has a head as well), and notes. */
static void
check_slide (const CsSlide *slide, guint i)
{
  int points = count_points (slide->content);

  g_assert_false (slide->below);
  g_assert_true (g_str_has_prefix (slide->content, i == 0 ? "# " : "## "));
  g_assert_nonnull (slide->notes);
  g_assert_cmpuint (strlen (slide->notes), >, 40);
  g_assert_null (strstr (slide->content, "{"));
  g_assert_null (strstr (slide->notes, "{"));
  if (i > 0 && strstr (slide->content, "> ") == NULL)
    {
      g_assert_cmpint (points, >=, 3);
      g_assert_cmpint (points, <=, 5);
    }
}

static void
test_exact (void)
{
  for (int language = 0; language < CS_N_LANGUAGES; language++)
    for (int n = 1; n <= 30; n++)
      {
        g_autofree char *markdown = cs_deck_outline (topics[language], n, language);
        g_autoptr (GPtrArray) slides = split (markdown);

        g_assert_cmpuint (slides->len, ==, n);
        for (guint i = 0; i < slides->len; i++)
          check_slide (slides->pdata[i], i);
        g_assert_nonnull (strstr (markdown, topics[language]));
      }
}

/* The headings after the title, without the topic. */
static char *
dup_headings (const char *markdown, const char *topic)
{
  g_autoptr (GPtrArray) slides = split (markdown);
  GString *headings = g_string_new (NULL);

  for (guint i = 1; i < slides->len; i++)
    {
      const char *content = ((CsSlide *) slides->pdata[i])->content;

      g_string_append_len (headings, content, strcspn (content, "\n"));
      g_string_append_c (headings, '\n');
    }
  g_string_replace (headings, topic, "*", 0);
  return g_string_free (headings, FALSE);
}

/* Every kind of topic has slides of its own in every language. */
static void
test_kinds (void)
{
  static const char *const words[CS_N_TOPICS] = {
    "zzz", "recette", "ecole", "hopital", "histoire", "voyage", "marketing", "logiciel",
  };

  for (int language = 0; language < CS_N_LANGUAGES; language++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (int kind = 0; kind < CS_N_TOPICS; kind++)
        {
          g_autofree char *markdown = cs_deck_outline (words[kind], 12, language);

          g_assert_true (g_hash_table_add (seen, dup_headings (markdown, words[kind])));
        }
    }
}

/* Two topics of the same kind do not give the same deck with another word in it. */
static void
test_variety (void)
{
  static const char *const names[] = { "aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg", "hhh" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *markdown = cs_deck_outline (names[i], 15, CS_LANGUAGE_EN);

      g_hash_table_add (seen, dup_headings (markdown, names[i]));
    }
  g_assert_cmpuint (g_hash_table_size (seen), >=, 5);
}

static void
test_shapes (void)
{
  for (int language = 0; language < CS_N_LANGUAGES; language++)
    {
      g_autofree char *markdown = cs_deck_outline (topics[language], 30, language);

      g_assert_nonnull (strstr (markdown, "\n| "));
      g_assert_nonnull (strstr (markdown, "\n> "));
      g_assert_nonnull (strstr (markdown, "\n- [ ] "));
      g_assert_nonnull (strstr (markdown, "\n1. "));
    }
}

static void
test_same (void)
{
  g_autofree char *one = cs_deck_outline ("Mint tea", 9, CS_LANGUAGE_EN);
  g_autofree char *two = cs_deck_outline ("Mint tea", 9, CS_LANGUAGE_EN);

  g_assert_cmpstr (one, ==, two);
}

static void
test_clamped (void)
{
  g_autofree char *none = cs_deck_outline ("x", -3, CS_LANGUAGE_EN);
  g_autofree char *many = cs_deck_outline ("x", 1000, CS_LANGUAGE_EN);
  g_autoptr (GPtrArray) few = split (none);
  g_autoptr (GPtrArray) all = split (many);

  g_assert_cmpuint (few->len, ==, 1);
  g_assert_cmpuint (all->len, ==, 30);
}

/* The topic is text, whatever is in it; the number of slides stays. */
static void
test_hostile (void)
{
  static const char *const hostile[] = {
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "a\n\n---\n\nb",
    "# heading", "- item", "1. item", "> quote", "```", "`code`", "**bold** _em_ ~~x~~", "a | b | c", "Note: x", "{topic}",
    "&lt;script&gt;", "\\", "https://evil.example", "www.evil.example", "a@b.dz", "<!-- x -->", "+ x", "=====", "---",
    "\xe2\x80\xae" "abc", "[ ] x", "$x$", "   ", "", "\xff\xfe", "…", "\"'", "C#", "*", "_", "😀",
  };
  CsDeckOptions options = { .language = CS_LANGUAGE_EN };

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *markdown = cs_deck_outline (hostile[i], 30, CS_LANGUAGE_EN);
      g_autoptr (GError) error = NULL;
      g_autoptr (CsDeckExport) deck = cs_deck_export (markdown, strlen (markdown), &options, NULL, &error);
      g_autofree char *slides = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (deck->n_slides, ==, 30);
      g_assert_cmpuint (deck->missing->len, ==, 0);
      lint_deck (deck->html);
      slides = lint_dup_slides (deck->html);
      g_assert_null (strstr (slides, "href=\"http")); /* an address for mail may stay one */
      g_assert_null (strstr (slides, "<em>"));
    }
}

static void
test_shown_as_written (void)
{
  const char *topic = "A*b*c <d> [e](f) `g` #h & i|j_k_l ~m~ \\n";
  g_autofree char *markdown = cs_deck_outline (topic, 5, CS_LANGUAGE_EN);
  g_autoptr (GPtrArray) slides = split (markdown);
  g_autofree char *title = cs_deck_get_title (slides);

  g_assert_cmpstr (title, ==, topic);
}

static void
test_long_topic (void)
{
  g_autofree char *long_topic = g_strnfill (9999, 'x');
  g_autofree char *markdown = cs_deck_outline (long_topic, 5, CS_LANGUAGE_FR);
  g_autoptr (GPtrArray) slides = split (markdown);
  g_autofree char *title = cs_deck_get_title (slides);

  g_assert_cmpint (g_utf8_strlen (title, -1), <=, 64);
}

typedef struct
{
  const char *prompt;
  CsLanguage language;
  const char *topic;
} Lead;

static void
test_leads (void)
{
  static const Lead leads[] = {
    { "Make a presentation about mint tea.", CS_LANGUAGE_EN, "mint tea" },
    { "create me a short deck of 12 slides on Algerian dates", CS_LANGUAGE_EN, "Algerian dates" },
    { "Crée une présentation sur l’énergie solaire", CS_LANGUAGE_FR, "l’énergie solaire" },
    { "Fais-moi un exposé sur la Casbah !", CS_LANGUAGE_FR, "la Casbah" },
    { "Prépare un diaporama à propos de la Lune", CS_LANGUAGE_EN, "la Lune" },
    { "أنشئ عرضا تقديميا عن الطاقة الشمسية", CS_LANGUAGE_AR, "الطاقة الشمسية" },
    { "عرض حول تاريخ الجزائر", CS_LANGUAGE_AR, "تاريخ الجزائر" },
    { "Presentations that work", CS_LANGUAGE_EN, "Presentations that work" },
    { "present", CS_LANGUAGE_EN, "present" },
    { "a presentation about", CS_LANGUAGE_EN, "a presentation about" },
    { "What is light?", CS_LANGUAGE_EN, "What is light?" },
    { "  two\n lines ", CS_LANGUAGE_EN, "two lines" },
    { "", CS_LANGUAGE_FR, "Présentation" },
    { " \n ", CS_LANGUAGE_AR, "عرض تقديمي" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (leads); i++)
    {
      g_autofree char *topic = cs_deck_topic_clean (leads[i].prompt, leads[i].language);

      g_assert_cmpstr (topic, ==, leads[i].topic);
    }
}

typedef struct
{
  const char *topic;
  CsTopic kind;
} Guess;

static void
test_guess (void)
{
  static const Guess guesses[] = {
    { "L’école primaire", CS_TOPIC_EDUCATION },      { "Teaching fractions", CS_TOPIC_EDUCATION },
    { "التعليم في الجزائر", CS_TOPIC_EDUCATION },     { "L’intelligence artificielle", CS_TOPIC_TECHNOLOGY },
    { "AI and robots", CS_TOPIC_TECHNOLOGY },        { "الذكاء الاصطناعي", CS_TOPIC_TECHNOLOGY },
    { "La santé mentale", CS_TOPIC_HEALTH },         { "Sleep and health", CS_TOPIC_HEALTH },
    { "الصحة والتغذية", CS_TOPIC_HEALTH },            { "Plan marketing d’une entreprise", CS_TOPIC_BUSINESS },
    { "Sales strategy", CS_TOPIC_BUSINESS },         { "التسويق للشركات", CS_TOPIC_BUSINESS },
    { "La guerre de libération", CS_TOPIC_HISTORY }, { "The Roman empire", CS_TOPIC_HISTORY },
    { "تاريخ الأندلس", CS_TOPIC_HISTORY },            { "Voyage au Sahara", CS_TOPIC_TRAVEL },
    { "A trip to the mountains", CS_TOPIC_TRAVEL },  { "السياحة في الصحراء", CS_TOPIC_TRAVEL },
    { "Comment planter un olivier", CS_TOPIC_HOW_TO }, { "How to repair a bicycle", CS_TOPIC_HOW_TO },
    { "كيف نصنع الخبز", CS_TOPIC_HOW_TO },            { "Le silence", CS_TOPIC_ANY },
    { "Aim high", CS_TOPIC_ANY },                    { "", CS_TOPIC_ANY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_test_message ("%s", guesses[i].topic);
      g_assert_cmpint (cs_deck_topic_guess (guesses[i].topic), ==, guesses[i].kind);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deck-outline/exact", test_exact);
  g_test_add_func ("/deck-outline/kinds", test_kinds);
  g_test_add_func ("/deck-outline/variety", test_variety);
  g_test_add_func ("/deck-outline/shapes", test_shapes);
  g_test_add_func ("/deck-outline/same", test_same);
  g_test_add_func ("/deck-outline/clamped", test_clamped);
  g_test_add_func ("/deck-outline/hostile", test_hostile);
  g_test_add_func ("/deck-outline/shown-as-written", test_shown_as_written);
  g_test_add_func ("/deck-outline/long-topic", test_long_topic);
  g_test_add_func ("/deck-topic/leads", test_leads);
  g_test_add_func ("/deck-topic/guess", test_guess);
  return g_test_run ();
}
