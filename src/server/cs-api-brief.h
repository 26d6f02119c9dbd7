/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-making.h"

G_BEGIN_DECLS

/* Reads the body of a call that makes something into its brief: fields, defaults and words of the contract. FALSE: answered. */
gboolean cs_api_brief_read (CsApiMaking *self, CsKind kind);

G_END_DECLS
