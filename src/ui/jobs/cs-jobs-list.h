/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The jobs: those that need somebody first, then those under way, then those that wait. Only so many rows are made as are near to
 * what is seen, a few at a time, so that a thousand jobs do not keep anybody waiting. To activate a row shows its job on its page;
 * Delete cancels it.
 */
#define CS_TYPE_JOBS_LIST (cs_jobs_list_get_type ())
G_DECLARE_FINAL_TYPE (CsJobsList, cs_jobs_list, CS, JOBS_LIST, AdwBin)

void cs_jobs_list_open  (CsJobsList *self, CsStudio *studio);
void cs_jobs_list_close (CsJobsList *self); /* it is not seen: nothing is followed, and no clock ticks */
void cs_jobs_list_sort  (CsJobsList *self); /* jobs have changed, and may belong elsewhere */

G_END_DECLS
