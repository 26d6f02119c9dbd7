/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

/*
 * Who may call at all, decided by the headers before a byte of the body is read: programs of this computer, pages of the one
 * origin that is allowed, and whoever knows the token where there is one. Web pages of others must not reach a server on
 * loopback, neither by its address nor by a name of their own that leads to it.
 */
typedef struct _CsApiGate CsApiGate;

CsApiGate *cs_api_gate_new   (const CsApiOptions *options);
void       cs_api_gate_free  (CsApiGate *self);
gboolean   cs_api_gate_check (const CsApiOptions *options, GError **error); /* whether these are options to serve with */
gboolean   cs_api_gate_admit (CsApiGate *self, CsApiCall *call);            /* FALSE: it has answered */
void       cs_api_gate_mark  (CsApiGate *self, CsApiCall *call);            /* says who may read the answer */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsApiGate, cs_api_gate_free)

G_END_DECLS
