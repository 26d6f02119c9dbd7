/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/* Words for people about a job, in their language. Main thread; reads nothing. */
char   *cs_job_make_provider (CsStudio *studio, const CsJobFacts *facts); /* (nullable) "PiAPI" */
char   *cs_job_make_engine   (CsStudio *studio, const CsJobFacts *facts); /* (nullable) "PiAPI · Wan 2.2" */
char   *cs_job_make_writer   (CsStudio *studio, const CsJobFacts *facts); /* (nullable) "Ollama · qwen2.5:7b" */
char   *cs_job_make_request  (const CsJobFacts *facts); /* "5 s, 16:9, photorealistic" */
char   *cs_job_make_left     (CsStudio *studio, CsJob *job); /* (nullable) "61 %, about 50 s left" */
char   *cs_job_make_line     (CsStudio *studio, CsJob *job); /* where it stands, in one sentence */
CsMoney cs_job_get_held      (const CsJobFacts *facts);
double  cs_job_get_share     (CsStudio *studio, CsJob *job); /* 0 to 1, of the rendering */
gint64  cs_job_get_elapsed   (const CsJobFacts *facts); /* microseconds since it was sent; 0: it was not */
char   *cs_seconds_make_words (double seconds); /* "50 s", "2 min" */

G_END_DECLS
