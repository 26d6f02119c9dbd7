/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a secret from the standard input: one line that is not shown where it is a terminal, else all there is. */
#include "config.h"
#include "cli/cs-secret-input.h"

#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_LENGTH 4096 /* bytes; no key comes near */

/* Where the reading thread puts it. */
typedef struct
{
  gboolean only_line;
  gsize length;
  char text[MAX_LENGTH + 2];
} Draft;

static void
draft_free (gpointer data)
{
  explicit_bzero (data, sizeof (Draft));
  g_free (data);
}

static gboolean
is_complete (const Draft *draft)
{
  return draft->length > MAX_LENGTH
         || (draft->only_line && memchr (draft->text, '\n', draft->length) != NULL);
}

static gpointer
read_work (gpointer data, GCancellable *cancellable, GError **error)
{
  Draft *draft = data;
  ssize_t got = 1;

  while (got > 0 && !is_complete (draft))
    {
      do
        got = read (STDIN_FILENO, draft->text + draft->length, MAX_LENGTH + 1 - draft->length);
      while (got < 0 && errno == EINTR);
      draft->length += (gsize) MAX (got, 0);
    }
  if (got < 0)
    cs_set_error (error, CS_ERROR_FAILED, _ ("The standard input cannot be read: %s."), g_strerror (errno));
  else if (draft->length > MAX_LENGTH)
    cs_set_error (error, CS_ERROR_TOO_LARGE, _ ("The standard input is too large: at most %zu bytes are read."),
                  (gsize) MAX_LENGTH);
  else if (!g_utf8_validate (draft->text, (gssize) draft->length, NULL))
    cs_set_error (error, CS_ERROR_MALFORMED, _ ("The standard input is not valid UTF-8 text."));
  else
    return g_strndup (draft->text, draft->length);
  return NULL;
}

static char *
read_input (CsCli *cli, gboolean only_line, GError **error)
{
  Draft *draft = g_new0 (Draft, 1);

  draft->only_line = only_line;
  return cs_cli_do (cli, read_work, draft, draft_free, (GDestroyNotify) cs_secret_free, error);
}

/**
 * cs_secret_input_read:
 * @question: what is asked where somebody sits at a terminal
 *
 * Returns: (transfer full): the text as it came, for cs_secret_free(). After an interruption the terminal shows again what
 * is typed.
 */
char *
cs_secret_input_read (CsCli *cli, const char *question, GError **error)
{
  struct termios before;
  struct termios hidden;
  char *text;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    return read_input (cli, FALSE, error);
  hidden = before;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  hidden.c_lflag |= ECHONL;
  cs_output_say (cs_cli_get_output (cli), "%s", question);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  text = read_input (cli, TRUE, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  return text;
}
