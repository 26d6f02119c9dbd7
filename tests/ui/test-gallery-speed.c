/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ten thousand creations: no turn of the main loop is long, which ui_gallery_close() looks at. */
#include "config.h"

#include "ui-gallery.h"
#include "ui-watchdog.h"

#define N_CREATIONS 10000

static UiGallery *gallery;

static void
scroll_by (double pixels, int n)
{
  GtkAdjustment *scroll = ui_gallery_get_scroll (gallery);

  for (int i = 0; i < n; i++)
    {
      gtk_adjustment_set_value (scroll, gtk_adjustment_get_value (scroll) + pixels);
      ui_settle (gallery->ui);
    }
}

static void
report (const char *what)
{
  g_test_message ("%s: %.1f ms of work in the longest turn", what, ui_watchdog_get_worst ());
}

static void
test_scroll (void)
{
  GtkAdjustment *scroll = ui_gallery_get_scroll (gallery);

  g_assert_nonnull (ui_gallery_get_tile (gallery, 0));
  scroll_by (40, 40);
  report ("slowly");
  scroll_by (400, 20);
  report ("by half a page");
  for (int i = 0; i < 12; i++)
    {
      double upper = gtk_adjustment_get_upper (scroll);

      gtk_adjustment_set_value (scroll, upper * ((i * 7) % 12) / 12);
      ui_settle (gallery->ui);
    }
  report ("by jumps");
  gtk_adjustment_set_value (scroll, gtk_adjustment_get_upper (scroll));
  g_assert_nonnull (ui_gallery_get_tile (gallery, N_CREATIONS - 1));
}

static void
test_type (void)
{
  static const struct { const char *words; guint n; } searches[] = {
    { "l", 0 }, { "li", 0 }, { "light", 0 }, { "lighthouse numb", 1249 }, { "lighthouse number64", 16 }, { "", N_CREATIONS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      ui_gallery_search (gallery, searches[i].words);
      if (searches[i].n > 0)
        ui_gallery_wait_count (gallery, searches[i].n);
      else
        ui_settle (gallery->ui);
      report (searches[i].words);
    }
}

static void
test_select_all (void)
{
  g_assert_true (gtk_widget_activate_action (gallery->view, "list.select-all", NULL));
  ui_settle (gallery->ui);
  report ("all chosen");
  g_assert_cmpuint (gtk_bitset_get_size (gtk_selection_model_get_selection (gallery->list)), ==, N_CREATIONS);
  g_assert_true (gtk_widget_activate_action (gallery->page, "gallery.leave", NULL));
}

static void
test_close (void)
{
  ui_gallery_close (gallery);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  gallery = ui_gallery_open (N_CREATIONS, 0);
  g_test_add_func ("/gallery-speed/scroll", test_scroll);
  g_test_add_func ("/gallery-speed/type", test_type);
  g_test_add_func ("/gallery-speed/select-all", test_select_all);
  g_test_add_func ("/gallery-speed/close", test_close);
  return g_test_run ();
}
