/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The probe where the helper or its sandbox is not what it should be. */
#include "config.h"
#include "core/cs-error.h"
#include "probe-support.h"

#include <locale.h>
#include <sys/stat.h>

/* Without the helper it says what is missing. */
static void
test_no_helper (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = NULL;

  if (g_test_subprocess ())
    {
      /* Not the folder of the build, nor beside this program. */
      g_unsetenv ("CREATIVE_STUDIO_MEDIA_HELPER_DIR");
      save_picture (self, 64, 32, "png");
      info = probe (self, FALSE, &error);
      if (info == NULL)
        g_assert_error (error, CS_ERROR, CS_ERROR_UNAVAILABLE);
      return;
    }
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Without bubblewrap the helper runs by itself. */
static void
test_no_sandbox (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = NULL;

  if (g_test_subprocess ())
    {
      g_setenv ("PATH", self->folder, TRUE);
      save_picture (self, 64, 32, "png");
      info = probe (self, TRUE, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->width, ==, 64);
      g_assert_true (g_file_test (self->thumbnail, G_FILE_TEST_EXISTS));
      return;
    }
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* A sandbox that does not start is not asked again, and nobody notices. */
static void
test_broken_sandbox (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsMediaInfo) info = NULL;

  if (g_test_subprocess ())
    {
      g_autofree char *fake = g_build_filename (self->folder, "bwrap", NULL);

      test_write (fake, "#!/bin/sh\nexit 1\n", 17);
      g_assert_no_errno (chmod (fake, 0700));
      g_setenv ("PATH", self->folder, TRUE);
      save_picture (self, 64, 32, "png");
      info = probe (self, FALSE, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->width, ==, 64);
      return;
    }
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

#define ADD(name, function) g_test_add ("/media/helper/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("no-helper", test_no_helper);
  ADD ("no-sandbox", test_no_sandbox);
  ADD ("broken-sandbox", test_broken_sandbox);
  return g_test_run ();
}
