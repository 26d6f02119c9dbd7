/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A named set of creations, made by the user; a plain value. */
typedef struct
{
  gint64 id;
  char *name;
  guint n_creations;  /* those in the trash are not counted */
  gint64 created_at;  /* microseconds since the epoch */
} CsCollection;

void cs_collection_free (CsCollection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsCollection, cs_collection_free)

G_END_DECLS
