/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "media/cs-sketch-painter.h"

#define MAX_THREADS 4
#define SPARE_SLOTS 6 /* what the encoder holds, and one that is ready */

typedef enum
{
  SLOT_FREE,
  SLOT_DRAWING,
  SLOT_READY,
  SLOT_TAKEN,
} SlotState;

/* One picture of the ring. */
typedef struct
{
  CsSketchPainter *painter; /* borrowed */
  SlotState state;
  guint frame;
  guint8 *pixels;
} Slot;

struct _CsSketchPainter
{
  /* Input. */
  CsSketchScene *scene; /* borrowed */
  int width, height, frame_rate;
  guint n_frames;

  /* State, under the lock. */
  GMutex lock;
  GCond changed;
  guint next_drawn; /* the next frame that somebody draws */
  guint next_taken;
  gboolean stopped;
  Slot *slots;
  guint n_slots;

  GThread *threads[MAX_THREADS];
  guint n_threads;
};

/* With the lock held. */
static Slot *
find_slot (CsSketchPainter *self, SlotState state, guint frame)
{
  for (guint i = 0; i < self->n_slots; i++)
    if (self->slots[i].state == state && (state == SLOT_FREE || self->slots[i].frame == frame))
      return &self->slots[i];
  return NULL;
}

/* Takes the next frame to draw and a place for it; NULL when there is nothing left to do. */
static Slot *
begin_frame (CsSketchPainter *self)
{
  Slot *slot = NULL;

  g_mutex_lock (&self->lock);
  while (!self->stopped && self->next_drawn < self->n_frames && (slot = find_slot (self, SLOT_FREE, 0)) == NULL)
    g_cond_wait (&self->changed, &self->lock);
  if (slot != NULL)
    {
      slot->state = SLOT_DRAWING;
      slot->frame = self->next_drawn++;
    }
  g_mutex_unlock (&self->lock);
  return slot;
}

static void
set_state (Slot *slot, SlotState state)
{
  CsSketchPainter *self = slot->painter;

  g_mutex_lock (&self->lock);
  slot->state = state;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gpointer
paint_thread (gpointer data)
{
  CsSketchPainter *self = data;
  Slot *slot;

  while ((slot = begin_frame (self)) != NULL)
    {
      cs_sketch_scene_draw (self->scene, (double) slot->frame / self->frame_rate, slot->pixels, self->width * 4);
      set_state (slot, SLOT_READY);
    }
  return NULL;
}

/**
 * cs_sketch_painter_new:
 * @scene: has to live as long as the painter
 *
 * Starts to draw at once.
 */
CsSketchPainter *
cs_sketch_painter_new (CsSketchScene *scene, int width, int height, int frame_rate, guint n_frames)
{
  CsSketchPainter *self = g_new0 (CsSketchPainter, 1);

  self->scene = scene;
  self->width = width;
  self->height = height;
  self->frame_rate = frame_rate;
  self->n_frames = n_frames;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);

  self->n_threads = CLAMP (g_get_num_processors () / 2, 2, MAX_THREADS);
  self->n_slots = self->n_threads + SPARE_SLOTS;
  self->slots = g_new0 (Slot, self->n_slots);
  for (guint i = 0; i < self->n_slots; i++)
    {
      self->slots[i].painter = self;
      self->slots[i].pixels = g_malloc ((gsize) width * height * 4);
    }
  for (guint i = 0; i < self->n_threads; i++)
    self->threads[i] = g_thread_new ("sketch-painter", paint_thread, self);
  return self;
}

/* On any thread: the last user of the frame let go of it. */
static void
released_cb (gpointer data)
{
  set_state (data, SLOT_FREE);
}

/**
 * cs_sketch_painter_next:
 *
 * Waits for the next frame.
 *
 * Returns: (transfer full): its pixels, BGRx; to be released soon, because there are only some. NULL after the last.
 */
GBytes *
cs_sketch_painter_next (CsSketchPainter *self)
{
  Slot *slot = NULL;

  if (self->next_taken == self->n_frames)
    return NULL;

  g_mutex_lock (&self->lock);
  while ((slot = find_slot (self, SLOT_READY, self->next_taken)) == NULL)
    g_cond_wait (&self->changed, &self->lock);
  slot->state = SLOT_TAKEN;
  self->next_taken++;
  g_mutex_unlock (&self->lock);
  return g_bytes_new_with_free_func (slot->pixels, (gsize) self->width * self->height * 4, released_cb, slot);
}

/**
 * cs_sketch_painter_free:
 * @self: (nullable): all its frames have been released
 */
void
cs_sketch_painter_free (CsSketchPainter *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);

  for (guint i = 0; i < self->n_slots; i++)
    {
      g_warn_if_fail (self->slots[i].state != SLOT_TAKEN);
      g_free (self->slots[i].pixels);
    }
  g_free (self->slots);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}
