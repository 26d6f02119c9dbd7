/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CS_LOOSE_JSON_MAX (256 * 1024) /* bytes of an answer that are looked at */

/* The JSON object in what a language model wrote: behind its thoughts, inside fences and prose, mended where it was cut. */
const char *cs_loose_json_skip_thoughts (const char *text);
JsonObject *cs_loose_json_find          (const char *text, const char *member);

G_END_DECLS
