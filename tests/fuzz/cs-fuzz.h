/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <string.h>

#define CS_FUZZ_MAX_SIZE (1 << 20) /* bytes; more than libFuzzer makes by itself */

/* A promise of the code under test; breaking it is a finding, like a crash. */
#define cs_fuzz_expect(promise) \
  G_STMT_START { if (!(promise)) g_error ("Broken promise: %s", #promise); } G_STMT_END

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
