/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/*
 * A GListModel of CsJob: those that have not ended, whoever drives them, and those that failed while this program ran, until
 * they are dismissed. Signal: "loaded": those of before are in it.
 */
#define CS_TYPE_JOB_LIST (cs_job_list_get_type ())
G_DECLARE_FINAL_TYPE (CsJobList, cs_job_list, CS, JOB_LIST, GObject)

CsJobList *cs_job_list_new         (CsEngine *engine);
CsJob     *cs_job_list_find        (CsJobList *self, const char *id); /* (nullable) (transfer none) */
void       cs_job_list_add         (CsJobList *self, CsJob *job);
void       cs_job_list_dismiss     (CsJobList *self, const char *id);
gboolean   cs_job_list_is_loaded   (CsJobList *self);
guint      cs_job_list_count_going (CsJobList *self); /* driven by this process, and in need of nobody */

G_END_DECLS
