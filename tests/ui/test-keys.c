/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the window and its header: each of them does something, and one comes back from wherever one went. */
#include "config.h"

#include "ui-desktop.h"
#include "ui-program.h"

#include "ui/composer/cs-composer.h"
#include "ui/gallery/cs-detail-page.h"
#include "ui/gallery/cs-gallery-page.h"
#include "ui/jobs/cs-jobs-button.h"
#include "ui/preferences/cs-preferences-window.h"

#include <string.h>

static UiProgram *
start (int width)
{
  UiProgram *program = ui_program_new ();
  g_autoptr (GSettings) settings = g_settings_new (CS_APP_ID);

  g_settings_set (settings, "window-size", "(ii)", width, 780);
  ui_program_start (program);
  return program;
}

static GtkWidget *
get_window (UiProgram *program)
{
  return GTK_WIDGET (ui_program_get_window (program));
}

/* Runs what is bound to @key; as GTK does, in the order of the binding. */
static gboolean
press (UiProgram *program, const char *key)
{
  g_auto (GStrv) actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (program->application), key);

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      g_autoptr (GError) error = NULL;

      g_action_parse_detailed_name (actions[i], &name, &target, &error);
      g_assert_no_error (error);
      if (gtk_widget_activate_action_variant (get_window (program), name, target))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_class_action (GtkWidget *window, const char *name, const GVariantType **type)
{
  const char *found, *property;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (window), i, &owner, &found, type, &property); i++)
    if (g_str_equal (found, name))
      return TRUE;
  return FALSE;
}

/* A key for an action that is not there would be a key that does nothing. */
static void
test_bound (void)
{
  UiProgram *program = start (1180);
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (program->application));

  g_assert_cmpuint (g_strv_length (actions), >=, 14);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      const char *bare;
      const GVariantType *type = NULL;
      gboolean is_there;

      g_action_parse_detailed_name (actions[i], &name, &target, NULL);
      bare = strchr (name, '.') + 1;
      if (g_str_has_prefix (name, "app."))
        is_there = g_action_group_query_action (G_ACTION_GROUP (program->application), bare, NULL, &type, NULL, NULL, NULL);
      else
        is_there = g_action_map_lookup_action (G_ACTION_MAP (get_window (program)), bare) != NULL;
      is_there = is_there || find_class_action (get_window (program), name, &type);
      if (!is_there)
        g_error ("There is no %s", name);
      g_assert_true ((type == NULL) == (target == NULL));
    }
  ui_program_free (program);
}

static void
test_pages (void)
{
  static const struct { const char *key; const char *page; } keys[] = {
    { "<Alt>2", "image" }, { "<Alt>3", "presentation" }, { "<Alt>4", "gallery" }, { "<Alt>1", "video" }, { "<Control>f", "gallery" },
    { "<Control>n", "video" },
  };
  UiProgram *program = start (1180);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (press (program, keys[i].key));
      g_assert_cmpstr (ui_program_get_page (program), ==, keys[i].page);
    }
  g_assert_true (press (program, "<Control>l"));
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (get_window (program)))));
  press (program, "<Alt>4");
  press (program, "<Control>Return"); /* nothing is made in the gallery */
  g_assert_cmpstr (ui_program_get_page (program), ==, "gallery");
  ui_program_free (program);
}

static gboolean
is_idea_missed_cb (gpointer program)
{
  return ui_find (get_window (program), GTK_TYPE_LABEL, "Write an idea first") != NULL;
}

static gboolean
has_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (item->data, type))
      return TRUE;
  return FALSE;
}

static void
test_windows (void)
{
  UiProgram *program = start (1180);

  UiFixture fixture = { .window = GTK_WINDOW (get_window (program)) };

  ui_settle (&fixture);
  g_assert_true (press (program, "<Control>Return"));
  ui_wait (is_idea_missed_cb, program);
  g_assert_true (press (program, "<Control>j"));
  g_assert_true (press (program, "<Control>comma"));
  g_assert_true (has_window (CS_TYPE_PREFERENCES_WINDOW));
  g_assert_true (press (program, "<Control><Shift>n"));
  g_assert_cmpuint (ui_program_count (program), ==, 2);
  g_assert_true (press (program, "<Control>q"));
  ui_program_wait_closed (program);
  g_assert_cmpuint (ui_program_count (program), ==, 0);
  g_assert_false (has_window (GTK_TYPE_WINDOW)); /* not even that of the preferences */
  ui_program_free (program);
}

static gboolean
shows_detail_cb (gpointer program)
{
  return ui_count (get_window (program), CS_TYPE_DETAIL_PAGE) > 0;
}

static gboolean
shows_main_cb (gpointer program)
{
  return ui_count (get_window (program), CS_TYPE_DETAIL_PAGE) == 0;
}

/* From one creation, and from the stage where it hides the composer. */
static void
test_back (void)
{
  UiProgram *program = start (400);
  GtkWidget *back = ui_find (get_window (program), GTK_TYPE_BUTTON, "back_button");
  GtkWidget *new_button = ui_find (get_window (program), GTK_TYPE_BUTTON, "new_button");
  UiFixture fixture = { .window = GTK_WINDOW (get_window (program)) };
  g_autoptr (CsJob) job = ui_program_add_job (program, CS_KIND_IMAGE, "A lighthouse", "sketch/image");

  press (program, "<Alt>Left"); /* to nowhere */
  g_assert_true (gtk_widget_get_visible (new_button) && !gtk_widget_get_visible (back));
  cs_window_show_job (ui_program_get_window (program), job);
  ui_settle (&fixture);
  g_assert_true (gtk_widget_get_visible (back) && !gtk_widget_get_visible (new_button));
  ui_program_wait_state (job, CS_JOB_DONE);
  ui_shoot (&fixture, "narrow-back");
  g_assert_cmpint (gtk_widget_get_width (get_window (program)), <=, 412);
  cs_window_show_page (ui_program_get_window (program), "gallery");
  g_assert_false (gtk_widget_get_visible (back));
  cs_window_show_page (ui_program_get_window (program), "image");
  g_assert_true (gtk_widget_get_visible (back));
  gtk_widget_activate_action (get_window (program), "win.show-creation", "s", cs_job_get_id (job));
  ui_wait (shows_detail_cb, program);
  g_assert_true (press (program, "<Alt>Left"));
  ui_wait (shows_main_cb, program);
  ui_click (back);
  ui_settle (&fixture);
  g_assert_true (gtk_widget_get_visible (new_button) && !gtk_widget_get_visible (back));
  g_assert_cmpuint (ui_count (get_window (program), CS_TYPE_COMPOSER), ==, 1);
  ui_shoot (&fixture, "narrow-composer");
  ui_program_free (program);
}

/* Down to what a telephone has, on every page. */
static void
test_narrowest (void)
{
  static const char *const pages[] = { "video", "image", "presentation", "gallery" };
  UiProgram *program = start (360);
  UiFixture fixture = { .window = GTK_WINDOW (get_window (program)) };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strconcat ("narrowest-", pages[i], NULL);

      cs_window_show_page (ui_program_get_window (program), pages[i]);
      ui_settle (&fixture);
      g_assert_cmpint (gtk_widget_get_width (get_window (program)), <=, 372);
      ui_check_names (get_window (program));
      ui_shoot (&fixture, name);
    }
  ui_program_free (program);
}

int
main (int argc, char **argv)
{
  UiDesktop *desktop;
  int status;

  ui_test_init (&argc, &argv);
  desktop = ui_desktop_start ();
  g_test_add_func ("/keys/bound", test_bound);
  g_test_add_func ("/keys/pages", test_pages);
  g_test_add_func ("/keys/windows", test_windows);
  g_test_add_func ("/keys/back", test_back);
  g_test_add_func ("/keys/narrowest", test_narrowest);
  status = g_test_run ();
  ui_desktop_stop (desktop);
  return status;
}
