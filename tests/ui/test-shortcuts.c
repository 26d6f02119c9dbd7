/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program tells about itself: every key that the shortcuts window names does something; About. */
#include "config.h"

#include "ui-support.h"

#include "ui/cs-about.h"
#include "ui/cs-window-private.h"
#include "ui/deck/cs-deck-page.h"
#include "ui/gallery/cs-detail-page.h"
#include "ui/gallery/cs-gallery-page.h"
#include "ui/player/cs-player-view.h"

/* The program, without its own engine: there is one in a process. */
static CsApplication *application;

/* Whether a key of one of these triggers is @accelerator. */
static gboolean
is_trigger (GtkShortcutTrigger *trigger, guint key, GdkModifierType state)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return is_trigger (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), key, state)
           || is_trigger (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)), key, state);
  return GTK_IS_KEYVAL_TRIGGER (trigger)
         && gdk_keyval_to_lower (gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger))) == gdk_keyval_to_lower (key)
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == state;
}

static gboolean
has_shortcut (GListModel *shortcuts, guint key, GdkModifierType state)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (is_trigger (gtk_shortcut_get_trigger (shortcut), key, state))
        return TRUE;
    }
  return FALSE;
}

static gboolean
takes_key (GtkWidget *widget, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller) && has_shortcut (G_LIST_MODEL (controller), key, state))
        return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (takes_key (child, key, state))
      return TRUE;
  return FALSE;
}

static gboolean
is_window_action (const char *wanted)
{
  GtkWidgetClass *window_class = g_type_class_peek (CS_TYPE_WINDOW);
  const GVariantType *type;
  const char *name, *property;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (window_class, i, &owner, &name, &type, &property); i++)
    if (g_str_equal (name, wanted))
      return TRUE;
  return g_str_equal (wanted, "win.show-help-overlay"); /* which GTK adds */
}

/* Whether the key belongs to an action, and there is that action. */
static gboolean
is_accelerator (const char *accelerator)
{
  g_auto (GStrv) actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (application), accelerator);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (actions[0] == NULL)
    return FALSE;
  g_assert_true (g_action_parse_detailed_name (actions[0], &name, &target, NULL));
  if (g_str_has_prefix (name, "app."))
    return g_action_group_has_action (G_ACTION_GROUP (application), name + strlen ("app."));
  return is_window_action (name);
}

/* In which part of the window the keys of a group do something. */
static GType
get_part (const char *group)
{
  if (g_str_equal (group, "Result"))
    return CS_TYPE_DETAIL_PAGE;
  if (g_str_equal (group, "Player"))
    return CS_TYPE_PLAYER_VIEW;
  if (g_str_equal (group, "Gallery"))
    return CS_TYPE_GALLERY_PAGE;
  if (g_str_equal (group, "Presentation"))
    return CS_TYPE_DECK_PAGE;
  return CS_TYPE_WINDOW;
}

static void
check_shortcut (GtkWidget *window, const char *group, GtkWidget *shortcut)
{
  g_autofree char *title = NULL;
  g_autofree char *accelerator = NULL;
  g_auto (GStrv) keys = NULL;
  GtkWidget *part = ui_find (window, get_part (group), NULL);

  g_object_get (shortcut, "title", &title, "accelerator", &accelerator, NULL);
  g_assert_nonnull (part);
  if (accelerator == NULL || *accelerator == '\0')
    g_error ("%s, %s: has no key", group, title);
  keys = g_strsplit (accelerator, " ", -1);
  for (char **key = keys; *key != NULL; key++)
    {
      guint keyval;
      GdkModifierType state;

      g_assert_true (gtk_accelerator_parse (*key, &keyval, &state));
      if (!is_accelerator (*key) && !takes_key (part, keyval, state))
        g_error ("%s, %s: nothing happens on %s", group, title, *key);
    }
}

/* Returns how many shortcuts there are in @widget. Those in no group are copies, for the search. */
static guint
check_shortcuts (GtkWidget *window, const char *group, GtkWidget *widget)
{
  g_autofree char *own_group = NULL;
  guint n = 0;

  if (GTK_IS_SHORTCUTS_SHORTCUT (widget) && group == NULL)
    return 0;
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      check_shortcut (window, group, widget);
      return 1;
    }
  if (GTK_IS_SHORTCUTS_GROUP (widget))
    g_object_get (widget, "title", &own_group, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += check_shortcuts (window, own_group != NULL ? own_group : group, child);
  return n;
}

/* Pages are built when they are first seen. */
static void
build_pages (CsWindow *window)
{
  static const char *const pages[] = { "image", "presentation", "gallery", "video" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    cs_window_show_page (window, pages[i]);
  _cs_window_get_detail_page (window);
}

static gboolean
is_gone_cb (gpointer place)
{
  return *(gpointer *) place == NULL;
}

static void
close_window (UiFixture *fixture, gpointer window)
{
  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  ui_wait (is_gone_cb, &window);
  ui_close (fixture);
}

static void
test_shortcuts (void)
{
  UiFixture *fixture = ui_open ();
  CsWindow *window = cs_window_new (application);
  GtkShortcutsWindow *overlay;

  cs_window_set_studio (window, fixture->studio, NULL);
  gtk_window_present (GTK_WINDOW (window));
  build_pages (window);
  overlay = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window));
  g_assert_nonnull (overlay);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (overlay)));
  g_assert_cmpuint (check_shortcuts (GTK_WIDGET (window), NULL, GTK_WIDGET (overlay)), >, 40);
  close_window (fixture, window);
}

/* (nullable) */
static GtkWindow *
find_about (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_ABOUT_WINDOW (window))
        return window;
    }
  return NULL;
}

static void
check_debug_info (const char *info)
{
  static const char *const wanted[] = { "Creative Studio " CS_VERSION, "GTK 4.", "libadwaita 1.", "GLib 2.", "GStreamer 1.", "SQLite 3.",
                                        "Display: X11", "Renderer: Cairo", "Flatpak: no" };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strstr (info, wanted[i]) == NULL)
      g_error ("\"%s\" is not said:\n%s", wanted[i], info);
  g_assert_null (strstr (info, g_get_home_dir ()));
  g_assert_null (strstr (info, g_getenv ("CREATIVE_STUDIO_HOME")));
}

static void
test_about (void)
{
  UiFixture *fixture = ui_open ();
  CsWindow *window = cs_window_new (application);
  gpointer about;
  g_autofree char *said = NULL;

  gtk_window_present (GTK_WINDOW (window));
  g_action_group_activate_action (G_ACTION_GROUP (application), "about", NULL);
  about = find_about ();
  g_assert_nonnull (about);
  g_assert_true (gtk_window_get_transient_for (about) == GTK_WINDOW (window));
  g_object_get (about, "debug-info", &said, NULL);
  check_debug_info (said);
  g_assert_nonnull (ui_find (about, GTK_TYPE_LABEL, "Reveal.js, in every presentation"));

  g_object_add_weak_pointer (about, &about);
  gtk_window_destroy (about);
  ui_wait (is_gone_cb, &about);
  close_window (fixture, window);
}

int
main (int argc, char **argv)
{
  g_autoptr (CsApplication) program = NULL;

  ui_test_init (&argc, &argv);
  application = program = cs_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/shortcuts/all-do-something", test_shortcuts);
  g_test_add_func ("/about", test_about);
  return g_test_run ();
}
