/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slide taken apart into titles, points, rows and pictures, as plain words. Any thread. */
#include "config.h"
#include "deck/cs-slide-part.h"

#include "core/cs-text.h"
#include "deck/cs-deck-guard.h"
#include "deck/cs-deck-tree.h"

#define MAX_PARTS 200
#define MAX_CHARACTERS 2000 /* of one part: more than a slide can show */
#define MAX_CELLS 12

void
cs_slide_part_free (CsSlidePart *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_strfreev (self->cells);
  g_free (self->address);
  g_free (self);
}

static char *
dup_text (cmark_node *node)
{
  g_autofree char *text = cs_deck_tree_get_text (node);

  return cs_text_ellipsize (text, MAX_CHARACTERS);
}

/* Takes @text. */
static CsSlidePart *
add (GPtrArray *parts, CsSlidePartKind kind, char *text)
{
  CsSlidePart *part = g_new0 (CsSlidePart, 1);

  part->kind = kind;
  part->text = text;
  g_ptr_array_add (parts, part);
  return part;
}

static void
add_pictures (GPtrArray *parts, cmark_node *paragraph)
{
  for (cmark_node *child = cmark_node_first_child (paragraph); child != NULL; child = cmark_node_next (child))
    if (cmark_node_get_type (child) == CMARK_NODE_IMAGE)
      add (parts, CS_PART_PICTURE, dup_text (child))->address = g_strdup (cmark_node_get_url (child));
}

static int
count_lists (cmark_node *node)
{
  int n = 0;

  for (; node != NULL; node = cmark_node_parent (node))
    n += cmark_node_get_type (node) == CMARK_NODE_LIST;
  return n;
}

static int
get_number (cmark_node *item)
{
  cmark_node *list = cmark_node_parent (item);
  int number = cmark_node_get_list_start (list);

  if (cmark_node_get_list_type (list) != CMARK_ORDERED_LIST)
    return 0;
  while ((item = cmark_node_previous (item)) != NULL)
    number++;
  return number;
}

/* Only the first paragraph of an item carries its mark. */
static void
add_point (GPtrArray *parts, cmark_node *paragraph)
{
  cmark_node *item = cmark_node_parent (paragraph);
  gboolean is_first = cmark_node_previous (paragraph) == NULL;
  CsSlidePart *part = add (parts, is_first ? CS_PART_POINT : CS_PART_TEXT, dup_text (paragraph));

  part->level = MAX (count_lists (item), 1);
  part->number = is_first ? get_number (item) : 0;
}

static void
add_paragraph (GPtrArray *parts, cmark_node *paragraph)
{
  cmark_node *parent = cmark_node_parent (paragraph);
  cmark_node_type type = cmark_node_get_type (parent);

  if (cs_deck_tree_is_pictures (paragraph) == 0)
    {
      if (type == CMARK_NODE_ITEM || cs_deck_tree_is (parent, "tasklist"))
        add_point (parts, paragraph);
      else
        add (parts, type == CMARK_NODE_BLOCK_QUOTE ? CS_PART_QUOTE : CS_PART_TEXT, dup_text (paragraph));
    }
  add_pictures (parts, paragraph);
}

static void
add_row (GPtrArray *parts, cmark_node *row)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  CsSlidePart *part;
  int n = 0;

  for (cmark_node *cell = cmark_node_first_child (row); cell != NULL && n < MAX_CELLS; cell = cmark_node_next (cell), n++)
    {
      g_autofree char *text = dup_text (cell);

      g_strv_builder_add (cells, text);
    }
  part = add (parts, CS_PART_ROW, NULL);
  part->cells = g_strv_builder_end (cells);
  part->head = cs_deck_tree_is (row, "table_header");
}

static void
add_node (GPtrArray *parts, cmark_node *node)
{
  cmark_node_type type = cmark_node_get_type (node);

  if (type == CMARK_NODE_HEADING)
    add (parts, CS_PART_TITLE, dup_text (node))->level = cmark_node_get_heading_level (node);
  else if (type == CMARK_NODE_PARAGRAPH)
    add_paragraph (parts, node);
  else if (type == CMARK_NODE_CODE_BLOCK)
    add (parts, CS_PART_CODE, cs_text_ellipsize (cmark_node_get_literal (node), MAX_CHARACTERS));
  else if (cs_deck_tree_is (node, "table_header") || cs_deck_tree_is (node, "table_row"))
    add_row (parts, node);
}

/**
 * cs_slide_read:
 * @content: the Markdown of one slide
 *
 * Takes as much as one slide can show. What would cost too much to read comes out as it was written.
 *
 * Returns: (transfer full) (element-type CsSlidePart): its parts, maybe none. Any thread.
 */
GPtrArray *
cs_slide_read (const char *content)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_slide_part_free);
  g_autoptr (cmark_node) document = NULL;
  g_autoptr (cmark_iter) iter = NULL;
  CsDeckGuard guard;
  cmark_event_type event;

  cs_deck_guard_init (&guard);
  if (!cs_deck_guard_admit (&guard, content))
    {
      add (parts, CS_PART_TEXT, cs_text_ellipsize (content, MAX_CHARACTERS));
      return parts;
    }
  document = cs_deck_tree_parse (content);
  iter = cmark_iter_new (document);
  while (parts->len < MAX_PARTS && (event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    if (event == CMARK_EVENT_ENTER)
      add_node (parts, cmark_iter_get_node (iter));
  return parts;
}
