/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-limits.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * The connections of the server: how many there are, what each is at, and for how long. libsoup sets no limits at all, and
 * never closes one that its peer left between two requests. When there is no room, the one that has been idle longest makes
 * room, so that whoever holds many and says nothing locks nobody out. Main thread.
 */
typedef struct _CsApiConnections CsApiConnections;

/* What a connection is at. */
typedef enum
{
  CS_API_WAITING,   /* for the first byte of a request */
  CS_API_HEADERS,   /* they have begun */
  CS_API_BODY,      /* the headers are here */
  CS_API_ANSWERING, /* all of the request is here */
  CS_API_FAREWELL,  /* it is refused, and no more of it is looked at */
} CsApiStage;

CsApiConnections *cs_api_connections_new       (SoupServer *soup, const CsApiLimits *limits);
void              cs_api_connections_free      (CsApiConnections *self);
gboolean          cs_api_connections_take      (CsApiConnections *self, GSocket *socket);
gboolean          cs_api_connections_make_room (CsApiConnections *self); /* closes the one that has been idle longest */
void              cs_api_connections_drain     (CsApiConnections *self); /* closes those that have not asked, and each that is answered */
guint             cs_api_connections_count     (CsApiConnections *self);

void              cs_api_connections_set_stage (SoupServerMessage *message, CsApiStage stage);
void              cs_api_connections_farewell  (SoupServerMessage *message); /* sends its answer and closes, whatever comes */

/* For whoever accepts connections: called when one of them has gone. */
void              cs_api_connections_set_gone  (CsApiConnections *self, void (*gone) (gpointer user_data), gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsApiConnections, cs_api_connections_free)

G_END_DECLS
