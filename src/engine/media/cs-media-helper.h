/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Blocking: worker threads only. (transfer full): the helper's one line about an open file, which nobody has checked. */
char *cs_media_helper_run (int input_fd, int thumbnail_fd, GCancellable *cancellable, GError **error);

G_END_DECLS
