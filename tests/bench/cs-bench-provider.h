/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-registry.h"

G_BEGIN_DECLS

/* Somebody who accepts everything and tells often how far it is, under the name of a provider that has prices. */
CsProviderRegistry *cs_bench_registry_new (gint64 interval); /* microseconds between two words on a job */

G_END_DECLS
