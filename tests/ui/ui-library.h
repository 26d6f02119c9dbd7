/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-support.h"

G_BEGIN_DECLS

/* Creations for tests of pages that show the library. */

/* @n creations of three kinds, the newest first in the gallery, each of them one minute older than the one before; of the
 * first @n_files, master and thumbnail are files with a picture, the others share those. */
void        ui_library_fill    (UiFixture *self, guint n, guint n_files);

CsCreation *ui_library_get     (UiFixture *self, guint n); /* (transfer full): the nth newest */
char       *ui_library_dup_id  (UiFixture *self, guint n);
void        ui_library_change  (UiFixture *self, const char *sql); /* by another connection, as another process does */

G_END_DECLS
