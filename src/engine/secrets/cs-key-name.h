/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The keys that this program knows; the names are those of the environment and of the contract. */
typedef enum
{
  CS_KEY_PIAPI,       /* PIAPI_KEY */
  CS_KEY_REPLICATE,   /* REPLICATE_API_TOKEN */
  CS_KEY_HUGGINGFACE, /* HF_API_TOKEN */
  CS_KEY_GROQ,        /* GROQ_API_KEY */
  CS_N_KEYS
} CsKeyName;

const char *cs_key_name_to_string    (CsKeyName name);
gboolean    cs_key_name_from_string  (const char *text, CsKeyName *name);
const char *cs_key_name_get_provider (CsKeyName name); /* "piapi", "replicate", "huggingface", "groq" */

G_END_DECLS
