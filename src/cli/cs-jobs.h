/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-command.h"
#include "cli/cs-result.h"

G_BEGIN_DECLS

extern const CsOption cs_patience_options[];
extern const CsCommand cs_command_jobs_wait;
extern const CsCommand cs_command_jobs_resume;

/* What the end of the waiting means for the command: (transfer full) (nullable) its error. */
typedef GError *(*CsJobsJudge) (const CsWatched *watched);

CsJob    *cs_jobs_find      (CsCli *cli, const char *id, GError **error);
gboolean  cs_jobs_follow    (CsCli *cli, CsJob *job, const CsPatience *patience, CsJobsJudge judge, GError **error);
void      cs_jobs_show_list (CsCli *cli, GPtrArray *jobs, const char *nothing);

G_END_DECLS
