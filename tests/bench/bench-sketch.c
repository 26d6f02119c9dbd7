/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/cs-sketch-renderer.h"
#include "media/cs-sketch-sound.h"
#include "media/cs-video-encoder.h"
#include "media/sketch/cs-sketch-scene.h"

#include "cs-bench.h"
#include "cs-test.h"

#define WIDTH 1280
#define HEIGHT 720
#define FRAME_RATE 24
#define SECONDS 5
#define N_RUNS 3
#define PATIENCE 300 /* seconds */

/* One film, made by Sketch, and its frames and sound for the encoder alone; lives on the stack of main(). */
typedef struct
{
  const char *prompt;
  CsStyle style;
  CsKind kind;
  char *path;
  GPtrArray *frames; /* (element-type GBytes) */
  GBytes *sound;
} Bench;

static gboolean
is_there_cb (gpointer user_data)
{
  GAsyncResult **result = user_data;

  return *result != NULL;
}

static CsSketchOrder *
make_order (Bench *bench)
{
  CsSketchOrder *order = g_new0 (CsSketchOrder, 1);

  order->kind = bench->kind;
  order->prompt = g_strdup (bench->prompt);
  order->style = bench->style;
  order->aspect = CS_ASPECT_16_9;
  order->duration = SECONDS;
  order->sound = TRUE;
  order->seed = cs_sketch_seed_for_prompt (bench->prompt);
  order->path = g_strdup (bench->path);
  return order;
}

static gboolean
render (gpointer user_data)
{
  Bench *bench = user_data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsSketchResult) made = NULL;
  g_autoptr (GError) error = NULL;

  cs_sketch_render_async (make_order (bench), NULL, NULL, NULL, cs_test_keep_result, &result);
  g_assert_true (cs_test_wait_seconds (is_there_cb, &result, PATIENCE));
  made = cs_sketch_render_finish (result, &error);
  if (made == NULL)
    g_printerr ("%s\n", error->message);
  return made != NULL;
}

/* Draws what Sketch draws for the same order, and keeps it. */
static void
draw_frames (Bench *bench)
{
  CsSketchSpec spec = { .prompt = bench->prompt,
                        .style = bench->style,
                        .width = WIDTH,
                        .height = HEIGHT,
                        .seed = cs_sketch_seed_for_prompt (bench->prompt),
                        .duration = SECONDS,
                        .has_caption = TRUE };
  g_autoptr (CsSketchScene) scene = cs_sketch_scene_new (&spec);

  bench->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (int i = 0; i < SECONDS * FRAME_RATE; i++)
    {
      guint8 *pixels = g_malloc (WIDTH * HEIGHT * 4);

      cs_sketch_scene_draw (scene, i / (double) FRAME_RATE, pixels, WIDTH * 4);
      g_ptr_array_add (bench->frames, g_bytes_new_take (pixels, WIDTH * HEIGHT * 4));
    }
  bench->sound = cs_sketch_sound_render (cs_sketch_scene_get_mood (scene), SECONDS);
}

static gboolean
encode (gpointer user_data)
{
  Bench *bench = user_data;
  CsVideoFormat format = { .width = WIDTH, .height = HEIGHT, .frame_rate = FRAME_RATE, .has_sound = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (CsVideoEncoder) encoder = cs_video_encoder_new (bench->path, &format, NULL, &error);
  gboolean good = encoder != NULL && cs_video_encoder_push_sound (encoder, bench->sound, &error);

  for (guint i = 0; good && i < bench->frames->len; i++)
    good = cs_video_encoder_push_frame (encoder, bench->frames->pdata[i], &error);
  if (!good || !cs_video_encoder_finish (encoder, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  return TRUE;
}

static void
measure_film (const char *name, const char *prompt, CsStyle style)
{
  Bench bench
      = { .prompt = prompt, .style = style, .kind = CS_KIND_VIDEO, .path = cs_bench_work_dir ("film.mp4") };
  g_autofree char *full_name = g_strconcat ("sketch-video-5s-", name, NULL);
  double ours = cs_bench_median (render, &bench, N_RUNS);
  double theirs;
  CsBenchFigure speed
      = { full_name, ours, "s", "faster than real time", "real time", SECONDS, SECONDS / ours };
  CsBenchFigure share
      = { full_name, ours, "s", ">= 0.8 x the encoder alone", "the encoder alone, same frames", 0, 0 };

  g_assert_cmpfloat (ours, >, 0);
  cs_bench_show (&speed);
  draw_frames (&bench);
  theirs = cs_bench_median (encode, &bench, N_RUNS);
  g_assert_cmpfloat (theirs, >, 0);
  share.peer_value = theirs;
  share.ratio = theirs / ours;
  cs_bench_show (&share);
  g_ptr_array_unref (bench.frames);
  g_bytes_unref (bench.sound);
  g_free (bench.path);
}

static void
measure_picture (void)
{
  Bench bench = { .prompt = "A lighthouse in a storm, at night",
                  .style = CS_STYLE_PHOTOREALISTIC,
                  .kind = CS_KIND_IMAGE,
                  .path = cs_bench_work_dir ("picture.png") };
  CsBenchFigure figure
      = { .name = "sketch-image", .unit = "s", .value = cs_bench_median (render, &bench, N_RUNS) };

  cs_bench_show (&figure);
  g_free (bench.path);
}

int
main (int argc, char **argv)
{
  measure_film ("sea-photorealistic", "A lighthouse in a storm, at night", CS_STYLE_PHOTOREALISTIC);
  measure_film ("city-anime", "A city street under the rain", CS_STYLE_ANIME);
  measure_film ("desert-artistic", "كثبان الصحراء عند الغروب", CS_STYLE_ARTISTIC);
  measure_picture ();
  return 0;
}
