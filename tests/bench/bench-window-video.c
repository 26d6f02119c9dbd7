/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A video of 1280 x 720 that plays on its page. */
#include "config.h"

#include "cs-bench-window.h"

#include "../ui/ui-support.h"
#include "ui/gallery/cs-detail-page.h"
#include "ui/player/cs-player-view-private.h"

#define SECONDS 4 /* the film is 5 s long */

/* What is on the screen, and how often it was another picture. */
typedef struct
{
  CsVideoPaintable *paintable;
  GdkTexture *last; /* compared and nothing else: it may be gone */
  guint n;
} Shown;

static void
shown_cb (Shown *shown)
{
  GdkTexture *texture = cs_video_paintable_get_texture (shown->paintable);

  shown->n += texture != shown->last;
  shown->last = texture;
}

static gboolean
is_ready_cb (gpointer user_data)
{
  return cs_player_get_facts (user_data)->state == CS_PLAYER_PAUSED;
}

static gboolean
is_done_cb (gpointer user_data)
{
  return cs_job_get_facts (user_data)->state == CS_JOB_DONE;
}

/* Returns: (transfer full): the creation that Sketch makes of a brief. */
static CsCreation *
make_video (CsBenchWindow *self)
{
  CsJobQueue *queue = cs_engine_get_queue (self->engine);
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) reading = NULL;
  g_autoptr (GError) error = NULL;
  CsBrief *brief = cs_brief_new (CS_KIND_VIDEO);
  CsCreation *creation;

  brief->prompt = g_strdup ("A lighthouse at dusk, waves breaking on the rocks");
  brief->provider = g_strdup ("sketch");
  brief->screenwriter = FALSE;
  cs_brief_check (brief, &error);
  g_assert_no_error (error);
  g_ptr_array_add (briefs, brief);
  cs_job_queue_add_async (queue, briefs, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  jobs = cs_job_queue_add_finish (queue, result, &error);
  g_assert_no_error (error);
  cs_bench_window_until (is_done_cb, jobs->pdata[0]);
  cs_library_get_async (cs_engine_get_library (self->engine), cs_job_get_id (jobs->pdata[0]), NULL, cs_test_keep_result, &reading);
  cs_test_wait_result (&reading);
  creation = cs_library_get_finish (cs_engine_get_library (self->engine), reading, &error);
  g_assert_no_error (error);
  return creation;
}

int
main (int argc, char **argv)
{
  CsBenchWindow *self = cs_bench_window_open (NULL);
  g_autoptr (CsCreation) creation = make_video (self);
  g_autoptr (CsBenchFrames) frames = NULL;
  GtkWidget *view;
  CsPlayer *player;
  Shown shown = { NULL };
  gint64 begun;

  cs_bench_window_show (self, "gallery");
  begun = g_get_monotonic_time ();
  cs_window_show_creation (self->window, creation, NULL);
  view = ui_find (ui_find (GTK_WIDGET (self->window), CS_TYPE_DETAIL_PAGE, NULL), CS_TYPE_PLAYER_VIEW, NULL);
  shown.paintable = _cs_player_view_get_paintable (CS_PLAYER_VIEW (view));
  player = _cs_player_view_get_player (CS_PLAYER_VIEW (view));
  cs_bench_window_until (is_ready_cb, player);
  cs_bench_show (&(CsBenchFigure){
      .name = "window-video-open", .value = (g_get_monotonic_time () - begun) / 1000.0, .unit = "ms to the first frame" });
  cs_bench_window_wait (1);
  frames = cs_bench_frames_start (view);
  g_signal_connect_swapped (player, "frame", G_CALLBACK (shown_cb), &shown);
  cs_player_view_toggle (CS_PLAYER_VIEW (view));
  cs_bench_window_wait (SECONDS);
  cs_bench_frames_stop (frames);
  cs_bench_frames_show (frames, "window-video");
  cs_bench_show (&(CsBenchFigure){ .name = "window-video-shown", .value = (double) shown.n / SECONDS, .unit = "frames of the film a second" });
  return 0;
}
