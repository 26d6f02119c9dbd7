/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A named set of creations: the value that is handed out. */
#include "config.h"
#include "library/cs-collection.h"

/**
 * cs_collection_free:
 * @self: (nullable) (transfer full): a collection
 */
void
cs_collection_free (CsCollection *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}
