/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of the fake provider, and the journal of its server. */
#include "config.h"
#include "cs-fake-file.h"

#include "cs-fake-provider.h"

#include <cairo.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define WIDTH 48
#define HEIGHT 32

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* In two pieces, as a download comes. */
static void
write_bytes (const char *path, const void *data, gsize length)
{
  const char *bytes = data;
  gsize half = length / 2;
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, half), ==, half);
  g_assert_cmpint (write (fd, bytes + half, length - half), ==, length - half);
  close (fd);
}

/** cs_fake_file_write_picture: A PNG of one colour, which the prompt decides. */
void
cs_fake_file_write_picture (CsRequest *request, const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (GByteArray) png = g_byte_array_new ();
  guint hash = g_str_hash (request->prompt);

  cairo_set_source_rgb (cairo, (hash & 255) / 255.0, (hash >> 8 & 255) / 255.0, (hash >> 16 & 255) / 255.0);
  cairo_paint (cairo);
  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, append_cb, png), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  write_bytes (path, png->data, png->len);
}

/** cs_fake_file_write: What @request asks for: a picture, or the Markdown of a deck. */
void
cs_fake_file_write (CsRequest *request, const char *path)
{
  static const char deck[] = "# One\n\n---\n\n# Two\n\nText.\n";

  if (request->kind == CS_KIND_DECK)
    write_bytes (path, deck, sizeof deck - 1);
  else
    cs_fake_file_write_picture (request, path);
}

/** cs_fake_file_write_damaged: Begins like a PNG and ends like nothing. */
void
cs_fake_file_write_damaged (const char *path)
{
  static const char damaged[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x30\0\0\0\x20\x08\x02\0\0\0 nothing of the kind";

  write_bytes (path, damaged, sizeof damaged - 1);
}

/** cs_fake_journal_write: One line, whole and on the disk when this returns. */
void
cs_fake_journal_write (const char *path, const char *provider, const char *operation, const char *what, const char *remote_id)
{
  g_autofree char *line = g_strdup_printf ("%d %s %s %s %s\n", (int) getpid (), provider, operation, what, remote_id);
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, line, strlen (line)), ==, strlen (line));
  if (g_str_equal (operation, "submit"))
    g_assert_cmpint (fsync (fd), ==, 0);
  close (fd);
}

static GStrv
read_lines (const char *path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_new0 (char *, 1);
  return g_strsplit (text, "\n", -1);
}

static gboolean
matches (const char *word, const char *wanted)
{
  return wanted == NULL || g_str_equal (word, wanted);
}

/** cs_fake_journal_count: Returns: how many lines match; NULL matches all, and @what may be a job without its number. */
guint
cs_fake_journal_count (const char *path, const char *provider, const char *operation, const char *what)
{
  g_auto (GStrv) lines = read_lines (path);
  guint count = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 5);

      if (g_strv_length (words) == 5 && matches (words[1], provider) && matches (words[2], operation)
          && (what == NULL || g_str_has_prefix (words[3], what)))
        count++;
    }
  return count;
}

char *
cs_fake_journal_find (const char *path, const char *provider, const char *what)
{
  g_auto (GStrv) lines = read_lines (path);
  char *found = NULL;
  guint count = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 5);

      if (g_strv_length (words) == 5 && matches (words[1], provider) && matches (words[2], "submit") && matches (words[3], what)
          && count++ == 0)
        found = g_strdup (words[4]);
    }
  if (count > 1)
    g_clear_pointer (&found, g_free);
  return found;
}
