/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-support.h"
#include "ui-watchdog.h"

#include <X11/Xlib.h>
#include <gdk/x11/gdkx.h>
#include <locale.h>

/* The window of the tests. */
#define UI_TYPE_WINDOW (ui_window_get_type ())
G_DECLARE_FINAL_TYPE (UiWindow, ui_window, UI, WINDOW, AdwWindow)

struct _UiWindow
{
  AdwWindow parent_instance;

  UiFixture *fixture;
};

G_DEFINE_FINAL_TYPE (UiWindow, ui_window, ADW_TYPE_WINDOW)

/* Pages may ask for these. */
static const struct { const char *name; const char *type; } actions[] = {
  { "win.say", "(sssmv)" },     { "win.page", "s" },    { "win.show-creation", "s" }, { "win.use-image", "(ss)" },
  { "win.add-key", "s" },       { "win.wallet", NULL }, { "win.preferences", NULL },  { "win.jobs", NULL },
  { "win.preferences-page", "s" }, { "win.restore", "as" }, { "win.show-file", "s" },
  { "win.show-job", "s" },      { "win.edit-job", "s" },
};

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  cs_library_trash_all_finish (CS_LIBRARY (source), result, &error);
  g_assert_no_error (error);
}

static char *
describe (const char *name, GVariant *parameter)
{
  g_autofree char *printed = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");
  const char *words, *button, *action;

  if (!g_str_equal (name, "win.say"))
    return g_strdup_printf ("%s: %s", name + strlen ("win."), printed);
  g_variant_get (parameter, "(&s&s&smv)", &words, &button, &action, NULL);
  return g_strdup_printf ("say: %s%s%s", words, *button != '\0' ? " | " : "", button);
}

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  UiFixture *fixture = UI_WINDOW (widget)->fixture;
  g_autofree const char **ids = NULL;

  g_ptr_array_add (fixture->asked, describe (name, parameter));
  if (!g_str_equal (name, "win.restore"))
    return;
  ids = g_variant_get_strv (parameter, NULL);
  cs_library_trash_all_async (ui_get_library (fixture), ids, FALSE, NULL, restored_cb, NULL);
}

static void
ui_window_class_init (UiWindowClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i].name, actions[i].type, action_cb);
}

static void
ui_window_init (UiWindow *self)
{
}

/* The program */

static void
add_styles (const char *path, guint priority)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), priority);
}

/* Only where leaks are looked for: into a corner, where no window is. What it rests on may have a tooltip, and GTK 4.8 loses
 * something when the window under one closes. */
static void
put_pointer_away (void)
{
#ifdef __SANITIZE_ADDRESS__
  Display *display = gdk_x11_display_get_xdisplay (gdk_display_get_default ());

  XWarpPointer (display, None, DefaultRootWindow (display), 0, 0, 0, 0, G_MAXSHORT, G_MAXSHORT);
  XFlush (display);
#endif
}

/* CS_TEST_DARK=1 and CS_TEST_SHOTS are for looking at the pages. */
void
ui_test_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  cs_engine_set_up_process ();
  adw_init ();
  put_pointer_away ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-decoration-layout", "appmenu:close", "gtk-font-name", "Cantarell 11", "gtk-hint-font-metrics",
                TRUE, "gtk-xft-hintstyle", "hintslight", "gtk-xft-rgba", "none", "gtk-xft-antialias", 1, NULL);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/dz/iafactory/CreativeStudio/icons");
  add_styles ("/dz/iafactory/CreativeStudio/style.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  if (g_getenv ("CS_TEST_DARK") != NULL && *g_getenv ("CS_TEST_DARK") != '\0')
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
      add_styles ("/dz/iafactory/CreativeStudio/style-dark.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
    }
}

/* The settings are those of the process: what one test leaves, the next one does not find. */
static void
forget_settings (GSettings *settings)
{
  static const char *const keys[] = { "composers", "keys-card-dismissed", "first-sketch-seen" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}

void
ui_open_studio (UiFixture *self)
{
  g_autoptr (CsPaths) paths = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  paths = cs_paths_new (&error);
  g_assert_no_error (error);
  cs_engine_open_async (paths, NULL, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  self->engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
  self->studio = cs_studio_new (self->engine);
  forget_settings (cs_studio_get_settings (self->studio));
}

static gboolean
is_last_reference_cb (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

void
ui_close_studio (UiFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ui_wait (is_last_reference_cb, self->studio);
  g_clear_object (&self->studio);
  cs_engine_close_async (self->engine, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  cs_engine_close_finish (self->engine, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result); /* it holds the engine */
  g_assert_finalize_object (g_steal_pointer (&self->engine));
}

UiFixture *
ui_open (void)
{
  UiFixture *self = g_new0 (UiFixture, 1);

  self->home = cs_test_home_new ();
  self->asked = g_ptr_array_new_with_free_func (g_free);
  ui_open_studio (self);
  return self;
}

/* What is measured begins with the window drawn: fonts and themes are read once, by GTK. */
void
ui_show (UiFixture *self, GtkWidget *widget, int width, int height)
{
  GtkWidget *bin = adw_bin_new ();

  g_assert_null (self->window);
  self->window = g_object_new (UI_TYPE_WINDOW, "default-width", width, "default-height", height, "title", "Test", NULL);
  UI_WINDOW (self->window)->fixture = self;
  adw_bin_set_child (ADW_BIN (bin), widget);
  adw_window_set_content (ADW_WINDOW (self->window), bin);
  gtk_window_present (self->window);
  ui_settle (self);
  ui_watchdog_start ();
}

static gboolean
is_null_cb (gpointer user_data)
{
  gpointer *place = user_data;

  return *place == NULL;
}

void
ui_close (UiFixture *self)
{
  ui_watchdog_stop ();
  if (self->window != NULL)
    {
      gpointer window = self->window;
      gpointer content = adw_window_get_content (ADW_WINDOW (window));

      content = gtk_widget_get_first_child (content);
      g_object_add_weak_pointer (window, &window);
      if (content != NULL)
        g_object_add_weak_pointer (content, &content);
      gtk_window_destroy (self->window);
      ui_wait (is_null_cb, &content);
      ui_wait (is_null_cb, &window);
    }
  ui_close_studio (self);
  g_ptr_array_unref (self->asked);
  cs_test_home_free (self->home);
  g_free (self);
}

CsLibrary *
ui_get_library (UiFixture *self)
{
  return cs_engine_get_library (self->engine);
}

/* Waiting */

static gboolean
give_up_cb (gpointer user_data)
{
  g_error ("Nothing happened within %d seconds", CS_TEST_PATIENCE);
  return G_SOURCE_REMOVE;
}

static gboolean
look_again_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_wait (UiCondition condition, gpointer user_data)
{
  guint end = g_timeout_add_seconds (CS_TEST_PATIENCE, give_up_cb, NULL);
  guint tick = g_timeout_add (10, look_again_cb, NULL);

  while (!condition (user_data))
    ui_watchdog_iterate ();
  g_source_remove (end);
  g_source_remove (tick);
}

static gboolean
is_filled_cb (gpointer user_data)
{
  GAsyncResult **slot = user_data;

  return *slot != NULL;
}

void
ui_wait_result (GAsyncResult **slot)
{
  ui_wait (is_filled_cb, slot);
}

static gboolean
is_over_two_cb (gpointer user_data)
{
  guint *n = user_data;

  return *n >= 2;
}

static void
after_paint_cb (guint *n)
{
  (*n)++;
}

/* Two frames: what the first one found out, the second one shows. */
void
ui_settle (UiFixture *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  guint n = 0;
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), &n);

  gtk_widget_queue_draw (GTK_WIDGET (self->window));
  gdk_frame_clock_begin_updating (clock);
  ui_wait (is_over_two_cb, &n);
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, handler);
}

const char *
ui_find_asked (UiFixture *self, const char *start)
{
  for (guint i = self->asked->len; i > 0; i--)
    if (g_str_has_prefix (self->asked->pdata[i - 1], start))
      return self->asked->pdata[i - 1];
  return NULL;
}

/* What is waited for. */
typedef struct
{
  UiFixture *fixture;
  const char *start;
} Asked;

static gboolean
is_asked_cb (gpointer user_data)
{
  Asked *asked = user_data;

  return ui_find_asked (asked->fixture, asked->start) != NULL;
}

void
ui_wait_asked (UiFixture *self, const char *start)
{
  Asked asked = { self, start };

  ui_wait (is_asked_cb, &asked);
}

/* Widgets */

static gboolean
is_called (GtkWidget *widget, const char *name)
{
  g_autofree char *label = NULL;

  if (name == NULL || gtk_widget_has_css_class (widget, name) || g_strcmp0 (gtk_widget_get_tooltip_text (widget), name) == 0
      || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0)
    return TRUE;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "label") != NULL)
    g_object_get (widget, "label", &label, NULL);
  return g_strcmp0 (label, name) == 0;
}

GtkWidget *
ui_find (GtkWidget *root, GType type, const char *name)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && is_called (root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

guint
ui_count (GtkWidget *root, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (root), type) && gtk_widget_get_mapped (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += ui_count (child, type);
  return n;
}

void
ui_click (GtkWidget *button)
{
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return TRUE;
  if (gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return has_words (widget) || is_named (gtk_widget_get_parent (widget));
  return FALSE;
}

/* Whether one comes to it by Tab, and it does something. */
static gboolean
is_control (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_focusable (widget) || !gtk_widget_is_sensitive (widget))
    return FALSE;
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_SWITCH (widget) || GTK_IS_RANGE (widget)
         || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_GRID_VIEW (widget) || GTK_IS_LIST_VIEW (widget)
         || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget");
}

void
ui_check_names (GtkWidget *root)
{
  if (is_control (root) && !is_named (root))
    g_error ("A %s in a %s has no name", G_OBJECT_TYPE_NAME (root), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    ui_check_names (child);
}

static void
shoot (UiFixture *self, GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("CS_TEST_SHOTS");
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, file, NULL) : NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (path == NULL)
    return;
  ui_settle (self);
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

void
ui_shoot (UiFixture *self, const char *name)
{
  shoot (self, GTK_WIDGET (self->window), name);
}

void
ui_shoot_popover (UiFixture *self, GtkWidget *popover, const char *name)
{
  shoot (self, popover, name);
}
