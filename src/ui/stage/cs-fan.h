/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CS_FAN_CARDS 3

/* Three pictures held like cards, to invite; says nothing to those who do not see it. */
#define CS_TYPE_FAN (cs_fan_get_type ())
G_DECLARE_FINAL_TYPE (CsFan, cs_fan, CS, FAN, GtkWidget)

GtkWidget *cs_fan_new        (void);
void       cs_fan_set_paths  (CsFan *self, const char *const *paths); /* (nullable): the samples */
void       cs_fan_set_slides (CsFan *self, GtkWidget *const *cards); /* left, right, middle */

G_END_DECLS
