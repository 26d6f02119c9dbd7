/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-bench-frames.h"
#include "cs-bench.h"
#include "cs-test.h"
#include "ui/cs-window.h"

G_BEGIN_DECLS

/* The program's window over a real engine in CREATIVE_STUDIO_HOME; one in a process, and it ends with the process. */
typedef struct
{
  CsApplication *application;
  CsEngine *engine;
  CsStudio *studio; /* (nullable) until the window is shown */
  CsWindow *window; /* (nullable) the same */
} CsBenchWindow;

CsBenchWindow *cs_bench_window_open   (CsProviderRegistry *registry); /* registry: (nullable) */
void           cs_bench_window_fill   (CsBenchWindow *self, guint n_creations); /* before it is shown */
GtkWidget     *cs_bench_window_show   (CsBenchWindow *self, const char *page);
GtkWidget     *cs_bench_window_page   (CsBenchWindow *self, const char *page);
void           cs_bench_window_wait   (double seconds);
void           cs_bench_window_until  (CsTestCondition condition, gpointer user_data);
void           cs_bench_window_frame  (GtkWidget *widget); /* until it is drawn once more */
double         cs_bench_window_memory (void); /* MiB that belong to this process */

G_END_DECLS
