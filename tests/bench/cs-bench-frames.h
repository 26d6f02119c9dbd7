/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Every frame of a window from start to stop: the work between before-paint and after-paint, by the clock and by the
 * processor (which other programs do not change much), and the time since the frame before.
 */
typedef struct _CsBenchFrames CsBenchFrames;

CsBenchFrames *cs_bench_frames_start (GtkWidget *widget);
void           cs_bench_frames_stop  (CsBenchFrames *self);
void           cs_bench_frames_show  (CsBenchFrames *self, const char *name); /* as figures whose names begin so */
guint          cs_bench_frames_count (CsBenchFrames *self);
void           cs_bench_frames_free  (CsBenchFrames *self);

double         cs_bench_get_work     (void); /* milliseconds that this thread was on a processor */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsBenchFrames, cs_bench_frames_free)

G_END_DECLS
