/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-network.h"

#include "media/sketch/cs-sketch-actors.h"

#define MAX_KNOTS 128
#define MAX_THREADS 320

typedef struct
{
  double x, y, near;
} Knot;

/* The threads along which sparks run; owned by the stage's item. */
typedef struct
{
  Knot knots[MAX_KNOTS];
  int threads[MAX_THREADS][2];
  int n_knots, n_threads;
  double depth;
  CsSketchColor color;
  gboolean is_faint;
  gboolean is_solid; /* drawn as bodies: no halos */
} Web;

static void
place_knot (CsSketchStage *stage, const CsSketchNetwork *network, Knot *knot, int i)
{
  if (network->is_globe)
    {
      double z = 1 - 2 * (i + 0.5) / network->n, r = sqrt (1 - z * z), a = i * 2.39996;

      *knot = (Knot){ network->x + network->radius_x * r * cos (a), network->y + network->radius_y * z,
                      0.5 + 0.5 * r * sin (a) };
      return;
    }
  for (int turn = 0; turn < 60; turn++)
    {
      double x = cs_sketch_random_range (&stage->random, -1, 1) * network->radius_x,
             y = cs_sketch_random_range (&stage->random, -1, 1) * network->radius_y;

      *knot = (Knot){ network->x + x, network->y + y, cs_sketch_random_double (&stage->random) };
      if (network->inside == NULL || network->inside (x / network->size, y / network->size) > 0.1)
        return;
    }
}

/* Each knot is bound to those nearest to it. */
static void
bind_knots (Web *self, double reach, double thick)
{
  for (int i = 0; i < self->n_knots; i++)
    {
      int bound = 0;

      for (int j = i + 1; j < self->n_knots && bound < 5 && self->n_threads < MAX_THREADS; j++)
        {
          double dx = self->knots[i].x - self->knots[j].x, dy = self->knots[i].y - self->knots[j].y;
          double dz = (self->knots[i].near - self->knots[j].near) * thick;

          if (dx * dx + dy * dy + dz * dz < reach * reach)
            {
              self->threads[self->n_threads][0] = i;
              self->threads[self->n_threads++][1] = j;
              bound++;
            }
        }
    }
}

static void
draw_knot (CsSketchCanvas *c, const Web *self, const Knot *k, double weight)
{
  double r = (self->is_faint ? 0.0032 : 0.0042) * (0.55 + 0.9 * k->near) * (self->is_solid ? 2.4 : 1);
  CsSketchColor pale = cs_sketch_mix (self->color, CS_SKETCH_HEX (0xffffff), 0.25 + 0.55 * k->near);

  if (!self->is_solid)
    cs_sketch_canvas_glow (c, k->x, k->y, r * 6, r * 6, self->color, 0.55 * weight * (0.3 + k->near));
  cs_sketch_canvas_circle (c, k->x, k->y, r);
  if (self->is_solid)
    cs_sketch_canvas_set_ball (c, k->x, k->y, r, pale, self->color, cs_sketch_scale (self->color, 0.7));
  else
    cs_sketch_canvas_set_color (c, pale, 0.35 + 0.6 * weight * (0.3 + 0.7 * k->near));
  cairo_fill (c->cr);
}

static void
draw_web (CsSketchCanvas *c, const Web *self)
{
  double weight = self->is_faint ? 0.30 : 0.75;

  for (int i = 0; i < self->n_threads; i++)
    {
      const Knot *a = &self->knots[self->threads[i][0]], *b = &self->knots[self->threads[i][1]];

      cairo_move_to (c->cr, a->x, a->y);
      cairo_line_to (c->cr, b->x, b->y);
      cairo_set_line_width (c->cr, MAX (0.0011 + 0.0012 * a->near, 0.7 / c->unit) * (self->is_solid ? 2 : 1));
      cs_sketch_canvas_set_color (c, self->color, self->is_solid ? weight : weight * (0.22 + 0.45 * a->near));
      cairo_stroke (c->cr);
    }
  for (int i = 0; i < self->n_knots; i++)
    draw_knot (c, self, &self->knots[i], weight);
}

/* A spark on every third thread, each at its own speed. */
static void
draw_sparks (gconstpointer data, CsSketchFrame *frame)
{
  const Web *self = data;
  CsSketchColor pale = cs_sketch_mix (self->color, CS_SKETCH_HEX (0xffffff), 0.6);

  for (int i = 0; i < self->n_threads; i += 3)
    {
      const Knot *a = &self->knots[self->threads[i][0]], *b = &self->knots[self->threads[i][1]];
      double t = frame->seconds * (0.35 + 0.5 * cs_sketch_hash_double ((guint32) i, 5))
                 + cs_sketch_hash_double ((guint32) i, 6),
             px, py, s;

      t -= floor (t);
      s = cs_sketch_frame_project (frame, self->depth, cs_sketch_lerp (a->x, b->x, t),
                                   cs_sketch_lerp (a->y, b->y, t), &px, &py)
          * frame->unit;
      cs_sketch_frame_light (frame, px, py, s * 0.010, s * 0.010, pale,
                             (self->is_faint ? 0.4 : 0.9) * sin (t * G_PI));
    }
}

/* A web on a layer of its own, and its sparks. */
void
cs_sketch_network_add (CsSketchStage *stage, const CsSketchNetwork *network)
{
  Web *web = g_new0 (Web, 1);
  CsSketchLayer *layer = cs_sketch_stage_begin (stage, network->depth);
  double reach = 1.75 * sqrt (network->radius_x * network->radius_y * 3 / MAX (network->n, 1));

  web->n_knots = CLAMP (network->n, 1, MAX_KNOTS);
  web->depth = network->depth;
  web->color = network->color;
  web->is_faint = network->is_faint;
  web->is_solid = stage->style == CS_STYLE_3D_RENDER || stage->style == CS_STYLE_ANIME;
  for (int i = 0; i < web->n_knots; i++)
    place_knot (stage, network, &web->knots[i], i);
  bind_knots (web, network->is_globe ? network->radius_x * 4.1 / sqrt (network->n) : reach * 0.85,
              network->is_globe ? network->radius_x * 2 : reach);
  if (network->is_globe && !web->is_solid)
    cs_sketch_canvas_glow (layer->canvas, network->x, network->y, network->radius_x * 1.5,
                           network->radius_y * 1.5, network->color, 0.3);
  draw_web (layer->canvas, web);
  layer->pulse = network->is_faint ? 0.15 : 0;
  layer->opacity = network->is_faint ? 0.85 : 1;
  if (network->inside != NULL)
    {
      layer->sway_y = 0.007;
      layer->sway_period = 6;
    }
  cs_sketch_stage_end (stage, layer,
                       web->is_solid && !web->is_faint ? CS_SKETCH_KIND_SUBJECT : CS_SKETCH_KIND_LIGHT);
  cs_sketch_stage_add_actor (stage, draw_sparks, web, g_free);
}
