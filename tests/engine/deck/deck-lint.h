/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

/*
 * Reads the slides of an exported deck and asserts that nothing is in them but the tags and attributes that our writer
 * is meant to write: an oracle that knows the shape of safe HTML and nothing about Markdown.
 */

static const char *const lint_tags[] = {
  "section", "div",  "aside", "h1",    "h2",    "h3", "h4",  "h5",   "h6",     "p",    "ul",         "ol",
  "li",      "span", "pre",   "code",  "table", "thead", "tbody", "tr",   "th",   "td",   "blockquote", "figure",
  "img",     "hr",   "br",    "em",    "strong", "del", "a",  "figcaption",
};

/* What the value of an attribute may be: a link, a picture, or words without meaning for the browser. */
static inline void
lint_attribute (const char *tag, const char *name, const char *value)
{
  if (strcmp (tag, "a") == 0 && strcmp (name, "href") == 0)
    g_assert_true (g_ascii_strncasecmp (value, "https://", 8) == 0 || g_ascii_strncasecmp (value, "http://", 7) == 0
                   || g_ascii_strncasecmp (value, "mailto:", 7) == 0);
  else if (strcmp (tag, "a") == 0 && strcmp (name, "target") == 0)
    g_assert_cmpstr (value, ==, "_blank");
  else if (strcmp (tag, "a") == 0 && strcmp (name, "rel") == 0)
    g_assert_cmpstr (value, ==, "noopener noreferrer");
  else if (strcmp (tag, "img") == 0 && strcmp (name, "src") == 0)
    g_assert_true (g_regex_match_simple ("^data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$", value, 0, 0));
  else if (strcmp (tag, "img") == 0)
    g_assert_cmpstr (name, ==, "alt");
  else if (strcmp (tag, "ol") == 0 && strcmp (name, "start") == 0)
    g_assert_true (g_regex_match_simple ("^[0-9]+$", value, 0, 0));
  else if (strcmp (name, "role") == 0)
    g_assert_cmpstr (value, ==, "img");
  else if (strcmp (name, "class") == 0)
    g_assert_true (g_regex_match_simple ("^[a-z0-9 ]+$", value, 0, 0));
  else
    g_assert_cmpstr (name, ==, "aria-label");
}

/* One attribute at @at, after blanks; returns what follows. */
static inline const char *
lint_read_attribute (const char *tag, const char *at)
{
  gsize name_length = strspn (at, "abcdefghijklmnopqrstuvwxyz-");
  g_autofree char *name = g_strndup (at, name_length);
  g_autofree char *value = NULL;
  gsize length;

  g_assert_cmpuint (name_length, >, 0);
  at += name_length;
  g_assert_cmpint (*at, ==, '=');
  at++;
  if (*at == '"')
    {
      length = strcspn (at + 1, "\"<>");
      value = g_strndup (at + 1, length);
      g_assert_cmpint (at[length + 1], ==, '"');
      at += length + 2;
    }
  else
    {
      length = strspn (at, "abcdefghijklmnopqrstuvwxyz0123456789_");
      g_assert_cmpuint (length, >, 0);
      value = g_strndup (at, length);
      at += length;
    }
  lint_attribute (tag, name, value);
  return at;
}

static inline const char *
lint_read_tag (const char *at)
{
  gboolean closing = at[1] == '/';
  const char *start = at + 1 + closing;
  gsize length = strspn (start, "abcdefghijklmnopqrstuvwxyz0123456789");
  g_autofree char *tag = g_strndup (start, length);
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (lint_tags); i++)
    known = known || strcmp (tag, lint_tags[i]) == 0;
  if (!known)
    g_error ("not a tag of ours: %.80s", at);
  at = start + length;
  while (!closing && *at == ' ')
    at = lint_read_attribute (tag, at + 1);
  g_assert_cmpint (*at, ==, '>');
  return at + 1;
}

/* The slides of @html: what stands between the opening of Reveal's box and the first script. */
static inline char *
lint_dup_slides (const char *html)
{
  const char *start = strstr (html, "<div class=\"slides\">\n");
  const char *end;

  g_assert_nonnull (start);
  start += strlen ("<div class=\"slides\">\n");
  end = strstr (start, "</div></div>\n<script>if(");
  g_assert_nonnull (end);
  return g_strndup (start, end - start);
}

static inline void
lint_deck (const char *html)
{
  g_autofree char *slides = lint_dup_slides (html);

  g_assert_true (g_utf8_validate (slides, -1, NULL));
  for (const char *at = slides; (at = strpbrk (at, "<>")) != NULL;)
    {
      g_assert_cmpint (*at, ==, '<');
      at = lint_read_tag (at);
    }
}
