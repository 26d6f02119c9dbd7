/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <stdlib.h>
#include <time.h>

#include "ui-library.h"
#include "ui-watchdog.h"

#include "ui/gallery/cs-creation-card.h"
#include "ui/gallery/cs-creation-tile.h"
#include "ui/gallery/cs-gallery-page.h"
#include "ui/widgets/cs-thumbnail.h"

static gboolean
is_filled_cb (gpointer page)
{
  GtkWidget *card = ui_find (page, CS_TYPE_CREATION_CARD, NULL);
  GtkWidget *thumbnail = card != NULL ? ui_find (card, CS_TYPE_THUMBNAIL, NULL) : NULL;

  return thumbnail != NULL && cs_thumbnail_is_loaded (CS_THUMBNAIL (thumbnail));
}

static void
test_look (void)
{
  UiFixture *f = ui_open ();
  GtkWidget *page = cs_gallery_page_new ();

  ui_library_fill (f, 1284, 0);
  cs_gallery_page_set_studio (CS_GALLERY_PAGE (page), f->studio);
  ui_show (f, page, 1180, 780);
  ui_wait (is_filled_cb, page);
  for (int i = 0; i < 20; i++) ui_settle (f);
  ui_shoot (f, "gallery");
  gtk_widget_activate_action (page, "gallery.select", NULL);
  ui_settle (f);
  gtk_widget_activate_action (ui_find (page, GTK_TYPE_GRID_VIEW, NULL), "list.select-item", "(ubb)", 0, TRUE, FALSE);
  gtk_widget_activate_action (ui_find (page, GTK_TYPE_GRID_VIEW, NULL), "list.select-item", "(ubb)", 1, TRUE, FALSE);
  gtk_widget_activate_action (ui_find (page, GTK_TYPE_GRID_VIEW, NULL), "list.select-item", "(ubb)", 7, TRUE, FALSE);
  for (int i = 0; i < 20; i++) ui_settle (f);
  ui_shoot (f, "gallery-selection");
  gtk_window_set_default_size (f->window, 400, 780);
  for (int i = 0; i < 20; i++) ui_settle (f);
  ui_shoot (f, "gallery-narrow");
  g_print ("# worst %.1f\n", ui_watchdog_get_worst ());
  ui_close (f);
}

static double
cpu (void)
{
  struct timespec t;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1000.0 + t.tv_nsec / 1e6;
}
static double begun, frames[1000]; static int n_frames;
static void before_cb (void) { begun = cpu (); }
static void after_cb (void) { if (n_frames < 1000) frames[n_frames++] = cpu () - begun; }
static int cmp (const void *a, const void *b) { double x = *(double *) a, y = *(double *) b; return x < y ? -1 : x > y; }
static void
report (const char *what)
{
  qsort (frames, n_frames, sizeof (double), cmp);
  g_print ("# %s: %d frames p50 %.1f p95 %.1f max %.1f; worst turn %.1f\n", what, n_frames, frames[n_frames / 2], frames[n_frames * 95 / 100], frames[n_frames - 1], ui_watchdog_get_worst ());
  n_frames = 0;
}

static void
test_speed (void)
{
  UiFixture *f = ui_open ();
  GtkWidget *page = cs_gallery_page_new ();
  GtkAdjustment *adj;
  double t = cpu ();

  ui_library_fill (f, 10000, 0);
  t = cpu ();
  cs_gallery_page_set_studio (CS_GALLERY_PAGE (page), f->studio);
  g_print ("# set_studio %.1f\n", cpu () - t);
  t = cpu ();
  ui_show (f, page, 1180, 780);
  g_print ("# show %.1f\n", cpu () - t);
  ui_watchdog_start ();
  ui_wait (is_filled_cb, page);
  report ("filled");
  GdkFrameClock *clock = gtk_widget_get_frame_clock (page);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), NULL);
  for (int i = 0; i < 20; i++) ui_settle (f);
  report ("settled"); ui_watchdog_start ();
  adj = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (ui_find (ui_find (page, g_type_from_name ("CsCreationGrid"), NULL), GTK_TYPE_SCROLLED_WINDOW, NULL)));
  for (int i = 0; i < 100; i++) { gtk_adjustment_set_value (adj, gtk_adjustment_get_value (adj) + 40); ui_settle (f); }
  report ("scroll 40"); ui_watchdog_start ();
  for (int i = 0; i < 50; i++) { gtk_adjustment_set_value (adj, gtk_adjustment_get_value (adj) + 400); ui_settle (f); }
  report ("scroll 400"); ui_watchdog_start ();
  for (int i = 0; i < 20; i++) { gtk_adjustment_set_value (adj, g_random_double_range (0, gtk_adjustment_get_upper (adj))); ui_settle (f); ui_settle (f); }
  report ("jump"); ui_watchdog_start ();
  GtkWidget *search = ui_find (page, GTK_TYPE_SEARCH_ENTRY, NULL);
  const char *w[] = { "l", "li", "lig", "ligh", "light", "lighthouse num", "", "casbah", "" };
  for (int i = 0; i < 9; i++) { gtk_editable_set_text (GTK_EDITABLE (search), w[i]); for (int j = 0; j < 5; j++) ui_settle (f); }
  report ("search"); ui_watchdog_start ();
  gtk_widget_activate_action (ui_find (page, GTK_TYPE_GRID_VIEW, NULL), "list.select-all", NULL);
  for (int j = 0; j < 10; j++) ui_settle (f);
  report ("select all"); ui_watchdog_start ();
  ui_shoot (f, "all");
  ui_close (f);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/gallery/look", test_look);
  g_test_add_func ("/gallery/speed", test_speed);
  return g_test_run ();
}
