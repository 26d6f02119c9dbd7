/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page says about the file of a creation: unchanged, changed, moved, damaged. */
#include "config.h"

#include "ui-detail.h"

#include <glib/gstdio.h>

static GtkWidget *
find_button (GtkWidget *widget, const char *action)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_moved (UiDetail *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *elsewhere = g_build_filename (self->ui->home->path, "elsewhere.png", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ui_detail_show (self, 1);
  path = ui_detail_dup_file (self);
  ui_detail_wait_state (self, "Unchanged since it was made");
  /* Away while it is shown */
  g_assert_cmpint (g_rename (path, elsewhere), ==, 0);
  cs_library_notify (ui_get_library (self->ui), NULL);
  ui_detail_wait_place (self, "missing");
  ui_detail_wait_state (self, "The file has moved");
  ui_check_names (self->page);
  ui_shoot (self->ui, "detail-missing");
  g_assert_true (gtk_widget_is_sensitive (find_button (self->page, "detail.find")));
  g_assert_false (gtk_widget_is_sensitive (find_button (self->page, "detail.save")));
  /* Found again: the same bytes, and no others. */
  cs_library_return_async (ui_get_library (self->ui), ui_detail_facts (self)->id, elsewhere, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  g_assert_true (cs_library_return_finish (ui_get_library (self->ui), result, &error));
  g_assert_no_error (error);
  ui_detail_wait_place (self, "picture");
  ui_detail_wait_state (self, "Unchanged since it was made");
}

/* Not what it says it is. */
static void
test_damaged (UiDetail *self, gconstpointer data)
{
  g_autoptr (CsCreation) creation = ui_library_get (self->ui, 1);
  g_autofree char *path = cs_library_dup_file_path (ui_get_library (self->ui), creation);

  g_assert_true (g_file_set_contents (path, "No picture at all.", -1, NULL));
  ui_detail_show (self, 1);
  ui_detail_wait_place (self, "damaged");
  ui_detail_wait_state (self, "Changed since it was made");
  g_assert_cmpstr (adw_status_page_get_description (ADW_STATUS_PAGE (ui_detail_find (self, "damaged"))), ==,
                   "It cannot be shown. Get it again, or make another one.");
  ui_check_names (self->page);
  ui_shoot (self->ui, "detail-damaged");
  /* The next one is none of that. */
  ui_detail_show (self, 5);
  g_assert_cmpstr (ui_detail_get_place (self), ==, "picture");
}

/* A folder in the place of the file */
static void
test_unreadable (UiDetail *self, gconstpointer data)
{
  g_autoptr (CsCreation) creation = ui_library_get (self->ui, 1);
  g_autofree char *path = cs_library_dup_file_path (ui_get_library (self->ui), creation);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  ui_detail_show (self, 1);
  ui_detail_wait_place (self, "damaged");
  ui_detail_wait_state (self, "The file cannot be read");
}

/* What the file says about itself is read from the file. */
static void
test_origin (UiDetail *self, gconstpointer data)
{
  g_autoptr (CsCreation) creation = ui_library_get (self->ui, 5);
  g_autofree char *path = cs_library_dup_file_path (ui_get_library (self->ui), creation);
  g_autofree char *copy = g_build_filename (self->ui->home->path, "copy.png", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ui_detail_show (self, 5);
  ui_detail_wait_state (self, "Unchanged since it was made");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (ui_detail_find (self, "source_row"))), ==,
                   "Does not say how it was made");
  cs_library_export_async (ui_get_library (self->ui), cs_creation_get_id (creation), copy, FALSE, CS_EXPORT_STAMPED, NULL,
                           cs_test_keep_result, &result);
  ui_wait_result (&result);
  g_assert_true (cs_library_export_finish (ui_get_library (self->ui), result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (copy, path), ==, 0);
  ui_detail_show (self, 1);
  ui_detail_show (self, 5);
  ui_detail_wait_state (self, "Changed since it was made");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (ui_detail_find (self, "source_row"))), ==, "Drawn by a program");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (ui_detail_find (self, "prompt_row"))), ==,
                   "The prompt is inside this file");
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/detail-files/" name, UiDetail, NULL, ui_detail_set_up, func, ui_detail_tear_down)
  ADD ("moved", test_moved);
  ADD ("damaged", test_damaged);
  ADD ("unreadable", test_unreadable);
  ADD ("origin", test_origin);
#undef ADD

  return g_test_run ();
}
