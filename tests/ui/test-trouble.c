/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The studio cannot be opened: it is said why and what to do, nothing is touched, and it opens once that was done. */
#include "config.h"

#include "ui-desktop.h"
#include "ui-program.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* What is wrong, and how it is mended. */
typedef void (*Mend) (const char *path);

static void
shoot (UiProgram *program, const char *name)
{
  UiFixture fixture = { .window = GTK_WINDOW (ui_program_get_window (program)) };

  ui_shoot (&fixture, name);
}

static void
press (UiProgram *program, const char *label)
{
  GtkWidget *button = ui_find (GTK_WIDGET (ui_program_get_window (program)), GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  ui_click (button);
}

static gboolean
can_try_cb (gpointer program)
{
  return gtk_widget_is_sensitive (ui_find (GTK_WIDGET (ui_program_get_window (program)), GTK_TYPE_BUTTON, "_Try Again"));
}

/* The page says @title; the file at @path is as it was until somebody mends it. */
static void
check (UiProgram *program, const char *name, const char *title, const char *path, Mend mend)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  ui_program_begin (program);
  ui_program_wait_label (program, title);
  ui_check_names (GTK_WIDGET (ui_program_get_window (program)));
  shoot (program, name);
  press (program, "_Try Again");
  g_assert_false (can_try_cb (program)); /* it is being tried */
  ui_wait (can_try_cb, program);
  ui_program_wait_label (program, title);
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
  mend (path);
  press (program, "_Try Again");
  ui_program_start (program);
  g_assert_nonnull (cs_window_get_studio (ui_program_get_window (program)));
  ui_program_free (program);
}

static void
remove_file (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static char *
write_file (UiProgram *program, const char *name, const char *text)
{
  char *path = cs_test_home_build (program->home, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
test_folder (void)
{
  UiProgram *program = ui_program_new ();
  g_autofree char *path = write_file (program, "creations", "a file where a folder should be");

  check (program, "trouble-folder", "The folder cannot be used", path, remove_file);
}

static void
test_damaged (void)
{
  UiProgram *program = ui_program_new ();
  g_autofree char *path = write_file (program, "studio.db", "This is no database, and it is long enough to be seen as none.");

  check (program, "trouble-damaged", "The database is damaged", path, remove_file);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static char *
make_database (UiProgram *program)
{
  ui_program_start (program);
  ui_program_end (program);
  return cs_test_home_build (program->home, "studio.db");
}

static void
install_newer (const char *path)
{
  run_sql (path, "PRAGMA user_version = 4");
}

static void
test_newer (void)
{
  UiProgram *program = ui_program_new ();
  g_autofree char *path = make_database (program);
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_prepare_v2 (database, "PRAGMA user_version", -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 4); /* what install_newer() goes back to */
  sqlite3_finalize (statement);
  sqlite3_close (database);
  run_sql (path, "PRAGMA user_version = 999");
  check (program, "trouble-newer", "This studio is of a newer version", path, install_newer);
}

/* Another program holds it for longer than anybody waits; that it takes long is said before. */
static void
test_in_use (void)
{
  UiProgram *program = ui_program_new ();
  g_autofree char *path = make_database (program);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; PRAGMA user_version = 4", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  ui_program_begin (program);
  ui_program_wait_label (program, "Opening the studio takes a while. Another program may be using it.");
  ui_program_wait_label (program, "The studio is in use");
  shoot (program, "trouble-in-use");
  sqlite3_close (database);
  press (program, "_Try Again");
  ui_program_start (program);
  ui_program_free (program);
}

static void
test_open_folder (void)
{
  UiDesktop *desktop = ui_desktop_start ();
  UiProgram *program = ui_program_new ();
  g_autofree char *path = write_file (program, "creations", "a file where a folder should be");
  g_autofree char *shown = NULL;

  ui_program_begin (program);
  ui_program_wait_label (program, "The folder cannot be used");
  press (program, "_Open Folder");
  shown = ui_desktop_wait (desktop, "show file://");
  g_assert_nonnull (strstr (shown, program->home->path));
  ui_program_free (program);
  ui_desktop_stop (desktop);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/trouble/folder", test_folder);
  g_test_add_func ("/trouble/damaged", test_damaged);
  g_test_add_func ("/trouble/newer", test_newer);
  g_test_add_func ("/trouble/in-use", test_in_use);
  g_test_add_func ("/trouble/open-folder", test_open_folder);
  return g_test_run ();
}
