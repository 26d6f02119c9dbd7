/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-context.h"
#include "providers/cs-text-provider.h"

G_BEGIN_DECLS

#define CS_TYPE_GROQ_PROVIDER (cs_groq_provider_get_type ())
G_DECLARE_FINAL_TYPE (CsGroqProvider, cs_groq_provider, CS, GROQ_PROVIDER, GObject)

#define CS_GROQ_PROVIDER_ID "groq"

CsProvider *cs_groq_provider_new (CsProviderContext *context);

G_END_DECLS
