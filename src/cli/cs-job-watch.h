/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-cli.h"

G_BEGIN_DECLS

/* For how long jobs are waited for. */
typedef struct
{
  gint64 patience;         /* microseconds without a connection, or in doubt */
  gboolean until_accepted; /* a provider that took the job is enough */
  gboolean looks_once;     /* a job in doubt is waited for until it was looked for once */
} CsPatience;

/* One job that is waited for. */
typedef struct
{
  CsJob *job;     /* live where this process drives it, else as it was last read */
  GError *error;  /* (nullable) once waiting has ended: why the job is not as it was wished for */

  /* while it is waited for */
  gboolean has_ended;
  gboolean is_known;      /* who drives it is known */
  gboolean is_live;       /* this process drives it */
  char *driver;           /* (nullable) who it was when that was found out */
  gint64 known_at;        /* when the job was last written before it was waited for */
  gboolean has_price;     /* its price was said */
  gint64 without_since;   /* monotonic time since there is no connection; 0: there is one */
  char *words;            /* (nullable) last said of it */
} CsWatched;

GPtrArray *cs_job_watch_new_list (void); /* (element-type CsWatched) */
GPtrArray *cs_job_watch          (CsCli *cli, GPtrArray *jobs, const CsPatience *patience, GPtrArray *said);

G_END_DECLS
