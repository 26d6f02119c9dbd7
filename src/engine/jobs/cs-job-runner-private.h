/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job-runner.h"
#include "jobs/cs-job-store.h"
#include "library/cs-creation.h"
#include "media/cs-media-info.h"
#include "providers/cs-text-provider.h"

G_BEGIN_DECLS

/* How often an uncertain submission is looked for by itself; then it waits for a person. */

/*
 * What the steps of a job share with the runner. The steps are in cs-job-steps.c and cs-job-{text,submit,look,render,
 * download,finish}-steps.c, the writing is in cs-job-runner-write.c; nobody else includes this.
 *
 * An action is a step's work from cs_job_step_...() to exactly one call of cs_job_runner_commit(), _wait(), _fail(),
 * _rest() or _trouble(). is_busy is TRUE from its start until its step is written.
 */
struct _CsJobRunner
{
  GObject parent_instance;

  /* Owned */
  CsJobContext *context;
  CsJob *job;                 /* what the front ends see: facts as they are in the database */
  CsJobFacts *next;           /* (nullable) the facts being prepared by the action under way */
  GCancellable *cancellable;  /* ends the action under way: stop, or a local cancel; a new one for every action */
  CsJobCommit *commit;        /* (nullable) the step being written, kept until it is, however often that is tried */
  CsCreationFacts *creation;  /* (nullable) goes into the next commit */
  CsMediaInfo *info;          /* (nullable) what the downloaded file is, when this process has looked */
  GError *conflict;           /* (nullable) why the last commit was refused, until the job was read anew */

  /* When the next action is due: by the clock on the wall or by the one that nobody turns, whichever comes first */
  gint64 due_at;
  gint64 due_monotonic;

  double seconds;             /* how long the provider took; goes into the next commit */
  double progress_written;    /* what the database knows of the progress */
  double typical;             /* how long it usually takes, once that was looked up; seconds */
  CsMoney text_hold;          /* set aside by this process for words that it has no answer to yet */
  gint64 progress_written_at;
  guint retry;                /* source that writes the commit once more */
  int n_failures;             /* how often in a row the commit could not be written */
  int n_returns;              /* how often this process went back for the file */
  int n_silent;               /* how often in a row somebody could not be reached */
  int n_limited;              /* how often in a row a language model had no time */
  int n_first;                /* how often the first one of the set was asked for its words */
  int cancel_tried;           /* number of the attempt whose provider was called to stop it */
  int cancel_told;            /* number of the attempt whose provider has heard it */
  int typical_of;             /* number of the attempt that `typical` was looked up for */
  guint is_busy : 1;
  guint is_stopped : 1;
  guint is_poked : 1;         /* whatever it waits for may have come: try once */
  guint is_unsent : 1;        /* this process wrote `sent_at` itself and has not sent yet */
  guint is_owing : 1;         /* a request is announced or has left, and its end is not in the database yet */
  guint can_stop : 1;         /* the action under way may be given up at once: nothing is lost that cannot be done again */
  guint is_frugal : 1;        /* the budget has no room for words: only language models that are free */
  guint wants_reload : 1;
};

/* The runner's side */
void        cs_job_runner_set_due      (CsJobRunner *self, gint64 at);
void        cs_job_runner_action_over  (CsJobRunner *self);
void        cs_job_runner_call_probe   (CsJobRunner *self, CsJobMoment moment);
void        cs_job_runner_emit_moved   (CsJobRunner *self);
void        cs_job_runner_conflicted   (CsJobRunner *self, const GError *error);
gboolean    cs_job_runner_is_announced (CsJobRunner *self);
gboolean    cs_job_runner_has_left     (CsJobRunner *self);

/* The writing */
void        cs_job_runner_commit       (CsJobRunner *self, CsJobState to, CsAttempt *attempt);
void        cs_job_runner_wait         (CsJobRunner *self, CsJobState state, CsWaiting waiting, gint64 delay, CsAttempt *attempt);
void        cs_job_runner_wait_after   (CsJobRunner *self, CsJobState state, const GError *error, gint64 delay);
gint64      cs_job_runner_get_delay    (CsJobRunner *self);
void        cs_job_runner_fail         (CsJobRunner *self, const GError *error, CsAttempt *attempt);
void        cs_job_runner_rest         (CsJobRunner *self, gint64 delay);
void        cs_job_runner_trouble      (CsJobRunner *self, const GError *error);
void        cs_job_runner_drop_commit  (CsJobRunner *self);

/* For the steps */
void        cs_job_runner_inside       (CsJobRunner *self);
CsProvider *cs_job_runner_get_provider (CsJobRunner *self);
CsAttempt  *cs_job_runner_dup_attempt  (CsJobRunner *self);
gboolean    cs_job_runner_is_text      (CsJobRunner *self);

void        cs_job_step_cancel_unsent  (CsJobRunner *self);
void        cs_job_step_write          (CsJobRunner *self);
void        cs_job_step_quote          (CsJobRunner *self);
void        cs_job_step_hold           (CsJobRunner *self);
void        cs_job_step_no_credit      (CsJobRunner *self, CsMoney sale, const GError *error);
void        cs_job_step_next_model     (CsJobRunner *self, CsAttempt *attempt, const GError *error);
void        cs_job_step_submit         (CsJobRunner *self);
void        cs_job_step_not_sent       (CsJobRunner *self, CsAttempt *attempt, const GError *error);
void        cs_job_step_wait_for_network (CsJobRunner *self, CsAttempt *attempt, const GError *error);
void        cs_job_step_rate_limited   (CsJobRunner *self, CsAttempt *attempt, const GError *error, gint64 retry_after);
void        cs_job_step_refused        (CsJobRunner *self, CsAttempt *attempt, const GError *error);
void        cs_job_step_doubt          (CsJobRunner *self, CsAttempt *attempt, const GError *error);
void        cs_job_step_take_back      (CsJobRunner *self);
void        cs_job_step_taken          (CsJobRunner *self, const GError *error);
void        cs_job_step_send_text      (CsJobRunner *self);
void        cs_job_step_text_lost      (CsJobRunner *self, const GError *error);
void        cs_job_step_progress       (double share, gpointer user_data);
void        cs_job_step_succeeded      (CsJobRunner *self, CsAttempt *attempt, const char *output, CsMoney cost);
void        cs_job_step_render         (CsJobRunner *self);
void        cs_job_step_cancel         (CsJobRunner *self);
void        cs_job_step_look           (CsJobRunner *self);
void        cs_job_step_download       (CsJobRunner *self);
void        cs_job_step_return         (CsJobRunner *self, CsJobState to, const GError *error);
void        cs_job_step_discard        (CsJobRunner *self, GStrv paths, const GError *error);
void        cs_job_step_finish         (CsJobRunner *self);

G_END_DECLS
