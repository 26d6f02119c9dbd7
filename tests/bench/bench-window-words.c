/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing into a prompt of 100 KB, and into a short one: from a key to the frame that shows the letter and the price. */
#include "config.h"

#include "cs-bench-window.h"

#include "../ui/ui-support.h"
#include "ui/composer/cs-composer.h"
#include "ui/composer/cs-prompt-view.h"

#define LONG_ONE (100 * 1024)
#define N_KEYS 40
#define LINE "A lighthouse in a storm, waves that break on the rocks, the light goes round. "

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static void
measure_keys (CsBenchWindow *self, GtkWidget *composer, const char *name)
{
  GtkWidget *view = ui_find (composer, GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *median = g_strdup_printf ("window-key-%s-processor-p50", name);
  g_autofree char *worst = g_strdup_printf ("window-key-%s-processor-max", name);
  double works[N_KEYS];

  for (int i = 0; i < N_KEYS; i++)
    {
      double work = cs_bench_get_work ();

      gtk_text_buffer_insert_interactive_at_cursor (buffer, i % 6 == 5 ? " " : "x", 1, TRUE);
      cs_bench_window_frame (GTK_WIDGET (self->window));
      works[i] = cs_bench_get_work () - work;
      cs_bench_window_wait (0.05);
    }
  qsort (works, N_KEYS, sizeof (double), compare_cb);
  cs_bench_show (&(CsBenchFigure){ .name = median, .value = works[N_KEYS / 2], .unit = "ms of the main thread", .goal = "<= 16.7 ms" });
  cs_bench_show (&(CsBenchFigure){ .name = worst, .value = works[N_KEYS - 1], .unit = "ms of the main thread", .goal = "<= 50 ms" });
}

/* From the choice to the button that says what it costs. */
static void
measure_price (CsBenchWindow *self, GtkWidget *composer, const char *name)
{
  GtkRange *range = GTK_RANGE (ui_find (composer, GTK_TYPE_SCALE, "duration"));
  g_autofree char *full = g_strdup_printf ("window-price-%s-processor", name);
  double worst = 0;

  for (int seconds = 5; seconds <= 10; seconds++)
    {
      double work = cs_bench_get_work ();

      gtk_range_set_value (range, seconds);
      cs_bench_window_frame (GTK_WIDGET (self->window));
      work = cs_bench_get_work () - work;
      worst = MAX (worst, work);
      cs_bench_window_wait (0.05);
    }
  cs_bench_show (&(CsBenchFigure){ .name = full, .value = worst, .unit = "ms of the main thread", .goal = "<= 100 ms" });
}

static void
measure (CsBenchWindow *self, GtkWidget *composer, const char *name, guint length)
{
  CsPromptView *prompt = CS_PROMPT_VIEW (ui_find (composer, CS_TYPE_PROMPT_VIEW, NULL));
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < length)
    g_string_append (text, text->len % 5 == 4 ? LINE "\n" : LINE);
  cs_composer_set_prompt (CS_COMPOSER (composer), text->str);
  cs_bench_window_wait (2);
  g_assert_cmpuint (cs_prompt_view_get_length (prompt), >=, length);
  measure_keys (self, composer, name);
  measure_price (self, composer, name);
}

int
main (int argc, char **argv)
{
  CsBenchWindow *self = cs_bench_window_open (NULL);
  GtkWidget *composer = ui_find (cs_bench_window_show (self, "video"), CS_TYPE_COMPOSER, NULL);

  measure (self, composer, "short", 1);
  measure (self, composer, "100-kb", LONG_ONE);
  return 0;
}
