/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours code at export, with one small reader for all languages, so that a deck carries no highlighter. Any thread. */
#include "config.h"
#include "deck/cs-deck-code.h"

#include "deck/cs-deck-html.h"

#include <string.h>

#define MAX_TEXT 1000 /* bytes; a longer text is not coloured */

/* How the languages of one family write comments, and their words. */
typedef struct
{
  const char *names;      /* each between spaces */
  const char *line;       /* (nullable) begins a comment to the end of the line */
  const char *line2;      /* (nullable) another one */
  const char *open;       /* (nullable) begins a comment over several lines */
  const char *close;
  const char *quotes;     /* characters that open a text */
  const char *words;      /* each between spaces */
  gboolean fold;          /* words in any case */
} Family;

/* The words of all languages with curly brackets together: none is a likely name in another one. */
#define CURLY_WORDS \
  " abstract as async await bool boolean break byte case catch char class const constexpr continue default defer" \
  " delete do double else enum export extends extern false final finally float fn for foreach from func function" \
  " go goto if impl implements import in inline instanceof int interface internal is let long loop match mod module" \
  " mut namespace new nil null nullptr number object of operator override package private protected pub public" \
  " return self short signed sizeof static string struct super switch template this throw throws true try type" \
  " typedef typename typeof union unsafe unsigned use using val var virtual void volatile where while yield "

static const Family families[] = {
  { " c h cpp c++ cc hpp cs csharp java js javascript jsx ts typescript tsx go golang swift kotlin kt dart scala"
    " php vala objc zig json json5 ",
    "//", NULL, "/*", "*/", "\"'`",
    CURLY_WORDS, FALSE },
  { " rust rs ", "//", NULL, "/*", "*/", "\"", CURLY_WORDS, FALSE }, /* ' begins a lifetime there */
  { " py python rb ruby sh bash shell zsh console yaml yml toml ini conf r perl pl make makefile dockerfile docker nix"
    " elixir ex julia jl gdscript ",
    "#", NULL, NULL, NULL, "\"'",
    " True False None and as assert async await begin break case class continue def default del do done elif else elsif"
    " end ensure esac except exec exit export false fi finally for from function global if import in is lambda let local"
    " module my nil nonlocal not null or pass print puts raise require rescue return self set sudo then true try unless"
    " until use while with yield echo cd FROM RUN COPY CMD WORKDIR ENV EXPOSE ENTRYPOINT ",
    FALSE },
  { " sql mysql postgresql postgres sqlite plsql ",
    "--", "#", "/*", "*/", "'\"",
    " add all alter and any as asc avg begin between by cascade case check column commit constraint count create cross"
    " database default delete desc distinct drop else end exists foreign from full group having if in index inner insert"
    " into is join key left like limit max min not null offset on or order outer primary references right rollback"
    " select set sum table then transaction union unique update using values view when where with ",
    TRUE },
  { " lua haskell hs ada vhdl elm ", "--", NULL, NULL, NULL, "\"'",
    " and begin break case class data deriving do else elseif end false for function if import in instance is let local"
    " module nil not of or procedure repeat return then true type until where while ", FALSE },
  { " html xml svg htm xhtml vue ", NULL, NULL, "<!--", "-->", "\"'", " ", FALSE },
  { " css scss less ", NULL, NULL, "/*", "*/", "\"'", " important media import keyframes supports ", FALSE },
};

static const Family *
find_family (const char *language)
{
  gsize length = strcspn (language, " \t{,");
  g_autofree char *name = NULL;

  if (length == 0 || length > 20)
    return NULL;
  name = g_strdup_printf (" %.*s ", (int) length, language);
  for (char *at = name; *at != '\0'; at++)
    *at = g_ascii_tolower (*at);
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (strstr (families[i].names, name) != NULL)
      return &families[i];
  return NULL;
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (guchar) c >= 0x80;
}

/* A `#` inside a word is none: an anchor, a colour, $#. */
static gsize
measure_comment (const Family *family, const char *code, const char *at)
{
  if (*at == '#' && at > code && !g_ascii_isspace (at[-1]))
    return 0;
  if ((family->line != NULL && g_str_has_prefix (at, family->line))
      || (family->line2 != NULL && g_str_has_prefix (at, family->line2)))
    return strcspn (at, "\n");
  if (family->open != NULL && g_str_has_prefix (at, family->open))
    {
      const char *close = strstr (at + strlen (family->open), family->close);

      return close != NULL ? (gsize) (close - at) + strlen (family->close) : strlen (at);
    }
  return 0;
}

/* A text between quotes on one line; 0 when it is not closed (an apostrophe, a lifetime). */
static gsize
measure_text (const Family *family, const char *at)
{
  char quote = *at;

  if (strchr (family->quotes, quote) == NULL)
    return 0;
  for (gsize i = 1; i < MAX_TEXT && at[i] != '\0' && (at[i] != '\n' || quote == '`'); i++)
    {
      if (at[i] == quote)
        return i + 1;
      if (at[i] == '\\' && at[i + 1] != '\0')
        i++;
    }
  return 0;
}

static gsize
measure_number (const char *at)
{
  gsize length = 0;

  if (!g_ascii_isdigit (*at))
    return 0;
  while (g_ascii_isalnum (at[length]) || at[length] == '_'
         || (at[length] == '.' && g_ascii_isdigit (at[length + 1])))
    length++;
  return length;
}

static gboolean
is_keyword (const Family *family, const char *at, gsize length)
{
  char word[32];

  if (length > sizeof word - 3)
    return FALSE;
  word[0] = ' ';
  for (gsize i = 0; i < length; i++)
    word[i + 1] = family->fold ? g_ascii_tolower (at[i]) : at[i];
  word[length + 1] = ' ';
  word[length + 2] = '\0';
  return strstr (family->words, word) != NULL;
}

static void
append_span (GString *html, const char *class, const char *at, gsize length)
{
  g_string_append_printf (html, "<span class=\"%s\">", class);
  cs_deck_html_append_text (html, at, length);
  g_string_append (html, "</span>");
}

/* The length of what stands at @at and, when it has a colour, its class. */
static gsize
measure_token (const Family *family, const char *code, const char *at, const char **class)
{
  gsize length;

  if ((length = measure_comment (family, code, at)) > 0)
    *class = "c";
  else if ((length = measure_text (family, at)) > 0)
    *class = "t";
  else if ((length = measure_number (at)) > 0)
    *class = "n";
  else if (is_word (*at))
    {
      while (is_word (at[length]))
        length++;
      *class = is_keyword (family, at, length) ? "k" : NULL;
    }
  else
    {
      length = 1;
      *class = NULL;
    }
  return length;
}

/**
 * cs_deck_code_append:
 * @language: the first words after the fence, maybe empty
 * @code: the text of the block
 *
 * Appends @code as HTML with <span class=k|t|c|n> around keywords, texts, comments and numbers where the language is
 * known; plain otherwise.
 */
void
cs_deck_code_append (GString *html, const char *language, const char *code)
{
  const Family *family = find_family (language);
  const char *class = NULL;
  const char *kept = code;
  gsize length;

  if (family == NULL)
    {
      cs_deck_html_append_text (html, code, -1);
      return;
    }
  for (const char *at = code; *at != '\0'; at += length)
    {
      length = measure_token (family, code, at, &class);
      if (class == NULL)
        continue;
      cs_deck_html_append_text (html, kept, at - kept);
      append_span (html, class, at, length);
      kept = at + length;
    }
  cs_deck_html_append_text (html, kept, -1);
}
