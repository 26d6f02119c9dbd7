/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far something is that says nothing of itself, and how long the rest will take. Pure. */
double cs_job_estimate_progress (gint64 elapsed, double typical);
double cs_job_estimate_left     (gint64 elapsed, double progress, double typical);

G_END_DECLS
