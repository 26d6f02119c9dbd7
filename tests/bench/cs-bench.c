/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-bench.h"

#include <stdio.h>

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

/**
 * cs_bench_median:
 *
 * Returns: the median wall time of @work over @runs runs, in seconds, after one that warms the caches; below
 * 0 when the work failed.
 */
double
cs_bench_median (CsBenchWork work, gpointer user_data, int runs)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i <= runs; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double seconds;

      if (!work (user_data))
        return -1;
      seconds = (g_get_monotonic_time () - start) / 1e6;
      if (i > 0)
        g_array_append_val (times, seconds);
    }
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, times->len / 2);
}

/**
 * cs_bench_run:
 *
 * Returns: TRUE when the program of @argv ended well.
 */
gboolean
cs_bench_run (const char *const *argv)
{
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

/**
 * cs_bench_work_dir:
 *
 * Returns: (transfer full): the path of @name in the folder that the runner removes at the end.
 */
char *
cs_bench_work_dir (const char *name)
{
  const char *folder = g_getenv ("CS_BENCH_WORK");

  return g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);
}

static void
append_text (GString *line, const char *text)
{
  if (text == NULL)
    g_string_append (line, "null");
  else
    g_string_append_printf (line, "\"%s\"", text);
}

static void
append_number (GString *line, double number, gboolean is_known)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (line, is_known ? g_ascii_formatd (digits, sizeof digits, "%.4g", number) : "null");
}

/**
 * cs_bench_show:
 *
 * Prints @figure as one line of JSON. Its texts hold nothing that JSON would have to escape.
 */
void
cs_bench_show (const CsBenchFigure *figure)
{
  g_autoptr (GString) line = g_string_new ("{\"name\": ");

  append_text (line, figure->name);
  g_string_append (line, ", \"value\": ");
  append_number (line, figure->value, figure->value >= 0);
  g_string_append (line, ", \"unit\": ");
  append_text (line, figure->unit);
  g_string_append (line, ", \"peer\": ");
  append_text (line, figure->peer);
  g_string_append (line, ", \"peer_value\": ");
  append_number (line, figure->peer_value, figure->peer_value > 0);
  g_string_append (line, ", \"ratio\": ");
  append_number (line, figure->ratio, figure->ratio > 0);
  g_string_append (line, ", \"goal\": ");
  append_text (line, figure->goal);
  puts (g_string_append (line, "}")->str);
  fflush (stdout);
}
