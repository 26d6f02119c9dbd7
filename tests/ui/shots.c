/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of every page, to be looked at: shots DIR. The language, and dark or light, come from the environment. */
#include "config.h"

#include "ui-library.h"
#include "ui-support.h"

#include "ui/cs-window.h"
#include "ui/preferences/cs-preferences-window.h"
#include "ui/wallet/cs-wallet-window.h"

#define N_CREATIONS 24
#define SETTLING 700 /* milliseconds: thumbnails come from another thread, and there is no word for "all are there" */

typedef struct
{
  UiFixture *fixture;
  CsWindow *window;
  const char *folder;
} Shoot;

static gboolean
is_over_cb (gpointer user_data)
{
  return g_get_monotonic_time () > *(gint64 *) user_data;
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + SETTLING * G_TIME_SPAN_MILLISECOND;

  ui_wait (is_over_cb, &end);
}

static void
shoot (Shoot *self, GtkWindow *window, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  settle ();
  paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s cannot be written", path);
  g_print ("%s\n", path);
}

static void
shoot_page (Shoot *self, const char *page)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.page", "s", page);
  shoot (self, GTK_WINDOW (self->window), page);
}

static void
shoot_dialog (Shoot *self, GtkWindow *dialog, const char *name)
{
  gtk_window_present (dialog);
  shoot (self, dialog, name);
  gtk_window_destroy (dialog);
}

static void
shoot_preferences (Shoot *self)
{
  static const char *const pages[] = { "general", "keys", "models", "budget" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWindow *window = cs_preferences_window_new (self->fixture->studio, GTK_WINDOW (self->window));
      g_autofree char *name = g_strconcat ("preferences-", pages[i], NULL);

      cs_preferences_window_show_page (CS_PREFERENCES_WINDOW (window), pages[i]);
      shoot_dialog (self, window, name);
    }
}

int
main (int argc, char **argv)
{
  Shoot self = { NULL };
  g_autoptr (CsApplication) application = NULL;

  ui_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  self.folder = argv[1];
  g_assert_cmpint (g_mkdir_with_parents (self.folder, 0755), ==, 0);
  self.fixture = ui_open ();
  ui_library_fill (self.fixture, N_CREATIONS, N_CREATIONS);
  application = cs_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  self.window = cs_window_new (application);
  cs_window_set_studio (self.window, self.fixture->studio, NULL);
  gtk_window_present (GTK_WINDOW (self.window));
  shoot_page (&self, "video");
  shoot_page (&self, "image");
  shoot_page (&self, "gallery");
  shoot_preferences (&self);
  shoot_dialog (&self, cs_wallet_window_new (self.fixture->studio, GTK_WINDOW (self.window)), "wallet");
  return 0; /* the process ends with its window: nothing is left to be looked at */
}
