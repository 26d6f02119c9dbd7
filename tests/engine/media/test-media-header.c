/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readers of headers against files that were cut or changed at every byte. */
#include "config.h"
#include "media-support.h"
#include "media/cs-media-header.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <locale.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "file", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_folder_free (self->folder);
  g_free (self->path);
}

/* A small file of the kind that the test is about. */
static void
make (Fixture *self, const char *kind)
{
  if (g_str_equal (kind, "mp4"))
    {
      g_free (test_make_clip (self->path, 64, 64, 12, TRUE));
      return;
    }
  if (g_str_equal (kind, "webm"))
    {
      test_make_with (self->path, "videotestsrc num-buffers=5 ! video/x-raw,width=64,height=64,framerate=24/1"
                                  " ! vp8enc deadline=1 ! webmmux");
      return;
    }
  if (g_str_equal (kind, "webp"))
    {
      test_make_with (self->path, "videotestsrc num-buffers=1 ! video/x-raw,width=64,height=64 ! webpenc");
      return;
    }
  {
    g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 64, 64);
    g_autoptr (GError) error = NULL;

    gdk_pixbuf_fill (pixbuf, 0x336699ff);
    gdk_pixbuf_save (pixbuf, self->path, kind, &error, NULL);
    g_assert_no_error (error);
  }
}

static CsMediaVerdict
read_header (int fd, CsMediaHeader *header)
{
  CsMediaFile file;

  g_assert_true (cs_media_file_open (&file, fd));
  return cs_media_header_read (&file, header);
}

static void
test_whole (Fixture *self, gconstpointer kind)
{
  CsMediaHeader header;
  int fd;

  make (self, kind);
  fd = open (self->path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (read_header (fd, &header), ==, CS_MEDIA_OK);
  g_assert_cmpint (header.width, ==, 64);
  g_assert_cmpint (header.height, ==, 64);
  close (fd);
}

/* Whatever was lost at the end, it is noticed. */
static void
test_cut (Fixture *self, gconstpointer kind)
{
  CsMediaHeader header;
  int fd;

  make (self, kind);
  fd = open (self->path, O_RDWR | O_CLOEXEC);
  for (off_t length = lseek (fd, 0, SEEK_END) - 1; length >= 0; length--)
    {
      g_assert_no_errno (ftruncate (fd, length));
      g_assert_cmpint (read_header (fd, &header), ==, CS_MEDIA_DAMAGED);
    }
  close (fd);
}

/* No byte can make a reader fall over, run away, or believe a size that is no size. */
static void
test_changed (Fixture *self, gconstpointer kind)
{
  static const guint8 values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
  CsMediaHeader header;
  off_t length;
  int fd;

  make (self, kind);
  fd = open (self->path, O_RDWR | O_CLOEXEC);
  length = MIN (lseek (fd, 0, SEEK_END), 4096);
  for (off_t i = 0; i < length; i++)
    {
      guint8 old;

      g_assert_cmpint (pread (fd, &old, 1, i), ==, 1);
      for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_assert_cmpint (pwrite (fd, &values[j], 1, i), ==, 1);
          if (read_header (fd, &header) == CS_MEDIA_OK)
            {
              g_assert_cmpint (header.width, >, 0);
              g_assert_cmpint (header.width, <=, CS_MEDIA_MAX_SIDE);
              g_assert_cmpint (header.height, >, 0);
              g_assert_cmpint (header.height, <=, CS_MEDIA_MAX_SIDE);
              g_assert_cmpfloat (header.duration, >=, 0);
              g_assert_cmpfloat (header.duration, <=, 7 * 24 * 3600);
              g_assert_cmpfloat (header.frame_rate, >=, 0);
            }
        }
      g_assert_cmpint (pwrite (fd, &old, 1, i), ==, 1);
    }
  close (fd);
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "mp4", "webm", "webp", "png", "jpeg" };

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *whole = g_strdup_printf ("/media/header/%s/whole", kinds[i]);
      g_autofree char *cut = g_strdup_printf ("/media/header/%s/cut", kinds[i]);
      g_autofree char *changed = g_strdup_printf ("/media/header/%s/changed", kinds[i]);

      g_test_add (whole, Fixture, kinds[i], set_up, test_whole, tear_down);
      g_test_add (cut, Fixture, kinds[i], set_up, test_cut, tear_down);
      g_test_add (changed, Fixture, kinds[i], set_up, test_changed, tear_down);
    }
  return g_test_run ();
}
