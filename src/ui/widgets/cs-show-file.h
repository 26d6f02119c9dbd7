/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows a file in its folder, with the program that shows folders. Main thread; nothing is waited for. */
void cs_show_file (GtkWidget *from, const char *path);

G_END_DECLS
