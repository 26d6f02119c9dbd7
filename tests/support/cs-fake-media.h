/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Real media for the fake servers, small, and other bytes for other words. Any thread. */
GBytes *cs_fake_media_picture (const char *words, int width, int height, const char *type);
GBytes *cs_fake_media_video   (const char *words, int width, int height, gboolean sound, const char **type);

G_END_DECLS
