/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-job-watch.h"

G_BEGIN_DECLS

/* What came of one job, as it is shown; a plain value. */
typedef struct
{
  CsJob *job;
  CsCreation *creation; /* (nullable) */
  char *output;         /* (nullable) where a copy went */
  GError *error;        /* (nullable) why it is not as it was wished for */
} CsResult;

CsResult   *cs_result_new      (CsCli *cli, CsJob *job, const GError *job_error, GError **error);
void        cs_result_free     (CsResult *self);
void        cs_result_set_error (CsResult *self, GError *error); /* (transfer full) */
JsonObject *cs_result_to_json  (CsResult *self, CsCli *cli);
void        cs_result_print    (CsResult *self, CsCli *cli);
void        cs_result_print_creation (CsCli *cli, CsCreation *creation, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsResult, cs_result_free)

G_END_DECLS
