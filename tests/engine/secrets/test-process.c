/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process does first of all, so that no key leaves it by the back door. */
#include "config.h"

#include "cs-engine.h"

#include <sys/resource.h>

/* In a process of its own: it cannot be undone. */
static gboolean
in_subprocess (void)
{
  if (g_test_subprocess ())
    return TRUE;
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  return FALSE;
}

/* Neither a file nor a program that collects crashes gets the memory. */
static void
test_no_core (void)
{
  struct rlimit before;
  struct rlimit after;

  if (!in_subprocess ())
    return;
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &before), ==, 0);
  cs_engine_set_up_process ();
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &after), ==, 0);
  g_assert_cmpuint (after.rlim_max, ==, before.rlim_max >= 1 ? 1 : 0);
  g_assert_cmpuint (after.rlim_cur, ==, after.rlim_max);
}

static void
test_no_variable (void)
{
  if (!in_subprocess ())
    return;
  g_setenv ("PIAPI_KEY", "canary-key-0123456789", TRUE);
  g_setenv ("CREATIVE_STUDIO_KEY_CODE", "canary-key-0123456789", TRUE);
  cs_engine_set_up_process ();
  g_assert_null (g_getenv ("PIAPI_KEY"));
  g_assert_null (g_getenv ("CREATIVE_STUDIO_KEY_CODE"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise-5/process/no-core", test_no_core);
  g_test_add_func ("/promise-5/process/no-variable", test_no_variable);
  return g_test_run ();
}
