/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user hands in: files and stdin, bounded. */
#include "config.h"
#include "cli/cs-input.h"

#include <errno.h>
#include <unistd.h>

#define CHUNK (64 * 1024)

typedef struct
{
  char *name;
  gsize max_length;
} Source;

static Source *
source_new (const char *name, gsize max_length)
{
  Source *source = g_new0 (Source, 1);

  source->name = g_strdup (name);
  source->max_length = max_length;
  return source;
}

static void
source_free (gpointer data)
{
  Source *source = data;

  g_free (source->name);
  g_free (source);
}

/* Until the end, an error, or one byte more than is allowed. */
static ssize_t
read_stdin_into (GByteArray *bytes, gsize max_length)
{
  ssize_t got = 1;

  while (got > 0 && bytes->len <= max_length)
    {
      gsize used = bytes->len;

      g_byte_array_set_size (bytes, used + CHUNK);
      do
        got = read (STDIN_FILENO, bytes->data + used, CHUNK);
      while (got < 0 && errno == EINTR);
      g_byte_array_set_size (bytes, used + MAX (got, 0));
    }
  return got;
}

static GBytes *
read_stdin (gsize max_length, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (read_stdin_into (bytes, max_length) < 0)
    cs_set_error (error, CS_ERROR_FAILED, _ ("The standard input cannot be read: %s."), g_strerror (errno));
  else if (bytes->len > max_length)
    cs_set_error (error, CS_ERROR_TOO_LARGE,
                  _ ("The standard input is too large: at most %zu bytes are read."),
                  max_length);
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return NULL;
}

static gpointer
read_work (gpointer data, GCancellable *cancellable, GError **error)
{
  Source *source = data;
  gsize length;
  char *text;

  if (g_str_equal (source->name, "-"))
    return read_stdin (source->max_length, error);
  text = cs_file_read (source->name, source->max_length, &length, error);
  return text != NULL ? g_bytes_new_take (text, length) : NULL;
}

/**
 * cs_input_read:
 * @name: a file; "-" is stdin
 * @max_length: the most bytes that are taken
 *
 * Returns: (transfer full): what is in it. Errors: %CS_ERROR_TOO_LARGE, and those of cs_file_read().
 */
GBytes *
cs_input_read (CsCli *cli, const char *name, gsize max_length, GError **error)
{
  return cs_cli_do (cli, read_work, source_new (name, max_length), source_free,
                    (GDestroyNotify) g_bytes_unref, error);
}

static gpointer
check_picture_work (gpointer data, GCancellable *cancellable, GError **error)
{
  Source *source = data;

  return cs_media_picture_check (source->name, error) ? source : NULL;
}

/** cs_input_check_picture: Whether a picture to begin from can be read. Returns: FALSE with what to do. */
gboolean
cs_input_check_picture (CsCli *cli, const char *path, GError **error)
{
  return cs_cli_do (cli, check_picture_work, source_new (path, 0), source_free, NULL, error)
         != NULL;
}
