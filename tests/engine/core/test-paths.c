/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "core/cs-paths.h"
#include "tests/support/cs-test.h"
#include "tests/support/test-disk.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* A folder that goes with the variable that names it. */
typedef char TestFolder;

static void
test_folder_free (TestFolder *path)
{
  cs_test_remove_tree (path);
  g_free (path);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)

static void
assert_private_folder (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_true (S_ISDIR (info.st_mode));
  g_assert_cmpint (info.st_mode & 07777, ==, 0700);
}

static void
assert_below (const char *path, const char *folder, const char *name)
{
  g_autofree char *expected = g_build_filename (folder, name, NULL);

  g_assert_cmpstr (path, ==, expected);
}

static void
test_home (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestFolder) folder = g_dir_make_tmp ("cs-paths-XXXXXX", NULL);
  g_autofree char *home = g_build_filename (folder, "new", "home", NULL);
  g_autoptr (CsPaths) paths = cs_paths_new_for_home (home, &error);

  g_assert_no_error (error);
  assert_below (cs_paths_get_database (paths), home, "studio.db");
  assert_below (cs_paths_get_creations (paths), home, "creations");
  assert_below (cs_paths_get_thumbnails (paths), home, "thumbnails");
  assert_below (cs_paths_get_state (paths), home, "state");
  assert_below (cs_paths_get_owners (paths), home, "state/owners");
  assert_below (cs_paths_get_work (paths), home, "state/work");
  assert_below (cs_paths_get_backups (paths), home, "state/backups");
  assert_below (cs_paths_get_logs (paths), home, "logs");
  assert_private_folder (home);
  assert_private_folder (cs_paths_get_creations (paths));
  assert_private_folder (cs_paths_get_thumbnails (paths));
  assert_private_folder (cs_paths_get_owners (paths));
  assert_private_folder (cs_paths_get_work (paths));
  assert_private_folder (cs_paths_get_backups (paths));
  assert_private_folder (cs_paths_get_logs (paths));
  g_assert_false (g_file_test (cs_paths_get_database (paths), G_FILE_TEST_EXISTS));
}

static void
test_environment (void)
{
  g_autoptr (TestFolder) home = g_dir_make_tmp ("cs-paths-XXXXXX", NULL);
  g_autoptr (CsPaths) own = NULL;
  g_autoptr (CsPaths) user = NULL;
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "creative-studio", NULL);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "creative-studio", NULL);
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "creative-studio", NULL);

  g_setenv ("CREATIVE_STUDIO_HOME", home, TRUE);
  own = cs_paths_new (NULL);
  assert_below (cs_paths_get_database (own), home, "studio.db");

  g_setenv ("CREATIVE_STUDIO_HOME", "", TRUE);
  user = cs_paths_new (NULL);
  assert_below (cs_paths_get_database (user), data, "studio.db");
  assert_below (cs_paths_get_creations (user), data, "creations");
  assert_below (cs_paths_get_thumbnails (user), cache, "thumbnails");
  assert_below (cs_paths_get_backups (user), state, "backups");
  assert_below (cs_paths_get_logs (user), state, "logs");
  g_unsetenv ("CREATIVE_STUDIO_HOME");
}

/* Folders that are there keep their mode: somebody may have meant it. */
static void
test_existing (void)
{
  g_autoptr (TestFolder) home = g_dir_make_tmp ("cs-paths-XXXXXX", NULL);
  g_autofree char *creations = g_build_filename (home, "creations", NULL);
  g_autoptr (CsPaths) paths = NULL;
  struct stat info;

  g_assert_cmpint (g_mkdir (creations, 0755), ==, 0);
  g_assert_cmpint (chmod (creations, 0755), ==, 0);
  paths = cs_paths_new_for_home (home, NULL);
  g_assert_nonnull (paths);
  g_assert_cmpint (stat (creations, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0755);
}

static void
test_relative (void)
{
  g_autoptr (CsPaths) paths = NULL;
  g_autoptr (TestFolder) folder = g_dir_make_tmp ("cs-paths-XXXXXX", NULL);
  g_autofree char *before = g_get_current_dir ();

  g_assert_cmpint (g_chdir (folder), ==, 0);
  paths = cs_paths_new_for_home ("./here", NULL);
  g_assert_cmpint (g_chdir (before), ==, 0);
  assert_below (cs_paths_get_creations (paths), folder, "here/creations");
}

static void
test_below_file (void)
{
  g_autoptr (TestFolder) folder = g_dir_make_tmp ("cs-paths-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *home = g_build_filename (file, "home", NULL);
  g_autofree char *creations = g_build_filename (folder, "creations", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_null (cs_paths_new_for_home (home, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_assert_nonnull (strstr (error->message, home));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (creations, "x", 1, NULL));
  g_assert_null (cs_paths_new_for_home (folder, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_assert_nonnull (strstr (error->message, creations));
}

static void
test_read_only (void)
{
  g_autoptr (TestFolder) folder = NULL;
  g_autofree char *home = NULL;
  g_autoptr (GError) error = NULL;

  if (!test_disk_in_subprocess ())
    return;
  folder = g_dir_make_tmp ("cs-paths-XXXXXX", NULL);
  home = g_build_filename (folder, "home", NULL);
  g_assert_true (test_disk_mount (folder, 64));
  cs_paths_unref (cs_paths_new_for_home (home, NULL));
  g_assert_true (test_disk_make_read_only (folder));
  g_assert_null (cs_paths_new_for_home (home, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_WRITABLE);
  g_assert_nonnull (strstr (error->message, home));
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
}

static void
test_helper (void)
{
  g_autoptr (TestFolder) folder = g_dir_make_tmp ("cs-paths-XXXXXX", NULL);
  g_autofree char *program = g_build_filename (folder, "cs-test-helper", NULL);
  g_autofree char *found = NULL;

  g_setenv ("CREATIVE_STUDIO_MEDIA_HELPER_DIR", folder, TRUE);
  g_assert_null (cs_paths_find_helper ("cs-test-helper"));
  g_assert_true (g_file_set_contents (program, "#!/bin/sh\n", -1, NULL));
  g_assert_null (cs_paths_find_helper ("cs-test-helper"));
  g_assert_cmpint (chmod (program, 0700), ==, 0);
  found = cs_paths_find_helper ("cs-test-helper");
  g_assert_cmpstr (found, ==, program);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/paths/home", test_home);
  g_test_add_func ("/paths/environment", test_environment);
  g_test_add_func ("/paths/existing", test_existing);
  g_test_add_func ("/paths/relative", test_relative);
  g_test_add_func ("/paths/below-file", test_below_file);
  g_test_add_func ("/paths/read-only", test_read_only);
  g_test_add_func ("/paths/helper", test_helper);
  return g_test_run ();
}
