/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "core/cs-file.h"
#include "tests/support/test-disk.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  char *file;  /* does not exist yet */
  char *other; /* nor does this */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("cs-file-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->file = g_build_filename (fixture->folder, "film.mp4", NULL);
  fixture->other = g_build_filename (fixture->folder, "copy.mp4", NULL);
}

static int
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  int n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    umount2 (fixture->folder, MNT_DETACH);
  g_unlink (fixture->file);
  g_unlink (fixture->other);
  /* every test leaves its folder empty but for these two: no drafts */
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->file);
  g_free (fixture->other);
}

static void
assert_content (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = cs_file_read (path, 100, &length, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (text, length, expected, strlen (expected));
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (cs_file_write (fixture->file, "one", 3, FALSE, &error));
  g_assert_no_error (error);
  assert_content (fixture->file, "one");
  g_assert_cmpint (stat (fixture->file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);

  g_assert_false (cs_file_write (fixture->file, "two", 3, FALSE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "film.mp4"));
  assert_content (fixture->file, "one");
  g_clear_error (&error);

  g_assert_true (cs_file_write (fixture->file, "three", 5, TRUE, &error));
  assert_content (fixture->file, "three");
  g_assert_true (cs_file_write (fixture->other, NULL, 0, FALSE, &error));
  assert_content (fixture->other, "");
  g_assert_no_error (error);
}

static void
test_write_nowhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "none", "film.mp4", NULL);
  g_autofree char *below_file = g_build_filename (fixture->other, "film.mp4", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_file_write (fixture->other, "x", 1, FALSE, NULL));
  g_assert_false (cs_file_write (missing, "x", 1, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_clear_error (&error);
  g_assert_false (cs_file_write (below_file, "x", 1, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_clear_error (&error);
  g_assert_false (cs_file_write (fixture->folder, "x", 1, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
}

/* The old file stays as it was, and nothing else is left behind. */
static void
test_write_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_strnfill (200000, 'x');

  if (!test_disk_in_subprocess ())
    return;
  g_assert_true (test_disk_mount (fixture->folder, 64));
  g_assert_true (cs_file_write (fixture->file, "old", 3, FALSE, &error));
  g_assert_false (cs_file_write (fixture->file, large, 200000, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_DISK_FULL);
  g_assert_nonnull (strstr (error->message, "film.mp4"));
  assert_content (fixture->file, "old");
  g_assert_cmpint (count_files (fixture->folder), ==, 1);
}

static void
test_copy_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = g_build_filename (g_get_tmp_dir (), "cs-file-source-XXXXXX", NULL);
  g_autofree char *large = g_strnfill (200000, 'x');
  g_autoptr (GError) error = NULL;

  if (!test_disk_in_subprocess ())
    return;
  g_assert_true (test_disk_mount (fixture->folder, 64));
  close (g_mkstemp (source));
  g_assert_true (cs_file_write (source, large, 200000, TRUE, NULL));
  g_assert_false (cs_file_copy (source, fixture->file, FALSE, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_assert_false (cs_file_move (source, fixture->file, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_DISK_FULL);
  g_assert_true (g_file_test (source, G_FILE_TEST_EXISTS));
  g_assert_cmpint (count_files (fixture->folder), ==, 0);
  g_unlink (source);
}

/* From one disk to another there is no renaming. */
static void
test_move_across (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = g_build_filename (g_get_tmp_dir (), "cs-file-source-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;

  if (!test_disk_in_subprocess ())
    return;
  g_assert_true (test_disk_mount (fixture->folder, 64));
  close (g_mkstemp (source));
  g_assert_true (cs_file_write (source, "film", 4, TRUE, NULL));
  g_assert_true (cs_file_write (fixture->other, "old", 3, FALSE, NULL));
  g_assert_false (cs_file_move (source, fixture->other, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_EXISTS);
  assert_content (fixture->other, "old");
  g_clear_error (&error);
  g_assert_true (cs_file_move (source, fixture->file, &error));
  g_assert_no_error (error);
  assert_content (fixture->file, "film");
  g_assert_false (g_file_test (source, G_FILE_TEST_EXISTS));
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!test_disk_in_subprocess ())
    return;
  g_assert_true (test_disk_mount (fixture->folder, 64));
  g_assert_true (cs_file_write (fixture->file, "old", 3, FALSE, NULL));
  g_assert_true (test_disk_make_read_only (fixture->folder));
  g_assert_false (cs_file_write (fixture->file, "new", 3, TRUE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_clear_error (&error);
  g_assert_false (cs_file_move (fixture->file, fixture->other, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_clear_error (&error);
  g_assert_false (cs_file_check_target (fixture->other, FALSE, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_assert_nonnull (strstr (error->message, fixture->folder));
  assert_content (fixture->file, "old");
}

/* A file larger than the file system takes. */
static void
test_write_limit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (200000, 'x');
  g_autoptr (GError) error = NULL;
  struct rlimit limit = { 65536, RLIM_INFINITY };

  if (!test_disk_in_plain_subprocess ())
    return;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (cs_file_write (fixture->file, large, 200000, FALSE, &error));
  limit.rlim_cur = RLIM_INFINITY;
  setrlimit (RLIMIT_FSIZE, &limit);
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_assert_cmpint (count_files (fixture->folder), ==, 0);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  const gsize length = 3000001;
  g_autofree char *large = g_malloc (length);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  goffset size = 0;

  for (gsize i = 0; i < length; i++)
    large[i] = i * 7 + (i >> 8);
  g_assert_true (cs_file_write (fixture->file, large, length, FALSE, &error));
  g_assert_true (cs_file_copy (fixture->file, fixture->other, FALSE, NULL, &error));
  g_assert_no_error (error);
  first = cs_file_hash (fixture->file, NULL, NULL, &error);
  second = cs_file_hash (fixture->other, &size, NULL, &error);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (size, ==, length);

  g_assert_false (cs_file_copy (fixture->file, fixture->other, FALSE, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (cs_file_write (fixture->file, "short", 5, TRUE, &error));
  g_assert_true (cs_file_copy (fixture->file, fixture->other, TRUE, NULL, &error));
  assert_content (fixture->other, "short");
}

static void
test_copy_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (cs_file_copy (fixture->file, fixture->other, FALSE, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (cs_file_copy (fixture->folder, fixture->other, FALSE, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_clear_error (&error);

  g_assert_true (cs_file_write (fixture->file, "x", 1, FALSE, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (cs_file_copy (fixture->file, fixture->other, FALSE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->other, G_FILE_TEST_EXISTS));
}

static void
test_move (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_file_write (fixture->file, "film", 4, FALSE, &error));
  g_assert_true (cs_file_move (fixture->file, fixture->other, &error));
  g_assert_no_error (error);
  assert_content (fixture->other, "film");
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
  g_assert_false (cs_file_move (fixture->file, fixture->other, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (cs_file_write (fixture->file, "new", 3, FALSE, NULL));
  g_assert_false (cs_file_move (fixture->file, fixture->other, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_EXISTS);
  assert_content (fixture->file, "new");
  assert_content (fixture->other, "film");
}

static void
test_hash (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  goffset size = -1;

  g_assert_true (cs_file_write (fixture->file, "abc", 3, FALSE, &error));
  hash = cs_file_hash (fixture->file, &size, NULL, &error);
  g_assert_cmpstr (hash, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpint (size, ==, 3);
  g_cancellable_cancel (cancellable);
  g_assert_null (cs_file_hash (fixture->file, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (cs_file_hash (fixture->other, NULL, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cs_file_hash (fixture->folder, NULL, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
}

/* A pipe that nobody writes to must not hold anything up. */
static void
test_hash_pipe (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (fixture->file, 0600), ==, 0);
  g_assert_null (cs_file_hash (fixture->file, NULL, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  g_assert_true (cs_file_write (fixture->file, "a\0bcd", 5, FALSE, NULL));
  text = cs_file_read (fixture->file, 5, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text, length, "a\0bcd", 5);
  g_assert_cmpint (text[5], ==, '\0');
  g_assert_null (cs_file_read (fixture->file, 4, &length, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (cs_file_read (fixture->other, 4, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cs_file_read (fixture->folder, 4, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (cs_file_read ("/dev/zero", 1000000, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_TOO_LARGE);
}

static void
assert_target (const char *path, gboolean replace, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean good = cs_file_check_target (path, replace, &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (good);
      return;
    }
  g_assert_false (good);
  g_assert_error (error, CS_ERROR, code);
}

static void
test_target (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "none", "film.mp4", NULL);
  g_autofree char *slash = g_strconcat (fixture->file, "/", NULL);
  g_autofree char *below = g_build_filename (fixture->file, "film.mp4", NULL);

  assert_target (fixture->file, FALSE, -1);
  assert_target (fixture->file, TRUE, -1);
  assert_target ("film-that-is-not-there.mp4", FALSE, -1);
  assert_target ("", FALSE, CS_ERROR_INVALID_VALUE);
  assert_target (slash, FALSE, CS_ERROR_NOT_WRITABLE);
  assert_target (missing, TRUE, CS_ERROR_NOT_WRITABLE);
  assert_target (fixture->folder, TRUE, CS_ERROR_NOT_WRITABLE);
  assert_target ("/dev/null", TRUE, CS_ERROR_NOT_WRITABLE);
  g_assert_true (cs_file_write (fixture->file, "x", 1, FALSE, NULL));
  assert_target (fixture->file, FALSE, CS_ERROR_EXISTS);
  assert_target (fixture->file, TRUE, -1);
  assert_target (below, TRUE, CS_ERROR_NOT_WRITABLE);
}

static void
test_sync_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (cs_file_sync_folder (fixture->folder, &error));
  g_assert_no_error (error);
  g_assert_false (cs_file_sync_folder (fixture->file, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/file/write", test_write);
  ADD ("/file/write-nowhere", test_write_nowhere);
  ADD ("/file/write-full", test_write_full);
  ADD ("/file/write-limit", test_write_limit);
  ADD ("/file/copy", test_copy);
  ADD ("/file/copy-full", test_copy_full);
  ADD ("/file/copy-refuses", test_copy_refuses);
  ADD ("/file/move", test_move);
  ADD ("/file/move-across", test_move_across);
  ADD ("/file/read-only", test_read_only);
  ADD ("/file/hash", test_hash);
  ADD ("/file/hash-pipe", test_hash_pipe);
  ADD ("/file/read", test_read);
  ADD ("/file/target", test_target);
  ADD ("/file/sync-folder", test_sync_folder);
  return g_test_run ();
}
