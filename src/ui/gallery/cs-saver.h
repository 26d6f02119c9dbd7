/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks where to, and writes copies there; what became of it is said by the window that @from is in. */
void cs_save_creation  (GtkWidget *from, CsStudio *studio, CsCreation *creation, CsExportMode mode);
void cs_save_stripped  (GtkWidget *from, CsStudio *studio, CsCreation *creation);
void cs_save_creations (GtkWidget *from, CsStudio *studio, const char *const *ids);

G_END_DECLS
