/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cs-bench-window.h"

#include "../ui/ui-library.h"

#include <string.h>

#define WIDTH 1180
#define HEIGHT 780
#define N_FILES 160 /* as many pictures as a long scroll shows; the others show the same ones again */
#define PATIENCE 120 /* seconds */

/** cs_bench_window_open: Opens the engine, with @registry when there is one. Returns: (transfer full): what to measure. */
CsBenchWindow *
cs_bench_window_open (CsProviderRegistry *registry)
{
  CsBenchWindow *self = g_new0 (CsBenchWindow, 1);
  g_autoptr (CsPaths) paths = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cs_engine_set_up_process ();
  adw_init ();
  self->application = cs_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (self->application), NULL, NULL));
  g_assert_nonnull (g_getenv ("CREATIVE_STUDIO_HOME")); /* nobody's own studio */
  paths = cs_paths_new (&error);
  g_assert_no_error (error);
  cs_engine_open_async (paths, registry, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  self->engine = cs_engine_open_finish (result, &error);
  g_assert_no_error (error);
  return self;
}

void
cs_bench_window_fill (CsBenchWindow *self, guint n_creations)
{
  UiFixture fixture = { .engine = self->engine };

  ui_library_fill (&fixture, n_creations, MIN (n_creations, N_FILES));
}

/** cs_bench_window_show: Shows @page, and waits until nothing moves any more. Returns: (transfer none): what it holds. */
GtkWidget *
cs_bench_window_show (CsBenchWindow *self, const char *page)
{
  GtkWidget *shown;

  self->studio = cs_studio_new (self->engine);
  self->window = cs_window_new (self->application);
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, HEIGHT);
  cs_window_set_studio (self->window, self->studio, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
  shown = cs_bench_window_page (self, page);
  cs_bench_window_wait (2);
  return shown;
}

/** cs_bench_window_page: Returns: (transfer none): what @page holds, shown from now on. */
GtkWidget *
cs_bench_window_page (CsBenchWindow *self, const char *page)
{
  GtkWidget *stack = ui_find (GTK_WIDGET (self->window), ADW_TYPE_VIEW_STACK, NULL);

  cs_window_show_page (self->window, page);
  return adw_view_stack_get_visible_child (ADW_VIEW_STACK (stack));
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
cs_bench_window_wait (double seconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  guint tick = g_timeout_add (5, tick_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

void
cs_bench_window_until (CsTestCondition condition, gpointer user_data)
{
  g_assert_true (cs_test_wait_seconds (condition, user_data, PATIENCE));
}

static gboolean
is_drawn_cb (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
drawn_cb (gboolean *is_drawn)
{
  *is_drawn = TRUE;
}

void
cs_bench_window_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean is_drawn = FALSE;
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (drawn_cb), &is_drawn);

  gtk_widget_queue_draw (widget);
  cs_bench_window_until (is_drawn_cb, &is_drawn);
  g_signal_handler_disconnect (clock, handler);
}

double
cs_bench_window_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    return -1;
  line = strstr (text, "\nPrivate_Dirty:");
  return line != NULL ? g_ascii_strtoll (line + strlen ("\nPrivate_Dirty:"), NULL, 10) / 1024.0 : -1;
}
