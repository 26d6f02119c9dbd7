/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/* Who else would make what a job asked for, and for how much. */
typedef struct
{
  CsBrief *brief;     /* (nullable) to be made anew, at the price that was said; NULL: the job itself waits for a word */
  CsMoney price;
  char *label;        /* "Retry with Replicate · $0.50" */
} CsJobOffer;

CsJobOffer *cs_job_offer_new  (CsStudio *studio, CsJob *job); /* (nullable) */
void        cs_job_offer_free (CsJobOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsJobOffer, cs_job_offer_free)

G_END_DECLS
