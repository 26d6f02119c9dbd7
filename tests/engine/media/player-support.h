/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the player share: a film whose frames are numbered, and waiting for one of them. */
#pragma once

#include "cs-test-film.h"
#include "cs-test.h"
#include "media/cs-player.h"

#define N_FRAMES 72 /* 3 seconds */
#define FRAME (1.0 / CS_TEST_FILM_RATE)

typedef struct
{
  CsTestHome *home;
  CsPlayer *player;
  char *film;
  CsPlayerState state; /* that is waited for */
  int number;          /* of the frame that is waited for */
  int end;             /* or of one up to this */
  int last;            /* number that was shown */
  guint n_back;        /* how often a frame was followed by an earlier one */
  guint n_shown;
} Fixture;

static inline int
read_number (CsPlayer *player)
{
  CsPlayerFrame *frame = cs_player_get_frame (player);

  return frame != NULL ? cs_test_film_read (g_bytes_get_data (frame->pixels, NULL), frame->stride, frame->width, frame->height)
                       : -1;
}

static inline void
frame_cb (Fixture *self)
{
  int number = read_number (self->player);

  if (number == self->last || number < 0)
    return;
  self->n_back += number < self->last;
  self->last = number;
  self->n_shown++;
}

static inline void
set_up (Fixture *self, gconstpointer data)
{
  self->home = cs_test_home_new ();
  self->film = cs_test_film_new (self->home->path, "film.mp4", N_FRAMES, FALSE);
  self->player = cs_player_new ();
  self->last = -1;
  g_signal_connect_swapped (self->player, "frame", G_CALLBACK (frame_cb), self);
}

static inline void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->player);
  g_free (self->film);
  cs_test_home_free (self->home);
}

static inline const CsPlayerFacts *
facts (Fixture *self)
{
  return cs_player_get_facts (self->player);
}

static inline gboolean
is_state (gpointer user_data)
{
  Fixture *self = user_data;

  return facts (self)->state == self->state;
}

static inline void
wait_state (Fixture *self, CsPlayerState state)
{
  self->state = state;
  cs_test_wait (is_state, self);
}

static inline gboolean
is_number (gpointer user_data)
{
  Fixture *self = user_data;

  return read_number (self->player) == self->number;
}

static inline void
wait_number (Fixture *self, int number)
{
  self->number = number;
  if (!cs_test_wait_seconds (is_number, self, CS_TEST_PATIENCE))
    g_error ("frame %d is shown, not %d", read_number (self->player), number);
}

static inline gboolean
is_in_range (gpointer user_data)
{
  Fixture *self = user_data;
  int number = read_number (self->player);

  return number >= self->number && number <= self->end;
}

/* While it plays: a busy computer skips frames. */
static inline void
wait_range (Fixture *self, int begin, int end)
{
  self->number = begin;
  self->end = end;
  cs_test_wait (is_in_range, self);
}

static inline void
open_film (Fixture *self)
{
  cs_player_open (self->player, self->film);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_OPENING);
  wait_state (self, CS_PLAYER_PAUSED);
  wait_number (self, 0);
}

static inline void
expect_trouble (Fixture *self, const char *path, CsPlayerTrouble trouble)
{
  cs_player_open (self->player, path);
  wait_state (self, CS_PLAYER_FAILED);
  g_assert_cmpint (facts (self)->trouble, ==, trouble);
  g_assert_null (cs_player_get_frame (self->player));
  /* Nothing that is asked of it now does harm. */
  cs_player_play (self->player);
  cs_player_step (self->player, 1);
  cs_player_seek (self->player, 1);
  cs_player_drag (self->player, 1);
  cs_player_drop (self->player);
  g_assert_cmpint (facts (self)->state, ==, CS_PLAYER_FAILED);
}

/* There is no sound where tests run. */
static inline void
player_test_init (int *argc, char ***argv)
{
  g_setenv ("GST_PLUGIN_FEATURE_RANK", "openalsink:NONE,alsasink:NONE,pulsesink:NONE", TRUE);
  g_test_init (argc, argv, NULL);
}
