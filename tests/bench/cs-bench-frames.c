/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-bench-frames.h"

#include "cs-bench.h"

#include <time.h>

#define GOAL "<= 16.7 ms at p95"
#define LATE 25.0 /* milliseconds between two frames: one is missing */

struct _CsBenchFrames
{
  GdkFrameClock *clock;
  GArray *walls, *works, *gaps; /* (element-type double) milliseconds */
  double wall, work;            /* when the frame began */
  double last;                  /* when the frame before ended; 0: there was none */
};

static double
read_clock (clockid_t id)
{
  struct timespec time;

  clock_gettime (id, &time);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

double
cs_bench_get_work (void)
{
  return read_clock (CLOCK_THREAD_CPUTIME_ID);
}

static void
before_cb (CsBenchFrames *self)
{
  self->wall = read_clock (CLOCK_MONOTONIC);
  self->work = cs_bench_get_work ();
}

static void
after_cb (CsBenchFrames *self)
{
  double now = read_clock (CLOCK_MONOTONIC);
  double wall = now - self->wall;
  double work = cs_bench_get_work () - self->work;
  double gap = now - self->last;

  g_array_append_val (self->walls, wall);
  g_array_append_val (self->works, work);
  if (self->last > 0)
    g_array_append_val (self->gaps, gap);
  self->last = now;
}

/**
 * cs_bench_frames_start:
 * @widget: one in a window that is shown
 *
 * Returns: (transfer full): what is written down of them.
 */
CsBenchFrames *
cs_bench_frames_start (GtkWidget *widget)
{
  CsBenchFrames *self = g_new0 (CsBenchFrames, 1);

  self->clock = g_object_ref (gtk_widget_get_frame_clock (widget));
  self->walls = g_array_new (FALSE, FALSE, sizeof (double));
  self->works = g_array_new (FALSE, FALSE, sizeof (double));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (double));
  g_signal_connect_swapped (self->clock, "before-paint", G_CALLBACK (before_cb), self);
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (after_cb), self);
  return self;
}

void
cs_bench_frames_stop (CsBenchFrames *self)
{
  g_signal_handlers_disconnect_by_data (self->clock, self);
}

void
cs_bench_frames_free (CsBenchFrames *self)
{
  cs_bench_frames_stop (self);
  g_object_unref (self->clock);
  g_array_unref (self->walls);
  g_array_unref (self->works);
  g_array_unref (self->gaps);
  g_free (self);
}

/** cs_bench_frames_count: Returns: how many frames there were. */
guint
cs_bench_frames_count (CsBenchFrames *self)
{
  return self->walls->len;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
get_percentile (GArray *sorted, double share)
{
  return sorted->len > 0 ? g_array_index (sorted, double, (guint) ((sorted->len - 1) * share)) : 0;
}

static void
show (const char *name, const char *what, double value, const char *unit, const char *goal)
{
  g_autofree char *full = g_strdup_printf ("%s-%s", name, what);

  cs_bench_show (&(CsBenchFigure){ .name = full, .value = value, .unit = unit, .goal = goal });
}

void
cs_bench_frames_show (CsBenchFrames *self, const char *name)
{
  guint n_late = 0;

  for (guint i = 0; i < self->gaps->len; i++)
    n_late += g_array_index (self->gaps, double, i) > LATE;
  g_array_sort (self->walls, compare_cb);
  g_array_sort (self->works, compare_cb);
  show (name, "frames", self->walls->len, "frames", NULL);
  show (name, "p50", get_percentile (self->walls, 0.5), "ms", NULL);
  show (name, "p95", get_percentile (self->walls, 0.95), "ms", GOAL);
  show (name, "max", get_percentile (self->walls, 1), "ms", NULL);
  show (name, "processor-p50", get_percentile (self->works, 0.5), "ms", NULL);
  show (name, "processor-p95", get_percentile (self->works, 0.95), "ms", GOAL);
  show (name, "processor-max", get_percentile (self->works, 1), "ms", NULL);
  show (name, "late", n_late, "intervals over 25 ms", NULL);
}
