/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every job needs of the house; shared by the queue and its runners. */
#include "config.h"
#include "jobs/cs-job-context.h"

/** cs_job_context_new: @lock: (transfer full): this process as a driver. Everything else is referenced. */
CsJobContext *
cs_job_context_new (CsStore *store, CsPaths *paths, CsProviderRegistry *registry, CsScreenwriter *screenwriter,
                    CsPriceList *prices, CsOwner *lock)
{
  CsJobContext *self = g_rc_box_new0 (CsJobContext);

  self->store = g_object_ref (store);
  self->paths = cs_paths_ref (paths);
  self->registry = g_object_ref (registry);
  self->screenwriter = g_object_ref (screenwriter);
  self->prices = cs_price_list_ref (prices);
  self->crowd = cs_job_crowd_new (store);
  self->lock = lock;
  self->owner = cs_owner_get_name (lock);
  return self;
}

CsJobContext *
cs_job_context_ref (CsJobContext *self)
{
  return g_rc_box_acquire (self);
}

static void
cs_job_context_clear (CsJobContext *self)
{
  g_object_unref (self->store);
  cs_paths_unref (self->paths);
  g_object_unref (self->registry);
  g_object_unref (self->screenwriter);
  cs_price_list_unref (self->prices);
  cs_job_crowd_unref (self->crowd);
  cs_owner_free (self->lock);
}

void
cs_job_context_unref (CsJobContext *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) cs_job_context_clear);
}
