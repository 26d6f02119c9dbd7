/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Watches how long the main loop is kept from turning. What is counted is work of the main thread; time in which it was kept
 * from working by other programs is not its fault, but time in which it waited for a disk or a lock is. The limit is 50 ms, or
 * CS_TEST_WATCHDOG_MS (0: none), on a quiet processor; on one that others share it is longer by as much as that one is slower.
 */
void   ui_watchdog_start   (void);
void   ui_watchdog_stop    (void); /* fails when a turn took too long */
void   ui_watchdog_iterate (void); /* one turn of the main loop */
double ui_watchdog_get_worst (void); /* milliseconds of work of the longest turn since it was started */

G_END_DECLS
