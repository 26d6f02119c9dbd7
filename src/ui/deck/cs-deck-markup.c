/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours of Markdown, line by line. What a line looks like depends on itself and on whether code or notes are open above
 * it: both are in its fingerprint, and lines with the fingerprint of before keep their tags. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-markup.h"

#include <string.h>

#define SLICE_US 3000         /* of work at once */
#define MAX_MARKED_LENGTH 4000 /* bytes of a line that are looked into */

/* What a line is. */
typedef enum
{
  LINE_TEXT,
  LINE_TITLE,
  LINE_SEPARATOR,
  LINE_NOTES_BEGIN,
  LINE_NOTES,
  LINE_CODE,
} LineKind;

/* One line of the newest text. */
typedef struct
{
  guint64 print;
  LineKind kind;
} Line;

struct _CsDeckMarkup
{
  GtkTextBuffer *buffer; /* borrowed: it owns us in effect */
  GtkTextTag *title;
  GtkTextTag *mark;
  GtkTextTag *notes;
  GtkTextTag *code;
  GArray *lines;         /* (element-type Line) as they are coloured, or will be */
  guint next, end;       /* lines that are still to do */
  guint idle;
};

/** cs_deck_markup_new: @buffer: borrowed; it must outlive what is returned. */
CsDeckMarkup *
cs_deck_markup_new (GtkTextBuffer *buffer)
{
  CsDeckMarkup *self = g_new0 (CsDeckMarkup, 1);

  self->buffer = buffer;
  self->title = gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  self->notes = gtk_text_buffer_create_tag (buffer, NULL, "style", PANGO_STYLE_ITALIC, NULL);
  self->code = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  self->mark = gtk_text_buffer_create_tag (buffer, NULL, "style", PANGO_STYLE_NORMAL, NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  return self;
}

void
cs_deck_markup_free (CsDeckMarkup *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  g_array_unref (self->lines);
  g_free (self);
}

void
cs_deck_markup_set_colours (CsDeckMarkup *self, const GdkRGBA *accent, const GdkRGBA *dim)
{
  g_object_set (self->title, "foreground-rgba", accent, NULL);
  g_object_set (self->mark, "foreground-rgba", dim, NULL);
  g_object_set (self->notes, "foreground-rgba", dim, NULL);
  g_object_set (self->code, "foreground-rgba", dim, NULL);
}

/* Reading */

static gboolean
is_fence (const char *line, gsize length)
{
  gsize indent = strspn (line, " ");

  return indent <= 3 && length >= indent + 3 && (strncmp (line + indent, "```", 3) == 0 || strncmp (line + indent, "~~~", 3) == 0);
}

static gboolean
is_separator (const char *line, gsize length)
{
  return (length == 3 && strncmp (line, "---", 3) == 0) || (length == 2 && strncmp (line, "--", 2) == 0);
}

/* What is open at the start of a line. */
typedef struct
{
  gboolean in_code;
  gboolean in_notes;
} Open;

static LineKind
classify (Open *open, const char *line, gsize length)
{
  if (is_fence (line, length))
    {
      open->in_code = !open->in_code;
      return LINE_CODE;
    }
  if (open->in_code)
    return LINE_CODE;
  if (is_separator (line, length))
    {
      open->in_notes = FALSE;
      return LINE_SEPARATOR;
    }
  if (!open->in_notes && (strncmp (line, "Note:", 5) == 0 || strncmp (line, "Notes:", 6) == 0))
    {
      open->in_notes = TRUE;
      return LINE_NOTES_BEGIN;
    }
  if (open->in_notes)
    return LINE_NOTES;
  return *line == '#' ? LINE_TITLE : LINE_TEXT;
}

static guint64
take_print (const char *line, gsize length, LineKind kind)
{
  guint64 print = G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ (guint64) kind;

  for (gsize i = 0; i < length; i++)
    print = (print ^ (guint8) line[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return print;
}

static GArray *
read_lines (const char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  Open open = { 0 };
  const char *end;

  do
    {
      Line line;
      gsize length;

      end = strchrnul (text, '\n');
      length = (gsize) (end - text);
      line.kind = classify (&open, text, length);
      line.print = take_print (text, length, line.kind);
      g_array_append_val (lines, line);
      text = end + 1;
    }
  while (*end != '\0');
  return lines;
}

/* Colouring */

static void
apply (CsDeckMarkup *self, GtkTextTag *tag, const GtkTextIter *line, const char *text, gsize from, gsize to)
{
  GtkTextIter start = *line, end = *line;

  gtk_text_iter_forward_chars (&start, (int) g_utf8_pointer_to_offset (text, text + from));
  gtk_text_iter_forward_chars (&end, (int) g_utf8_pointer_to_offset (text, text + to));
  gtk_text_buffer_apply_tag (self->buffer, tag, &start, &end);
}

/* "- ", "1. " and the like at the start of a line. */
static gsize
measure_marker (const char *text)
{
  gsize indent = strspn (text, " \t");
  gsize digits = strspn (text + indent, "0123456789");

  if (digits > 0 && (text[indent + digits] == '.' || text[indent + digits] == ')'))
    return indent + digits + 1;
  return strchr ("-*+>", text[indent]) != NULL && text[indent] != '\0' && text[indent + 1] == ' ' ? indent + 1 : 0;
}

/* Whatever is written for the machine, and is not seen on the slide. */
static void
mark_text (CsDeckMarkup *self, const GtkTextIter *line, const char *text)
{
  gsize marker = measure_marker (text);
  gboolean is_table = text[strspn (text, " ")] == '|';

  if (marker > 0)
    apply (self, self->mark, line, text, 0, marker);
  for (gsize i = marker; text[i] != '\0'; i++)
    {
      const char *close = text[i] == ']' && text[i + 1] == '(' ? strchr (text + i, ')') : NULL;
      gsize run = strspn (text + i, "*`");

      if (close != NULL)
        {
          apply (self, self->mark, line, text, i, (gsize) (close - text) + 1);
          i = (gsize) (close - text);
        }
      else if (text[i] == '!' && text[i + 1] == '[')
        apply (self, self->mark, line, text, i, i + 2);
      else if (is_table && strchr ("|-:", text[i]) != NULL)
        apply (self, self->mark, line, text, i, i + 1);
      else if (run > 0)
        {
          apply (self, self->mark, line, text, i, i + run);
          i += run - 1;
        }
    }
}

static void
colour_line (CsDeckMarkup *self, guint number)
{
  LineKind kind = g_array_index (self->lines, Line, number).kind;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (!gtk_text_buffer_get_iter_at_line (self->buffer, &start, (int) number))
    return;
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_remove_all_tags (self->buffer, &start, &end);
  if (kind == LINE_TITLE)
    gtk_text_buffer_apply_tag (self->buffer, self->title, &start, &end);
  else if (kind == LINE_NOTES || kind == LINE_NOTES_BEGIN)
    gtk_text_buffer_apply_tag (self->buffer, self->notes, &start, &end);
  else if (kind == LINE_CODE || kind == LINE_SEPARATOR)
    gtk_text_buffer_apply_tag (self->buffer, kind == LINE_CODE ? self->code : self->mark, &start, &end);
  if (kind != LINE_TEXT && kind != LINE_NOTES_BEGIN)
    return;
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  if (kind == LINE_NOTES_BEGIN)
    apply (self, self->mark, &start, text, 0, strcspn (text, ":") + 1);
  else if (strlen (text) <= MAX_MARKED_LENGTH)
    mark_text (self, &start, text);
}

static gboolean
slice_cb (gpointer user_data)
{
  CsDeckMarkup *self = user_data;
  gint64 limit = g_get_monotonic_time () + SLICE_US;

  while (self->next < self->end && g_get_monotonic_time () < limit)
    colour_line (self, self->next++);
  if (self->next < self->end)
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

static guint
count_same (GArray *a, GArray *b, gboolean at_end, guint most)
{
  guint n = 0;

  while (n < most
         && g_array_index (a, Line, at_end ? a->len - 1 - n : n).print == g_array_index (b, Line, at_end ? b->len - 1 - n : n).print)
    n++;
  return n;
}

/** cs_deck_markup_update: @text: what the buffer holds now; lines that are other than before are coloured soon. */
void
cs_deck_markup_update (CsDeckMarkup *self, const char *text)
{
  g_autoptr (GArray) old = self->lines;
  GArray *lines = read_lines (text);
  guint most = MIN (old->len, lines->len);
  guint head = count_same (old, lines, FALSE, most);
  guint tail = count_same (old, lines, TRUE, most - head);

  if (self->idle != 0) /* and what was still to do */
    {
      head = MIN (head, self->next);
      tail = MIN (tail, old->len - self->end);
    }
  self->lines = lines;
  self->next = head;
  self->end = lines->len - tail;
  if (self->next < self->end && self->idle == 0)
    self->idle = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, slice_cb, self, NULL);
}
