/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/* What a job cannot get over without somebody. */
typedef enum
{
  CS_TROUBLE_NONE,
  CS_TROUBLE_UNCERTAIN, /* may have been billed */
  CS_TROUBLE_REFUSED,   /* by the provider; another one may be offered */
  CS_TROUBLE_DEARER,    /* the only one that can be used costs more than was agreed */
  CS_TROUBLE_NO_KEY,
  CS_TROUBLE_BUDGET,    /* a cap stands in the way */
  CS_TROUBLE_DISK_FULL,
  CS_TROUBLE_NETWORK,
  CS_TROUBLE_GIVEN_UP,  /* by the user, not knowing whether it was billed */
  CS_TROUBLE_FAILED,    /* anything else */
} CsTrouble;

CsTrouble   cs_trouble_find       (CsJob *job);
char       *cs_trouble_make_title (CsStudio *studio, CsJob *job);
char       *cs_trouble_make_reason (CsStudio *studio, CsJob *job); /* (nullable) */
char       *cs_trouble_make_money (CsJob *job); /* what became of the money */
char       *cs_trouble_make_said  (CsStudio *studio, CsJob *job); /* (nullable) what each provider answered; no key in it */
guint       cs_trouble_count_asked (CsJob *job); /* how many providers said something */
const char *cs_trouble_get_key_name (CsJob *job); /* (nullable) of the key that is missing */

G_END_DECLS
