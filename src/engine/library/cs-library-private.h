/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-library.h"

G_BEGIN_DECLS

/* For the other files of the library only. */

CsStore *cs_library_get_store          (CsLibrary *self);
CsPaths *cs_library_get_paths          (CsLibrary *self);
void     cs_library_save_missing       (CsLibrary *self, GPtrArray *turned);
void     cs_library_notify_collections (CsLibrary *self);

/* A creation or page that was read, with what was found out about files on the way. */
typedef struct
{
  gpointer value;
  GDestroyNotify value_free;
  GPtrArray *turned; /* (element-type CsCreation) */
} CsLibraryReading;

CsLibraryReading *cs_library_reading_new  (GDestroyNotify value_free);
void              cs_library_reading_free (CsLibraryReading *self);
void              cs_library_reading_cb   (GObject *source, GAsyncResult *result, gpointer user_data); /* user_data: a GTask; taken */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLibraryReading, cs_library_reading_free)

G_END_DECLS
