/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* All of these block: worker threads only. Errors are in CS_ERROR, in words, with the file named. */
gboolean cs_file_sync_folder (const char *folder, GError **error);
gboolean cs_file_write       (const char *path, const void *data, gsize length, gboolean replace, GError **error);
gboolean cs_file_copy        (const char *from, const char *to, gboolean replace, GCancellable *cancellable, GError **error);
gboolean cs_file_move        (const char *from, const char *to, GError **error);
char    *cs_file_hash        (const char *path, goffset *size, GCancellable *cancellable, GError **error);
char    *cs_file_read        (const char *path, gsize max_length, gsize *length, GError **error);
gboolean cs_file_check_target (const char *path, gboolean replace, GError **error);

G_END_DECLS
