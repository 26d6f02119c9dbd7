/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job-state.h"
#include "store/cs-store.h"

G_BEGIN_DECLS

/* That a job or a creation is another than it was: a row of `changes`; a plain value. */
typedef struct
{
  gint64 number;          /* rises in the order of the commits of all processes */
  gboolean is_creation;
  char *id;
  gint64 key_id;          /* the wallet key that pays its job; 0: none */

  /* Of a job, as it stands now: */
  CsJobState state;
  CsWaiting waiting;
  double progress;
  gint64 uncertain_since; /* microseconds since the epoch */
} CsChange;

/* Every job and every creation is in it once at most. */
typedef struct
{
  GPtrArray *all;         /* (element-type CsChange), by number */
  gint64 last;            /* the highest number that there is, in this list or not; 0: none */
} CsChanges;

/* What changed behind the number @after, in this process or in others; main thread. */
void       cs_changes_list_async  (CsStore *store, gint64 after, guint limit, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
CsChanges *cs_changes_list_finish (CsStore *store, GAsyncResult *result, GError **error);
void       cs_changes_free        (CsChanges *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChanges, cs_changes_free)

G_END_DECLS
