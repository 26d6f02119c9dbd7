/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* This process as the driver of jobs: a random name whose file is locked as long as the process lives. */
typedef struct _CsOwner CsOwner;

CsOwner    *cs_owner_new      (const char *folder, GError **error);
void        cs_owner_free     (CsOwner *self);
const char *cs_owner_get_name (CsOwner *self);
gboolean    cs_owner_is_alive (const char *folder, const char *name);
gboolean    cs_owner_is_alone (const char *folder, const char *name);
void        cs_owner_sweep    (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsOwner, cs_owner_free)

G_END_DECLS
