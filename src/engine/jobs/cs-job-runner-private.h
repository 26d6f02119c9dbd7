/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job-runner.h"
#include "library/cs-creation.h"
#include "media/cs-media-info.h"

G_BEGIN_DECLS

/* What the steps of a job share with the runner: the steps are in cs-job-steps.c, cs-job-attempt-steps.c and
 * cs-job-finish-steps.c; nobody else includes this. */
struct _CsJobRunner
{
  GObject parent_instance;

  /* Borrowed */
  CsJobContext *context;

  /* Owned */
  CsJob *job;                 /* what the front ends see: facts as they are in the database */
  CsJobFacts *next;           /* the facts being prepared for the next commit */
  GCancellable *cancellable;  /* ends the action under way: stop, or a local cancel */
  CsCreationFacts *creation;  /* (nullable) goes into the next commit */
  CsMediaInfo *info;          /* (nullable) what the downloaded file is, when this process has looked */

  double seconds;             /* how long the provider took; goes into the next commit */
  gint64 progress_written_at;
  guint is_busy : 1;
  guint is_stopped : 1;
  guint is_fresh_hold : 1;    /* this process wrote SUBMITTING itself and has not sent yet */
  guint is_cancelling : 1;
  guint wants_reload : 1;
};

void       cs_job_runner_commit        (CsJobRunner *self, CsJobState to, CsAttempt *attempt);
void       cs_job_runner_wait          (CsJobRunner *self, CsJobState state, CsWaiting waiting, gint64 delay, CsAttempt *attempt);
void       cs_job_runner_fail          (CsJobRunner *self, const GError *error, CsAttempt *attempt);
void       cs_job_runner_trouble       (CsJobRunner *self, const GError *error);
void       cs_job_runner_inside        (CsJobRunner *self);
CsProvider *cs_job_runner_get_provider (CsJobRunner *self);

void       cs_job_step_write           (CsJobRunner *self);
void       cs_job_step_quote           (CsJobRunner *self);
void       cs_job_step_hold            (CsJobRunner *self);
void       cs_job_step_next_model      (CsJobRunner *self, CsAttempt *attempt, const GError *error);
void       cs_job_step_submit          (CsJobRunner *self);
void       cs_job_step_render          (CsJobRunner *self);
void       cs_job_step_cancel          (CsJobRunner *self);
void       cs_job_step_look            (CsJobRunner *self);
void       cs_job_step_download        (CsJobRunner *self);
void       cs_job_step_finish          (CsJobRunner *self);

G_END_DECLS
