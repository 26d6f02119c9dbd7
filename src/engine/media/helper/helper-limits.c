/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits that the helper puts on itself before it looks at a single byte. */
#include "config.h"
#include "media/helper/helper.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void
limit (int what, rlim_t value)
{
  struct rlimit old;
  struct rlimit new = { value, value };

  if (getrlimit (what, &old) == 0 && old.rlim_max != RLIM_INFINITY && old.rlim_max < value)
    new = (struct rlimit) { old.rlim_max, old.rlim_max };
  setrlimit (what, &new);
}

/* Who started us holds the other end of our standard input: when it is closed, by whatever cause, a signal ends us. */
static void
end_with_caller (void)
{
  struct pollfd line = { .fd = STDIN_FILENO };
  struct stat info;

  if (fstat (STDIN_FILENO, &info) != 0 || !S_ISFIFO (info.st_mode))
    return;
  signal (SIGIO, SIG_DFL);
  fcntl (STDIN_FILENO, F_SETOWN, getpid ());
  fcntl (STDIN_FILENO, F_SETFL, O_ASYNC | O_NONBLOCK);
  if (poll (&line, 1, 0) == 1 && (line.revents & POLLHUP) != 0)
    exit (1);
}

/**
 * helper_set_limits:
 *
 * Memory, processor time, time, size of files, open files; no core, no new privileges, not to be looked into, and gone
 * with its parent. AddressSanitizer needs more address space than exists, and its leak check looks into the process: those
 * two limits are left out in a build with it.
 */
void
helper_set_limits (void)
{
  end_with_caller ();
  alarm (HELPER_SECONDS + 2);
  limit (RLIMIT_CPU, HELPER_SECONDS);
  limit (RLIMIT_FSIZE, 64 * 1024 * 1024);
  limit (RLIMIT_NOFILE, 256);
  limit (RLIMIT_CORE, 0);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#ifndef __SANITIZE_ADDRESS__
  limit (RLIMIT_AS, G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  /* Each thread's own heap would reserve 64 MiB of the address space. */
  mallopt (M_ARENA_MAX, 2);
}
