/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One place where two orders differ: what stands there before, and what stands there after. */
typedef struct
{
  guint old_start, old_length;
  guint new_start, new_length;
} CsLibraryHunk;

/* Both orders are (element-type gint64), every number once. */
GArray *cs_library_order_compare (GArray *old_rows, GArray *new_rows, gboolean detailed);

G_END_DECLS
