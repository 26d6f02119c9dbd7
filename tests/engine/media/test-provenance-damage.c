/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writers of stamps against files that were cut or changed at every byte. */
#include "config.h"
#include "core/cs-error.h"
#include "provenance-support.h"

#include <fcntl.h>
#include <locale.h>
#include <unistd.h>

static void
make_kind (Fixture *self, const char *kind)
{
  if (g_str_equal (kind, "mp4"))
    g_free (test_make_clip (self->from, 64, 64, 2, FALSE));
  else if (g_str_equal (kind, "webp"))
    test_make_with (self->from, "videotestsrc num-buffers=1 ! video/x-raw,width=16,height=16 ! webpenc");
  else
    {
      g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 8, 8);

      gdk_pixbuf_fill (pixbuf, 0x808080ff);
      gdk_pixbuf_save (pixbuf, self->from, kind, NULL, NULL);
    }
}

/* Cut at every byte of a file with a stamp, it is copied or refused, never half written. */
static void
test_cut (Fixture *self, gconstpointer kind)
{
  gsize length;

  make_kind (self, kind);
  stamp (self->from, self->again, &generation);
  length = size_of (self->again);
  for (gsize i = length; i-- > 0;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *source = NULL;

      g_assert_no_errno (truncate (self->again, i));
      if (cs_provenance_stamp_copy (self->again, self->to, &sketch, NULL, NULL, &error))
        g_assert_no_errno (unlink (self->to));
      else
        g_assert_error (error, CS_ERROR, CS_ERROR_DAMAGED);
      g_assert_false (g_file_test (self->to, G_FILE_TEST_EXISTS));
      source = cs_provenance_read_source (self->again, NULL);
    }
}

/* With any byte changed no reader runs away. */
static void
test_changed (Fixture *self, gconstpointer kind)
{
  static const guint8 values[] = { 0x00, 0x7f, 0xff };
  CsMediaFile file;
  gsize length;
  int fd;

  make_kind (self, kind);
  stamp (self->from, self->again, &sketch);
  length = MIN (size_of (self->again), 1500);
  fd = open (self->again, O_RDWR | O_CLOEXEC);
  g_assert_true (cs_media_file_open (&file, fd));
  for (gsize i = 0; i < length; i++)
    {
      guint8 old;

      g_assert_cmpint (pread (fd, &old, 1, i), ==, 1);
      for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_autofree char *source = NULL;

          g_assert_cmpint (pwrite (fd, &values[j], 1, i), ==, 1);
          source = cs_provenance_read_source (self->again, NULL);
          if (i % 32 == 0)
            cs_provenance_stamp_copy (self->again, self->to, &generation, NULL, NULL, NULL);
        }
      g_assert_cmpint (pwrite (fd, &old, 1, i), ==, 1);
    }
  close (fd);
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "png", "jpeg", "webp", "mp4" };

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *cut = g_strdup_printf ("/media/provenance/cut/%s", kinds[i]);
      g_autofree char *changed = g_strdup_printf ("/media/provenance/changed/%s", kinds[i]);

      g_test_add (cut, Fixture, kinds[i], set_up, test_cut, tear_down);
      g_test_add (changed, Fixture, kinds[i], set_up, test_changed, tear_down);
    }
  return g_test_run ();
}
