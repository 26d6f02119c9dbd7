/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A full disk, a broken or newer database, folders that cannot be used: said in words, and nothing half made
 * is left.
 */
#include "config.h"

#include "cli-support.h"

#include "core/cs-json.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/*
 * Runs the program ($1...) with a disk of its own of $SIZE at $ROOM, of which $FILL bytes are taken, and
 * lists what is left.
 */
#define SMALL_DISK                                                                                           \
  "exec unshare -rm sh -c 'mount -t tmpfs -o size=$SIZE tmpfs \"$ROOM\" || exit 99;"                         \
  " head -c $FILL /dev/zero >\"$ROOM/filler\"; \"$@\"; code=$?; rm -f \"$ROOM/filler\";"                     \
  " find \"$ROOM\" -type f -printf \"left: %P\\n\" >&2; exit $code' sh \"$@\""

static gboolean
has_small_disks (void)
{
  const char *probe[] = { "unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt", NULL };
  g_autofree char *program = g_find_program_in_path ("unshare");
  g_autoptr (CsTestRun) run = program != NULL ? cs_test_run (probe, NULL, 10) : NULL;

  if (run != NULL && run->exit_status == 0)
    return TRUE;
  g_test_skip ("No small file system can be mounted here");
  return FALSE;
}

/* The copy does not fit: the creation is kept, and no part of the copy is there. */
static void
test_disk_full_output (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *room = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (room, "lake.png", NULL);
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) list = NULL;

  if (!has_small_disks ())
    return;
  g_setenv ("ROOM", room, TRUE);
  g_setenv ("SIZE", "64k", TRUE);
  g_setenv ("FILL", "65536", TRUE);
  answer = cli_answer_new (
      cli_run_in_shell (SMALL_DISK, "image", "a city at night", "-o", target, "--json", NULL));
  list = cli_ask (NULL, "library", "list", NULL);
  cli_assert_code (answer, 1, "disk_full");
  g_assert_nonnull (cs_json_get_string (answer->document, "id", NULL));
  g_assert_null (strstr (answer->run->err, "left:"));
  g_assert_cmpuint (cli_get_length (list, "creations"), ==, 1);
  g_assert_cmpint (g_rmdir (room), ==, 0);
}

/* No room for what is made: the job is kept for a better day. */
static void
test_disk_full_home (void)
{
  g_autofree char *room = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autoptr (CliAnswer) answer = NULL;
  g_autofree char *before = g_strdup (g_getenv ("CREATIVE_STUDIO_HOME"));

  if (!has_small_disks ())
    return;
  g_setenv ("CREATIVE_STUDIO_HOME", room, TRUE);
  g_setenv ("ROOM", room, TRUE);
  g_setenv ("SIZE", "1m", TRUE);
  g_setenv ("FILL", "0", TRUE);
  answer = cli_answer_new (
      cli_run_in_shell (SMALL_DISK, "video", "a city at night", "--duration", "10", "--json", NULL));
  cli_assert_code (answer, 1, "disk_full");
  g_assert_null (strstr (answer->run->err, "left: creations/"));
  g_assert_cmpint (g_rmdir (room), ==, 0);
  if (before != NULL)
    g_setenv ("CREATIVE_STUDIO_HOME", before, TRUE);
  else
    g_unsetenv ("CREATIVE_STUDIO_HOME");
}

static void
test_corrupt_database (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *database = cs_test_home_build (home, "studio.db");
  g_autofree char *before = g_strnfill (8192, 'x');
  g_autofree char *after = NULL;
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) list = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (database, before, 8192, NULL));
  answer = cli_ask (NULL, "image", "a lake", NULL);
  list = cli_ask (NULL, "library", "list", NULL);
  cli_assert_code (answer, 1, "corrupt");
  cli_assert_code (list, 1, "corrupt");
  /* What is broken is left as it is, for whoever can mend it. */
  g_assert_true (g_file_get_contents (database, &after, &length, NULL));
  g_assert_cmpmem (after, length, before, 8192);
}

static void
test_newer_database (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *path = cs_test_home_build (home, "studio.db");
  g_autoptr (CliAnswer) made = cli_ask (NULL, "jobs", "list", NULL);
  g_autoptr (CliAnswer) answer = NULL;
  sqlite3 *database = NULL;

  cli_assert_code (made, 0, NULL);
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "PRAGMA user_version = 9999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
  answer = cli_ask (NULL, "image", "a lake", NULL);
  cli_assert_code (answer, 1, "newer");
}

static void
test_unusable_home (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autofree char *file = cs_test_home_build (home, "file");
  g_autofree char *below = cs_test_home_build (home, "file/studio");
  g_autofree char *outer = g_strdup (home->path);
  g_autoptr (CliAnswer) answer = NULL;
  g_autoptr (CliAnswer) system = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_setenv ("CREATIVE_STUDIO_HOME", below, TRUE);
  answer = cli_ask (NULL, "image", "a lake", NULL);
  g_setenv ("CREATIVE_STUDIO_HOME", "/proc/creative-studio", TRUE);
  system = cli_ask (NULL, "jobs", "list", NULL);
  g_setenv ("CREATIVE_STUDIO_HOME", outer, TRUE);
  cli_assert_code (answer, 2, "not_writable");
  cli_assert_code (system, 2, "not_writable");
}

/* Without HOME the user's record says where home is; here it is told by XDG, to keep out of the real one. */
static void
test_no_home (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) answer = cli_answer_new (
      cli_run_in_shell ("H=$CREATIVE_STUDIO_HOME; unset HOME CREATIVE_STUDIO_HOME;"
                        " XDG_DATA_HOME=$H/d XDG_CACHE_HOME=$H/c XDG_STATE_HOME=$H/s exec \"$@\"",
                        "deck", "a lake", "--json", NULL));
  g_autofree char *file = cli_dup_text (answer, "file");

  cli_assert_code (answer, 0, NULL);
  g_assert_true (g_str_has_prefix (file, home->path));
}

/* An answer that nobody can read is a failure too. */
static void
test_stdout_full (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CsTestRun) full = cli_run_in_shell ("exec \"$@\" >/dev/full", "write", "a cat", NULL);
  g_autoptr (CsTestRun) closed = cli_run_in_shell ("exec \"$@\" 2>&-", "write", "a cat", NULL);
  g_autoptr (CsTestRun) reader = cli_run_in_shell ("\"$@\" 2>&1 | true", "deck", "a lake", NULL);
  g_autoptr (CliAnswer) list = cli_ask (NULL, "library", "list", NULL);

  g_assert_cmpint (full->exit_status, ==, 1);
  g_assert_cmpstr (full->err, !=, "");
  g_assert_cmpint (closed->exit_status, ==, 0);
  g_assert_cmpint (reader->exit_status, ==, 0);
  /* Whoever stops reading does not stop what is made. */
  g_assert_cmpuint (cli_get_length (list, "creations"), ==, 1);
}

/* Started without streams, it neither prints into its own files nor takes them for its input. */
static void
test_closed_streams (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CsTestRun) words = cli_run_in_shell ("exec \"$@\" 2>&-", "deck", "a lake", NULL);
  g_autoptr (CsTestRun) all = cli_run_in_shell ("exec \"$@\" <&- >&- 2>&-", "deck", "a hill", NULL);
  g_autoptr (CsTestRun) input = cli_run_in_shell ("exec \"$@\" <&-", "write", "-", NULL);
  g_autoptr (CliAnswer) check = cli_ask (NULL, "library", "check", NULL);

  g_assert_cmpint (words->exit_status, ==, 0);
  g_assert_cmpint (all->exit_status, ==, 1);
  g_assert_cmpint (input->exit_status, ==, 1);
  cli_assert_code (check, 0, NULL);
  g_assert_cmpint (cs_json_get_int (check->document, "checked", 0), ==, 2);
}

/* A limit of file sizes is a full disk by another name. */
static void
test_file_size_limit (void)
{
  g_autoptr (CsTestHome) home = cs_test_home_new ();
  g_autoptr (CliAnswer) first = cli_ask (NULL, "deck", "a lake", NULL);
  g_autofree char *id = cli_dup_text (first, "id");
  g_autofree char *folder = g_dir_make_tmp ("cs-cli-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (folder, "copy.html", NULL);
  g_autoptr (CliAnswer) answer = cli_answer_new (
      cli_run_in_shell ("ulimit -f 0; exec \"$@\"", "library", "export", id, "-o", target, "--json", NULL));

  g_assert_cmpint (answer->run->exit_status, >, 0);
  g_assert_nonnull (cs_json_get_object (answer->document, "error"));
  g_assert_cmpuint (cli_count_files (folder), ==, 0);
  cs_test_remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/trouble/disk-full-output", test_disk_full_output);
  g_test_add_func ("/cli/trouble/disk-full-home", test_disk_full_home);
  g_test_add_func ("/cli/trouble/corrupt-database", test_corrupt_database);
  g_test_add_func ("/cli/trouble/newer-database", test_newer_database);
  g_test_add_func ("/cli/trouble/unusable-home", test_unusable_home);
  g_test_add_func ("/cli/trouble/no-home", test_no_home);
  g_test_add_func ("/cli/trouble/stdout-full", test_stdout_full);
  g_test_add_func ("/cli/trouble/closed-streams", test_closed_streams);
  g_test_add_func ("/cli/trouble/file-size-limit", test_file_size_limit);
  return g_test_run ();
}
