/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much the server bears, and how long; milliseconds. The usual ones are in cs-api-server.c. */
typedef struct
{
  guint max_connections; /* 0: by what the system allows */
  guint max_pending;     /* calls that handlers work on at once */
  guint headers;         /* from the connection, or from the first byte of its next request, until all headers are here */
  guint idle;            /* between two requests on one connection */
  guint body;            /* from the headers until all of the body is here */
  guint stall;           /* a reader that takes nothing of an answer */
  guint farewell;        /* a caller who still sends what is refused already */
  guint stop;            /* answers in flight when the server stops */
} CsApiLimits;

G_END_DECLS
