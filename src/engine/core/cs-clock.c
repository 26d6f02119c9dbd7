/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wall clock of the engine; tests turn it, nothing else does. Any thread. */
#include "config.h"
#include "core/cs-clock.h"

#include <stdatomic.h>

static _Atomic gint64 turned;

/**
 * cs_clock_now:
 *
 * Returns: microseconds since 1970-01-01 00:00 UTC, plus what tests turned it by.
 */
gint64
cs_clock_now (void)
{
  return g_get_real_time () + atomic_load (&turned);
}

/**
 * cs_clock_turn:
 * @microseconds: how far to turn the clock from where it stands; may be negative
 *
 * For tests only.
 */
void
cs_clock_turn (gint64 microseconds)
{
  atomic_fetch_add (&turned, microseconds);
}
