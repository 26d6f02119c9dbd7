/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/* What cs-api-call.c (the request) and cs-api-reply.c (the answer) share. */
struct _CsApiCall
{
  guint n_refs;
  CsApiServer *server;        /* (owned) */
  SoupServerMessage *message; /* (owned) once it has begun; until then the message keeps the call */
  GHashTable *query;          /* (nullable) (owned): once somebody asks */
  char *id;                   /* (nullable) */
  JsonObject *body;           /* (nullable) (owned) */
  char *base;                 /* (nullable): once somebody asks */
  CsLanguage language;

  gboolean is_foreign;        /* the allowed origin asks */
  gboolean is_begun;          /* its handler was called */
  gboolean is_pending;        /* counted as one that a handler works on */
  gboolean is_watched;        /* tells us when the caller is gone */
  gboolean is_paused;         /* the handler answers later */
  gboolean is_streaming;
  gboolean is_answered;
  gboolean is_gone;
};

void _cs_api_call_begin (CsApiCall *self); /* counts it, before its handler */
void _cs_api_call_watch (CsApiCall *self); /* before it outlives its handler */
void _cs_api_call_pause (CsApiCall *self); /* behind a handler that has not answered */
void _cs_api_call_end   (CsApiCall *self); /* counts it no more */

G_END_DECLS
