/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shot.h"

#define SETTLING 700 /* milliseconds: thumbnails come from another thread, and there is no word for "all are there" */
#define WIDTH 1180
#define NARROW_WIDTH 400
#define HEIGHT 780

static gboolean
is_over_cb (gpointer user_data)
{
  return g_get_monotonic_time () > *(gint64 *) user_data;
}

void
shot_settle (void)
{
  gint64 end = g_get_monotonic_time () + SETTLING * G_TIME_SPAN_MILLISECOND;

  ui_wait (is_over_cb, &end);
}

static gboolean
is_painted_cb (gpointer user_data)
{
  guint *n = user_data;

  return *n >= 2;
}

static void
after_paint_cb (guint *n)
{
  (*n)++;
}

/* Right behind a frame everything has its place. */
static void
wait_painted (GtkWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  guint n = 0;
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), &n);

  gtk_widget_queue_draw (GTK_WIDGET (window));
  gdk_frame_clock_begin_updating (clock);
  ui_wait (is_painted_cb, &n);
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, handler);
}

void
shot_open (Shot *self)
{
  GSettings *settings = cs_studio_get_settings (self->fixture->studio);

  /* Without animations GTK 4.8 gives a bar that slides in a height of -1 at first, and warns of it. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", self->is_narrow, NULL);
  g_settings_set (settings, "window-size", "(ii)", self->is_narrow ? NARROW_WIDTH : WIDTH, HEIGHT);
  self->window = cs_window_new (self->application);
  cs_window_set_studio (self->window, self->fixture->studio, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
  shot_settle ();
}

static gboolean
is_gone_cb (gpointer place)
{
  return *(gpointer *) place == NULL;
}

void
shot_close (Shot *self)
{
  gpointer window = g_steal_pointer (&self->window);
  GtkWindow *closing = window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (closing);
  ui_wait (is_gone_cb, &window);
}

static void
snapshot_widget (GtkSnapshot *snapshot, GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
}

/* Popovers have surfaces of their own, over the window's. */
static void
snapshot_popovers (GtkSnapshot *snapshot, GtkWidget *root)
{
  if (GTK_IS_POPOVER (root) && gtk_widget_get_mapped (root))
    {
      GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (root)));

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (gdk_popup_get_position_x (popup), gdk_popup_get_position_y (popup)));
      snapshot_widget (snapshot, root);
      gtk_snapshot_restore (snapshot);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    snapshot_popovers (snapshot, child);
}

void
shot_take (Shot *self, GtkWindow *window, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  graphene_rect_t area;

  shot_settle ();
  wait_painted (window);
  snapshot_widget (snapshot, GTK_WIDGET (window));
  snapshot_popovers (snapshot, GTK_WIDGET (window));
  area = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (window)), gtk_widget_get_height (GTK_WIDGET (window)));
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &area);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s cannot be written", path);
  g_print ("%s\n", path);
}

void
shot_window (Shot *self, const char *name)
{
  shot_take (self, GTK_WINDOW (self->window), name);
}

void
shot_dialog (Shot *self, GtkWindow *dialog, const char *name)
{
  gtk_window_present (dialog);
  shot_take (self, dialog, name);
  gtk_window_destroy (dialog);
}

void
shot_page (Shot *self, const char *page)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.page", "s", page);
}

/* What is waited for: that a widget of this type is seen. */
typedef struct
{
  Shot *shot;
  GType type;
} Seen;

static gboolean
is_seen_cb (gpointer user_data)
{
  Seen *seen = user_data;

  return ui_count (GTK_WIDGET (seen->shot->window), seen->type) > 0;
}

void
shot_wait (Shot *self, GType type)
{
  Seen seen = { self, type };

  ui_wait (is_seen_cb, &seen);
}

GtkWidget *
shot_find (Shot *self, GType type, const char *name)
{
  GtkWidget *stack = ui_find (GTK_WIDGET (self->window), ADW_TYPE_VIEW_STACK, NULL);

  return ui_find (adw_view_stack_get_visible_child (ADW_VIEW_STACK (stack)), type, name);
}
