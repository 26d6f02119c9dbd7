/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* Whether no object of a JSON text names a member twice, since readers differ in which of the two they take; and whether it
 * has no more values than can be read at once. */
gboolean cs_api_duplicates_check (const char *json, gsize length, GError **error);

G_END_DECLS
