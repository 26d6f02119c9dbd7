/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job-queue.h"
#include "jobs/cs-job-runner.h"

G_BEGIN_DECLS

/* What the files of the queue share: cs-job-queue.c drives, cs-job-queue-orders.c takes jobs in, cs-job-queue-others.c
 * takes over what other processes leave, cs-job-queue-words.c answers and takes the user's word. */
struct _CsJobQueue
{
  GObject parent_instance;

  /* Owned */
  CsJobContext *context;
  CsLibrary *library;
  GHashTable *runners;    /* job id -> CsJobRunner */
  GPtrArray *leaving;     /* (element-type CsJobRunner) stopped, and waiting for the end of a request that has left */
  GTask *closing;         /* (nullable) who waits for them */
  guint closing_timeout;
  GNetworkMonitor *monitor; /* (nullable) until the first job waits for the network */
  guint timer;            /* one for all that wait */
  gint64 timer_time;      /* when it comes, microseconds since the epoch */
  guint others_timer;     /* until the next look at what others leave */
  guint is_closed : 1;
  guint watches_network : 1;
  guint is_reading_marks : 1;
  guint wants_marks : 1;
  guint looks_soon : 1;   /* at what others leave */
};

CsJobRunner *cs_job_queue_find_runner (CsJobQueue *self, const char *id);
CsJobFacts  *cs_job_queue_find_repeat (CsDatabase *database, CsJobContext *context, const CsJobFacts *facts, GError **error);
GPtrArray   *cs_job_queue_start_all   (CsJobQueue *self, GPtrArray *all);
void         cs_job_queue_claim_async (CsJobQueue *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray   *cs_job_queue_claim_finish (CsJobQueue *self, GAsyncResult *result, GError **error);
void         cs_job_queue_tell        (CsJobQueue *self, CsJob *job); /* emits "job-changed" */
void         cs_job_queue_listen      (CsJobQueue *self, GNetworkMonitor *monitor);

G_END_DECLS
