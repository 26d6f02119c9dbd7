/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes the tree of a slide as HTML. Only the tags written down here can come out, and only with text and addresses
 * that went through cs-deck-html: raw HTML is dropped, links are http, https and mailto, pictures are those of the
 * resolver. The walk does not recurse, and nesting beyond a sensible depth is flattened, not refused.
 */
#include "config.h"
#include "deck/cs-deck-markdown.h"

#include "deck/cs-deck-code.h"
#include "deck/cs-deck-html.h"
#include "deck/cs-deck-tree.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

#define MAX_BLOCK_DEPTH 10 /* lists and quotes inside each other */
#define MAX_INLINE_DEPTH 6
#define MAX_HEADING 200    /* bytes of a heading that are kept as the title */

/* One walk over one tree. */
typedef struct
{
  const CsDeckMarkdown *deck;
  GString *html;
  CsSlideShape *shape;
  char **heading;       /* (nullable) the first heading goes here */

  int blocks;           /* open lists and quotes */
  int lists;            /* open lists */
  int inlines;          /* open emphasis and links */
  int column;           /* of the table row */
  gboolean in_head;     /* of the table */
  gsize characters;     /* in the open paragraph, heading or cell */
  gsize widest_cell;
} Walk;

static gboolean
is_top (cmark_node *node)
{
  return cmark_node_get_type (cmark_node_parent (node)) == CMARK_NODE_DOCUMENT;
}

static void
count_block (Walk *self, cmark_node *node, CsBlock block)
{
  if (is_top (node))
    cs_slide_shape_count (self->shape, block);
}

/* ---- blocks ---- */

/* A paragraph of a tight list is written without its tag. */
static gboolean
is_tight (cmark_node *paragraph)
{
  cmark_node *list = cmark_node_parent (cmark_node_parent (paragraph));

  return list != NULL && cmark_node_get_type (list) == CMARK_NODE_LIST && cmark_node_get_list_tight (list);
}

static void
finish_text (Walk *self, double size, double gap)
{
  double nested = self->lists > 1 ? 0.88 : 1;

  cs_slide_shape_add_text (self->shape, self->characters, size * nested, self->blocks * 1.3, gap);
  self->characters = 0;
}

static void
walk_paragraph (Walk *self, cmark_node *node, gboolean enter)
{
  int pictures = is_top (node) && self->deck->pictures != NULL ? cs_deck_tree_is_pictures (node) : 0;
  const char *opening = pictures > 1 ? "<div class=\"row\">" : "<figure>";
  const char *closing = pictures > 1 ? "</div>" : "</figure>";

  if (enter)
    {
      count_block (self, node, pictures > 0 ? CS_BLOCK_PICTURE : CS_BLOCK_PARAGRAPH);
      self->characters = 0;
      if (pictures > 0)
        cs_slide_shape_add_height (self->shape, 6.4);
    }
  if (pictures > 0)
    g_string_append (self->html, enter ? opening : closing);
  else if (!is_tight (node))
    g_string_append (self->html, enter ? "<p>" : "</p>");
  if (!enter && pictures == 0)
    finish_text (self, 1, is_tight (node) ? 0.42 : 0.6);
}

static void
walk_heading (Walk *self, cmark_node *node, gboolean enter)
{
  static const double sizes[] = { 1.72, 1.5, 1.16, 1, 1, 1 };
  int level = CLAMP (cmark_node_get_heading_level (node), 1, 6);

  if (enter)
    {
      count_block (self, node, CS_BLOCK_HEADING);
      self->characters = 0;
    }
  if (enter && self->heading != NULL && *self->heading == NULL && cs_deck_tree_has_words (node))
    *self->heading = cs_deck_tree_get_text (node);
  g_string_append_printf (self->html, enter ? "<h%d>" : "</h%d>", level);
  if (!enter)
    finish_text (self, sizes[level - 1], level <= 2 ? 1.2 : 0.5);
}

static void
walk_quote (Walk *self, cmark_node *node, gboolean enter)
{
  if (enter)
    {
      count_block (self, node, CS_BLOCK_QUOTE);
      self->blocks++;
    }
  if (self->blocks <= MAX_BLOCK_DEPTH)
    g_string_append (self->html, enter ? "<blockquote>" : "</blockquote>");
  if (!enter)
    {
      self->blocks--;
      cs_slide_shape_add_height (self->shape, 1.2);
    }
}

static void
open_list (Walk *self, cmark_node *node)
{
  int start = cmark_node_get_list_start (node);

  if (cmark_node_get_list_type (node) != CMARK_ORDERED_LIST)
    g_string_append (self->html, "<ul>");
  else if (start == 1)
    g_string_append (self->html, "<ol>");
  else
    g_string_append_printf (self->html, "<ol start=\"%d\">", start);
}

static void
walk_list (Walk *self, cmark_node *node, gboolean enter)
{
  if (enter)
    {
      count_block (self, node, CS_BLOCK_LIST);
      self->blocks++;
      self->lists++;
    }
  if (self->blocks <= MAX_BLOCK_DEPTH && enter)
    open_list (self, node);
  else if (self->blocks <= MAX_BLOCK_DEPTH)
    g_string_append (self->html, cmark_node_get_list_type (node) == CMARK_ORDERED_LIST ? "</ol>" : "</ul>");
  if (!enter)
    {
      self->blocks--;
      self->lists--;
    }
}

static void
walk_item (Walk *self, cmark_node *node, gboolean enter)
{
  if (self->blocks > MAX_BLOCK_DEPTH)
    return;
  if (!enter)
    g_string_append (self->html, "</li>");
  else if (cs_deck_tree_is (node, "tasklist"))
    {
      gboolean done = cmark_gfm_extensions_get_tasklist_item_checked (node);

      g_string_append_printf (self->html, "<li class=\"task\"><span class=\"tick%s\" role=\"img\" aria-label=\"%s\"></span>",
                              done ? " on" : "", done ? self->deck->words->done : self->deck->words->open);
    }
  else
    g_string_append (self->html, "<li>");
}

static void
write_code_block (Walk *self, cmark_node *node)
{
  const char *code = cmark_node_get_literal (node);
  const char *info = cmark_node_get_fence_info (node);

  count_block (self, node, CS_BLOCK_CODE);
  for (const char *at = code, *end; *at != '\0'; at = *end != '\0' ? end + 1 : end)
    {
      end = strchrnul (at, '\n');
      cs_slide_shape_add_text (self->shape, end - at, 0.9, 2.2, -0.25);
    }
  cs_slide_shape_add_height (self->shape, 1.9);
  g_string_append (self->html, "<pre><code>");
  cs_deck_code_append (self->html, info != NULL ? info : "", code);
  g_string_append (self->html, "</code></pre>");
}

/* ---- tables ---- */

static void
walk_table (Walk *self, cmark_node *node, gboolean enter)
{
  if (enter)
    {
      count_block (self, node, CS_BLOCK_TABLE);
      cs_slide_shape_add_height (self->shape, 0.8);
      g_string_append (self->html, "<table>");
      return;
    }
  if (cmark_node_first_child (node) != cmark_node_last_child (node))
    g_string_append (self->html, "</tbody>");
  g_string_append (self->html, "</table>");
}

static void
walk_row (Walk *self, cmark_node *node, gboolean enter)
{
  gboolean head = cs_deck_tree_is (node, "table_header");
  gboolean first_of_body = !head && cs_deck_tree_is (cmark_node_previous (node), "table_header");
  int columns = cmark_gfm_extensions_get_table_columns (cmark_node_parent (node));

  self->in_head = head;
  self->column = 0;
  if (enter)
    {
      self->widest_cell = 0;
      g_string_append (self->html, head ? "<thead><tr>" : first_of_body ? "<tbody><tr>" : "<tr>");
      return;
    }
  g_string_append (self->html, head ? "</tr></thead>" : "</tr>");
  cs_slide_shape_add_text (self->shape, self->widest_cell * MAX (columns, 1), 0.88, columns * 1.35, 0.85);
}

static void
walk_cell (Walk *self, cmark_node *node, gboolean enter)
{
  cmark_node *table = cmark_node_parent (cmark_node_parent (node));
  const guint8 *alignments = cmark_gfm_extensions_get_table_alignments (table);
  const char *tag = self->in_head && cmark_node_first_child (node) != NULL ? "th" : "td";

  if (!enter)
    {
      self->widest_cell = MAX (self->widest_cell, self->characters);
      g_string_append_printf (self->html, "</%s>", tag);
      return;
    }
  self->characters = 0;
  g_string_append_printf (self->html, "<%s", tag);
  if (self->column < cmark_gfm_extensions_get_table_columns (table) && strchr ("lcr", alignments[self->column]) != NULL
      && alignments[self->column] != 0)
    g_string_append_printf (self->html, " class=\"%c\"", alignments[self->column] == 'c' ? 'm' : alignments[self->column]);
  g_string_append_c (self->html, '>');
  self->column++;
}

/* ---- inside blocks ---- */

static void
write_text (Walk *self, const char *text)
{
  self->characters += g_utf8_strlen (text, -1);
  cs_deck_html_append_text (self->html, text, -1);
}

static void
walk_inline (Walk *self, const char *tag, gboolean enter)
{
  if (enter)
    self->inlines++;
  if (self->inlines <= MAX_INLINE_DEPTH)
    g_string_append_printf (self->html, enter ? "<%s>" : "</%s>", tag);
  if (!enter)
    self->inlines--;
}

/* A link that may not be followed, or that nobody could see, leaves its words. */
static void
walk_link (Walk *self, cmark_node *node, gboolean enter)
{
  const char *address = cmark_node_get_url (node);

  if (!cs_deck_html_is_link (address) || !cs_deck_tree_has_words (node))
    return;
  if (!enter)
    {
      g_string_append (self->html, "</a>");
      return;
    }
  g_string_append (self->html, "<a href=\"");
  cs_deck_html_append_link (self->html, address);
  g_string_append (self->html, "\" target=\"_blank\" rel=\"noopener noreferrer\">");
}

static void
write_missing (Walk *self, const char *alt)
{
  g_string_append (self->html, "<span class=\"gone\">");
  cs_deck_html_append_text (self->html, alt[0] != '\0' ? alt : self->deck->words->picture, -1);
  g_string_append (self->html, "</span>");
}

static void
write_picture (Walk *self, cmark_node *node)
{
  g_autofree char *alt = cs_deck_tree_get_text (node);
  const char *title = cmark_node_get_title (node);
  gsize start = self->html->len;

  if (self->deck->pictures == NULL)
    {
      write_text (self, alt);
      return;
    }
  g_string_append (self->html, "<img src=\"");
  if (!cs_deck_pictures_append (self->deck->pictures, self->html, cmark_node_get_url (node)))
    {
      g_string_truncate (self->html, start);
      write_missing (self, alt);
    }
  else
    {
      g_string_append (self->html, "\" alt=\"");
      cs_deck_html_append_text (self->html, alt, -1);
      g_string_append (self->html, "\">");
    }
  if (title != NULL && title[0] != '\0' && cs_deck_tree_is_pictures (cmark_node_parent (node)) == 1
      && is_top (cmark_node_parent (node)))
    {
      g_string_append (self->html, "<figcaption>");
      cs_deck_html_append_text (self->html, title, -1);
      g_string_append (self->html, "</figcaption>");
    }
}

/* Of raw HTML only the line break is taken over: people need it in tables. */
static void
write_html_inline (Walk *self, const char *tag)
{
  if (g_ascii_strcasecmp (tag, "<br>") == 0 || g_ascii_strcasecmp (tag, "<br/>") == 0
      || g_ascii_strcasecmp (tag, "<br />") == 0)
    g_string_append (self->html, "<br>");
}

/* ---- the walk ---- */

static void
write_code (Walk *self, cmark_node *node)
{
  g_string_append (self->html, "<code>");
  write_text (self, cmark_node_get_literal (node));
  g_string_append (self->html, "</code>");
}

static void
write_rule (Walk *self, cmark_node *node)
{
  count_block (self, node, CS_BLOCK_RULE);
  cs_slide_shape_add_height (self->shape, 1.3);
  g_string_append (self->html, "<hr>");
}

static void
walk_extension (Walk *self, cmark_node *node, gboolean enter)
{
  const char *type = cmark_node_get_type_string (node);

  if (strcmp (type, "table") == 0)
    walk_table (self, node, enter);
  else if (strcmp (type, "table_header") == 0 || strcmp (type, "table_row") == 0)
    walk_row (self, node, enter);
  else if (strcmp (type, "table_cell") == 0)
    walk_cell (self, node, enter);
  else if (strcmp (type, "strikethrough") == 0)
    walk_inline (self, "del", enter);
}

/* Nodes without children. FALSE: @node is none of these. */
static gboolean
write_leaf (Walk *self, cmark_node *node)
{
  switch ((int) cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
      write_text (self, cmark_node_get_literal (node));
      return TRUE;
    case CMARK_NODE_CODE:
      write_code (self, node);
      return TRUE;
    case CMARK_NODE_SOFTBREAK:
      g_string_append_c (self->html, '\n');
      return TRUE;
    case CMARK_NODE_LINEBREAK:
      g_string_append (self->html, "<br>");
      return TRUE;
    case CMARK_NODE_HTML_INLINE:
      write_html_inline (self, cmark_node_get_literal (node));
      return TRUE;
    case CMARK_NODE_CODE_BLOCK:
      write_code_block (self, node);
      return TRUE;
    case CMARK_NODE_THEMATIC_BREAK:
      write_rule (self, node);
      return TRUE;
    case CMARK_NODE_HTML_BLOCK:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
walk_container (Walk *self, cmark_node *node, gboolean enter)
{
  switch ((int) cmark_node_get_type (node))
    {
    case CMARK_NODE_DOCUMENT:
      break;
    case CMARK_NODE_PARAGRAPH:
      walk_paragraph (self, node, enter);
      break;
    case CMARK_NODE_HEADING:
      walk_heading (self, node, enter);
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      walk_quote (self, node, enter);
      break;
    case CMARK_NODE_LIST:
      walk_list (self, node, enter);
      break;
    case CMARK_NODE_ITEM:
      walk_item (self, node, enter);
      break;
    case CMARK_NODE_EMPH:
      walk_inline (self, "em", enter);
      break;
    case CMARK_NODE_STRONG:
      walk_inline (self, "strong", enter);
      break;
    case CMARK_NODE_LINK:
      walk_link (self, node, enter);
      break;
    default:
      walk_extension (self, node, enter);
    }
}

static void
walk (Walk *self, cmark_node *document)
{
  g_autoptr (cmark_iter) iter = cmark_iter_new (document);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);

      if (cmark_node_get_type (node) == CMARK_NODE_IMAGE)
        {
          if (event == CMARK_EVENT_ENTER)
            write_picture (self, node);
          cmark_iter_reset (iter, node, CMARK_EVENT_EXIT);
        }
      else if (event != CMARK_EVENT_ENTER || !write_leaf (self, node))
        walk_container (self, node, event == CMARK_EVENT_ENTER);
    }
}

/* What was too much for the parser. */
static void
write_plain (GString *html, const char *text, CsSlideShape *shape)
{
  cs_slide_shape_count (shape, CS_BLOCK_PARAGRAPH);
  cs_slide_shape_add_text (shape, strlen (text), 1, 0, 0);
  g_string_append (html, "<p class=\"plain\">");
  cs_deck_html_append_text (html, text, -1);
  g_string_append (html, "</p>");
}

/**
 * cs_deck_markdown_render:
 * @markdown: of one slide or of its notes
 * @shape: (out caller-allocates): what the slide looks like
 * @heading: (nullable) (out) (transfer full): its first heading as text, NULL when it has none
 *
 * Appends @markdown as safe HTML. It cannot fail: what is not allowed is left out, what is too much is shown as text.
 */
void
cs_deck_markdown_render (const CsDeckMarkdown *self, const char *markdown, GString *html, CsSlideShape *shape,
                         char **heading)
{
  Walk state = { .deck = self, .html = html, .shape = shape, .heading = heading };
  g_autoptr (cmark_node) document = NULL;

  memset (shape, 0, sizeof *shape);
  if (!cs_deck_guard_admit (self->guard, markdown))
    {
      write_plain (html, markdown, shape);
      return;
    }
  document = cs_deck_tree_parse (markdown);
  walk (&state, document);
  if (heading != NULL && *heading != NULL && strlen (*heading) > MAX_HEADING)
    {
      char *cut = g_utf8_find_prev_char (*heading, *heading + MAX_HEADING);

      *cut = '\0';
    }
}

/**
 * cs_deck_markdown_get_heading:
 *
 * Returns: (transfer full) (nullable): the words of the first heading in @markdown, else of its first paragraph.
 */
char *
cs_deck_markdown_get_heading (const char *markdown, CsDeckGuard *guard)
{
  g_autoptr (cmark_node) document = NULL;
  cmark_node *paragraph = NULL;

  if (!cs_deck_guard_admit (guard, markdown))
    return NULL;
  document = cs_deck_tree_parse (markdown);
  for (cmark_node *node = cmark_node_first_child (document); node != NULL; node = cmark_node_next (node))
    {
      if (cmark_node_get_type (node) == CMARK_NODE_HEADING && cs_deck_tree_has_words (node))
        return cs_deck_tree_get_text (node);
      if (paragraph == NULL && cmark_node_get_type (node) == CMARK_NODE_PARAGRAPH && cs_deck_tree_has_words (node))
        paragraph = node;
    }
  return paragraph != NULL ? cs_deck_tree_get_text (paragraph) : NULL;
}
