/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "jobs/cs-owner.h"

#include "cs-test.h"

#include "core/cs-error.h"
#include "core/cs-id.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cs-test-owner-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  cs_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static char *
build_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
test_life (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CsOwner *owner = cs_owner_new (fixture->folder, &error);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  name = g_strdup (cs_owner_get_name (owner));
  path = build_path (fixture, name);
  g_assert_true (cs_id_is_valid (name));
  g_assert_true (cs_owner_is_alive (fixture->folder, name));
  g_assert_true (cs_owner_is_alive (fixture->folder, name)); /* asking changes nothing */
  cs_owner_sweep (fixture->folder);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  cs_owner_free (owner);
  g_assert_false (cs_owner_is_alive (fixture->folder, name));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_strange_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = cs_id_new ();

  g_assert_false (cs_owner_is_alive (fixture->folder, id));
  g_assert_false (cs_owner_is_alive (fixture->folder, ""));
  g_assert_false (cs_owner_is_alive (fixture->folder, "../../etc/passwd"));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "nowhere");
  g_autoptr (GError) error = NULL;
  g_autoptr (CsOwner) owner = cs_owner_new (path, &error);

  g_assert_null (owner);
  g_assert_true (error->domain == CS_ERROR);
}

/* Another process that owns a name, tells it and waits. */
static pid_t
start_owner (Fixture *fixture, char name[CS_ID_LENGTH + 1])
{
  int pipe_fds[2];
  pid_t pid;

  g_assert_cmpint (pipe (pipe_fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      CsOwner *owner = cs_owner_new (fixture->folder, NULL);

      prctl (PR_SET_PDEATHSIG, SIGKILL);
      if (owner == NULL || write (pipe_fds[1], cs_owner_get_name (owner), CS_ID_LENGTH) != CS_ID_LENGTH)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (read (pipe_fds[0], name, CS_ID_LENGTH), ==, CS_ID_LENGTH);
  name[CS_ID_LENGTH] = '\0';
  close (pipe_fds[0]);
  close (pipe_fds[1]);
  return pid;
}

static void
end_owner (pid_t pid)
{
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

/* Killed without a chance to clean up, its file stays but its lock is free: dead. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  char name[CS_ID_LENGTH + 1];
  pid_t pid = start_owner (fixture, name);
  g_autofree char *path = build_path (fixture, name);

  g_assert_true (cs_owner_is_alive (fixture->folder, name));
  end_owner (pid);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (cs_owner_is_alive (fixture->folder, name));
  cs_owner_sweep (fixture->folder);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsOwner) owner = cs_owner_new (fixture->folder, NULL);
  char name[CS_ID_LENGTH + 1];
  pid_t pid;

  g_assert_true (cs_owner_is_alone (fixture->folder, cs_owner_get_name (owner)));
  pid = start_owner (fixture, name);
  g_assert_false (cs_owner_is_alone (fixture->folder, cs_owner_get_name (owner)));
  end_owner (pid);
  g_assert_true (cs_owner_is_alone (fixture->folder, cs_owner_get_name (owner)));
}

/* A process without a free file descriptor knows nothing about anybody, and must not take his jobs. */
static void
test_no_descriptors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CsOwner) owner = cs_owner_new (fixture->folder, NULL);
  struct rlimit before;
  struct rlimit none;
  gboolean is_alive;
  int fd;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  fd = dup (0);
  close (fd);
  none = before;
  none.rlim_cur = fd;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  is_alive = cs_owner_is_alive (fixture->folder, cs_owner_get_name (owner));
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_assert_true (is_alive);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/owner/life", test_life);
  add ("/owner/strange-names", test_strange_names);
  add ("/owner/no-folder", test_no_folder);
  add ("/owner/killed", test_killed);
  add ("/owner/alone", test_alone);
  add ("/owner/no-descriptors", test_no_descriptors);
  return g_test_run ();
}
