/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-job-watch.h"

G_BEGIN_DECLS

gboolean cs_job_verdict             (CsWatched *watched, const CsPatience *patience);
GError  *cs_job_verdict_interrupted (CsJob *job);

G_END_DECLS
