/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-scene.h"

#include <cairo.h>
#include <locale.h>
#include <stdlib.h>
#include <time.h>

/* A tool for those who draw Sketch's scenes: writes frames as PNG files and says how long they took.
 *
 *   sketch-sheet [OPTIONS] OUT PROMPT...
 *
 * writes one sheet, OUT, with a row for each prompt. */

static int width = 640, height = 360, n_columns = 1, bench;
static double duration = 5, at = -1;
static char *style_names = NULL, *seed_text = NULL;
static gboolean has_caption = FALSE;

static const GOptionEntry entries[] = {
  { "width", 'w', 0, G_OPTION_ARG_INT, &width, "Pixels", "N" },
  { "height", 'h', 0, G_OPTION_ARG_INT, &height, "Pixels", "N" },
  { "styles", 's', 0, G_OPTION_ARG_STRING, &style_names,
    "One column for each style: all, or names apart by commas", "S" },
  { "moments", 'm', 0, G_OPTION_ARG_INT, &n_columns, "One column for each of so many moments", "N" },
  { "duration", 'd', 0, G_OPTION_ARG_DOUBLE, &duration, "Seconds; 0 a still picture", "S" },
  { "at", 'a', 0, G_OPTION_ARG_DOUBLE, &at, "The moment to draw", "S" },
  { "seed", 0, 0, G_OPTION_ARG_STRING, &seed_text, "Instead of the prompt's own", "N" },
  { "caption", 'c', 0, G_OPTION_ARG_NONE, &has_caption, "With its title", NULL },
  { "bench", 'b', 0, G_OPTION_ARG_INT, &bench, "Draw so many frames and tell the time", "N" },
  { NULL },
};

static GArray *
get_styles (void)
{
  GArray *styles = g_array_new (FALSE, FALSE, sizeof (CsStyle));
  g_auto (GStrv) names = g_strsplit (style_names != NULL ? style_names : "photorealistic", ",", -1);

  for (int i = 0; i < CS_N_STYLES; i++)
    {
      CsStyle style = (CsStyle) i;

      if (g_strcmp0 (style_names, "all") == 0
          || g_strv_contains ((const char *const *) names, cs_style_to_string (style)))
        g_array_append_val (styles, style);
    }
  return styles;
}

/* The time this thread has worked, whatever else the machine does; microseconds. */
static gint64
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
tell_speed (CsSketchScene *scene, cairo_surface_t *surface, gint64 started)
{
  gint64 made = get_cpu_time ();

  for (int i = 0; i < bench; i++)
    cs_sketch_scene_draw (scene, i / 24.0, cairo_image_surface_get_data (surface),
                          cairo_image_surface_get_stride (surface));
  if (bench > 0)
    g_print ("%-10s made in %4d ms, a frame in %5.2f ms\n", cs_sketch_scene_get_name (scene),
             (int) ((made - started) / 1000), (get_cpu_time () - made) / 1000.0 / bench);
}

static void
draw_cell (cairo_t *cr, const char *prompt, CsStyle style, int column, int row, int moment)
{
  CsSketchSpec spec
      = { prompt, style, width, height, cs_sketch_seed_for_prompt (prompt), duration, has_caption };
  g_autoptr (CsSketchScene) scene = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  double seconds = at >= 0 ? at : n_columns > 1 ? duration * moment / (n_columns - 1) : duration * 0.4;
  gint64 started = get_cpu_time ();

  if (seed_text != NULL)
    spec.seed = g_ascii_strtoull (seed_text, NULL, 10);
  scene = cs_sketch_scene_new (&spec);
  tell_speed (scene, surface, started);
  cs_sketch_scene_draw (scene, seconds, cairo_image_surface_get_data (surface),
                        cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  cairo_set_source_surface (cr, surface, column * (width + 4), row * (height + 4));
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("OUT PROMPT...");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) styles = NULL;
  cairo_surface_t *sheet;
  cairo_t *cr;
  int columns;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 3)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "sketch-sheet [OPTIONS] OUT PROMPT...");
      return EXIT_FAILURE;
    }
  styles = get_styles ();
  columns = (int) styles->len * n_columns;
  sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns * (width + 4), (argc - 2) * (height + 4));
  cr = cairo_create (sheet);
  for (int row = 0; row < argc - 2; row++)
    for (int column = 0; column < columns; column++)
      draw_cell (cr, argv[row + 2], g_array_index (styles, CsStyle, column / n_columns), column, row,
                 column % n_columns);
  cairo_destroy (cr);
  if (cairo_surface_write_to_png (sheet, argv[1]) != CAIRO_STATUS_SUCCESS)
    return EXIT_FAILURE;
  cairo_surface_destroy (sheet);
  return EXIT_SUCCESS;
}
