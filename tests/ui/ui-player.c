/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-keys.h"
#include "ui-player.h"

const CsPlayerFacts *
ui_player_facts (UiPlayer *self)
{
  return cs_player_get_facts (self->player);
}

GdkTexture *
ui_player_get_texture (UiPlayer *self)
{
  return cs_video_paintable_get_texture (_cs_player_view_get_paintable (CS_PLAYER_VIEW (self->view)));
}

/* What is on the screen. */
int
ui_player_read_number (UiPlayer *self)
{
  GdkTexture *texture = ui_player_get_texture (self);
  g_autofree guint8 *pixels = NULL;
  int width, height;

  if (texture == NULL)
    return -1;
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  pixels = g_malloc ((gsize) width * height * 4);
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  return cs_test_film_read (pixels, (gsize) width * 4, width, height);
}

static gboolean
is_state_cb (gpointer user_data)
{
  UiPlayer *self = user_data;

  return ui_player_facts (self)->state == self->state;
}

void
ui_player_wait_state (UiPlayer *self, CsPlayerState state)
{
  self->state = state;
  ui_wait (is_state_cb, self);
}

static gboolean
is_number_cb (gpointer user_data)
{
  UiPlayer *self = user_data;

  return ui_player_read_number (self) == self->number;
}

void
ui_player_wait_number (UiPlayer *self, int number)
{
  self->number = number;
  ui_wait (is_number_cb, self);
}

static gboolean
is_in_range_cb (gpointer user_data)
{
  UiPlayer *self = user_data;
  int number = ui_player_read_number (self);

  return number >= self->number && number <= self->end;
}

/* While it plays: a busy computer skips frames. */
void
ui_player_wait_range (UiPlayer *self, int begin, int end)
{
  self->number = begin;
  self->end = end;
  ui_wait (is_in_range_cb, self);
}

static void
count_cb (UiPlayer *self)
{
  int number = ui_player_read_number (self);

  self->n_back += number >= 0 && number < self->last;
  self->last = number;
}

void
ui_player_set_up (UiPlayer *self, gconstpointer data)
{
  self->ui = ui_open ();
  self->film = cs_test_film_new (self->ui->home->path, "film.mp4", N_FRAMES, FALSE);
  self->view = cs_player_view_new ();
  self->player = _cs_player_view_get_player (CS_PLAYER_VIEW (self->view));
  g_signal_connect_swapped (self->player, "frame", G_CALLBACK (count_cb), self);
}

void
ui_player_tear_down (UiPlayer *self, gconstpointer data)
{
  gpointer player = self->player;

  g_object_add_weak_pointer (player, &player);
  g_signal_handlers_disconnect_by_data (self->player, self);
  ui_close (self->ui);
  g_assert_null (player);
  g_free (self->film);
}

/* Opens @path and waits until it can be played. */
void
ui_player_show (UiPlayer *self, const char *path, int width, int height)
{
  cs_player_view_set_file (CS_PLAYER_VIEW (self->view), path, NULL);
  g_assert_cmpint (ui_player_facts (self)->state, ==, CS_PLAYER_EMPTY); /* nobody sees it yet */
  ui_show (self->ui, self->view, width, height);
  ui_player_wait_state (self, CS_PLAYER_PAUSED);
}

GtkWidget *
ui_player_find (UiPlayer *self, const char *id)
{
  GtkWidget *widget = ui_find (self->view, GTK_TYPE_WIDGET, id);

  g_assert_nonnull (widget);
  return widget;
}

gboolean
ui_player_has_looped (gpointer self)
{
  return ((UiPlayer *) self)->n_back > 0;
}

void
ui_player_press (GtkWidget *widget, guint key)
{
  if (!ui_press (widget, key, 0))
    g_error ("Nothing is on the key %s", gdk_keyval_name (key));
}
