/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weighs Markdown before it is parsed, so that no text can keep the parser busy or fill the memory. Any thread. */
#include "config.h"
#include "deck/cs-deck-guard.h"

#include <string.h>

#define MAX_SLIDE_COST (100 * 1000 * 1000)
#define MAX_DECK_COST (200 * 1000 * 1000)
#define FREE_COST (100 * 1000) /* such a slide is always parsed: 2000 of them cost no more than the deck may */
#define CELL_COST 1000
#define MAX_LINE_MARKERS 64    /* `>`, `-`, `1.` at the start of one line */

/* What was counted in one slide. */
typedef struct
{
  gint64 markup;   /* characters that can open something */
  gint64 longest;  /* bytes of the longest run of lines without a blank one between them */
  gint64 columns;  /* most bars in one line */
  gint64 lines;
  gboolean deep;   /* a line that nests without sense */
} Weight;

static gsize
skip_marker (const char *at, const char *end)
{
  gsize digits = 0;

  if (*at == '>')
    return 1;
  while (digits < 9 && at + digits < end && g_ascii_isdigit (at[digits]))
    digits++;
  if (digits > 0 ? at + digits < end && (at[digits] == '.' || at[digits] == ')') : strchr ("-+*", *at) != NULL)
    digits++;
  else
    return 0;
  return at + digits == end || at[digits] == ' ' || at[digits] == '\t' ? digits : 0;
}

static gboolean
nests_too_deep (const char *at, const char *end)
{
  int markers = 0;

  while (at < end && markers <= MAX_LINE_MARKERS)
    {
      gsize length = *at == ' ' || *at == '\t' ? 1 : skip_marker (at, end);

      if (length == 0)
        return FALSE;
      markers += *at != ' ' && *at != '\t';
      at += length;
    }
  return markers > MAX_LINE_MARKERS;
}

static void
weigh_line (Weight *self, const char *at, const char *end)
{
  gint64 bars = 1;

  self->lines++;
  self->deep = self->deep || nests_too_deep (at, end);
  for (; at < end; at++)
    {
      bars += *at == '|';
      self->markup += strchr ("[]()!*_`~<&:@|\\", *at) != NULL;
    }
  self->columns = MAX (self->columns, bars);
}

static Weight
weigh (const char *markdown)
{
  Weight weight = { 0 };
  gint64 block = 0;
  const char *next;

  for (const char *at = markdown; *at != '\0'; at = next)
    {
      const char *end = strchrnul (at, '\n');

      next = *end == '\n' ? end + 1 : end;
      weigh_line (&weight, at, end);
      block = at[strspn (at, " \t\r")] == '\n' ? 0 : block + (next - at);
      weight.longest = MAX (weight.longest, block);
    }
  return weight;
}

void
cs_deck_guard_init (CsDeckGuard *self)
{
  self->left = MAX_DECK_COST;
}

/**
 * cs_deck_guard_admit:
 * @markdown: the text of one slide, NUL-terminated
 *
 * Takes the cost of @markdown off the allowance of its deck.
 *
 * Returns: whether it may be parsed; otherwise it is to be shown as plain text.
 */
gboolean
cs_deck_guard_admit (CsDeckGuard *self, const char *markdown)
{
  Weight weight = weigh (markdown);
  gint64 cost = weight.markup * weight.longest;

  if (weight.columns > 1)
    cost += weight.columns * weight.lines * CELL_COST;
  if (weight.deep || cost > MAX_SLIDE_COST)
    return FALSE;
  if (cost <= FREE_COST)
    return TRUE;
  if (cost > self->left)
    return FALSE;
  self->left -= cost;
  return TRUE;
}
