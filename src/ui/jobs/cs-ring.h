/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A ring that fills up, with a number in it. */
#define CS_TYPE_RING (cs_ring_get_type ())
G_DECLARE_FINAL_TYPE (CsRing, cs_ring, CS, RING, GtkWidget)

void cs_ring_set (CsRing *self, double share, guint number, gboolean is_warning);

G_END_DECLS
