/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/*
 * Reads the fields of a JSON body strictly: a field of the wrong type is an error that names it. The first error stays; its
 * field is told with it. A field that nobody asks for is no error, since older programs send what they like, but it is said.
 *
 *   g_auto (CsApiBody) body = CS_API_BODY_INIT (object);
 *   const char *prompt = cs_api_body_need_string (&body, "user_prompt");
 *   ...
 *   if (!cs_api_body_is_good (&body)) cs_api_call_refuse_field (call, body.error, body.field);
 */
typedef struct
{
  JsonObject *object;   /* (transfer none) */
  GHashTable *known;    /* (nullable) names that were asked for, interned */
  GError *error;        /* (nullable) the first */
  const char *field;    /* (nullable) whose it is; interned */
} CsApiBody;

#define CS_API_BODY_INIT(object) { (object), NULL, NULL, NULL }

const char *cs_api_body_need_string (CsApiBody *self, const char *name);
const char *cs_api_body_get_string  (CsApiBody *self, const char *name, const char *fallback);
gint64      cs_api_body_get_int     (CsApiBody *self, const char *name, gint64 minimum, gint64 maximum, gint64 fallback);
gboolean    cs_api_body_get_boolean (CsApiBody *self, const char *name, gboolean fallback);
CsMoney     cs_api_body_get_money   (CsApiBody *self, const char *name, CsMoney fallback);
void        cs_api_body_ignore      (CsApiBody *self, const char *name);
void        cs_api_body_set_error   (CsApiBody *self, const char *name, GError *error); /* error: (transfer full) */
gboolean    cs_api_body_is_good     (CsApiBody *self);
GStrv       cs_api_body_list_unknown (CsApiBody *self); /* (transfer full) (nullable): names that nobody asked for */
void        cs_api_body_clear       (CsApiBody *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsApiBody, cs_api_body_clear)

G_END_DECLS
