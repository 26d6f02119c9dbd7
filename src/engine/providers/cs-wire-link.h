/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-endpoint.h"
#include "providers/cs-provider-context.h"
#include "providers/cs-wire.h"

G_BEGIN_DECLS

/* One provider's end of the wire: who it is, where it is, with which key. Owned by the provider; main thread. */
typedef struct
{
  const CsWireVendor *vendor;
  CsProviderContext *context;
  CsEndpoint *endpoint;
  GHashTable *missing; /* for cs_wire_missing_judge() */
} CsWireLink;

CsWireLink    *cs_wire_link_new           (const CsWireVendor *vendor, CsProviderContext *context, const char *variable,
                                           const char *usual);
void           cs_wire_link_free          (CsWireLink *self);
const CsModel *cs_wire_link_get_model     (CsWireLink *self, const CsRequest *request); /* (nullable) */
gboolean       cs_wire_link_is_loopback   (CsWireLink *self);
const char    *cs_wire_link_get_key       (CsWireLink *self, char **why_not); /* (nullable) */
GError        *cs_wire_link_error_no_key  (CsWireLink *self); /* (nullable): NULL when there is a key */
gboolean       cs_wire_link_lacks_picture (CsWireLink *self, const CsRequest *request);
GError        *cs_wire_link_find_obstacle (CsWireLink *self, const CsRequest *request); /* (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsWireLink, cs_wire_link_free)

G_END_DECLS
