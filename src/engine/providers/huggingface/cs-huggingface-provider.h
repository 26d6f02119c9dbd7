/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider-context.h"
#include "providers/cs-provider.h"

G_BEGIN_DECLS

#define CS_HUGGINGFACE_PROVIDER_ID "huggingface"

#define CS_TYPE_HUGGINGFACE_PROVIDER (cs_huggingface_provider_get_type ())
G_DECLARE_FINAL_TYPE (CsHuggingfaceProvider, cs_huggingface_provider, CS, HUGGINGFACE_PROVIDER, GObject)

/* Hugging Face: many providers behind one router and one token. Also a #CsTextProvider. */
CsProvider *cs_huggingface_provider_new (CsProviderContext *context);

G_END_DECLS
