/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "jobs/cs-job-crowd.h"
#include "jobs/cs-owner.h"
#include "providers/cs-provider-registry.h"
#include "screenwriter/cs-screenwriter.h"
#include "store/cs-store.h"
#include "wallet/cs-price-list.h"

G_BEGIN_DECLS

/*
 * What every job needs of the house. Shared by the queue and its runners, counted, main thread only: a runner whose
 * request is still on its way keeps all of it, the lock of the owner too, after the queue is gone.
 */
typedef struct
{
  CsStore *store;
  CsPaths *paths;
  CsProviderRegistry *registry;
  CsScreenwriter *screenwriter;
  CsPriceList *prices;
  CsJobCrowd *crowd;
  CsOwner *lock;
  const char *owner;  /* the name of the lock */
} CsJobContext;

CsJobContext *cs_job_context_new   (CsStore *store, CsPaths *paths, CsProviderRegistry *registry, CsScreenwriter *screenwriter,
                                    CsPriceList *prices, CsOwner *lock); /* lock: (transfer full) */
CsJobContext *cs_job_context_ref   (CsJobContext *self);
void          cs_job_context_unref (CsJobContext *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobContext, cs_job_context_unref)

G_END_DECLS
