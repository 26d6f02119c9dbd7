/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Markdown of one slide as cmark-gfm reads it, and what can be asked of its tree. Any thread. */
#include "config.h"
#include "deck/cs-deck-tree.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

static gpointer
find_extensions_once (gpointer data)
{
  static const char *const names[] = { "table", "strikethrough", "autolink", "tasklist" };
  GPtrArray *found = g_ptr_array_new ();

  cmark_gfm_core_extensions_ensure_registered ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (found, cmark_find_syntax_extension (names[i]));
  return found;
}

/**
 * cs_deck_tree_parse:
 *
 * Returns: (transfer full): the tree of @markdown; free with cmark_node_free().
 */
cmark_node *
cs_deck_tree_parse (const char *markdown)
{
  static GOnce once = G_ONCE_INIT;
  GPtrArray *extensions = g_once (&once, find_extensions_once, NULL);
  cmark_parser *parser = cmark_parser_new (CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
  cmark_node *document;

  for (guint i = 0; i < extensions->len; i++)
    cmark_parser_attach_syntax_extension (parser, extensions->pdata[i]);
  cmark_parser_feed (parser, markdown, strlen (markdown));
  document = cmark_parser_finish (parser);
  cmark_parser_free (parser);
  return document;
}

/**
 * cs_deck_tree_is:
 * @type: the name of a node type that an extension adds
 */
gboolean
cs_deck_tree_is (cmark_node *node, const char *type)
{
  return node != NULL && strcmp (cmark_node_get_type_string (node), type) == 0;
}

/**
 * cs_deck_tree_get_text:
 *
 * Returns: (transfer full): the words under @node without any markup.
 */
char *
cs_deck_tree_get_text (cmark_node *node)
{
  g_autoptr (cmark_iter) iter = cmark_iter_new (node);
  GString *text = g_string_new (NULL);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *at = cmark_iter_get_node (iter);

      if (event != CMARK_EVENT_ENTER)
        continue;
      if (cmark_node_get_type (at) == CMARK_NODE_TEXT || cmark_node_get_type (at) == CMARK_NODE_CODE)
        g_string_append (text, cmark_node_get_literal (at));
      else if (cmark_node_get_type (at) == CMARK_NODE_SOFTBREAK || cmark_node_get_type (at) == CMARK_NODE_LINEBREAK)
        g_string_append_c (text, ' ');
    }
  return g_strstrip (g_string_free (text, FALSE));
}

/**
 * cs_deck_tree_has_words:
 *
 * Returns: whether anything can be read under @node.
 */
gboolean
cs_deck_tree_has_words (cmark_node *node)
{
  g_autofree char *text = cs_deck_tree_get_text (node);

  return text[0] != '\0';
}

/**
 * cs_deck_tree_is_pictures:
 *
 * Returns: how many pictures @paragraph holds when there is nothing else in it, else 0.
 */
int
cs_deck_tree_is_pictures (cmark_node *paragraph)
{
  int pictures = 0;

  for (cmark_node *child = cmark_node_first_child (paragraph); child != NULL; child = cmark_node_next (child))
    {
      cmark_node_type type = cmark_node_get_type (child);

      if (type == CMARK_NODE_IMAGE)
        pictures++;
      else if (type != CMARK_NODE_SOFTBREAK && type != CMARK_NODE_LINEBREAK)
        return 0;
    }
  return pictures;
}
