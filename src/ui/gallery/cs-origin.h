/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/* What became of a file since it was made. */
typedef enum
{
  CS_ORIGIN_UNCHANGED,
  CS_ORIGIN_CHANGED,
  CS_ORIGIN_MISSING,
} CsOriginState;

/* What a file says about itself, and whether it is still what it was. */
typedef struct
{
  CsProvenanceNote *note; /* (nullable) when it could not be read */
  CsOriginState state;
} CsOrigin;

/* Reads the whole file, on another thread. */
void      cs_origin_read_async  (const char *path, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
CsOrigin *cs_origin_read_finish (GAsyncResult *result, GError **error);
void      cs_origin_free        (CsOrigin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsOrigin, cs_origin_free)

G_END_DECLS
