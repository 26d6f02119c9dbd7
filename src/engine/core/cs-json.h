/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/cs-money.h"

G_BEGIN_DECLS

#define CS_JSON_MAX_DEPTH 64
#define CS_JSON_MAX_CONTAINERS 50000 /* objects and arrays: json-glib takes microseconds, and hundreds of bytes, for each */

gboolean    cs_json_scan          (const char *data, gsize length, gsize max_length, GError **error);
JsonNode   *cs_json_parse         (const char *data, gsize length, gsize max_length, GError **error);
JsonObject *cs_json_parse_object  (const char *data, gsize length, gsize max_length, GError **error);
char       *cs_json_to_string     (JsonNode *node, gboolean pretty);
char       *cs_json_object_to_string (JsonObject *object, gboolean pretty);

/* Reading: a member that is missing or of another type gives the fallback, never a critical. */
const char *cs_json_get_string    (JsonObject *object, const char *name, const char *fallback);
gint64      cs_json_get_int       (JsonObject *object, const char *name, gint64 fallback);
double      cs_json_get_double    (JsonObject *object, const char *name, double fallback);
gboolean    cs_json_get_boolean   (JsonObject *object, const char *name, gboolean fallback);
JsonObject *cs_json_get_object    (JsonObject *object, const char *name);
JsonArray  *cs_json_get_array     (JsonObject *object, const char *name);
CsMoney     cs_json_get_money     (JsonObject *object, const char *name, CsMoney fallback);

/* Writing. */
void        cs_json_set_string    (JsonObject *object, const char *name, const char *value);
void        cs_json_set_money     (JsonObject *object, const char *name, CsMoney value);
void        cs_json_set_time      (JsonObject *object, const char *name, gint64 time_us);

G_END_DECLS
