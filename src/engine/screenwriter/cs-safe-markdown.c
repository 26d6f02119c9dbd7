/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Markdown from strangers, made harmless before it becomes the source of a deck: no HTML, no pictures, nothing that would
 * cut or end the slide. The deck room does not believe it either; this keeps the file clean that people open and edit.
 */
#include "config.h"
#include "screenwriter/cs-safe-markdown.h"

#include "core/cs-text.h"

#include <string.h>

#define MAX_LINES 40
#define MAX_LINE 600          /* characters */
#define MAX_LANGUAGE 20       /* bytes of what stands behind a fence */
#define MAX_INDENT 6
#define FENCE "```"

/* What a line begins or goes on with: between two of different kinds stands a blank line. */
typedef enum
{
  LINE_NONE,
  LINE_LIST,
  LINE_QUOTE,
  LINE_TABLE,
  LINE_HEADING,
  LINE_TEXT,
  LINE_CODE,
} LineKind;

/* One block that is being written. */
typedef struct
{
  GString *out;
  LineKind last;
  gboolean is_prose; /* bare lines are paragraphs, not points */
  gboolean is_code;  /* inside of a fence */
} Writer;

static gsize
measure_run (const char *text, char mark)
{
  gsize length = 0;

  while (text[length] == mark)
    length++;
  return length;
}

/* The end of the code that the backquotes at @text begin; NULL when they begin none on this line. */
static const char *
find_end_of_code (const char *text)
{
  gsize length = measure_run (text, '`');
  const char *at = text + length;

  while ((at = strchr (at, '`')) != NULL)
    {
      gsize run = measure_run (at, '`');

      if (run == length)
        return at + run;
      at += run;
    }
  return NULL;
}

/* A picture stays as its alternative text; what only begins like one is no picture any more. Returns: behind it. */
static const char *
append_picture (GString *out, const char *text)
{
  const char *alt = text + strlen ("![");
  const char *end = strchr (alt, ']');
  const char *close = end != NULL && end[1] == '(' ? strchr (end, ')') : NULL;

  if (close == NULL)
    {
      g_string_append (out, "!\\[");
      return alt;
    }
  for (; alt < end; alt++)
    if (strchr ("![<`\\", *alt) == NULL)
      g_string_append_c (out, *alt);
  return close + 1;
}

/* One line of text inside of a block. */
static void
append_inline (GString *out, const char *text)
{
  while (*text != '\0')
    {
      const char *end = *text == '`' ? find_end_of_code (text) : NULL;

      if (end != NULL)
        {
          g_string_append_len (out, text, end - text);
          text = end;
        }
      else if (g_str_has_prefix (text, "!["))
        text = append_picture (out, text);
      else if (*text == '\\' && g_ascii_ispunct (text[1]) && text[1] != '<')
        {
          g_string_append_len (out, text, 2);
          text += 2;
        }
      else
        {
          if (*text == '<')
            g_string_append (out, "&lt;");
          else if (*text == '`')
            g_string_append (out, "\\`");
          else
            g_string_append_c (out, *text);
          text++;
        }
    }
}

/**
 * cs_safe_markdown_line:
 *
 * Returns: (transfer full): one line that can stand in a heading or in notes.
 */
char *
cs_safe_markdown_line (const char *text, gsize max_characters)
{
  g_autofree char *line = cs_text_make_line (text, max_characters * 8);
  g_autofree char *shown = NULL;
  GString *out = g_string_new (NULL);
  const char *at = line;

  while (*at != '\0' && strchr ("#>*-+ ", *at) != NULL)
    at++;
  if (*at != '\0')
    {
      shown = cs_text_ellipsize (at, max_characters);
      append_inline (out, shown);
    }
  return g_string_free (out, FALSE);
}

/* Rules and separators: nothing but dashes and their like. */
static gboolean
is_rule (const char *line)
{
  return strlen (line) >= 2 && line[strspn (line, "-=_* ")] == '\0';
}

static gsize
match_number (const char *line)
{
  gsize digits = strspn (line, "0123456789");

  return digits > 0 && digits < 4 && (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ' ? digits + 2 : 0;
}

/* The signs that people and models use for points. */
static gsize
match_bullet (const char *line)
{
  static const char *const bullets[] = { "- ", "* ", "+ ", "• ", "•", "– ", "— ", "▪ ", "● " };

  for (guint i = 0; i < G_N_ELEMENTS (bullets); i++)
    if (g_str_has_prefix (line, bullets[i]))
      return strlen (bullets[i]);
  return 0;
}

static void
begin_line (Writer *self, LineKind kind)
{
  if (self->out->len > 0)
    g_string_append_c (self->out, '\n');
  if (self->last != LINE_NONE && (self->last != kind || kind == LINE_TEXT || kind == LINE_HEADING))
    g_string_append_c (self->out, '\n');
  self->last = kind;
}

static void
toggle_code (Writer *self, const char *line)
{
  const char *language = line + strspn (line, "`~ ");
  gsize length = 0;

  while (length < MAX_LANGUAGE && (g_ascii_isalnum (language[length]) || strchr ("+#-_", language[length]) != NULL)
         && language[length] != '\0')
    length++;
  if (self->is_code)
    {
      g_string_append (self->out, "\n" FENCE);
      self->last = LINE_CODE;
    }
  else
    {
      begin_line (self, LINE_CODE);
      g_string_append (self->out, FENCE);
      g_string_append_len (self->out, language, length);
    }
  self->is_code = !self->is_code;
}

/* A line of a kind that goes on over several lines, or a point. */
static void
append_text (Writer *self, const char *line, gsize indent)
{
  gsize bullet = match_bullet (line);
  gsize number = match_number (line);
  gboolean is_nested = self->last == LINE_LIST && indent > 0;
  /* A paragraph that begins with “Note:” would begin the speaker notes. */
  gboolean is_point = bullet > 0 || (number == 0 && (!self->is_prose || g_str_has_prefix (line, "Note")));

  if (line[0] == '>')
    begin_line (self, LINE_QUOTE);
  else if (line[0] == '|')
    begin_line (self, LINE_TABLE);
  else if (is_point || number > 0)
    {
      begin_line (self, LINE_LIST);
      g_string_append_printf (self->out, "%*s", (int) (is_nested ? indent : 0), "");
      if (is_point)
        g_string_append (self->out, "- ");
      line += bullet;
    }
  else
    begin_line (self, LINE_TEXT);
  append_inline (self->out, line);
}

static void
append_line (Writer *self, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gsize indent = strspn (valid, " \t");
  g_autofree char *line = cs_text_make_line (valid + indent, MAX_LINE * 8);
  g_autofree char *shown = *line != '\0' ? cs_text_ellipsize (line, MAX_LINE) : g_strdup ("");

  if (g_str_has_prefix (shown, FENCE) || g_str_has_prefix (shown, "~~~"))
    toggle_code (self, shown);
  else if (self->is_code)
    g_string_append_printf (self->out, "\n%*s%s", (int) MIN (indent, 40), "", shown);
  else if (*shown == '\0' || is_rule (shown))
    return;
  else if (*shown == '#')
    {
      const char *words = shown + strspn (shown, "# ");

      if (*words == '\0')
        return;
      begin_line (self, LINE_HEADING);
      g_string_append (self->out, "### ");
      append_inline (self->out, words);
    }
  else
    append_text (self, shown, MIN (indent, MAX_INDENT));
}

/**
 * cs_safe_markdown_block:
 * @lines: (array zero-terminated=1): each one or more lines of Markdown
 * @is_prose: whether a bare line is a paragraph; else it is a point of a list
 *
 * Returns: (transfer full): the body of a slide; empty when nothing can be seen in it.
 */
char *
cs_safe_markdown_block (const char *const *lines, gboolean is_prose)
{
  Writer writer = { .out = g_string_new (NULL), .is_prose = is_prose };
  int left = MAX_LINES;

  for (; *lines != NULL && left > 0; lines++)
    {
      g_auto (GStrv) parts = g_strsplit (*lines, "\n", left + 1);

      for (guint i = 0; parts[i] != NULL && left > 0; i++, left--)
        append_line (&writer, parts[i]);
    }
  if (writer.is_code)
    g_string_append (writer.out, "\n" FENCE);
  return g_string_free (writer.out, FALSE);
}
