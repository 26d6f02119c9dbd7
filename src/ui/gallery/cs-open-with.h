/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Opens a copy of a creation with a program that the user chooses: the library's own file is for nobody else to write. */
void cs_open_with (GtkWidget *from, CsStudio *studio, CsCreation *creation);

G_END_DECLS
