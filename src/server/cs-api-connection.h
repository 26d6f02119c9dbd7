/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-connections.h"

G_BEGIN_DECLS

/* One connection, as cs-api-connections.c keeps it. It lives until its stream is closed. */
typedef struct _CsApiConnection CsApiConnection;

typedef void (*CsApiConnectionFunc) (CsApiConnection *connection, gpointer user_data);

struct _CsApiConnection
{
  GSocket *socket;           /* (owned) */
  GIOStream *base;           /* (owned) */
  GSocketAddress *remote;    /* (owned) every message of the connection has it, and so finds the way here */
  SoupServerMessage *message; /* (nullable) (unowned) the request that has begun */
  SoupServerMessage *last;   /* (nullable) (owned) between two requests: the one that has ended */
  CsApiConnectionFunc moved; /* another stage, or closing */
  CsApiConnectionFunc gone;  /* the last that is heard of it */
  gpointer user_data;

  CsApiStage stage;
  gint64 since;              /* of the stage; monotonic microseconds */
  gint64 progressed_at;      /* when the peer last took something of the answer */
  guint64 acknowledged;      /* bytes that it has taken */
  gsize n_headers;           /* bytes that have come of them */
  gboolean is_closing;

  GIOStream *stolen;         /* (nullable) (owned) FAREWELL: taken from libsoup */
  gboolean is_left;          /* or libsoup has closed it, and we have not */
  GBytes *words;             /* (nullable) what is still to be said then */
  gsize n_read;              /* and what came meanwhile */
  GSource *source;           /* (nullable) (owned) */

  GList link;                /* among all */
  GList idle_link;           /* among those that can be closed to make room */
  gboolean is_idle;
  gboolean is_open;          /* counted as one that takes room */
};

CsApiConnection *cs_api_connection_new        (GSocket *socket, CsApiConnectionFunc moved, CsApiConnectionFunc gone,
                                               gpointer user_data);
void             cs_api_connection_serve      (CsApiConnection *self, SoupServer *soup);
CsApiConnection *cs_api_connection_of         (SoupServerMessage *message); /* (nullable): it is closed */
void             cs_api_connection_enter      (CsApiConnection *self, CsApiStage stage);
void             cs_api_connection_rest       (CsApiConnection *self, SoupServerMessage *ended);
void             cs_api_connection_wake       (CsApiConnection *self, SoupServerMessage *begun);
void             cs_api_connection_close      (CsApiConnection *self); /* not from within libsoup */
void             cs_api_connection_close_soon (CsApiConnection *self);
gint64           cs_api_connection_get_stall  (CsApiConnection *self, gint64 now); /* microseconds without progress */
void             cs_api_connection_farewell   (CsApiConnection *self, SoupServerMessage *message);
void             cs_api_connection_say        (CsApiConnection *self); /* its words, and no more */

G_END_DECLS
