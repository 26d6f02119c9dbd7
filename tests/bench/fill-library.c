/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fill-library N: puts N creations with pictures into the studio of CREATIVE_STUDIO_HOME. */
#include "config.h"

#include "cs-bench-window.h"

#include <stdlib.h>

int
main (int argc, char **argv)
{
  CsBenchWindow *self = cs_bench_window_open (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (argc, ==, 2);
  cs_bench_window_fill (self, (guint) atoi (argv[1]));
  cs_engine_close_async (self->engine, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_engine_close_finish (self->engine, result, &error);
  g_assert_no_error (error);
  return 0;
}
