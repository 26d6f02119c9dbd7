/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The invitation: what one can make here, what was made last, and, before there is a key, where keys go. */
#define CS_TYPE_IDLE_VIEW (cs_idle_view_get_type ())
G_DECLARE_FINAL_TYPE (CsIdleView, cs_idle_view, CS, IDLE_VIEW, AdwBin)

GtkWidget *cs_idle_view_new        (void);
void       cs_idle_view_set_studio (CsIdleView *self, CsStudio *studio);
void       cs_idle_view_set_short  (CsIdleView *self, gboolean is_short); /* there is little height */

G_END_DECLS
