/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going between pages, opening the preferences and the wallet, and what is still in memory after all of them were seen. */
#include "config.h"

#include "cs-bench-window.h"

#include "ui/preferences/cs-preferences-window.h"
#include "ui/wallet/cs-wallet-window.h"

#define N_CREATIONS 200
#define N_ROUNDS 5
#define GOAL "<= 50 ms"

static const char *const pages[] = { "image", "presentation", "gallery", "video" };

static void
show (const char *what, const char *name, double value)
{
  g_autofree char *full = g_strdup_printf ("window-%s-%s-processor", name, what);

  cs_bench_show (&(CsBenchFigure){ .name = full, .value = value, .unit = "ms of the main thread to the next frame", .goal = GOAL });
}

static double
go (CsBenchWindow *self, const char *page)
{
  double work = cs_bench_get_work ();

  cs_bench_window_page (self, page);
  cs_bench_window_frame (GTK_WIDGET (self->window));
  return cs_bench_get_work () - work;
}

static void
measure_pages (CsBenchWindow *self)
{
  double worst[G_N_ELEMENTS (pages)] = { 0 };

  for (int round = 0; round <= N_ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
      {
        double work = go (self, pages[i]);

        if (round == 0)
          show ("first", pages[i], work);
        else
          worst[i] = MAX (worst[i], work);
        cs_bench_window_wait (round == 0 ? 1 : 0.4);
      }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    show ("again", pages[i], worst[i]);
}

/* Opens a window, and closes it. */
static double
open_once (CsBenchWindow *self, GtkWindow *(*open) (CsStudio *, GtkWindow *))
{
  double work = cs_bench_get_work ();
  GtkWindow *window = open (self->studio, GTK_WINDOW (self->window));

  gtk_window_present (window);
  cs_bench_window_frame (GTK_WIDGET (window));
  work = cs_bench_get_work () - work;
  cs_bench_window_wait (0.5);
  gtk_window_destroy (window);
  cs_bench_window_wait (0.3);
  return work;
}

static void
measure_window (CsBenchWindow *self, const char *name, GtkWindow *(*open) (CsStudio *, GtkWindow *))
{
  double worst = 0;

  show ("first", name, open_once (self, open));
  for (int round = 0; round < N_ROUNDS; round++)
    {
      double work = open_once (self, open);

      worst = MAX (worst, work);
    }
  show ("again", name, worst);
}

/* Memory: what is kept ready is kept after the first look; what a second and a third one leave behind is lost. */

static void
look_at_pages (CsBenchWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      go (self, pages[i]);
      cs_bench_window_wait (0.3);
    }
}

static void
look_at_wallet (CsBenchWindow *self)
{
  open_once (self, cs_wallet_window_new);
}

static void
look_at_preferences (CsBenchWindow *self)
{
  open_once (self, cs_preferences_window_new);
}

static void
measure_loss (CsBenchWindow *self, const char *name, void (*look) (CsBenchWindow *), const char *goal)
{
  double before = cs_bench_window_memory ();
  double lost;

  for (int round = 0; round < N_ROUNDS; round++)
    look (self);
  lost = cs_bench_window_memory () - before;
  cs_bench_show (&(CsBenchFigure){ .name = name,
                                   .value = MAX (lost, 0) / N_ROUNDS,
                                   .unit = "MiB lost with every look",
                                   .goal = goal });
}

/* libadwaita 1.2 never lets go of the groups of a preferences window, so that there is no goal for it. */
static void
measure_memory (CsBenchWindow *self, double before)
{
  cs_bench_show (&(CsBenchFigure){
      .name = "window-memory-after-all", .value = cs_bench_window_memory () - before, .unit = "MiB more than before" });
  measure_loss (self, "window-memory-pages", look_at_pages, "<= 0.2 MiB");
  measure_loss (self, "window-memory-wallet", look_at_wallet, "<= 0.2 MiB");
  measure_loss (self, "window-memory-preferences", look_at_preferences, NULL);
}

int
main (int argc, char **argv)
{
  CsBenchWindow *self = cs_bench_window_open (NULL);
  double memory;

  cs_bench_window_fill (self, N_CREATIONS);
  cs_bench_window_show (self, "video");
  memory = cs_bench_window_memory ();
  measure_pages (self);
  measure_window (self, "preferences", cs_preferences_window_new);
  measure_window (self, "wallet", cs_wallet_window_new);
  measure_memory (self, memory);
  return 0;
}
