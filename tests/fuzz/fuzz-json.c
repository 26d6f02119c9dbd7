/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-json.h"

#include "cs-fuzz.h"

/* What the scan lets through, json-glib reads; and what we write from it, the scan lets through again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  gboolean good = cs_json_scan (text, size, CS_FUZZ_MAX_SIZE, NULL);
  g_autoptr (JsonNode) node = cs_json_parse (text, size, CS_FUZZ_MAX_SIZE, NULL);
  g_autofree char *written = NULL;

  cs_fuzz_expect (good == (node != NULL));
  if (node == NULL)
    return 0;
  written = cs_json_to_string (node, FALSE);
  cs_fuzz_expect (cs_json_scan (written, strlen (written), CS_FUZZ_MAX_SIZE * 8, NULL));
  return 0;
}
