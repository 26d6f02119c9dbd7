/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "providers/cs-provider.h"

G_BEGIN_DECLS

/* How the name of every attempt's work file ends. */
#define CS_WORK_FILE_ENDING ".part"

/* How one attempt stands; the words are in the database and in the JSON. */
typedef enum
{
  CS_ATTEMPT_SUBMITTING,
  CS_ATTEMPT_ACCEPTED,
  CS_ATTEMPT_NOT_SENT,
  CS_ATTEMPT_REFUSED,
  CS_ATTEMPT_UNCERTAIN,
  CS_ATTEMPT_SUCCEEDED,
  CS_ATTEMPT_FAILED,
  CS_ATTEMPT_CANCELLED,
  CS_N_ATTEMPT_STATUSES
} CsAttemptStatus;

/* One submission of a job to one provider; a plain value, a row of `attempts`. Times are microseconds since the epoch. */
typedef struct
{
  gint64 id;              /* row id; 0: not stored yet */
  int number;             /* from 1 */
  char *provider;
  char *model;
  CsRequest *request;
  CsAttemptStatus status;
  char *remote_id;        /* (nullable) */
  CsBilled billed;
  CsMoney hold;           /* what the provider may take */
  CsMoney cost;           /* what he took */
  CsMoney sale;           /* what a wallet key is debited; 0 without one */
  char *unit;             /* (nullable) what its price is counted in; NULL: the whole creation */
  char *output;           /* (nullable) where the provider says the result is */
  char *sha256;           /* (nullable) of the downloaded file */
  gint64 size;            /* bytes of the downloaded file */
  char *mime_type;        /* (nullable) of the downloaded file */
  char *error_code;       /* (nullable) slug */
  char *error_message;    /* (nullable) */
  gint64 created_at;
  gint64 sent_at;         /* 0: certainly not sent */
  gint64 ended_at;        /* 0: open */
} CsAttempt;

CsAttempt  *cs_attempt_new             (int number, const char *provider, const char *model, CsRequest *request);
CsAttempt  *cs_attempt_copy            (const CsAttempt *self);
void        cs_attempt_free            (CsAttempt *self);
void        cs_attempt_end             (CsAttempt *self, CsAttemptStatus status, CsBilled billed, const GError *error);
gboolean    cs_attempt_is_paid         (const CsAttempt *self);
CsMoney     cs_attempt_get_debit       (const CsAttempt *self);
gboolean    cs_attempt_was_taken       (const CsAttempt *self);
const char *cs_attempt_status_to_string   (CsAttemptStatus status);
gboolean    cs_attempt_status_from_string (const char *text, CsAttemptStatus *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsAttempt, cs_attempt_free)

G_END_DECLS
