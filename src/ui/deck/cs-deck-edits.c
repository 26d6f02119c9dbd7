/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to the text by buttons, by the outline and by the notes; never to more of it than has to change. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-edits.h"

#include <string.h>

static char *
dup_range (GtkTextBuffer *buffer, int first, int end)
{
  GtkTextIter a, b;

  gtk_text_buffer_get_iter_at_offset (buffer, &a, first);
  gtk_text_buffer_get_iter_at_offset (buffer, &b, end);
  return gtk_text_buffer_get_text (buffer, &a, &b, TRUE);
}

/* Replaces what stands there, less what is the same at both ends: undo and cursor stay as good as can be. */
static void
replace_range (GtkTextBuffer *buffer, int first, int end, const char *text)
{
  g_autofree char *old = dup_range (buffer, first, end);
  const char *a = old, *b = text;
  const char *a_end = old + strlen (old), *b_end = text + strlen (text);
  GtkTextIter start, stop;

  while (*a != '\0' && *b != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b))
    {
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
      first++;
    }
  while (a_end > a && b_end > b && g_utf8_get_char (g_utf8_prev_char (a_end)) == g_utf8_get_char (g_utf8_prev_char (b_end)))
    {
      a_end = g_utf8_prev_char (a_end);
      b_end = g_utf8_prev_char (b_end);
      end--;
    }
  if (a == a_end && b == b_end)
    return;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, first);
  gtk_text_buffer_get_iter_at_offset (buffer, &stop, end);
  if (first < end)
    gtk_text_buffer_delete (buffer, &start, &stop);
  if (b < b_end)
    gtk_text_buffer_insert (buffer, &start, b, (int) (b_end - b));
  gtk_text_buffer_end_user_action (buffer);
}

static void
place_cursor (GtkTextBuffer *buffer, int offset)
{
  GtkTextIter where;

  gtk_text_buffer_get_iter_at_offset (buffer, &where, offset);
  gtk_text_buffer_place_cursor (buffer, &where);
}

/* Marks */

/* Whether the words between @before and @after, which end and begin with stars, are marked: three are bold and slanted. */
static gboolean
is_marked (const char *before, const char *after, const char *mark)
{
  gsize n_before = 0, n_after = strspn (after, "*");

  while (n_before < strlen (before) && before[strlen (before) - 1 - n_before] == '*')
    n_before++;
  if (MIN (n_before, n_after) >= 3)
    return TRUE;
  return MIN (n_before, n_after) == strlen (mark);
}

/** cs_deck_edits_wrap: @mark: "**" or "*"; without a selection the cursor stands between two marks. */
void
cs_deck_edits_wrap (CsDeckDocument *document, const char *mark)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (document);
  int length = (int) strlen (mark);
  GtkTextIter start, end;
  int first, last;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *wrapped = NULL;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  first = gtk_text_iter_get_offset (&start);
  last = gtk_text_iter_get_offset (&end);
  text = dup_range (buffer, first, last);
  before = dup_range (buffer, MAX (first - 3, 0), first);
  after = dup_range (buffer, last, MIN (last + 3, gtk_text_buffer_get_char_count (buffer)));
  gtk_text_buffer_begin_user_action (buffer);
  if (is_marked (before, after, mark))
    {
      replace_range (buffer, last, last + length, "");
      replace_range (buffer, first - length, first, "");
      length = -length;
    }
  else
    {
      wrapped = g_strconcat (mark, text, mark, NULL);
      replace_range (buffer, first, last, wrapped);
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &start, first + length);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, last + length);
  gtk_text_buffer_select_range (buffer, &end, &start);
  gtk_text_buffer_end_user_action (buffer);
}

/** cs_deck_edits_list: Makes points of the lines of the selection; of lines that all are points, plain ones. */
void
cs_deck_edits_list (CsDeckDocument *document)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (document);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *old = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean are_points = TRUE;
  gboolean has_selection = gtk_text_buffer_get_has_selection (buffer);
  GtkTextIter start, end;
  int first;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  gtk_text_iter_set_line_offset (&start, 0);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  old = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  lines = g_strsplit (old, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    are_points = are_points && (*lines[i] == '\0' || g_str_has_prefix (lines[i], "- "));
  are_points = are_points && *old != '\0';
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_blank = *lines[i] == '\0' && g_strv_length (lines) > 1;

      g_string_append_printf (text, "%s%s%s", i > 0 ? "\n" : "", are_points || is_blank || g_str_has_prefix (lines[i], "- ") ? "" : "- ",
                              are_points && !is_blank ? lines[i] + 2 : lines[i]);
    }
  first = gtk_text_iter_get_offset (&start);
  replace_range (buffer, first, gtk_text_iter_get_offset (&end), text->str);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, first + (int) g_utf8_strlen (text->str, -1));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, first);
  if (has_selection)
    gtk_text_buffer_select_range (buffer, &end, &start);
  else
    gtk_text_buffer_place_cursor (buffer, &end);
}

/** cs_deck_edits_insert: @paragraph: put behind the line of the cursor, with blank lines around it. */
void
cs_deck_edits_insert (CsDeckDocument *document, const char *paragraph)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (document);
  g_autofree char *text = NULL;
  GtkTextIter where, start;
  gboolean is_blank;

  gtk_text_buffer_get_iter_at_mark (buffer, &where, gtk_text_buffer_get_insert (buffer));
  if (!gtk_text_iter_ends_line (&where))
    gtk_text_iter_forward_to_line_end (&where);
  start = where;
  gtk_text_iter_set_line_offset (&start, 0);
  is_blank = gtk_text_iter_equal (&start, &where);
  text = g_strdup_printf ("%s%s\n", is_blank ? "" : "\n\n", paragraph);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert (buffer, &where, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_place_cursor (buffer, &where);
}

/* Slides */

static char *
dup_slide (CsDeckDocument *document, guint position)
{
  const CsDeckPlace *place = cs_deck_slide_get_place (cs_deck_document_get_slide (document, position));

  return g_strstrip (dup_range (cs_deck_document_get_buffer (document), place->first, place->end));
}

static guint
count_slides (CsDeckDocument *document)
{
  cs_deck_document_refresh (document);
  return g_list_model_get_n_items (cs_deck_document_get_slides (document));
}

/* What stands between the slide at @position and the next one: its line with the mark. */
static char *
dup_separator (CsDeckDocument *document, guint position)
{
  const CsDeckPlace *a = cs_deck_slide_get_place (cs_deck_document_get_slide (document, position));
  const CsDeckPlace *b = cs_deck_slide_get_place (cs_deck_document_get_slide (document, position + 1));

  return g_strstrip (dup_range (cs_deck_document_get_buffer (document), a->end, b->first));
}

/* The slides of @order, one after the other; the marks between them stay where they are. */
static char *
join_slides (CsDeckDocument *document, const guint *order, guint first, guint last)
{
  g_autoptr (GString) text = g_string_new (first > 0 ? "\n" : "");
  guint n_slides = count_slides (document);

  for (guint i = first; i <= last; i++)
    {
      g_autofree char *slide = dup_slide (document, order[i - first]);
      g_autofree char *separator = i < last ? dup_separator (document, i) : NULL;

      g_string_append_printf (text, "%s\n", slide);
      if (separator != NULL)
        g_string_append_printf (text, "\n%s\n\n", separator);
      else if (last + 1 < n_slides)
        g_string_append_c (text, '\n');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/** cs_deck_edits_move: Moves the slide at @from to @to; those between make room. The cursor goes with it. */
void
cs_deck_edits_move (CsDeckDocument *document, guint from, guint to)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (document);
  guint n_slides = count_slides (document);
  guint first = MIN (from, to), last = MAX (from, to);
  g_autofree guint *order = NULL;
  g_autofree char *text = NULL;
  int start, end;

  if (from == to || last >= n_slides)
    return;
  order = g_new (guint, last - first + 1);
  for (guint i = first; i <= last; i++)
    order[i - first] = i == to ? from : from < to ? i + 1 : i - 1;
  text = join_slides (document, order, first, last);
  start = cs_deck_slide_get_place (cs_deck_document_get_slide (document, first))->first;
  end = cs_deck_slide_get_place (cs_deck_document_get_slide (document, last))->end;
  replace_range (buffer, start, end, text);
  cs_deck_document_refresh (document);
  place_cursor (buffer, cs_deck_slide_get_place (cs_deck_document_get_slide (document, to))->first + (to > 0));
}

/** cs_deck_edits_add: A slide with a title to write over, behind the one at @after. */
void
cs_deck_edits_add (CsDeckDocument *document, guint after)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (document);
  guint n_slides = count_slides (document);
  const CsDeckPlace *place = cs_deck_slide_get_place (cs_deck_document_get_slide (document, MIN (after, n_slides - 1)));
  g_autofree char *slide = g_strstrip (dup_range (buffer, place->first, place->end));
  g_autofree char *text = NULL;
  int first = place->first;
  GtkTextIter start, end;

  text = g_strdup_printf ("%s%s\n\n---\n\n## %s\n%s", first > 0 ? "\n" : "", slide, _ ("New slide"), after + 1 < n_slides ? "\n" : "");
  replace_range (buffer, first, place->end, text);
  cs_deck_document_refresh (document);
  place = cs_deck_slide_get_place (cs_deck_document_get_slide (document, after + 1));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, place->first + 1 + 3);
  end = start;
  gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_select_range (buffer, &end, &start);
}

/** cs_deck_edits_remove: The last one that there is becomes an empty one. */
void
cs_deck_edits_remove (CsDeckDocument *document, guint position)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (document);
  guint n_slides = count_slides (document);
  const CsDeckPlace *place;
  int first, end;

  if (position >= n_slides)
    return;
  place = cs_deck_slide_get_place (cs_deck_document_get_slide (document, position));
  first = place->first;
  end = place->end;
  if (position + 1 < n_slides)
    end = cs_deck_slide_get_place (cs_deck_document_get_slide (document, position + 1))->first;
  else if (position > 0)
    first = cs_deck_slide_get_place (cs_deck_document_get_slide (document, position - 1))->end;
  replace_range (buffer, first, end, "");
  cs_deck_document_refresh (document);
}

/* Notes */

static int
skip_back (const char *text)
{
  g_autofree char *stripped = g_strchomp (g_strdup (text));

  return (int) g_utf8_strlen (stripped, -1);
}

/* A line that would begin another slide is kept from it by a space. */
static char *
protect (const char *notes)
{
  g_autofree char *stripped = g_strstrip (g_strdup (notes));
  g_auto (GStrv) lines = g_strsplit (stripped, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "--") && strspn (lines[i], "- \t") == strlen (lines[i]))
      {
        char *line = g_strconcat (" ", lines[i], NULL);

        g_free (lines[i]);
        lines[i] = line;
      }
  return g_strjoinv ("\n", lines);
}

/** cs_deck_edits_set_notes: Writes @notes where the slide at @position has its notes, or takes them away. */
void
cs_deck_edits_set_notes (CsDeckDocument *document, guint position, const char *notes)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (document);
  g_autofree char *words = protect (notes);
  g_autofree char *content = NULL;
  g_autofree char *old = NULL;
  g_autofree char *text = NULL;
  CsDeckPlace place;
  int content_end, end;

  if (position >= count_slides (document))
    return;
  place = *cs_deck_slide_get_place (cs_deck_document_get_slide (document, position));
  content = dup_range (buffer, place.first, place.notes);
  old = dup_range (buffer, place.words, place.end);
  content_end = place.first + skip_back (content);
  end = place.notes < place.end ? place.words + skip_back (old) : content_end;
  if (*words == '\0')
    replace_range (buffer, content_end, MAX (end, content_end), "");
  else if (place.notes < place.end)
    {
      text = g_strconcat (" ", words, NULL);
      replace_range (buffer, place.words, end, text);
    }
  else
    {
      text = g_strdup_printf ("%sNote: %s%s", content_end > place.first ? "\n\n" : place.first > 0 ? "\n" : "", words,
                              content_end > place.first ? "" : "\n");
      replace_range (buffer, content_end, content_end, text);
    }
  cs_deck_document_refresh (document);
}
