/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last line of a terminal while something is being made. */
#include "config.h"
#include "cli/cs-progress-bar.h"

#include "creative-studio.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_CELLS 24
#define USUAL_COLUMNS 80
#define CLEAR_LINE "\r\033[K"

struct _CsProgressBar
{
  gboolean is_on; /* stderr is a terminal */
  char *drawn;    /* (nullable) what stands there now */
};

CsProgressBar *
cs_progress_bar_new (void)
{
  CsProgressBar *self = g_new0 (CsProgressBar, 1);

  self->is_on = isatty (STDERR_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
  return self;
}

void
cs_progress_bar_free (CsProgressBar *self)
{
  cs_progress_bar_clear (self);
  g_free (self);
}

/** cs_progress_bar_is_on: Returns: whether anybody can see the bar. */
gboolean
cs_progress_bar_is_on (CsProgressBar *self)
{
  return self->is_on;
}

static guint
get_columns (void)
{
  struct winsize size = { 0 };

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return USUAL_COLUMNS;
  return size.ws_col;
}

/**
 * cs_progress_bar_draw:
 * @share: 0 to 1
 * @columns: how wide the line may be
 *
 * Returns: (transfer full): the bar as one line of text, as far as it fits.
 */
char *
cs_progress_bar_draw (double share, const char *words, guint columns)
{
  g_autoptr (GString) line = g_string_new ("[");
  guint filled = (guint) (CLAMP (share, 0, 1) * BAR_CELLS);

  for (guint i = 0; i < BAR_CELLS; i++)
    g_string_append_c (line, i < filled ? '#' : '-');
  g_string_append_printf (line, "] %3d %%  %s", (int) (CLAMP (share, 0, 1) * 100), words);
  /* One cell stays free, so that no terminal breaks the line. */
  return cs_text_ellipsize (line->str, MAX (columns, 2) - 1);
}

/** cs_progress_bar_show: @share: 0 to 1. */
void
cs_progress_bar_show (CsProgressBar *self, double share, const char *words)
{
  g_autofree char *line = NULL;

  if (!self->is_on)
    return;
  line = cs_progress_bar_draw (share, words, get_columns ());
  if (g_strcmp0 (line, self->drawn) == 0)
    return;
  fprintf (stderr, CLEAR_LINE "%s", line);
  fflush (stderr);
  cs_set_string (&self->drawn, line);
}

/** cs_progress_bar_clear: Makes room for a line of words; the next show draws it again. */
void
cs_progress_bar_clear (CsProgressBar *self)
{
  if (self->drawn == NULL)
    return;
  fputs (CLEAR_LINE, stderr);
  fflush (stderr);
  g_clear_pointer (&self->drawn, g_free);
}
