/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "providers/piapi/cs-piapi-answer.h"

#include "fuzz-wire.h"

static void
try_answer (const uint8_t *data, size_t size, guint status, gboolean is_complete)
{
  g_autoptr (CsHttpAnswer) answer = fuzz_answer_new (data, size, status, is_complete);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = cs_piapi_read_upload (answer, FALSE, &error);

  fuzz_expect_submission (answer, &cs_piapi_vendor, cs_piapi_get_id);
  fuzz_expect_prediction (answer, cs_piapi_read_task (answer, FALSE), FALSE);
  fuzz_expect_prediction (answer, cs_piapi_read_cancel (answer, TRUE), TRUE);
  fuzz_expect_check (cs_piapi_read_account (answer));
  cs_fuzz_expect ((address != NULL) == (error == NULL));
  cs_fuzz_expect (address == NULL || cs_address_check_output (address, FALSE, NULL));
  if (error != NULL)
    fuzz_expect_error (error);
}

/* The same bytes as the answer to everything that PiAPI is asked. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  try_answer (data, size, 200, TRUE);
  try_answer (data, size, 200, FALSE);
  try_answer (data, size, 400, TRUE);
  return 0;
}
