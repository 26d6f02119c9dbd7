/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"

#include <gio/gio.h>

/* Every code has a word and an exit code, and every word its code. */
static void
test_slugs (void)
{
  for (int code = 0; code < CS_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (CS_ERROR, code, "x");
      CsError back;

      g_assert_nonnull (cs_error_code_get_slug (code));
      g_assert_true (cs_error_code_from_slug (cs_error_code_get_slug (code), &back));
      g_assert_cmpint (back, ==, code);
      g_assert_cmpint (cs_error_get_exit_code (error), >, 0);
      g_assert_cmpint (cs_error_get_exit_code (error), <=, 8);
    }
}

static void
assert_from_io (GQuark domain, int code, CsError expected)
{
  g_autoptr (GError) error = cs_error_from_io (g_error_new_literal (domain, code, "cause"), "film.mp4");

  g_assert_error (error, CS_ERROR, (int) expected);
  g_assert_nonnull (g_strstr_len (error->message, -1, "film.mp4"));
}

static void
test_from_io (void)
{
  g_autoptr (GError) cancelled = NULL;

  assert_from_io (G_IO_ERROR, G_IO_ERROR_NO_SPACE, CS_ERROR_DISK_FULL);
  assert_from_io (G_FILE_ERROR, G_FILE_ERROR_NOSPC, CS_ERROR_DISK_FULL);
  assert_from_io (G_IO_ERROR, G_IO_ERROR_READ_ONLY, CS_ERROR_NOT_WRITABLE);
  assert_from_io (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, CS_ERROR_NOT_WRITABLE);
  assert_from_io (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, CS_ERROR_NOT_FOUND);
  assert_from_io (G_IO_ERROR, G_IO_ERROR_FAILED, CS_ERROR_FAILED);
  cancelled = cs_error_from_io (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x"), "y");
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (cs_error_get_exit_code (cancelled), ==, 8);
  g_assert_cmpstr (cs_error_get_slug (cancelled), ==, "cancelled");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/slugs", test_slugs);
  g_test_add_func ("/error/from-io", test_from_io);
  return g_test_run ();
}
