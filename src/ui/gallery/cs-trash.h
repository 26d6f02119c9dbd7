/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Creations into the trash and out of it. The window that @from is in says so, and offers to undo it. Main thread. */
void cs_trash_creations   (GtkWidget *from, CsStudio *studio, const char *const *ids);
void cs_restore_creations (GtkWidget *from, CsStudio *studio, const char *const *ids);
void cs_empty_trash       (GtkWidget *from, CsStudio *studio, guint n_creations); /* asks first */
void cs_delete_creations  (GtkWidget *from, CsStudio *studio, const char *const *ids); /* for good; asks first */

G_END_DECLS
