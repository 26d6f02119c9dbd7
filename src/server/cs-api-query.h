/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/*
 * Reads what stands behind the question mark strictly, as CsApiBody reads a body: a value that cannot be used is an error
 * that names it, and the first one stays. What nobody asks for is no error.
 *
 *   g_auto (CsApiQuery) query = { call };
 *   gint64 limit = cs_api_query_get_int (&query, "limit", 1, 500, 50);
 *   ...
 *   if (!cs_api_query_check (&query))
 *     return; // it has answered
 */
typedef struct
{
  CsApiCall *call;   /* (transfer none) */
  GError *error;     /* (nullable) the first */
  const char *field; /* (nullable) whose it is; static */
} CsApiQuery;

const char *cs_api_query_get_text    (CsApiQuery *self, const char *name, gsize max_characters); /* (nullable): there is none */
gint64      cs_api_query_get_int     (CsApiQuery *self, const char *name, gint64 minimum, gint64 maximum, gint64 fallback);
gboolean    cs_api_query_get_boolean (CsApiQuery *self, const char *name); /* FALSE: there is none */
int         cs_api_query_get_word    (CsApiQuery *self, const char *name, const char *const *words, int fallback);
gint64      cs_api_query_get_time    (CsApiQuery *self, const char *name, gboolean is_end); /* 0: there is none */
gboolean    cs_api_query_check       (CsApiQuery *self); /* FALSE: it has answered */
void        cs_api_query_clear       (CsApiQuery *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsApiQuery, cs_api_query_clear)

G_END_DECLS
