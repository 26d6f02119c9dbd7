/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Something with something beside it at the end; where there is no room for that, below it. Properties: content; side; side-width;
 * fold-width (below it, it folds); folded, which can only be read. The side should scroll.
 */
#define CS_TYPE_FOLD (cs_fold_get_type ())
G_DECLARE_FINAL_TYPE (CsFold, cs_fold, CS, FOLD, GtkWidget)

gboolean cs_fold_is_folded (CsFold *self);

G_END_DECLS
