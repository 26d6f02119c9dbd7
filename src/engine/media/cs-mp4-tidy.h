/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Blocking: worker threads only. */
gboolean cs_mp4_tidy (const char *path, guint64 n_frames, guint frame_rate, guint sound_delay, GError **error);

G_END_DECLS
