/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

#define CS_API_PORT 8180
#define CS_API_PREFIX "/api/studio"

/* How to serve; a plain value, copied when the server is made. */
typedef struct
{
  guint16 port;             /* 0: any that is free */
  const char *address;      /* (nullable) a numeric address; NULL: 127.0.0.1, and ::1 where there is one */
  const char *token;        /* (nullable) what callers must know; needed on any address that is not a loopback one */
  const char *allow_origin; /* (nullable) the one origin whose pages may call: "http://localhost:3000" */
} CsApiOptions;

/*
 * The studio for other programs: the HTTP API of the contract over one engine. Off until it is started. Main thread; it
 * keeps the engine, and what it began goes on in the engine when the server stops.
 */
#define CS_TYPE_API_SERVER (cs_api_server_get_type ())
G_DECLARE_FINAL_TYPE (CsApiServer, cs_api_server, CS, API_SERVER, GObject)

CsApiServer *cs_api_server_new         (CsEngine *engine, const CsApiOptions *options);
gboolean     cs_api_server_start       (CsApiServer *self, GError **error);
const char  *cs_api_server_get_address (CsApiServer *self); /* "http://127.0.0.1:8180", once started */
void         cs_api_server_stop_async  (CsApiServer *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean     cs_api_server_stop_finish (CsApiServer *self, GAsyncResult *result, GError **error);

/* For those who answer calls */
CsEngine     *cs_api_server_get_engine   (CsApiServer *self);
/* Cancelled when the server stops: answer now, and end streams. A call keeps the server, and the server this: disconnect
 * whatever keeps a call as soon as that is answered. */
GCancellable *cs_api_server_get_stopping (CsApiServer *self);

G_END_DECLS
