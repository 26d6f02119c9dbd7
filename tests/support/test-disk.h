/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small disk of its own, for tests of full and read-only disks. Only in a g_test_trap_subprocess(). */
#pragma once

#include <fcntl.h>
#include <glib.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

static inline gboolean
test_disk_write_text (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean written = fd >= 0 && write (fd, text, strlen (text)) == (ssize_t) strlen (text);

  if (fd >= 0)
    close (fd);
  return written;
}

/* Leaves the mounts of the machine alone: what is mounted from here on is seen by this process only. */
static inline gboolean
test_disk_enter (void)
{
  g_autofree char *map = g_strdup_printf ("0 %d 1", (int) getuid ());

  if (unshare (CLONE_NEWNS) != 0)
    {
      if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0 || !test_disk_write_text ("/proc/self/uid_map", map))
        return FALSE;
    }
  return mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/* A disk of @size_kb; FALSE where this is not allowed. */
static inline gboolean
test_disk_mount (const char *folder, int size_kb)
{
  g_autofree char *options = g_strdup_printf ("size=%dk,mode=0700", size_kb);

  return test_disk_enter () && mount ("test", folder, "tmpfs", 0, options) == 0;
}

static inline gboolean
test_disk_make_read_only (const char *folder)
{
  return mount (NULL, folder, NULL, MS_REMOUNT | MS_RDONLY, NULL) == 0;
}

/* Runs the rest of this test case in another process; TRUE in that process. */
static inline gboolean
test_disk_in_plain_subprocess (void)
{
  if (g_test_subprocess ())
    return TRUE;
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  return FALSE;
}

/* Whether this user may have a disk of his own here. */
static inline gboolean
test_disk_is_allowed (void)
{
  pid_t child = fork ();
  int status = 1;

  if (child == 0)
    _exit (test_disk_mount ("/tmp", 64) ? 0 : 1);
  return child > 0 && waitpid (child, &status, 0) == child && status == 0;
}

/* As test_disk_in_plain_subprocess(); skips the test where there are no disks to be had. */
static inline gboolean
test_disk_in_subprocess (void)
{
  if (!g_test_subprocess () && !test_disk_is_allowed ())
    {
      g_test_skip ("no disks of one's own here");
      return FALSE;
    }
  return test_disk_in_plain_subprocess ();
}
