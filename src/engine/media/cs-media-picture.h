/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_MEDIA_PICTURE_HEAD 64 /* bytes that tell what a picture is */

/* A picture to begin from: what every provider takes. */
gboolean cs_media_picture_sniff (const void *head, gsize length);           /* PNG or JPEG, by its first bytes; any thread */
gboolean cs_media_picture_check (const char *path, GError **error);         /* blocking: worker threads only */

G_END_DECLS
