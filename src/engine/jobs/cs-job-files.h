/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-paths.h"
#include "jobs/cs-attempt.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* The files of a job until they are a creation. Everything that touches the disk blocks: worker threads only. */

char    *cs_job_files_make_work_path (CsPaths *paths, const char *id, int number);
char    *cs_job_files_make_path      (const CsAttempt *attempt, const char *ending);
char    *cs_job_files_make_name      (const char *id, const char *title, const char *extension);
gboolean cs_job_files_place          (const char *from, const char *to, GError **error);
void     cs_job_files_clear          (const char *work_folder, const char *id);
void     cs_job_files_sweep          (CsDatabase *database, CsPaths *paths, const char *owner);

G_END_DECLS
