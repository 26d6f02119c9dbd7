/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events between processes: a command line works beside `serve`, and whoever listens to that hears of it; also after it was
 * ended and started again. */
#include "config.h"

#include "serve-support.h"
#include "server-listener.h"

#include <signal.h>

static char *
make_picture (const char *prompt)
{
  g_autoptr (CliAnswer) answer = cli_ask (NULL, "image", prompt, "--provider", "sketch", NULL);

  cli_assert_code (answer, 0, NULL);
  return cli_dup_text (answer, "id");
}

static void
test_beside (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (Serve) serve = serve_start (home, NULL);
  Listener *one = listener_new (&serve->fixture);
  Listener *two = listener_new (&serve->fixture);
  g_autofree char *first = make_picture ("a boat");
  g_autofree char *missed = NULL;
  g_autofree char *last = NULL;
  g_autoptr (Serve) again = NULL;
  g_autoptr (Listener) back = NULL;

  listener_wait_for_job (one, first, "done");
  listener_wait_for_creation (one, first);
  listener_wait_for_creation (two, first);
  last = listener_dup_last_id (one);
  g_assert_cmpint (serve_end (serve, SIGTERM), ==, 0);
  listener_wait_over (one);
  listener_wait_over (two);
  missed = make_picture ("a tree");
  again = serve_start (home, NULL);
  back = listener_new_with (&again->fixture, "events", "Last-Event-ID", last);
  listener_wait_for_job (back, missed, "done");
  listener_wait_for_creation (back, missed);
  g_assert_cmpuint (listener_count (back, "event: job"), ==, 1); /* once, as it stands now */
  g_assert_cmpuint (listener_count (back, first), ==, 0);
  listener_free (one);
  listener_free (two);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve/events/beside", test_beside);
  return g_test_run ();
}
