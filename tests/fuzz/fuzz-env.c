/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "secrets/cs-env-file.h"
#include "secrets/cs-key-value.h"

#include "cs-fuzz.h"

/* Whatever a file holds, what comes out of it can stand in a header, and is never also refused or absent. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (CsEnvFile) file = cs_env_file_parse ((const char *) data, size, NULL);

  if (file == NULL)
    return 0;
  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      const char *secret = file->secrets[i];

      cs_fuzz_expect ((secret != NULL) + (file->refusals[i] != NULL) + file->is_absent[i] <= 1);
      if (secret == NULL)
        continue;
      cs_fuzz_expect (*secret != '\0' && strlen (secret) <= CS_KEY_MAX_LENGTH && !cs_key_value_is_absent (secret));
      for (const char *p = secret; *p != '\0'; p++)
        cs_fuzz_expect (g_ascii_isgraph (*p));
    }
  for (guint i = 0; i < file->ignored->len; i++)
    {
      CsKeyName name;

      cs_fuzz_expect (!cs_key_name_from_string (file->ignored->pdata[i], &name));
    }
  return 0;
}
