/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-test.h"

#include <ftw.h>
#include <glib/gstdio.h>

/**
 * cs_test_home_new:
 *
 * Returns: (transfer full): a fresh studio folder, which CREATIVE_STUDIO_HOME names until
 * cs_test_home_free(). Homes nest like brackets. Main thread, before any engine is made.
 */
CsTestHome *
cs_test_home_new (void)
{
  CsTestHome *self = g_new0 (CsTestHome, 1);
  g_autoptr (GError) error = NULL;

  self->outer = g_strdup (g_getenv ("CREATIVE_STUDIO_HOME"));
  self->path = g_dir_make_tmp ("cs-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("CREATIVE_STUDIO_HOME", self->path, TRUE);
  return self;
}

/**
 * cs_test_home_build:
 *
 * Returns: (transfer full): the path of @name inside the home.
 */
char *
cs_test_home_build (CsTestHome *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

/**
 * cs_test_home_free:
 *
 * Removes the home with everything in it, and puts CREATIVE_STUDIO_HOME back.
 */
void
cs_test_home_free (CsTestHome *self)
{
  if (self->outer != NULL)
    g_setenv ("CREATIVE_STUDIO_HOME", self->outer, TRUE);
  else
    g_unsetenv ("CREATIVE_STUDIO_HOME");
  cs_test_remove_tree (self->path);
  g_free (self->path);
  g_free (self->outer);
  g_free (self);
}

static int
remove_one_cb (const char *path, const struct stat *info, int kind, struct FTW *position)
{
  /* A folder without its write bit would keep its content; a test may have made one. */
  return remove (path);
}

static int
open_folder_cb (const char *path, const struct stat *info, int kind, struct FTW *position)
{
  if (kind == FTW_D)
    g_chmod (path, 0700);
  return 0;
}

/**
 * cs_test_remove_tree:
 *
 * Removes @path and everything under it, following no link.
 */
void
cs_test_remove_tree (const char *path)
{
  nftw (path, open_folder_cb, 16, FTW_PHYS | FTW_MOUNT);
  nftw (path, remove_one_cb, 16, FTW_PHYS | FTW_MOUNT | FTW_DEPTH);
}

/**
 * cs_test_find_data:
 * @name: a file under tests/data/
 *
 * Returns: (transfer full): its path.
 */
char *
cs_test_find_data (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}

static gboolean
give_up_cb (gpointer user_data)
{
  gboolean *gave_up = user_data;

  *gave_up = TRUE;
  return G_SOURCE_REMOVE;
}

/* Wakes the loop, so that conditions that other threads make true are looked at too. */
static gboolean
look_again_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * cs_test_wait_seconds:
 * @condition: asked between turns of the main loop
 *
 * Turns the main loop until @condition is true, at most @seconds long.
 *
 * Returns: FALSE when the time was over first.
 */
gboolean
cs_test_wait_seconds (CsTestCondition condition, gpointer user_data, guint seconds)
{
  gboolean gave_up = FALSE;
  guint end = g_timeout_add_seconds (seconds, give_up_cb, &gave_up);
  guint tick = g_timeout_add (10, look_again_cb, NULL);
  gboolean met;

  while (!(met = condition (user_data)) && !gave_up)
    g_main_context_iteration (NULL, TRUE);
  if (!gave_up)
    g_source_remove (end);
  g_source_remove (tick);
  return met;
}

/**
 * cs_test_wait:
 *
 * Like cs_test_wait_seconds() with the usual patience; the test fails when the time is over.
 *
 * Returns: TRUE
 */
gboolean
cs_test_wait (CsTestCondition condition, gpointer user_data)
{
  if (!cs_test_wait_seconds (condition, user_data, CS_TEST_PATIENCE))
    g_error ("Nothing happened within %d seconds", CS_TEST_PATIENCE);
  return TRUE;
}

/**
 * cs_test_keep_result:
 * @slot: (type GAsyncResult**): where the result is kept
 *
 * A GAsyncReadyCallback for tests that go on in a straight line; see cs_test_wait_result().
 */
void
cs_test_keep_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  GAsyncResult **place = slot;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

static gboolean
slot_is_filled_cb (gpointer user_data)
{
  GAsyncResult **slot = user_data;

  return *slot != NULL;
}

/**
 * cs_test_wait_result:
 * @slot: given to cs_test_keep_result()
 *
 * Turns the main loop until the operation ended. The caller unrefs *@slot.
 */
void
cs_test_wait_result (GAsyncResult **slot)
{
  cs_test_wait (slot_is_filled_cb, slot);
}
