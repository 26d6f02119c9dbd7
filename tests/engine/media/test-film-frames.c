/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "media/cs-film-frames.h"
#include "player-support.h"

static GPtrArray *
make_frames (const char *path, guint n, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cs_film_frames_async (path, n, 40, cancellable, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  return cs_film_frames_finish (result, error);
}

static void
test_frames (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) frames = make_frames (self->film, 12, NULL, &error);
  g_autoptr (GPtrArray) again = make_frames (self->film, 12, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (frames->len, ==, 12);
  for (guint i = 0; i < frames->len; i++)
    {
      CsPlayerFrame *frame = frames->pdata[i];

      g_assert_cmpint (frame->height, ==, 40);
      g_assert_cmpint (frame->width, ==, 71);
      g_assert_cmpint (cs_test_film_read (g_bytes_get_data (frame->pixels, NULL), frame->stride, frame->width, frame->height),
                       ==, 3 + (int) i * 6);
    }
  g_assert_true (again == frames);
}

/* Not decoded from end to end: the frames are near to the places that they stand for. */
static void
test_frames_of_long (Fixture *self, gconstpointer data)
{
  g_autofree char *film = cs_test_film_new (self->home->path, "long.mp4", 24 * CS_TEST_FILM_RATE, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) frames = make_frames (film, 6, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (frames->len, ==, 6);
  for (guint i = 0; i < frames->len; i++)
    {
      CsPlayerFrame *frame = frames->pdata[i];

      g_assert_cmpfloat_with_epsilon (frame->time / 1e9, 2 + 4 * i, 2.1);
      g_assert_cmpint (frame->height, ==, 40);
    }
}

static void
test_frames_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (make_frames ("/nowhere/film.mp4", 12, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (make_frames (self->film, 12, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  player_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/film-frames/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("short", test_frames);
  ADD ("long", test_frames_of_long);
  ADD ("refused", test_frames_refused);
#undef ADD

  return g_test_run ();
}
