/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job-context.h"
#include "jobs/cs-job.h"

G_BEGIN_DECLS

#define CS_TYPE_JOB_RUNNER (cs_job_runner_get_type ())
G_DECLARE_FINAL_TYPE (CsJobRunner, cs_job_runner, CS, JOB_RUNNER, GObject)

/* Where a test may end the process: before an action starts, while its effect is under way, after its step is written. */
typedef enum
{
  CS_JOB_MOMENT_BEFORE,
  CS_JOB_MOMENT_INSIDE,
  CS_JOB_MOMENT_AFTER,
} CsJobMoment;

typedef void (*CsJobProbe) (const CsJobFacts *facts, CsJobMoment moment, gpointer user_data);

CsJobRunner *cs_job_runner_new            (CsJobContext *context, CsJob *job);
CsJob       *cs_job_runner_get_job        (CsJobRunner *self);
void         cs_job_runner_wake           (CsJobRunner *self);
void         cs_job_runner_poke           (CsJobRunner *self);
void         cs_job_runner_reload         (CsJobRunner *self);
void         cs_job_runner_request_cancel (CsJobRunner *self);
gint64       cs_job_runner_get_wake_time  (CsJobRunner *self);
gboolean     cs_job_runner_is_stopped     (CsJobRunner *self);
gboolean     cs_job_runner_is_owing       (CsJobRunner *self);
void         cs_job_runner_stop           (CsJobRunner *self);
void         cs_job_runner_set_probe      (CsJobProbe probe, gpointer user_data);

G_END_DECLS
