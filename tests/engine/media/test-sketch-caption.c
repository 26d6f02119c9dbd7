/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "media/sketch/cs-sketch-caption.h"
#include "sketch-support.h"

#include <locale.h>

/* Draws a caption on grey. */
static void
draw (const CsSketchCaption *caption, TestFrame *to, double seconds)
{
  CsSketchFrame frame = { .pixels = { to->pixels, to->stride, to->width, to->height },
                          .unit = MIN (to->width, to->height),
                          .seconds = seconds };

  for (int y = 0; y < to->height; y++)
    memset (to->pixels + (gsize) y * to->stride, 0x80, (gsize) to->width * 4);
  cs_sketch_caption_draw (caption, &frame);
}

/* The box of all pixels that are not grey; FALSE when there are none. */
static gboolean
get_ink (const TestFrame *frame, int *x0, int *y0, int *x1, int *y1)
{
  *x0 = *y0 = G_MAXINT;
  *x1 = *y1 = -1;
  for (int y = 0; y < frame->height; y++)
    for (int x = 0; x < frame->width; x++)
      if (frame->pixels[(gsize) y * frame->stride + x * 4] > 200)
        {
          *x0 = MIN (*x0, x);
          *x1 = MAX (*x1, x);
          *y0 = MIN (*y0, y);
          *y1 = MAX (*y1, y);
        }
  return *x1 >= 0;
}

static void
test_fits (void)
{
  g_autofree char *long_word = g_strnfill (300, 'W');
  g_autofree char *much = g_strnfill (100000, 'x');
  const char *words[] = { "Un coucher de soleil sur l'océan",
                          "غروب الشمس على البحر مع أمواج هادئة وطيور تحلق في السماء البعيدة",
                          "🌊🚀 Vague 👩🏽‍🚀 et fusée",
                          long_word,
                          much,
                          "a" };
  static const int sizes[][2] = { { 640, 360 }, { 360, 640 }, { 400, 400 }, { 400, 300 } };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (sizes); k++)
      {
        int width = sizes[k][0], height = sizes[k][1], x0, y0, x1, y1;
        CsSketchCaption *caption = cs_sketch_caption_new (words[i], width, height, 5, 10);
        g_auto (TestFrame) frame = { 0 };

        test_frame_init (&frame, width, height);
        draw (caption, &frame, 2.5);
        g_assert_true (get_ink (&frame, &x0, &y0, &x1, &y1));
        g_assert_cmpint (x0, >=, width * 6 / 100);
        g_assert_cmpint (x1, <=, width * 94 / 100);
        g_assert_cmpint (y0, >, height * 60 / 100);
        g_assert_cmpint (y1, <, height - 10);
        g_assert_cmpint (ABS ((x0 + x1) / 2 - width / 2), <, width / 20);
        cs_sketch_caption_free (caption);
      }
}

static void
test_fades (void)
{
  CsSketchCaption *caption = cs_sketch_caption_new ("Bonjour", 320, 180, 5, 0);
  g_auto (TestFrame) frame = { 0 };
  int x0, y0, x1, y1;

  test_frame_init (&frame, 320, 180);
  draw (caption, &frame, 0);
  g_assert_false (get_ink (&frame, &x0, &y0, &x1, &y1));
  draw (caption, &frame, 2);
  g_assert_true (get_ink (&frame, &x0, &y0, &x1, &y1));
  draw (caption, &frame, 5);
  g_assert_false (get_ink (&frame, &x0, &y0, &x1, &y1));
  cs_sketch_caption_free (caption);
}

static void
test_nothing (void)
{
  g_assert_null (cs_sketch_caption_new ("", 320, 180, 5, 0));
  g_assert_null (cs_sketch_caption_new (" \n\t ", 320, 180, 5, 0));
  g_assert_null (cs_sketch_caption_new ("\xff\xfe", 320, 180, 5, 0));
  g_assert_null (cs_sketch_caption_new ("\xe2\x80\xae", 320, 180, 5, 0));
  g_assert_null (cs_sketch_caption_new ("x", 20, 20, 5, 0));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch-caption/fits", test_fits);
  g_test_add_func ("/sketch-caption/fades", test_fades);
  g_test_add_func ("/sketch-caption/nothing", test_nothing);
  return g_test_run ();
}
