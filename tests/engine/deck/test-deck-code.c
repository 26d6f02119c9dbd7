/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "deck/cs-deck-code.h"

#define K(word) "<span class=\"k\">" word "</span>"
#define T(word) "<span class=\"t\">" word "</span>"
#define C(word) "<span class=\"c\">" word "</span>"
#define N(word) "<span class=\"n\">" word "</span>"

typedef struct
{
  const char *language;
  const char *code;
  const char *html;
} Case;

static const Case cases[] = {
  { "c", "int x = 0x1f; /* <b> */", K ("int") " x = " N ("0x1f") "; " C ("/* &lt;b&gt; */") },
  { "C++", "return returned;", K ("return") " returned;" },
  { "js", "let a = `x\ny` + 'it\\'s';", K ("let") " a = " T ("`x\ny`") " + " T ("&#39;it\\&#39;s&#39;") ";" },
  { "rust", "fn f<'a>(x: &'a str)", K ("fn") " f&lt;&#39;a&gt;(x: &amp;&#39;a str)" },
  { "python", "if x: # no\n  return 1.5", K ("if") " x: " C ("# no") "\n  " K ("return") " " N ("1.5") },
  { "sh", "echo a#b $# # c", K ("echo") " a#b $# " C ("# c") },
  { "sql", "Select * From t -- x", K ("Select") " * " K ("From") " t " C ("-- x") },
  { "html", "<!-- a --><b c=\"d\">", C ("&lt;!-- a --&gt;") "&lt;b c=" T ("&quot;d&quot;") "&gt;" },
  { "c {.line}", "if", K ("if") },
  { "c", "/* open", C ("/* open") },
  { "c", "\"open", "&quot;open" },
  { "c", "\"a\\", "&quot;a\\" },
  { "c", "été = 1", "été = " N ("1") },
  { "", "if x", "if x" },
  { "nothing", "if x < 1", "if x &lt; 1" },
  { " c", "if", "if" },
  { "averyverylongnameofalanguage", "if", "if" },
  { "c", "", "" },
};

static void
test_colours (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) html = g_string_new (NULL);

      cs_deck_code_append (html, cases[i].language, cases[i].code);
      g_assert_cmpstr (html->str, ==, cases[i].html);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deck-code/colours", test_colours);
  return g_test_run ();
}
