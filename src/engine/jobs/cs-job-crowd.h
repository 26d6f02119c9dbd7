/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/cs-store.h"

G_BEGIN_DECLS

/* How many jobs, of all processes, are being made by each provider: read from the database now and then, and known at
 * once. Reference counted; main thread. */
typedef struct _CsJobCrowd CsJobCrowd;

CsJobCrowd *cs_job_crowd_new   (CsStore *store);
void        cs_job_crowd_unref (CsJobCrowd *self);
guint       cs_job_crowd_count (CsJobCrowd *self, const char *provider);

G_END_DECLS
