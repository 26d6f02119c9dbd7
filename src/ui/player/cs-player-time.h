/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *cs_player_time_format (double seconds);                  /* 0:02.1 */
char *cs_player_time_speak  (double position, double duration); /* 2.1 of 5 seconds */

G_END_DECLS
