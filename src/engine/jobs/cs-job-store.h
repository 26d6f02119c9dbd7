/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/cs-job.h"
#include "library/cs-creation.h"
#include "store/cs-database.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Rows of the tables `jobs` and `attempts`; worker thread only, inside the transaction of the caller. Rows are in
 * cs-job-store.c, driving is in cs-job-store-drive.c, its money in cs-job-store-money.c, the user's word in
 * cs-job-store-words.c, what the steps ask in cs-job-store-ask.c. */

/* One step of a job, written as one transaction; a plain value. */
typedef struct
{
  CsJobFacts *facts;          /* as they shall be; on success the stored cancel request is put in */
  CsJobState from;            /* as they must be in the database */
  char *owner;                /* who must own it */
  char *owners_folder;
  char *work_folder;
  CsAttempt *attempt;         /* (nullable) inserted when its id is 0, else updated; on success its id is put in */
  CsCreationFacts *creation;  /* (nullable) inserted */
  int max_running;            /* 0: no limit; else how many jobs may be with facts->provider */
  gboolean is_alone;          /* one at a time: a submission in doubt could not be told from another one */
  double seconds;             /* above 0: how long the provider took, to be learned from */
  CsMoney text_hold;          /* above 0: being set aside for words; already in the facts, not yet in the database */
} CsJobCommit;

/* When a job was last written, to see what another process did to it. */
typedef struct
{
  char *id;
  gint64 updated_at;
  gboolean cancel_requested;
} CsJobMark;

void        cs_job_commit_free        (CsJobCommit *commit);
gboolean    cs_job_store_insert       (CsDatabase *database, CsJobFacts *facts, GError **error);
CsJobFacts *cs_job_store_load         (CsDatabase *database, const char *id, GError **error);
CsJobFacts *cs_job_store_find         (CsDatabase *database, const char *id_or_remote_id, GError **error);
CsJobFacts *cs_job_store_find_request (CsDatabase *database, const char *user_id, const char *request_id, GError **error);
GPtrArray  *cs_job_store_list         (CsDatabase *database, gint64 key_id, gboolean active_only, int limit, GError **error);
GPtrArray  *cs_job_store_claim        (CsDatabase *database, const char *owner, const char *owners_folder, const char *id,
                                       int limit, GError **error);
gboolean    cs_job_store_commit       (CsDatabase *database, CsJobCommit *commit, GError **error);
gboolean    cs_job_store_cancel       (CsDatabase *database, const char *id, GError **error);
gboolean    cs_job_store_withdraw     (CsDatabase *database, const char *id, GError **error);
gboolean    cs_job_store_release      (CsDatabase *database, const char *owner, GError **error);
GPtrArray  *cs_job_store_list_marks   (CsDatabase *database, const char *owner, GError **error);
gboolean    cs_job_store_decide       (CsDatabase *database, const char *id, CsJobState to, GError **error);
gboolean    cs_job_store_agree        (CsDatabase *database, const char *id, CsMoney price, GError **error);
GStrv       cs_job_store_list_bound   (CsDatabase *database, const char *provider, gint64 attempt, gint64 sent_at, GError **error);
CsJobFacts *cs_job_store_find_first   (CsDatabase *database, const char *batch, GError **error);
double      cs_job_store_get_typical  (CsDatabase *database, const char *model, GError **error);
int         cs_job_store_count_rendering (CsDatabase *database, const char *provider, GError **error);
gboolean    cs_job_store_is_active    (CsDatabase *database, const char *id, GError **error);
gboolean    cs_job_store_needs_image  (CsDatabase *database, const char *name, GError **error);
gboolean    cs_job_store_is_unreadable (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobCommit, cs_job_commit_free)

G_END_DECLS
