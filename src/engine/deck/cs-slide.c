/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts Markdown into slides, line by line, before any parser sees it. Any thread. */
#include "config.h"
#include "deck/cs-slide.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <string.h>

/* What a line means for cutting. */
typedef enum
{
  LINE_TEXT,
  LINE_BLANK,
  LINE_NEXT,  /* --- */
  LINE_BELOW, /* -- */
  LINE_NOTES, /* Note: */
} LineKind;

/* The state of a walk over the lines of a deck. */
typedef struct
{
  const char *at;
  const char *end;
  char fence;            /* ` or ~ while inside a fenced code block */
  gsize fence_length;
  gboolean after_blank;  /* the line before was blank, a separator or the start of the text */

  const char *line;      /* the current line, without its end */
  gsize length;
  LineKind kind;
} Cutter;

/* Where the slide that is being read began. */
typedef struct
{
  const char *content;
  const char *content_end; /* (nullable) set when the notes begin */
  const char *notes;       /* (nullable) */
  gboolean below;
} Open;

void
cs_slide_free (CsSlide *self)
{
  if (self == NULL)
    return;
  g_free (self->content);
  g_free (self->notes);
  g_free (self);
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
      return FALSE;
  return TRUE;
}

/* The length of the line at @text, without \n and an \r before it. */
static gsize
measure_line (const char *text, const char *end, const char **next)
{
  const char *newline = memchr (text, '\n', end - text);
  gsize length = (newline != NULL ? newline : end) - text;

  *next = newline != NULL ? newline + 1 : end;
  if (length > 0 && text[length - 1] == '\r')
    length--;
  return length;
}

/* Opens or closes a fenced code block as CommonMark does; returns whether the line belongs to one. */
static gboolean
track_fence (Cutter *self)
{
  const char *text = self->line;
  gsize indent = 0, run = 0;
  char mark;

  while (indent < self->length && text[indent] == ' ')
    indent++;
  mark = indent < self->length ? text[indent] : '\0';
  if (indent > 3 || (mark != '`' && mark != '~'))
    return self->fence != '\0';
  while (indent + run < self->length && text[indent + run] == mark)
    run++;

  if (self->fence == '\0')
    {
      gsize rest = self->length - indent - run;

      if (run < 3 || (mark == '`' && memchr (text + indent + run, '`', rest) != NULL))
        return FALSE;
      self->fence = mark;
      self->fence_length = run;
    }
  else if (mark == self->fence && run >= self->fence_length
           && is_blank (text + indent + run, self->length - indent - run))
    {
      self->fence = '\0';
    }
  return TRUE;
}

/* `Note:` or `Notes:`; French writers put a space before the colon. */
static gsize
match_notes (const char *text, gsize length)
{
  gsize at = 4;

  if (length < 5 || strncmp (text, "Note", 4) != 0)
    return 0;
  if (text[at] == 's')
    at++;
  if (at < length && text[at] == ' ')
    at++;
  return at < length && text[at] == ':' ? at + 1 : 0;
}

/* `---` or `--` alone on the line; blanks after it cannot be seen and do not count. */
static LineKind
match_separator (const char *text, gsize length)
{
  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;
  if (length == 3 && memcmp (text, "---", 3) == 0)
    return LINE_NEXT;
  if (length == 2 && memcmp (text, "--", 2) == 0)
    return LINE_BELOW;
  return LINE_TEXT;
}

/* The words after `Note:` are a line of their own, which may open a fence. */
static void
track_fence_in_notes (Cutter *self)
{
  gsize skipped = match_notes (self->line, self->length);
  Cutter rest = *self;

  while (skipped < self->length && self->line[skipped] == ' ')
    skipped++;
  rest.line = self->line + skipped;
  rest.length = self->length - skipped;
  track_fence (&rest);
  self->fence = rest.fence;
  self->fence_length = rest.fence_length;
}

static LineKind
classify (Cutter *self, const char *next)
{
  const char *after;
  LineKind kind;

  if (track_fence (self))
    return LINE_TEXT;
  if (is_blank (self->line, self->length))
    return LINE_BLANK;
  if (match_notes (self->line, self->length) > 0)
    {
      track_fence_in_notes (self);
      return LINE_NOTES;
    }
  kind = match_separator (self->line, self->length);
  if (kind != LINE_TEXT && self->after_blank
      && (next == self->end || is_blank (next, measure_line (next, self->end, &after))))
    return kind;
  return LINE_TEXT;
}

/* Reads one line; FALSE at the end. */
static gboolean
read_line (Cutter *self)
{
  const char *next;

  if (self->at >= self->end)
    return FALSE;
  self->line = self->at;
  self->length = measure_line (self->at, self->end, &next);
  self->kind = classify (self, next);
  self->after_blank = self->kind == LINE_BLANK || self->kind == LINE_NEXT || self->kind == LINE_BELOW;
  self->at = next;
  return TRUE;
}

/* A copy with \n line ends and without blank lines around it; indentation of the first line is kept. */
static char *
dup_trimmed (const char *start, const char *end)
{
  GString *out = g_string_sized_new (end - start + 1);
  const char *next;

  for (const char *at = start; at < end; at = next)
    {
      gsize length = measure_line (at, end, &next);

      if (out->len == 0 && is_blank (at, length))
        continue;
      g_string_append_len (out, at, length);
      g_string_append_c (out, '\n');
    }
  while (out->len > 0 && g_ascii_isspace (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

static gboolean
is_nothing (const char *start, const char *end)
{
  while (start < end && g_ascii_isspace (*start))
    start++;
  return start == end;
}

static gboolean
check_slide (GPtrArray *slides, gsize content_length, gsize notes_length, GError **error)
{
  if (slides->len >= CS_DECK_MAX_SLIDES)
    {
      cs_set_error (error, CS_ERROR_TOO_LARGE, _ ("A deck holds at most %d slides. Split it into several decks."),
                    CS_DECK_MAX_SLIDES);
      return FALSE;
    }
  if (MAX (content_length, notes_length) > CS_SLIDE_MAX_LENGTH)
    {
      cs_set_error (error, CS_ERROR_TOO_LARGE,
                    _ ("Slide %u holds more than %d KB of text. Split it with lines of “---”."), slides->len + 1,
                    CS_SLIDE_MAX_LENGTH / 1024);
      return FALSE;
    }
  return TRUE;
}

/* Closes the slide that ends at @end; a slide with nothing in it is none, and what stood under it moves up. */
static gboolean
close_slide (GPtrArray *slides, Open *open, const char *end, gboolean next_below, GError **error)
{
  Open closed = *open;
  const char *content_end = closed.notes != NULL ? closed.content_end : end;
  gboolean has_notes = closed.notes != NULL && !is_nothing (closed.notes, end);
  gboolean empty = !has_notes && is_nothing (closed.content, content_end);
  gboolean below = closed.below && slides->len > 0;
  CsSlide *slide;

  *open = (Open) { .below = next_below && (below || !empty) };
  if (empty)
    return TRUE;
  if (!check_slide (slides, content_end - closed.content, has_notes ? end - closed.notes : 0, error))
    return FALSE;

  slide = g_new0 (CsSlide, 1);
  slide->content = dup_trimmed (closed.content, content_end);
  slide->notes = has_notes ? dup_trimmed (closed.notes, end) : NULL;
  slide->below = below;
  g_ptr_array_add (slides, slide);
  return TRUE;
}

static gboolean
check_text (const char *markdown, gsize length, GError **error)
{
  if (length > CS_DECK_MAX_MARKDOWN)
    {
      cs_set_error (error, CS_ERROR_TOO_LARGE,
                    _ ("The text of a deck may be %d MB at most. Split it into several decks."),
                    CS_DECK_MAX_MARKDOWN / (1024 * 1024));
      return FALSE;
    }
  if (!g_utf8_validate_len (markdown, length, NULL))
    {
      cs_set_error (error, CS_ERROR_MALFORMED,
                    _ ("The text of the deck is not UTF-8. Save it as UTF-8 and try again."));
      return FALSE;
    }
  return TRUE;
}

/**
 * cs_deck_split:
 * @markdown: UTF-8; CR LF line ends are fine
 * @length: its length in bytes, at most CS_DECK_MAX_MARKDOWN
 *
 * Cuts a deck into slides. A line of exactly `---` (next slide) or `--` (slide below) separates when a blank line, or
 * the start or end of the text, stands on both sides and it is not inside fenced code. A line that begins with `Note:`
 * or `Notes:` begins the speaker notes of its slide. Slides with nothing in them are left out.
 *
 * Returns: (transfer full) (element-type CsSlide): the slides, maybe none; or NULL with CS_ERROR_TOO_LARGE or
 * CS_ERROR_MALFORMED. Any thread.
 */
GPtrArray *
cs_deck_split (const char *markdown, gsize length, GError **error)
{
  g_autoptr (GPtrArray) slides = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_slide_free);
  Cutter cutter = { .at = markdown, .end = markdown + length, .after_blank = TRUE };
  Open open = { NULL };

  g_return_val_if_fail (markdown != NULL || length == 0, NULL);

  if (length == 0)
    return g_steal_pointer (&slides);
  if (!check_text (markdown, length, error))
    return NULL;
  if (g_str_has_prefix (markdown, "\xef\xbb\xbf"))
    cutter.at += 3;

  open.content = cutter.at;
  while (read_line (&cutter))
    {
      if (cutter.kind == LINE_NEXT || cutter.kind == LINE_BELOW)
        {
          if (!close_slide (slides, &open, cutter.line, cutter.kind == LINE_BELOW, error))
            return NULL;
          open.content = cutter.at;
        }
      else if (cutter.kind == LINE_NOTES && open.notes == NULL)
        {
          open.content_end = cutter.line;
          open.notes = cutter.line + match_notes (cutter.line, cutter.length);
        }
    }
  if (!close_slide (slides, &open, cutter.end, FALSE, error))
    return NULL;
  return g_steal_pointer (&slides);
}

static void
scan_slide (GArray *spans, const char *start, const Open *open, const char *end)
{
  const char *notes = open->notes != NULL ? open->content_end : end;
  CsSlideSpan span = {
    .first = open->content - start,
    .end = end - start,
    .notes = notes - start,
    .words = (open->notes != NULL ? open->notes : end) - start,
    .below = open->below,
    .empty = is_nothing (open->content, notes) && (open->notes == NULL || is_nothing (open->notes, end)),
  };

  g_array_append_val (spans, span);
}

/**
 * cs_deck_scan:
 * @markdown: UTF-8
 *
 * Finds the slides as cs_deck_split() cuts them, empty ones too, for those who change the text: a text without separators
 * has one. It takes about a millisecond a megabyte. Any thread.
 *
 * Returns: (transfer full) (element-type CsSlideSpan): at least one.
 */
GArray *
cs_deck_scan (const char *markdown, gsize length)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (CsSlideSpan));
  Cutter cutter = { .at = markdown, .end = markdown + length, .after_blank = TRUE };
  Open open = { .content = markdown };

  while (length > 0 && read_line (&cutter))
    {
      if (cutter.kind == LINE_NEXT || cutter.kind == LINE_BELOW)
        {
          scan_slide (spans, markdown, &open, cutter.line);
          open = (Open) { .content = cutter.at, .below = cutter.kind == LINE_BELOW };
        }
      else if (cutter.kind == LINE_NOTES && open.notes == NULL)
        {
          open.content_end = cutter.line;
          open.notes = cutter.line + match_notes (cutter.line, cutter.length);
        }
    }
  scan_slide (spans, markdown, &open, markdown + length);
  return spans;
}
