/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-watchdog.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#ifdef CS_SANITIZED
#define LIMIT_MS 3000 /* every access to memory is watched too, and where each piece of it came from */
#else
#define LIMIT_MS 50
#endif
#define REFERENCE_SIZE (2 * 1024 * 1024) /* bytes that are hashed */
#define REFERENCE_MS 5.4 /* on the computer that the limit was set on */
#define MAX_SLOWNESS 4.0
#define WAITING_FACTOR 4 /* whom one waits for may have been kept from working himself */

/* Where the main thread is with its time, in milliseconds: all of it, work, and waiting for its turn on the processor. */
typedef struct
{
  double wall, work, queue;
} Moment;

static Moment begun;
static double worst_work;
static double worst_wait;
static double slowness; /* when it began */
static gboolean is_watching;
static gboolean is_inside;

static double
read_clock (clockid_t id)
{
  struct timespec time;

  clock_gettime (id, &time);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

/* The kernel says it as: work, waiting, turns. */
static double
read_queue (void)
{
  static int fd = -2;
  char text[128] = "";
  char *end = text;

  if (fd == -2)
    fd = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  if (fd < 0 || pread (fd, text, sizeof text - 1, 0) <= 0)
    return 0;
  strtoull (text, &end, 10);
  return strtoull (end, NULL, 10) / 1e6;
}

static void
begin (void)
{
  begun = (Moment){ read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_THREAD_CPUTIME_ID), read_queue () };
}

static void
end (void)
{
  double work = read_clock (CLOCK_THREAD_CPUTIME_ID) - begun.work;
  double wall = read_clock (CLOCK_MONOTONIC) - begun.wall;
  double queue = read_queue () - begun.queue;

  worst_work = MAX (worst_work, work);
  worst_wait = MAX (worst_wait, wall - work - queue);
}

/* What the loop does between two sleeps is one stretch of work. */
static int
poll_cb (GPollFD *fds, guint n_fds, int timeout)
{
  int n;

  if (is_inside)
    end ();
  n = g_poll (fds, n_fds, timeout);
  if (is_inside)
    begin ();
  return n;
}

/* How long this processor takes now for what a quiet one does in REFERENCE_MS: 1 for that, more where it is slower or shared.
 * The limit is meant for the quiet one. */
static double
measure_slowness (void)
{
  double best = G_MAXDOUBLE;
  g_autofree guchar *block = g_malloc0 (REFERENCE_SIZE);

  for (int i = 0; i < 3; i++)
    {
      double begin_at = read_clock (CLOCK_THREAD_CPUTIME_ID);
      g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, block, REFERENCE_SIZE);

      best = MIN (best, read_clock (CLOCK_THREAD_CPUTIME_ID) - begin_at);
    }
  return CLAMP (best / REFERENCE_MS, 1, MAX_SLOWNESS);
}

static double
get_limit (void)
{
  const char *text = g_getenv ("CS_TEST_WATCHDOG_MS");

  return text != NULL ? g_ascii_strtod (text, NULL) : LIMIT_MS;
}

void
ui_watchdog_start (void)
{
  worst_work = worst_wait = 0;
  slowness = measure_slowness ();
  is_watching = TRUE;
  g_main_context_set_poll_func (NULL, poll_cb);
}

void
ui_watchdog_iterate (void)
{
  is_inside = is_watching;
  begin ();
  g_main_context_iteration (NULL, TRUE);
  if (is_inside)
    end ();
  is_inside = FALSE;
}

void
ui_watchdog_stop (void)
{
  double limit = get_limit ();

  if (!is_watching)
    return;
  is_watching = FALSE;
  slowness = MAX (slowness, measure_slowness ());
  limit *= slowness;
  g_test_message ("The longest turn of the main loop: %.1f ms of work, the longest wait in one: %.1f ms, on a processor that is %.1f "
                  "times as slow as a quiet one",
                  worst_work, worst_wait, slowness);
  if (limit <= 0)
    return;
  if (worst_work > limit)
    g_error ("The main loop was kept from turning: %.1f ms of work at once", worst_work);
  if (worst_wait > limit * WAITING_FACTOR)
    g_error ("The main loop was kept from turning: it waited, %.1f ms", worst_wait);
}

double
ui_watchdog_get_worst (void)
{
  return worst_work;
}
