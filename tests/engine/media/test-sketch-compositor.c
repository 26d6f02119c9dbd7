/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "media/sketch/cs-sketch-stage.h"
#include "sketch-support.h"

static CsSketchFrame
see (const CsSketchStage *stage, TestFrame *to, double seconds)
{
  CsSketchFrame frame = { .pixels = { to->pixels, to->stride, to->width, to->height },
                          .camera = &stage->camera,
                          .unit = stage->unit,
                          .seconds = seconds };

  frame.pose = cs_sketch_camera_get_pose (&stage->camera, seconds);
  cs_sketch_compositor_draw (stage->items, &frame, 0, to->height);
  return frame;
}

static void
fill_layer (CsSketchStage *stage, CsSketchLayer *layer, guint32 color)
{
  cs_sketch_canvas_set_color (layer->canvas, CS_SKETCH_HEX (color), 1);
  cairo_paint (layer->canvas->cr);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
}

/* A layer that fills its sheet must fill every frame, whatever the camera does: no edge may come into sight.
 */
static void
check_no_edges (CsSketchMove move, double depth, double speed, int width, int height)
{
  CsSketchIdea idea = { .move = move, .speed = speed };
  g_autoptr (CsSketchStage) stage
      = cs_sketch_stage_new (&idea, CS_STYLE_PHOTOREALISTIC, width, height, 7, 10);
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, depth);
  g_auto (TestFrame) to = { 0 };

  test_frame_init (&to, width, height);
  fill_layer (stage, layer, 0x4080c0);
  layer->drift_x = 0.004;
  layer->sway_x = layer->sway_y = 0.01;
  for (double t = 0; t <= 10; t += 1.25)
    {
      see (stage, &to, t);
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          if ((((guint32 *) (void *) (to.pixels + (gsize) y * to.stride))[x] & 0xffffff) < 0x3f7fbf)
            g_error ("move %d, depth %.2f: an edge at %d, %d after %.2f s", move, depth, x, y, t);
    }
}

static void
test_no_edges (void)
{
  static const double depths[] = { 0, 0.4, 1, 1.5 };

  for (int move = 0; move < CS_SKETCH_N_MOVES; move++)
    for (gsize i = 0; i < G_N_ELEMENTS (depths); i++)
      {
        check_no_edges ((CsSketchMove) move, depths[i], 1, 96, 54);
        check_no_edges ((CsSketchMove) move, depths[i], 1.65, 54, 96);
      }
}

/* Near layers go further than far ones. */
static void
test_parallax (void)
{
  CsSketchIdea idea = { .move = CS_SKETCH_MOVE_RIGHT, .speed = 1 };
  g_autoptr (CsSketchStage) stage = cs_sketch_stage_new (&idea, CS_STYLE_ANIME, 160, 90, 7, 5);
  CsSketchFrame frame = { .camera = &stage->camera, .unit = 90 };
  double far[2], near[2], y;

  for (int i = 0; i < 2; i++)
    {
      frame.pose = cs_sketch_camera_get_pose (&stage->camera, i * 5);
      cs_sketch_frame_project (&frame, 0.1, 0.5, 0.5, &far[i], &y);
      cs_sketch_frame_project (&frame, 1.4, 0.5, 0.5, &near[i], &y);
    }
  g_assert_cmpfloat (far[1], <, far[0] - 1);
  g_assert_cmpfloat (near[0] - near[1], >, (far[0] - far[1]) * 1.5);
}

/* The upper layer wins; a hole in it shows the lower one; pure light adds up. */
static void
test_order (void)
{
  CsSketchIdea idea = { .move = CS_SKETCH_MOVE_STILL, .speed = 1 };
  g_autoptr (CsSketchStage) stage = cs_sketch_stage_new (&idea, CS_STYLE_PHOTOREALISTIC, 80, 80, 7, 5);
  CsSketchLayer *layer;
  g_auto (TestFrame) to = { 0 };
  const guint32 *row;

  test_frame_init (&to, 80, 80);
  fill_layer (stage, cs_sketch_stage_begin (stage, 0), 0x101010);
  layer = cs_sketch_stage_begin (stage, 1);
  cs_sketch_canvas_set_color (layer->canvas, CS_SKETCH_HEX (0xff0000), 1);
  cairo_rectangle (layer->canvas->cr, layer->canvas->x0, layer->canvas->y0, 0.5 - layer->canvas->x0, 3);
  cairo_fill (layer->canvas->cr);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
  layer = cs_sketch_stage_begin (stage, 1);
  cs_sketch_canvas_glow (layer->canvas, 0.5, 0.75, 0.2, 0.2, CS_SKETCH_HEX (0x00ff00), 0.5);
  cs_sketch_stage_end (stage, layer, CS_SKETCH_KIND_LIGHT);
  see (stage, &to, 0);
  row = (guint32 *) (void *) (to.pixels + (gsize) 20 * to.stride);
  g_assert_cmphex (row[10] & 0xffffff, ==, 0xff0000);
  g_assert_cmphex (row[70] & 0xffffff, ==, 0x101010);
  row = (guint32 *) (void *) (to.pixels + (gsize) 60 * to.stride);
  g_assert_cmpint ((row[39] >> 8) & 255, >, 60);
  g_assert_cmpint ((row[39] >> 16) & 255, ==, 255);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch-compositor/no-edges", test_no_edges);
  g_test_add_func ("/sketch-compositor/parallax", test_parallax);
  g_test_add_func ("/sketch-compositor/order", test_order);
  return g_test_run ();
}
