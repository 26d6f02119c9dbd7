/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "providers/cs-request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the end of a POST means (design, section 4). Only NOT_SENT, REFUSED and RATE_LIMITED may be tried again. */
typedef enum
{
  CS_SUBMIT_ACCEPTED,     /* a valid id came back */
  CS_SUBMIT_ANSWERED,     /* the answer is the result: `output` is a file here */
  CS_SUBMIT_NOT_SENT,     /* the request's headers were never written */
  CS_SUBMIT_REFUSED,      /* a complete answer that says no */
  CS_SUBMIT_RATE_LIMITED, /* a complete 429: later */
  CS_SUBMIT_UNCERTAIN,    /* everything else: it may have been taken, and billed */
} CsSubmitEnd;

typedef enum
{
  CS_BILLED_NO,
  CS_BILLED_YES,
  CS_BILLED_UNKNOWN,
} CsBilled;

/* The end of one submission. */
typedef struct
{
  CsSubmitEnd end;
  char *remote_id;      /* accepted */
  char *output;         /* answered: path of the file */
  gint64 retry_after;   /* rate limited: microseconds to wait; 0: not said */
  CsMoney cost;         /* answered: what it cost; -1: as quoted. Of text also when refused: what was written all the same */
  GError *error;        /* not sent, refused, rate limited, uncertain: why, in words */
} CsSubmission;

typedef enum
{
  CS_PREDICTION_RUNNING,
  CS_PREDICTION_SUCCEEDED,
  CS_PREDICTION_FAILED,
  CS_PREDICTION_CANCELLED,
  CS_PREDICTION_UNREACHABLE, /* no word this time: ask again later */
} CsPredictionStatus;

/* What a provider says of something it accepted. */
typedef struct
{
  CsPredictionStatus status;
  double progress;      /* 0 to 1; -1: not said */
  char *output;         /* succeeded: address or path of the result */
  CsBilled billed;      /* final states */
  CsMoney cost;         /* final states: -1: as quoted */
  gint64 retry_after;   /* microseconds until the next question; 0: the provider's own interval */
  GError *error;        /* failed, cancelled, unreachable */
} CsPrediction;

/* What a free call with the key found. */
typedef struct
{
  char *code;           /* "ok", or an error's slug: no_key, unauthorized, no_permission, insufficient_credit, offline... */
  char *message;        /* a sentence for people: what it found, or what to do */
  char *account;        /* (nullable) whose key it is */
  CsMoney balance;      /* -1: not said */
} CsKeyCheck;

/* Called on the caller's main context with 0 to 1. */
typedef void (*CsProviderProgressFunc) (double share, gpointer user_data);

#define CS_TYPE_PROVIDER (cs_provider_get_type ())
G_DECLARE_INTERFACE (CsProvider, cs_provider, CS, PROVIDER, GObject)

/*
 * Somebody who makes what a request asks for. Main thread; nothing blocks. A provider knows no job, no database and no
 * price: it turns requests into calls and answers into the three values above. The finish functions of submit and poll
 * always return a value, since every end of a call has a meaning there.
 */
struct _CsProviderInterface
{
  GTypeInterface parent;

  const char   *(*get_id)          (CsProvider *self);
  const char   *(*get_name)        (CsProvider *self);
  gboolean      (*is_repeatable)   (CsProvider *self); /* default FALSE: submitting twice might be billed twice */
  gboolean      (*is_local)        (CsProvider *self); /* default FALSE: no network, no key, no cost */
  gboolean      (*is_available)    (CsProvider *self, const char *model, char **why_not);
  int           (*get_max_running) (CsProvider *self); /* default 0: as many as one likes */
  gint64        (*get_poll_interval) (CsProvider *self); /* microseconds; default 2 s */
  int           (*get_polls_per_minute) (CsProvider *self); /* of all jobs; 0: no limit; default 2,700, here none */

  /* Everything that is free and comes before the request that may cost: a reference picture uploaded, a route looked up.
   * What it learns is in the request it gives back, which is stored before anything is sent. Errors: as a submission that
   * was not sent (%CS_ERROR_OFFLINE and the like, %CS_ERROR_RATE_LIMITED) or that was refused (all others).
   * Default: the same request. */
  void          (*prepare_async)   (CsProvider *self, CsRequest *request, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
  CsRequest    *(*prepare_finish)  (CsProvider *self, GAsyncResult *result, GError **error);
  void          (*submit_async)    (CsProvider *self, CsRequest *request, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
  CsSubmission *(*submit_finish)   (CsProvider *self, GAsyncResult *result);
  /* What submit_async() would send: the body byte for byte, and the host it goes to; never a key. No body with a host: it is
   * decided by what comes before. Default: neither, nothing leaves this computer. */
  char         *(*dup_message)     (CsProvider *self, CsRequest *request, char **host);
  void          (*poll_async)      (CsProvider *self, CsRequest *request, const char *remote_id,
                                    CsProviderProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
  CsPrediction *(*poll_finish)     (CsProvider *self, GAsyncResult *result);
  /* Where somebody with a key of his own can ask the same. Default: NULL, nowhere. */
  char         *(*dup_poll_address) (CsProvider *self, const char *remote_id);
  void          (*cancel_async)    (CsProvider *self, CsRequest *request, const char *remote_id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
  CsPrediction *(*cancel_finish)   (CsProvider *self, GAsyncResult *result);
  gboolean      (*can_find)        (CsProvider *self); /* default FALSE */
  /* Looks for an unbound prediction made by @request after @sent_at (microseconds): its remote id, or NULL for none or
   * more than one. @bound: the remote ids that belong to other attempts. Default: NULL, cannot look. */
  void          (*find_async)      (CsProvider *self, CsRequest *request, gint64 sent_at, const char *const *bound,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  char         *(*find_finish)     (CsProvider *self, GAsyncResult *result, GError **error);
  /* Brings @output to @path. CS_ERROR_NOT_FOUND: the link expired, ask again; CS_ERROR_OFFLINE, CS_ERROR_UNAVAILABLE:
   * later. Default: @output is a file here already and is @path itself; CS_ERROR_NOT_FOUND when it is gone. */
  void          (*fetch_async)     (CsProvider *self, CsRequest *request, const char *output, const char *path,
                                    CsProviderProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
  gboolean      (*fetch_finish)    (CsProvider *self, GAsyncResult *result, GError **error);
  /* A free call with the key. Always a value. Default: %CS_ERROR_USAGE's slug: there is no key to check. */
  void          (*check_async)     (CsProvider *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
  CsKeyCheck   *(*check_finish)    (CsProvider *self, GAsyncResult *result);
};

const char   *cs_provider_get_id            (CsProvider *self);
const char   *cs_provider_get_name          (CsProvider *self);
gboolean      cs_provider_is_repeatable     (CsProvider *self);
gboolean      cs_provider_is_local          (CsProvider *self);
gboolean      cs_provider_is_available      (CsProvider *self, const char *model, char **why_not);
int           cs_provider_get_max_running   (CsProvider *self);
gint64        cs_provider_get_poll_interval (CsProvider *self);
int           cs_provider_get_polls_per_minute (CsProvider *self);
gboolean      cs_provider_can_find          (CsProvider *self);
void          cs_provider_prepare_async     (CsProvider *self, CsRequest *request, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
CsRequest    *cs_provider_prepare_finish    (CsProvider *self, GAsyncResult *result, GError **error);
void          cs_provider_submit_async      (CsProvider *self, CsRequest *request, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
CsSubmission *cs_provider_submit_finish     (CsProvider *self, GAsyncResult *result);
char         *cs_provider_dup_message       (CsProvider *self, CsRequest *request, char **host); /* (nullable), also the host */
void          cs_provider_poll_async        (CsProvider *self, CsRequest *request, const char *remote_id,
                                             CsProviderProgressFunc progress, gpointer progress_data,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsPrediction *cs_provider_poll_finish       (CsProvider *self, GAsyncResult *result);
char         *cs_provider_dup_poll_address  (CsProvider *self, const char *remote_id); /* (nullable) */
void          cs_provider_cancel_async      (CsProvider *self, CsRequest *request, const char *remote_id,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CsPrediction *cs_provider_cancel_finish     (CsProvider *self, GAsyncResult *result);
void          cs_provider_find_async        (CsProvider *self, CsRequest *request, gint64 sent_at, const char *const *bound,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char         *cs_provider_find_finish       (CsProvider *self, GAsyncResult *result, GError **error);
void          cs_provider_fetch_async       (CsProvider *self, CsRequest *request, const char *output, const char *path,
                                             CsProviderProgressFunc progress, gpointer progress_data,
                                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      cs_provider_fetch_finish      (CsProvider *self, GAsyncResult *result, GError **error);
void          cs_provider_check_async       (CsProvider *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                             gpointer user_data);
CsKeyCheck   *cs_provider_check_finish      (CsProvider *self, GAsyncResult *result);

CsSubmission *cs_submission_new             (CsSubmitEnd end);
CsSubmission *cs_submission_new_error       (CsSubmitEnd end, GError *error);
void          cs_submission_free            (CsSubmission *self);
CsPrediction *cs_prediction_new             (CsPredictionStatus status);
CsPrediction *cs_prediction_new_error       (CsPredictionStatus status, CsBilled billed, GError *error);
void          cs_prediction_free            (CsPrediction *self);
CsKeyCheck   *cs_key_check_new              (const char *code, const char *message);
void          cs_key_check_free             (CsKeyCheck *self);
const char   *cs_billed_to_string           (CsBilled billed);
gboolean      cs_billed_from_string         (const char *text, CsBilled *billed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsSubmission, cs_submission_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsPrediction, cs_prediction_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsKeyCheck, cs_key_check_free)

G_END_DECLS
