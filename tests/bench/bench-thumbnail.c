/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/cs-media-info.h"

#include "cs-bench.h"
#include "cs-test.h"

#define N_RUNS 9

/* One film of 720p to be looked into; lives on the stack of main(). */
typedef struct
{
  char *film;
  char *thumbnail;
} Bench;

static gboolean
make_film (Bench *bench)
{
  const char *argv[] = { "ffmpeg",    "-v",      "error",     "-y",
                         "-f",        "lavfi",   "-i",        "testsrc2=size=1280x720:rate=24:duration=5",
                         "-f",        "lavfi",   "-i",        "sine=duration=5",
                         "-pix_fmt",  "yuv420p", "-c:v",      "libx264",
                         "-c:a",      "aac",     "-movflags", "+faststart",
                         bench->film, NULL };

  return cs_bench_run (argv);
}

/* Probes the film and makes its thumbnail, in the helper process with its limits. */
static gboolean
look (gpointer user_data)
{
  Bench *bench = user_data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsMediaInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  cs_media_probe_async (bench->film, bench->thumbnail, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  info = cs_media_probe_finish (result, &error);
  if (info == NULL)
    g_printerr ("%s\n", error->message);
  return info != NULL;
}

static gboolean
look_with_peer (gpointer user_data)
{
  Bench *bench = user_data;
  const char *argv[] = { "ffmpegthumbnailer", "-i", bench->film, "-o", bench->thumbnail, "-s", "640", NULL };

  return cs_bench_run (argv);
}

int
main (int argc, char **argv)
{
  Bench bench = { cs_bench_work_dir ("film.mp4"), cs_bench_work_dir ("thumbnail.png") };
  CsBenchFigure figure = { .name = "thumbnail-720p-mp4", .unit = "ms", .goal = ">= ffmpegthumbnailer" };
  double ours;
  double theirs;

  if (!make_film (&bench))
    g_error ("ffmpeg could not make the film");
  ours = cs_bench_median (look, &bench, N_RUNS);
  if (ours < 0)
    return 1;
  theirs = cs_bench_median (look_with_peer, &bench, N_RUNS);
  figure.value = ours * 1000;
  figure.peer = "ffmpegthumbnailer";
  if (theirs > 0)
    {
      figure.peer_value = theirs * 1000;
      figure.ratio = theirs / ours;
    }
  cs_bench_show (&figure);
  g_free (bench.film);
  g_free (bench.thumbnail);
  return 0;
}
