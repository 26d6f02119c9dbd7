/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The user's word on a job, from whatever shows it. What may cost money, or lose some, is asked about first; what cannot be done
 * is said by the window that @from is in. Main thread.
 */
void cs_job_cancel    (GtkWidget *from, CsStudio *studio, CsJob *job);
void cs_job_decide    (GtkWidget *from, CsStudio *studio, CsJob *job, CsDecision decision);
void cs_job_agree     (GtkWidget *from, CsStudio *studio, CsJob *job, CsMoney price);
void cs_job_go_on     (GtkWidget *from, CsStudio *studio, CsJob *job); /* tries what it waits for */
void cs_job_make_anew (GtkWidget *from, CsStudio *studio, CsJob *job, const CsBrief *brief); /* instead of @job, which is dismissed */
void cs_job_dismiss   (CsStudio *studio, CsJob *job); /* it has failed, and the user has read it */

G_END_DECLS
