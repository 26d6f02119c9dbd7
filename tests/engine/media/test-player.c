/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "player-support.h"

#include <string.h>

static void
test_open (Fixture *self, gconstpointer data)
{
  CsPlayerFrame *frame;

  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_EMPTY);
  open_film (self);
  frame = cs_player_get_frame (self->player);
  g_assert_cmpint (frame->width, ==, 320);
  g_assert_cmpint (frame->height, ==, 180);
  g_assert_cmpfloat_with_epsilon (facts (self)->duration, 3, 0.01);
  g_assert_cmpfloat (facts (self)->position, ==, 0);
  g_assert_cmpint (facts (self)->sound, ==, CS_PLAYER_SILENT);
  for (gsize i = 3; i < g_bytes_get_size (frame->pixels); i += 4)
    g_assert_cmpint (((const guint8 *) g_bytes_get_data (frame->pixels, NULL))[i], ==, 255);
}

/* From the beginning to the end, forwards, and once more. */
static void
test_play (Fixture *self, gconstpointer data)
{
  open_film (self);
  cs_player_set_speed (self->player, 2);
  for (int i = 0; i < 2; i++)
    {
      self->n_shown = 0;
      cs_player_play (self->player);
      g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PLAYING);
      wait_state (self, CS_PLAYER_PAUSED);
      g_assert_cmpfloat (facts (self)->position, ==, facts (self)->duration);
      g_assert_cmpint (read_number (self->player), >, N_FRAMES - 4);
      g_assert_cmpuint (self->n_shown, >, 4);
      g_assert_cmpuint (self->n_back, ==, (guint) i);
    }
}

static void
test_pause (Fixture *self, gconstpointer data)
{
  int number;

  open_film (self);
  cs_player_play (self->player);
  wait_range (self, 3, N_FRAMES);
  cs_player_pause (self->player);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PAUSED);
  cs_player_step (self->player, 0);
  number = read_number (self->player);
  cs_player_seek (self->player, facts (self)->position);
  wait_number (self, number);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PAUSED);
}

static void
test_seek (Fixture *self, gconstpointer data)
{
  static const int numbers[] = { 40, 7, 71, 0, 50, 23 };

  open_film (self);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      cs_player_seek (self->player, (numbers[i] + 0.5) * FRAME);
      g_assert_cmpfloat_with_epsilon (facts (self)->position, (numbers[i] + 0.5) * FRAME, 0.001);
      wait_number (self, numbers[i]);
      g_assert_cmpfloat_with_epsilon (facts (self)->position, (numbers[i] + 0.5) * FRAME, 0.001);
    }
  cs_player_seek (self->player, 100);
  wait_number (self, N_FRAMES - 1);
  cs_player_seek (self->player, -1);
  wait_number (self, 0);
}

/* A hundred wishes at once: the last one counts. */
static void
test_drag (Fixture *self, gconstpointer data)
{
  open_film (self);
  cs_player_play (self->player);
  wait_range (self, 2, N_FRAMES);
  for (int i = 0; i <= 100; i++)
    cs_player_drag (self->player, (10 + i / 2 + 0.5) * FRAME);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PLAYING);
  wait_number (self, 60); /* by itself, since the hand rests */
  g_assert_cmpfloat_with_epsilon (facts (self)->position, 60.5 * FRAME, 0.001);
  cs_player_drag (self->player, 30.5 * FRAME);
  self->n_shown = 0;
  cs_player_drop (self->player);
  wait_range (self, 33, 59); /* it plays on */
}

static void
test_step (Fixture *self, gconstpointer data)
{
  open_film (self);
  for (int i = 1; i <= 5; i++)
    {
      cs_player_step (self->player, 1);
      wait_number (self, i);
    }
  for (int i = 4; i >= 0; i--)
    {
      cs_player_step (self->player, -1);
      wait_number (self, i);
    }
  cs_player_step (self->player, -1);
  wait_number (self, 0);
  /* Faster than they are shown. */
  for (int i = 0; i < 20; i++)
    cs_player_step (self->player, 1);
  wait_number (self, 20);
  cs_player_seek (self->player, 10 * FRAME);
  wait_number (self, 10);
  cs_player_step (self->player, -1);
  wait_number (self, 9);
}

static void
test_step_from_end (Fixture *self, gconstpointer data)
{
  open_film (self);
  cs_player_seek (self->player, 2.5);
  cs_player_play (self->player);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (read_number (self->player), ==, N_FRAMES - 1);
  cs_player_step (self->player, 1);
  cs_player_step (self->player, -1);
  wait_number (self, N_FRAMES - 2);
}

static gboolean
has_gone_back (gpointer user_data)
{
  return ((Fixture *) user_data)->n_back >= 2;
}

static void
test_loop (Fixture *self, gconstpointer data)
{
  open_film (self);
  cs_player_set_looping (self->player, TRUE);
  cs_player_set_speed (self->player, 2);
  cs_player_play (self->player);
  cs_test_wait (has_gone_back, self);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PLAYING);
  cs_player_set_looping (self->player, FALSE);
  wait_state (self, CS_PLAYER_PAUSED);
}

static void
play_at (Fixture *self, double speed)
{
  cs_player_pause (self->player);
  cs_player_seek (self->player, 0);
  cs_player_set_speed (self->player, speed);
  g_assert_cmpfloat (facts (self)->speed, ==, speed);
  wait_number (self, 0);
  cs_player_play (self->player);
}

/* However busy this computer is, nothing plays faster than it should. */
static void
test_speed (Fixture *self, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  open_film (self);
  play_at (self, 0.5);
  while (read_number (self->player) < 24)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 1.8 * G_USEC_PER_SEC);
  play_at (self, 2);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (read_number (self->player), >, N_FRAMES - 6);
  cs_player_set_speed (self->player, 100);
  g_assert_cmpfloat (facts (self)->speed, ==, CS_PLAYER_MAX_SPEED);
}

static void
test_sound (Fixture *self, gconstpointer data)
{
  g_autofree char *film = cs_test_film_new (self->home->path, "sound.mp4", 24, TRUE);

  cs_player_open (self->player, film);
  cs_player_set_volume (self->player, 0.5);
  cs_player_set_muted (self->player, TRUE);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (facts (self)->sound, ==, CS_PLAYER_HEARD);
  g_assert_true (facts (self)->is_muted);
  cs_player_play (self->player);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (read_number (self->player), ==, 23);
  cs_player_seek (self->player, 12.5 * FRAME);
  wait_number (self, 12);
}

/* Out of sight it holds nothing, and later goes on where it was. */
static void
test_rest (Fixture *self, gconstpointer data)
{
  open_film (self);
  cs_player_seek (self->player, 30.5 * FRAME);
  wait_number (self, 30);
  cs_player_play (self->player);
  wait_range (self, 33, N_FRAMES);
  cs_player_rest (self->player);
  g_assert_null (cs_player_get_frame (self->player));
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_EMPTY);
  self->last = (int) (facts (self)->position / FRAME + 0.5);
  g_assert_cmpint (self->last, >=, 33);
  self->n_shown = 0;
  cs_player_wake (self->player);
  wait_number (self, self->last);
  g_assert_cmpuint (self->n_shown, ==, 0); /* no other frame before it */
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_PAUSED);
}

static gboolean
is_small_cb (gpointer user_data)
{
  CsPlayerFrame *frame = cs_player_get_frame (((Fixture *) user_data)->player);

  return frame != NULL && frame->width == 160 && frame->height == 90;
}

static gboolean
is_upright_cb (gpointer user_data)
{
  Fixture *self = user_data;
  CsPlayerFrame *frame = cs_player_get_frame (self->player);

  return frame != NULL && frame->height == 160 && facts (self)->position > 0.5 && frame->time > 800000000;
}

/* Says in the header that the camera was held upright: a quarter of a turn, clockwise. */
static char *
turn (Fixture *self)
{
  static const guint8 matrix[] = { 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0 };
  g_autofree char *path = g_build_filename (self->home->path, "turned.mp4", NULL);
  g_autofree char *content = NULL;
  char *header;
  gsize length;

  g_assert_true (g_file_get_contents (self->film, &content, &length, NULL));
  header = memmem (content, length, "tkhd", 4);
  g_assert_nonnull (header);
  memcpy (header + 4 + 40, matrix, sizeof matrix);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  return g_steal_pointer (&path);
}

static void
test_turned (Fixture *self, gconstpointer data)
{
  g_autofree char *film = turn (self);
  CsPlayerFrame *frame;

  cs_player_set_room (self->player, 1000, 160);
  cs_player_open (self->player, film);
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpint (facts (self)->width, ==, 180);
  g_assert_cmpint (facts (self)->height, ==, 320);
  cs_player_seek (self->player, 21.5 * FRAME);
  cs_test_wait (is_upright_cb, self);
  frame = cs_player_get_frame (self->player);
  g_assert_cmpint (frame->width, ==, 90);
  /* 21 is 10101: bright, dark, bright, dark, bright, and dark from there on, now from top to bottom. */
  for (int i = 0; i < 8; i++)
    {
      const guint8 *pixels = g_bytes_get_data (frame->pixels, NULL);

      g_assert_true ((pixels[(gsize) (10 + 20 * i) * frame->stride + 45 * 4] > 128) == (i < 5 && i % 2 == 0));
    }
}

/* Frames as large as they are shown, playing and not; never larger than the film. */
static void
test_room (Fixture *self, gconstpointer data)
{
  open_film (self);
  g_assert_cmpint (facts (self)->width, ==, 320);
  g_assert_cmpint (facts (self)->height, ==, 180);
  cs_player_seek (self->player, 10.5 * FRAME);
  wait_number (self, 10);
  cs_player_set_room (self->player, 160, 400);
  cs_test_wait (is_small_cb, self);
  g_assert_cmpint (read_number (self->player), ==, 10);
  cs_player_set_room (self->player, 4000, 3000);
  cs_player_play (self->player);
  wait_range (self, 15, N_FRAMES);
  g_assert_cmpint (cs_player_get_frame (self->player)->width, ==, 320);
  cs_player_set_room (self->player, 400, 90);
  cs_test_wait (is_small_cb, self);
  wait_state (self, CS_PLAYER_PAUSED);
  cs_player_set_room (self->player, 0, 0);
  g_assert_cmpfloat (facts (self)->position, ==, facts (self)->duration);
  cs_player_play (self->player);
  wait_range (self, 2, N_FRAMES / 2);
}

/* Another one before the first is there, many times; nothing of the earlier ones is shown. */
static void
test_change (Fixture *self, gconstpointer data)
{
  g_autofree char *other = cs_test_film_new (self->home->path, "other.mp4", 24, FALSE);

  for (int i = 0; i < 20; i++)
    {
      cs_player_open (self->player, i % 2 == 0 ? self->film : other);
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  wait_state (self, CS_PLAYER_PAUSED);
  g_assert_cmpfloat_with_epsilon (facts (self)->duration, 1, 0.01);
  cs_player_open (self->player, NULL);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_EMPTY);
  g_assert_null (cs_player_get_frame (self->player));
}

int
main (int argc, char **argv)
{
  player_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/player/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("open", test_open);
  ADD ("play", test_play);
  ADD ("pause", test_pause);
  ADD ("seek", test_seek);
  ADD ("drag", test_drag);
  ADD ("step", test_step);
  ADD ("step-from-end", test_step_from_end);
  ADD ("loop", test_loop);
  ADD ("speed", test_speed);
  ADD ("sound", test_sound);
  ADD ("turned", test_turned);
  ADD ("room", test_room);
  ADD ("rest", test_rest);
  ADD ("change", test_change);
#undef ADD

  return g_test_run ();
}
