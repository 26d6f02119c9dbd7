/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "jobs/cs-job.h"
#include "library/cs-library.h"
#include "providers/cs-provider-registry.h"
#include "screenwriter/cs-screenwriter.h"
#include "store/cs-store.h"
#include "wallet/cs-price-list.h"

G_BEGIN_DECLS

#define CS_TYPE_JOB_QUEUE (cs_job_queue_get_type ())
G_DECLARE_FINAL_TYPE (CsJobQueue, cs_job_queue, CS, JOB_QUEUE, GObject)

/* The user's word on an uncertain job. */
typedef enum
{
  CS_DECISION_CHECK,   /* look for it again */
  CS_DECISION_RESEND,  /* a new attempt, which may be paid a second time */
  CS_DECISION_GIVE_UP, /* stop looking */
} CsDecision;

/*
 * Signal, on the main context:
 * "job-changed" (CsJob *job): a job that this process drives, or that somebody had a word on here, is new or another. What
 * other processes do is told by the store, see cs-changes.h.
 */

CsJobQueue *cs_job_queue_new             (CsStore *store, CsPaths *paths, CsProviderRegistry *registry,
                                          CsScreenwriter *screenwriter, CsPriceList *prices, CsLibrary *library, GError **error);
void        cs_job_queue_add_async       (CsJobQueue *self, GPtrArray *briefs, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *cs_job_queue_add_finish      (CsJobQueue *self, GAsyncResult *result, GError **error);
void        cs_job_queue_resume_async    (CsJobQueue *self, const char *id, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *cs_job_queue_resume_finish   (CsJobQueue *self, GAsyncResult *result, GError **error);
void        cs_job_queue_get_async       (CsJobQueue *self, const char *id, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
CsJob      *cs_job_queue_get_finish      (CsJobQueue *self, GAsyncResult *result, GError **error);
void        cs_job_queue_list_async      (CsJobQueue *self, gboolean active_only, int limit, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
void        cs_job_queue_list_for_key_async (CsJobQueue *self, gint64 key_id, gboolean active_only, int limit,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *cs_job_queue_list_finish     (CsJobQueue *self, GAsyncResult *result, GError **error);
void        cs_job_queue_cancel_async    (CsJobQueue *self, const char *id, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
CsJob      *cs_job_queue_cancel_finish   (CsJobQueue *self, GAsyncResult *result, GError **error);
void        cs_job_queue_decide_async    (CsJobQueue *self, const char *id, CsDecision decision, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
CsJob      *cs_job_queue_decide_finish   (CsJobQueue *self, GAsyncResult *result, GError **error);
void        cs_job_queue_agree_async     (CsJobQueue *self, const char *id, CsMoney price, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
CsJob      *cs_job_queue_agree_finish    (CsJobQueue *self, GAsyncResult *result, GError **error);
char       *cs_job_queue_dup_message     (CsJobQueue *self, CsJob *job, char **host);
void        cs_job_queue_repeat_async    (CsJobQueue *self, const CsBrief *brief, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
CsJob      *cs_job_queue_repeat_finish   (CsJobQueue *self, GAsyncResult *result, GError **error);
void        cs_job_queue_withdraw_async  (CsJobQueue *self, const char *id, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
gboolean    cs_job_queue_withdraw_finish (CsJobQueue *self, GAsyncResult *result, GError **error);
gboolean    cs_job_queue_is_driving      (CsJobQueue *self, const char *id);
void        cs_job_queue_close_async     (CsJobQueue *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean    cs_job_queue_close_finish    (CsJobQueue *self, GAsyncResult *result, GError **error);
void        cs_job_queue_watch_network   (CsJobQueue *self);
void        cs_job_queue_watch_others    (CsJobQueue *self);
guint       cs_job_queue_get_n_running   (CsJobQueue *self);
void        cs_job_queue_wake            (CsJobQueue *self);
void        cs_job_queue_poke            (CsJobQueue *self);

G_END_DECLS
