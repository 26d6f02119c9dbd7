/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program says, and where. Text is UTF-8 whatever the locale. Main thread. */
#include "config.h"
#include "cli/cs-output.h"

#include "creative-studio.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct _CsOutput
{
  gboolean is_json;
  gboolean is_answered; /* with a text, whatever was asked for */
  JsonObject *document; /* (nullable) the answer, printed at the end */
  CsProgressBar *bar;
};

CsOutput *
cs_output_new (gboolean json)
{
  CsOutput *self = g_new0 (CsOutput, 1);

  self->is_json = json;
  self->bar = cs_progress_bar_new ();
  return self;
}

void
cs_output_free (CsOutput *self)
{
  g_clear_pointer (&self->document, json_object_unref);
  cs_progress_bar_free (self->bar);
  g_free (self);
}

gboolean
cs_output_is_json (CsOutput *self)
{
  return self->is_json;
}

static void
write_line (FILE *file, const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  fputs (text, file);
  fputc ('\n', file);
}

/** cs_output_say: A line of words for people, on stderr. */
void
cs_output_say (CsOutput *self, const char *format, ...)
{
  va_list args;

  cs_progress_bar_clear (self->bar);
  va_start (args, format);
  write_line (stderr, format, args);
  va_end (args);
}

/** cs_output_progress: @share: 0 to 1. Moves the bar, where there is one. */
void
cs_output_progress (CsOutput *self, double share, const char *words)
{
  cs_progress_bar_show (self->bar, share, words);
}

void
cs_output_end_progress (CsOutput *self)
{
  cs_progress_bar_clear (self->bar);
}

gboolean
cs_output_has_bar (CsOutput *self)
{
  return cs_progress_bar_is_on (self->bar);
}

/** cs_output_print: A line of the answer, on stdout; not where the answer is JSON. */
void
cs_output_print (CsOutput *self, const char *format, ...)
{
  va_list args;

  if (self->is_json)
    return;
  cs_progress_bar_clear (self->bar);
  va_start (args, format);
  write_line (stdout, format, args);
  va_end (args);
}

/** cs_output_set_document: @document: (transfer full): the answer as JSON; the last one set is printed. */
void
cs_output_set_document (CsOutput *self, JsonObject *document)
{
  g_clear_pointer (&self->document, json_object_unref);
  self->document = document;
}

/** cs_output_show_text: A text that is the whole answer, also where JSON was asked for: help, the version. */
void
cs_output_show_text (CsOutput *self, const char *text)
{
  fputs (text, stdout);
  self->is_answered = TRUE;
}

/**
 * cs_output_announce:
 *
 * Prints a line that others wait for while the program goes on; it is the whole answer, also where JSON was asked for. It
 * goes past the buffer, so that one that nobody reads is not tried again at the end. Returns: FALSE with errno set.
 */
gboolean
cs_output_announce (CsOutput *self, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  const char *rest = line;

  self->is_answered = TRUE;
  while (*rest != '\0')
    {
      ssize_t n = write (STDOUT_FILENO, rest, strlen (rest));

      if (n < 0 && errno != EINTR)
        return FALSE;
      rest += MAX (n, 0);
    }
  return TRUE;
}

/** cs_output_fail: Says why it failed, and puts it into the answer too. */
void
cs_output_fail (CsOutput *self, const char *code, const char *message)
{
  JsonObject *error = json_object_new ();

  cs_output_say (self, "creative-studio-cli: %s", message);
  cs_json_set_string (error, "code", code);
  cs_json_set_string (error, "message", message);
  if (self->document == NULL)
    self->document = json_object_new ();
  json_object_set_object_member (self->document, "error", error);
}

/**
 * cs_output_finish:
 *
 * Prints the document. Returns: FALSE when not all of the answer could be written, with errno set.
 */
gboolean
cs_output_finish (CsOutput *self)
{
  cs_progress_bar_clear (self->bar);
  if (self->is_json && !self->is_answered)
    {
      g_autoptr (JsonObject) document
          = self->document != NULL ? json_object_ref (self->document) : json_object_new ();
      g_autofree char *text = cs_json_object_to_string (document, TRUE);

      fputs (text, stdout);
      fputc ('\n', stdout);
    }
  return fflush (stdout) == 0 && !ferror (stdout);
}
