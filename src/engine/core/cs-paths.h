/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Where this user's studio lives on disk; immutable, reference counted, any thread. */
typedef struct _CsPaths CsPaths;

CsPaths    *cs_paths_new            (GError **error);
CsPaths    *cs_paths_new_for_home   (const char *home, GError **error);
CsPaths    *cs_paths_ref            (CsPaths *self);
void        cs_paths_unref          (CsPaths *self);
const char *cs_paths_get_database   (CsPaths *self);
const char *cs_paths_get_prices     (CsPaths *self);
const char *cs_paths_get_creations  (CsPaths *self);
const char *cs_paths_get_thumbnails (CsPaths *self);
const char *cs_paths_get_state      (CsPaths *self);
const char *cs_paths_get_owners     (CsPaths *self);
const char *cs_paths_get_work       (CsPaths *self);
const char *cs_paths_get_backups    (CsPaths *self);
const char *cs_paths_get_logs       (CsPaths *self);
char       *cs_paths_find_helper    (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPaths, cs_paths_unref)

G_END_DECLS
