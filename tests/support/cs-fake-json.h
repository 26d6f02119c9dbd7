/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * JSON by a pattern with single quotes: %s a string (NULL is null), %d an int, %l a gint64, %g a double, %b a boolean,
 * %j a JsonNode (NULL is null), %r JSON that is ready.
 */
char       *cs_fake_json         (const char *pattern, ...);
char       *cs_fake_json_time    (gint64 time_us); /* RFC 3339 with milliseconds; 0 is now */

G_END_DECLS
