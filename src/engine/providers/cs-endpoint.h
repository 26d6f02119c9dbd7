/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-address.h"
#include "net/cs-http.h"
#include "secrets/cs-keys.h"

G_BEGIN_DECLS

/*
 * Where a provider is, and whether its key may go there: a key of the keyring goes to the usual host and to loopback
 * alone; another base needs its key from the environment too (contract, section 2). Main thread.
 */
typedef struct _CsEndpoint CsEndpoint;

CsEndpoint *cs_endpoint_new         (const char *variable, const char *usual, CsBaseRule rule);
void        cs_endpoint_free        (CsEndpoint *self);
gboolean    cs_endpoint_is_usual    (CsEndpoint *self);
gboolean    cs_endpoint_is_loopback (CsEndpoint *self);
const char *cs_endpoint_get_base    (CsEndpoint *self); /* (nullable) NULL: the variable holds nonsense */
const char *cs_endpoint_get_trouble (CsEndpoint *self); /* (nullable) a sentence about that */
char       *cs_endpoint_build       (CsEndpoint *self, const char *format, ...) G_GNUC_PRINTF (2, 3); /* base + path */
const char *cs_endpoint_get_key     (CsEndpoint *self, CsKeys *keys, CsKeyName name, char **why_not);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsEndpoint, cs_endpoint_free)

G_END_DECLS
