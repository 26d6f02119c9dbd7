/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token that callers of `serve` must know: read from a file, never from the line, which others can see. */
#include "config.h"
#include "cli/cs-token-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIN_LENGTH 16
#define MAX_LENGTH 4096
#define LINE_END "\r\n"

/* Others on this computer must not know it. Errors: %CS_ERROR_INVALID_VALUE. */
static gboolean
check_file (int fd, const char *path, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0 || S_ISDIR (status.st_mode))
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” is not a file that a token can be read from."), path);
  else if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    cs_set_error (error, CS_ERROR_INVALID_VALUE,
                  /* translators: %1$s is a file */
                  _ ("Others can read the token in “%1$s”. Run: chmod 600 %1$s"), path);
  else if (status.st_uid != geteuid ())
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” belongs to another user. Use a file of your own."), path);
  else
    return TRUE;
  return FALSE;
}

/* The length of the first line when it is a token, and all there is; else 0. */
static gsize
measure (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && text[n] > ' ' && text[n] <= '~')
    n++;
  if (n < MIN_LENGTH || n > MAX_LENGTH)
    return 0;
  if (n == length || (n + 1 == length && text[n] == '\n')
      || (n + strlen (LINE_END) == length && memcmp (text + n, LINE_END, strlen (LINE_END)) == 0))
    return n;
  return 0;
}

static char *
read_token (int fd, const char *path, GError **error)
{
  char text[MAX_LENGTH + sizeof LINE_END];
  gsize length = 0;
  gsize n;
  ssize_t got = 1;
  char *token = NULL;

  while (got > 0 && length < sizeof text)
    {
      do
        got = read (fd, text + length, sizeof text - length);
      while (got < 0 && errno == EINTR);
      length += (gsize) MAX (got, 0);
    }
  n = measure (text, length);
  if (got < 0)
    cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%1$s” cannot be read: %2$s."), path, g_strerror (errno));
  else if (n == 0)
    cs_set_error (error, CS_ERROR_INVALID_VALUE,
                  _ ("“%1$s” must hold one line: a token of %2$d to %3$d letters, digits and signs, without spaces."), path,
                  MIN_LENGTH, MAX_LENGTH);
  else
    token = g_strndup (text, n);
  explicit_bzero (text, sizeof text);
  return token;
}

static gpointer
read_work (gpointer data, GCancellable *cancellable, GError **error)
{
  const char *path = data;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  char *token;

  if (fd < 0)
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%1$s” cannot be read: %2$s."), path, g_strerror (errno));
      return NULL;
    }
  token = check_file (fd, path, error) ? read_token (fd, path, error) : NULL;
  close (fd);
  return token;
}

/**
 * cs_token_file_read:
 *
 * Returns: (transfer full): the token, which no text that leaves the engine shows from now on. Errors:
 * %CS_ERROR_INVALID_VALUE.
 */
char *
cs_token_file_read (CsCli *cli, const char *path, GError **error)
{
  char *token = cs_cli_do (cli, read_work, g_strdup (path), g_free, (GDestroyNotify) cs_secret_free, error);

  cs_redact_add_secret (token);
  return token;
}
