/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 cs_clock_now  (void);
void   cs_clock_turn (gint64 microseconds);

G_END_DECLS
