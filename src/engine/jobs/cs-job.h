/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-attempt.h"
#include "jobs/cs-job-state.h"
#include "screenwriter/cs-brief.h"
#include "screenwriter/cs-screenplay.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define CS_JOB_LOOKS 4 /* how often an uncertain submission is looked for before somebody has to say */

/* All that is known of the making of one creation: a row of `jobs` with its attempts. A plain value that may cross
 * threads as a copy. Times are microseconds since the epoch. */
typedef struct
{
  char *id;               /* also the id of the creation */
  CsKind kind;
  CsJobState state;
  CsBrief *brief;
  CsScreenplay *screenplay; /* (nullable) until written */
  GStrv chain;            /* model ids, in order */
  int chain_position;
  char *provider;         /* (nullable) of the current attempt or quote */
  char *model;            /* (nullable) */
  char *owner;            /* (nullable) who drives it */
  gint64 key_id;          /* the wallet key that pays; 0: none */
  gint64 not_before;      /* nothing happens until then */
  CsWaiting waiting;
  gboolean cancel_requested;
  CsMoney max_cost;       /* the most that was agreed; below 0: not known yet */
  gint64 consent_at;
  CsMoney estimated_cost; /* below 0: not known yet */
  CsMoney cost;           /* what all attempts and the words cost so far */
  int text_starts;        /* how often a language model that is paid was begun */
  CsMoney text_cost;      /* what the screenwriter's words cost */
  CsMoney text_hold;      /* set aside for words whose end is not known: they may have been billed */
  gint64 text_at;         /* when the last such beginning was; 0: never */
  double progress;        /* 0 to 1, of the rendering */
  gint64 uncertain_since;
  int look_count;         /* how often an uncertain submission was looked for */
  char *error_code;       /* (nullable) */
  char *error_message;    /* (nullable) */
  char *request_hash;     /* (nullable) */
  char *batch;            /* (nullable) jobs asked for together */
  char *title;
  gint64 created_at;
  gint64 updated_at;
  GPtrArray *attempts;    /* (element-type CsAttempt) */
} CsJobFacts;

CsJobFacts *cs_job_facts_new         (const CsBrief *brief);
CsJobFacts *cs_job_facts_copy        (const CsJobFacts *facts);
void        cs_job_facts_free        (CsJobFacts *facts);
CsAttempt  *cs_job_facts_get_attempt (const CsJobFacts *facts);
void        cs_job_facts_set_error   (CsJobFacts *facts, const GError *error);
void        cs_job_facts_add_up      (CsJobFacts *facts);
CsMoney     cs_job_facts_get_text_room (const CsJobFacts *facts);
gboolean    cs_job_facts_may_start_text (const CsJobFacts *facts);
gboolean    cs_job_facts_waits_for_somebody (const CsJobFacts *facts);
gboolean    cs_job_facts_is_sound    (const CsJobFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobFacts, cs_job_facts_free)

#define CS_TYPE_JOB (cs_job_get_type ())
G_DECLARE_FINAL_TYPE (CsJob, cs_job, CS, JOB, GObject)

CsJob            *cs_job_new         (CsJobFacts *facts); /* (transfer full) */
const char       *cs_job_get_id      (CsJob *self);
const CsJobFacts *cs_job_get_facts   (CsJob *self);
void              cs_job_set_facts   (CsJob *self, CsJobFacts *facts); /* (transfer full) */
void              cs_job_set_progress (CsJob *self, double progress);
void              cs_job_set_typical (CsJob *self, double seconds);
double            cs_job_get_typical (CsJob *self); /* seconds that its rendering usually takes; 0: not known */
const GError     *cs_job_get_trouble (CsJob *self);
void              cs_job_set_trouble (CsJob *self, const GError *error);
GError           *cs_job_dup_error   (CsJob *self);

G_END_DECLS
