/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every page and dialog as somebody meets it who hears the window, needs large words or strong contrast, or reads from right
 * to left. The build runs it once for each: LANGUAGE, CS_TEST_LARGE and ADW_DEBUG_HIGH_CONTRAST say which.
 */
#include "config.h"

#include "ui-library.h"
#include "ui-walk.h"

#include "ui/cs-window.h"
#include "ui/preferences/cs-preferences-window.h"
#include "ui/wallet/cs-wallet-window.h"

#define N_CREATIONS 12

/* The program, without its own engine: there is one in a process. */
static CsApplication *application;

/* One window of it. */
typedef struct
{
  UiFixture *fixture;
  GtkWindow *window;
} Program;

/* Two frames of any window: what the first one found out, the second one shows. */
static void
settle (GtkWindow *window)
{
  UiFixture place = { .window = window };

  ui_settle (&place);
}

static void
open_program (Program *self, guint n_creations)
{
  self->fixture = ui_open ();
  if (n_creations > 0)
    ui_library_fill (self->fixture, n_creations, n_creations);
  self->window = GTK_WINDOW (cs_window_new (application));
  cs_window_set_studio (CS_WINDOW (self->window), self->fixture->studio, NULL);
  gtk_window_present (self->window);
  settle (self->window);
}

static gboolean
is_gone_cb (gpointer place)
{
  return *(gpointer *) place == NULL;
}

static void
close_window (GtkWindow *window)
{
  gpointer place = window;

  g_object_add_weak_pointer (place, &place);
  gtk_window_destroy (window);
  ui_wait (is_gone_cb, &place);
}

static void
close_program (Program *self)
{
  close_window (self->window);
  ui_close (self->fixture);
}

static void
show_page (Program *self, const char *page)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), "win.page", "s", page));
  settle (self->window);
}

static gboolean
is_shown_cb (gpointer user_data)
{
  return ui_count (user_data, GTK_TYPE_GRID_VIEW) > 0 && ui_find (user_data, g_type_from_name ("CsCreationTile"), NULL) != NULL;
}

static void
test_pages (void)
{
  static const char *const pages[] = { "video", "image", "presentation", "gallery" };
  Program program;

  open_program (&program, 0);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      show_page (&program, pages[i]);
      ui_walk_check (GTK_WIDGET (program.window), pages[i]);
    }
  close_program (&program);
}

static void
test_full_gallery (void)
{
  Program program;
  g_autoptr (CsCreation) creation = NULL;

  open_program (&program, N_CREATIONS);
  show_page (&program, "gallery");
  ui_wait (is_shown_cb, program.window);
  settle (program.window);
  ui_walk_check (GTK_WIDGET (program.window), "full gallery");
  creation = ui_library_get (program.fixture, 1);
  cs_window_show_creation (CS_WINDOW (program.window), creation, NULL);
  settle (program.window);
  ui_walk_check (GTK_WIDGET (program.window), "detail");
  show_page (&program, "gallery");
  close_program (&program);
}

static void
check_dialog (GtkWindow *dialog, const char *what)
{
  gtk_window_present (dialog);
  settle (dialog);
  ui_walk_check (GTK_WIDGET (dialog), what);
  close_window (dialog);
}

static void
test_preferences (void)
{
  static const char *const pages[] = { "general", "keys", "models", "budget" };
  Program program;
  GtkWindow *dialog;

  open_program (&program, 0);
  dialog = cs_preferences_window_new (program.fixture->studio, program.window);
  gtk_window_present (dialog);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      cs_preferences_window_show_page (CS_PREFERENCES_WINDOW (dialog), pages[i]);
      settle (dialog);
      ui_walk_check (GTK_WIDGET (dialog), pages[i]);
    }
  close_window (dialog);
  close_program (&program);
}

static void
test_wallet (void)
{
  Program program;

  open_program (&program, 0);
  check_dialog (cs_wallet_window_new (program.fixture->studio, program.window), "wallet");
  close_program (&program);
}

static void
test_key (void)
{
  Program program;
  GtkWindow *dialog;

  open_program (&program, 0);
  dialog = cs_preferences_window_new (program.fixture->studio, program.window);
  cs_preferences_window_show_key (CS_PREFERENCES_WINDOW (dialog), CS_KEY_PIAPI);
  check_dialog (dialog, "a key");
  close_program (&program);
}

static void
test_jobs (void)
{
  Program program;

  open_program (&program, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (program.window), "win.jobs", NULL));
  settle (program.window);
  ui_walk_check (GTK_WIDGET (program.window), "jobs");
  close_program (&program);
}

int
main (int argc, char **argv)
{
  g_autoptr (CsApplication) program = NULL;

  ui_test_init (&argc, &argv);
  if (g_getenv ("CS_TEST_LARGE") != NULL)
    {
      int dpi;

      g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * (dpi > 0 ? dpi : 96 * 1024), NULL);
    }
  if (g_str_has_prefix (g_getenv ("LANGUAGE"), "ar"))
    g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_RTL);
  application = program = cs_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/names/pages", test_pages);
  g_test_add_func ("/names/full-gallery", test_full_gallery);
  g_test_add_func ("/names/preferences", test_preferences);
  g_test_add_func ("/names/wallet", test_wallet);
  g_test_add_func ("/names/key", test_key);
  g_test_add_func ("/names/jobs", test_jobs);
  return g_test_run ();
}
