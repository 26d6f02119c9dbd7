/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The addresses of creations: "creative-studio:creation/ID"; what people make of them is understood, too. */
#define CS_LINK_SCHEME "creative-studio"

gboolean cs_link_is_ours       (const char *uri); /* whether it is meant for us, good or not */
char    *cs_link_dup_creation  (const char *uri, GError **error); /* (transfer full) (nullable): the id in it */
char    *cs_link_dup_file_name (const char *name); /* (transfer full) (nullable): the id that a file of the library begins with */

G_END_DECLS
