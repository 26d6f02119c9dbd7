/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "media/cs-sketch-progress.h"

#define INTERVAL (G_USEC_PER_SEC / 20)

struct _CsSketchProgress
{
  GMainContext *context;
  CsSketchProgressFunc func;
  gpointer user_data;

  /* State of the worker thread. */
  gint64 told_at;
  double told;

  /* State under the lock. */
  GMutex lock;
  double newest;
  gboolean is_pending;
};

/**
 * cs_sketch_progress_new:
 * @context: where @func is called
 * @func: (nullable): has to be callable until the render has returned
 */
CsSketchProgress *
cs_sketch_progress_new (GMainContext *context, CsSketchProgressFunc func, gpointer user_data)
{
  CsSketchProgress *self = g_atomic_rc_box_new0 (CsSketchProgress);

  self->context = g_main_context_ref (context);
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  return self;
}

static void
clear (gpointer data)
{
  CsSketchProgress *self = data;

  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
}

void
cs_sketch_progress_unref (CsSketchProgress *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* On the main context. */
static gboolean
tell_cb (gpointer data)
{
  CsSketchProgress *self = data;
  double share;

  g_mutex_lock (&self->lock);
  share = self->newest;
  self->is_pending = FALSE;
  g_mutex_unlock (&self->lock);
  self->func (share, self->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * cs_sketch_progress_tell:
 * @share: 0 .. 1
 *
 * On the worker thread. The end is always told, and before the task that returns after it.
 */
void
cs_sketch_progress_tell (CsSketchProgress *self, double share)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  gboolean was_pending;

  if (self->func == NULL || share <= self->told || (share < 1 && now - self->told_at < INTERVAL))
    return;
  self->told = share;
  self->told_at = now;

  g_mutex_lock (&self->lock);
  self->newest = share;
  was_pending = self->is_pending;
  self->is_pending = TRUE;
  g_mutex_unlock (&self->lock);
  if (was_pending)
    return;

  /* Of the priority that tasks return with, so that the two come in their order. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, g_atomic_rc_box_acquire (self), (GDestroyNotify) cs_sketch_progress_unref);
  g_source_attach (source, self->context);
}
