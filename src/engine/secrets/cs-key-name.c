/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the keys: what each is called, and whose it is. Any thread. */
#include "config.h"
#include "secrets/cs-key-name.h"

static const struct
{
  const char *name; /* of the environment, of the contract, and of the command line */
  const char *provider;
} rows[] = {
  [CS_KEY_PIAPI] = { "PIAPI_KEY", "piapi" },
  [CS_KEY_REPLICATE] = { "REPLICATE_API_TOKEN", "replicate" },
  [CS_KEY_HUGGINGFACE] = { "HF_API_TOKEN", "huggingface" },
  [CS_KEY_GROQ] = { "GROQ_API_KEY", "groq" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == CS_N_KEYS);

/** cs_key_name_to_string: Returns: (transfer none): the name of the environment variable. */
const char *
cs_key_name_to_string (CsKeyName name)
{
  g_return_val_if_fail ((guint) name < CS_N_KEYS, NULL);

  return rows[name].name;
}

/**
 * cs_key_name_from_string:
 * @text: (nullable): a word from outside
 * @name: (out): untouched on failure
 *
 * Returns: FALSE when @text is not exactly the name of one of our keys.
 */
gboolean
cs_key_name_from_string (const char *text, CsKeyName *name)
{
  for (guint i = 0; i < CS_N_KEYS; i++)
    if (g_strcmp0 (rows[i].name, text) == 0)
      {
        *name = i;
        return TRUE;
      }
  return FALSE;
}

/** cs_key_name_get_provider: Returns: (transfer none): the id of the provider that gave the key. */
const char *
cs_key_name_get_provider (CsKeyName name)
{
  g_return_val_if_fail ((guint) name < CS_N_KEYS, NULL);

  return rows[name].provider;
}
