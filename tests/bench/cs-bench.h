/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs the measured work once; returns FALSE to give up. */
typedef gboolean (*CsBenchWork) (gpointer user_data);

typedef struct
{
  const char *name;
  double value;
  const char *unit;
  const char *goal;  /* (nullable) */
  const char *peer;  /* (nullable) */
  double peer_value; /* 0: the peer was not measured */
  double ratio;      /* how many times better than the peer; 0: unknown */
} CsBenchFigure;

double      cs_bench_median   (CsBenchWork work, gpointer user_data, int runs); /* seconds; below 0: the work failed */
gboolean    cs_bench_run      (const char *const *argv);                        /* quietly, to its end */
char       *cs_bench_work_dir (const char *name);                               /* a path in a folder that goes away */
void        cs_bench_show     (const CsBenchFigure *figure);

G_END_DECLS
