/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-test-film.h"
#include "ui-support.h"
#include "ui-watchdog.h"

#include "ui/player/cs-player-view-private.h"

G_BEGIN_DECLS

#define N_FRAMES 72 /* 3 seconds */
#define FRAME (1.0 / CS_TEST_FILM_RATE)

/* A view with a film in it, and what is waited for. */
typedef struct
{
  UiFixture *ui;
  GtkWidget *view;
  CsPlayer *player;
  char *film;
  CsPlayerState state;
  int number; /* of a frame */
  int end;    /* or of one up to this */
  int last;
  guint n_back; /* how often a frame was followed by an earlier one */
} UiPlayer;

/* Of a fixture of GTest. */
void                 ui_player_set_up      (UiPlayer *self, gconstpointer data);
void                 ui_player_tear_down   (UiPlayer *self, gconstpointer data);

void                 ui_player_show        (UiPlayer *self, const char *path, int width, int height); /* until it can be played */
const CsPlayerFacts *ui_player_facts       (UiPlayer *self);
GdkTexture          *ui_player_get_texture (UiPlayer *self); /* (nullable) what is on the screen */
int                  ui_player_read_number (UiPlayer *self); /* of the frame on the screen; -1: none */
void                 ui_player_wait_state  (UiPlayer *self, CsPlayerState state);
void                 ui_player_wait_number (UiPlayer *self, int number);
void                 ui_player_wait_range  (UiPlayer *self, int begin, int end); /* while it plays: a busy computer skips frames */
gboolean             ui_player_has_looped  (gpointer self); /* a UiCondition: a frame was followed by an earlier one */
GtkWidget           *ui_player_find        (UiPlayer *self, const char *id);
void                 ui_player_press       (GtkWidget *widget, guint key); /* does what the key does in it */

G_END_DECLS
