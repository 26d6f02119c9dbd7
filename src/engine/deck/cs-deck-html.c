/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two ways text from outside enters the HTML of a deck: as text and as the address of a link. Any thread. */
#include "config.h"
#include "deck/cs-deck-html.h"

#include <string.h>

static const char *
escape (guchar c)
{
  switch (c)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\t':
    case '\n':
      return NULL;
    default:
      return c < 0x20 || c == 0x7f ? "" : NULL; /* controls are not valid in HTML */
    }
}

/**
 * cs_deck_html_append_text:
 * @text: UTF-8
 * @length: in bytes, or -1
 *
 * Appends @text so that it is only text, also between the quotes of an attribute.
 */
void
cs_deck_html_append_text (GString *html, const char *text, gssize length)
{
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
  const char *kept = text;

  for (const char *at = text; at < end; at++)
    {
      const char *escaped = escape (*at);

      if (escaped == NULL)
        continue;
      g_string_append_len (html, kept, at - kept);
      g_string_append (html, escaped);
      kept = at + 1;
    }
  g_string_append_len (html, kept, end - kept);
}

/**
 * cs_deck_html_is_link:
 * @address: (nullable): with entities and escapes of Markdown already resolved
 *
 * Returns: whether a deck may link to @address: http, https and mailto only, spelt plainly.
 */
gboolean
cs_deck_html_is_link (const char *address)
{
  if (address == NULL || strlen (address) > CS_DECK_MAX_LINK)
    return FALSE;
  for (const char *at = address; *at != '\0'; at++)
    if ((guchar) *at < 0x20 || *at == 0x7f)
      return FALSE;
  return g_ascii_strncasecmp (address, "https://", 8) == 0 || g_ascii_strncasecmp (address, "http://", 7) == 0
         || g_ascii_strncasecmp (address, "mailto:", 7) == 0;
}

/**
 * cs_deck_html_append_link:
 *
 * Appends an address that passed cs_deck_html_is_link() for use between the quotes of an attribute: everything that is
 * not plainly part of an address is percent-encoded.
 */
void
cs_deck_html_append_link (GString *html, const char *address)
{
  for (const char *at = address; *at != '\0'; at++)
    {
      if (*at == '&')
        g_string_append (html, "&amp;");
      else if (g_ascii_isalnum (*at) || strchr ("-_.~:/?#@!$()*+,;=%", *at) != NULL)
        g_string_append_c (html, *at);
      else
        g_string_append_printf (html, "%%%02X", (guchar) *at);
    }
}
