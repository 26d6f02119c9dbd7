/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gallery of 10,000 creations: how it opens, scrolls and searches, and what it keeps in memory. */
#include "config.h"

#include "cs-bench-window.h"

#include "../ui/ui-support.h"
#include "ui/gallery/cs-creation-card.h"
#include "ui/gallery/cs-creation-grid.h"
#include "ui/widgets/cs-thumbnail.h"

#define N_CREATIONS 10000
#define SECONDS 3
#define READING 1500 /* pixels a second, as one looks at pictures that go by */
#define FLYING 12000 /* the same, with a swing of the hand */

/* One scroll. */
typedef struct
{
  GtkAdjustment *adjustment;
  double speed; /* pixels a second */
  gint64 begun; /* 0: not yet */
  double from;
  gboolean is_over;
} Scroll;

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Scroll *scroll = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (scroll->begun == 0)
    scroll->begun = now;
  gtk_adjustment_set_value (scroll->adjustment, scroll->from + scroll->speed * (now - scroll->begun) / G_USEC_PER_SEC);
  scroll->is_over = now - scroll->begun > SECONDS * G_USEC_PER_SEC;
  return scroll->is_over ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
is_over_cb (gpointer user_data)
{
  return ((Scroll *) user_data)->is_over;
}

static void
measure_scroll (GtkWidget *page, const char *name, double speed)
{
  GtkWidget *grid = ui_find (page, CS_TYPE_CREATION_GRID, NULL);
  GtkWidget *scroller = ui_find (grid, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  Scroll scroll = { .adjustment = adjustment, .speed = speed, .from = gtk_adjustment_get_value (adjustment) };
  g_autoptr (CsBenchFrames) frames = cs_bench_frames_start (page);

  gtk_widget_add_tick_callback (scroller, scroll_cb, &scroll, NULL);
  cs_bench_window_until (is_over_cb, &scroll);
  cs_bench_frames_stop (frames);
  cs_bench_frames_show (frames, name);
  cs_bench_window_wait (1);
}

/* Search */

/* Words that are searched, until the list that they find is shown. */
typedef struct
{
  GtkWidget *page;
  GListModel *model;
  gboolean is_found;
} Search;

static void
found_cb (Search *search)
{
  search->is_found = TRUE;
}

static gboolean
is_found_cb (gpointer user_data)
{
  return ((Search *) user_data)->is_found;
}

/* By the processor, from the last letter to the frame that shows what was found: the search waits on purpose for somebody who
 * is still writing. */
static double
search_for (Search *search, const char *words)
{
  GtkWidget *entry = ui_find (search->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  gulong handler = g_signal_connect_swapped (search->model, "items-changed", G_CALLBACK (found_cb), search);
  double begun = cs_bench_get_work ();

  search->is_found = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  cs_bench_window_until (is_found_cb, search);
  cs_bench_window_frame (search->page);
  g_signal_handler_disconnect (search->model, handler);
  return cs_bench_get_work () - begun;
}

static void
measure_search (GtkWidget *page)
{
  static const char *const words[] = { "robot", "lighthouse", "dunes number77", "" };
  GtkWidget *view = ui_find (page, GTK_TYPE_GRID_VIEW, NULL);
  Search search = { page, G_LIST_MODEL (gtk_grid_view_get_model (GTK_GRID_VIEW (view))), FALSE };
  double worst = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      double work = search_for (&search, words[i]);

      worst = MAX (worst, work);
      cs_bench_window_wait (0.5);
    }
  cs_bench_show (&(CsBenchFigure){
      .name = "window-gallery-10000-search-processor", .value = worst, .unit = "ms of the main thread", .goal = "<= 20 ms" });
}

/* Opening */

static gboolean
is_filled_cb (gpointer page)
{
  GtkWidget *card = ui_find (page, CS_TYPE_CREATION_CARD, NULL);
  GtkWidget *thumbnail = card != NULL ? ui_find (card, CS_TYPE_THUMBNAIL, NULL) : NULL;

  return thumbnail != NULL && cs_thumbnail_is_loaded (CS_THUMBNAIL (thumbnail));
}

/* Returns: (transfer none): what is open then. */
static GtkWidget *
measure_opening (CsBenchWindow *self)
{
  gint64 begun = g_get_monotonic_time ();
  double work = cs_bench_get_work ();
  GtkWidget *page = cs_bench_window_page (self, "gallery");

  cs_bench_window_until (is_filled_cb, page);
  cs_bench_show (&(CsBenchFigure){ .name = "window-gallery-10000-open",
                                   .value = (g_get_monotonic_time () - begun) / 1000.0,
                                   .unit = "ms to the first picture",
                                   .goal = "<= 300 ms" });
  cs_bench_show (&(CsBenchFigure){
      .name = "window-gallery-10000-open-processor", .value = cs_bench_get_work () - work, .unit = "ms of the main thread" });
  return page;
}

int
main (int argc, char **argv)
{
  CsBenchWindow *self = cs_bench_window_open (NULL);
  GtkWidget *page;
  double memory;

  cs_bench_window_fill (self, N_CREATIONS);
  cs_bench_window_show (self, "video");
  memory = cs_bench_window_memory ();
  page = measure_opening (self);
  cs_bench_window_wait (1);
  measure_scroll (page, "window-gallery-10000-scroll", READING);
  measure_scroll (page, "window-gallery-10000-fling", FLYING);
  measure_search (page);
  cs_bench_show (&(CsBenchFigure){ .name = "window-gallery-10000-memory",
                                   .value = cs_bench_window_memory () - memory,
                                   .unit = "MiB more than before it was seen",
                                   .goal = "<= 120 MiB" });
  return 0;
}
