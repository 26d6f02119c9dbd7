/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes the toggle buttons in @box, which are one group, one stop for Tab: the chosen one. The arrows choose among them. */
void cs_roving_attach (GtkBox *box);

G_END_DECLS
