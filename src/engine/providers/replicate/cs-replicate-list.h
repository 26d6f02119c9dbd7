/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Looks through the pages of Replicate's list for a prediction that may be the one in doubt. Any thread, one at a time. */
typedef struct _CsReplicateList CsReplicateList;

CsReplicateList *cs_replicate_list_new      (const char *model, JsonObject *input, gint64 sent_at, const char *const *bound);
void             cs_replicate_list_free     (CsReplicateList *self);
char            *cs_replicate_list_dup_path (CsReplicateList *self); /* of the page to read next */
gboolean         cs_replicate_list_read     (CsReplicateList *self, GBytes *page, gint64 skew, GError **error);
gboolean         cs_replicate_list_has_more (CsReplicateList *self);
char            *cs_replicate_list_dup_id   (CsReplicateList *self); /* (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsReplicateList, cs_replicate_list_free)

G_END_DECLS
