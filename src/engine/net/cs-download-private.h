/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/cs-download.h"

G_BEGIN_DECLS

/* How patient a download is. Times are microseconds. */
typedef struct
{
  gint64 answer_timeout; /* for the head of the answer */
  gint64 idle_timeout;   /* between two pieces */
  gint64 drip_time;      /* over so long a time... */
  gsize drip_length;     /* ...fewer bytes than these are none */
  int max_resumes;       /* how often one download goes on by itself, when it does get on */
  int max_failures;      /* how often in a row, when it does not */
} CsDownloadLimits;

/* For tests only: the limits of all downloads that begin from now on; NULL: the usual ones. */
void _cs_download_set_limits (const CsDownloadLimits *limits);

G_END_DECLS
