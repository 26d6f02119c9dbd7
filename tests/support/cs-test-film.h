/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_TEST_FILM_RATE 24

/* A video in which every frame says which one it is: films by our own encoder, for tests of what is shown when. */
char *cs_test_film_new  (const char *folder, const char *name, int n_frames, gboolean has_sound);
int   cs_test_film_read (const guint8 *pixels, gsize stride, int width, int height);

G_END_DECLS
