/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-style.h"

void
cs_sketch_style_init (CsSketchLook *self,
                      CsStyle style,
                      gboolean is_swirling,
                      double unit,
                      guint64 seed,
                      const CsSketchNoise *noise)
{
  static const double details[CS_N_STYLES] = {
    [CS_STYLE_PHOTOREALISTIC] = 1.0, [CS_STYLE_CINEMATIC] = 1.0, [CS_STYLE_ANIME] = 0.15,
    [CS_STYLE_3D_RENDER] = 0.1,      [CS_STYLE_ARTISTIC] = 0.6,
  };

  *self = (CsSketchLook){
    .style = style, .is_swirling = is_swirling, .unit = unit, .seed = seed, .noise = noise
  };
  self->detail = details[style];
  self->light_x = -1;
}

/* Out of focus: what is far a little, what is close before the camera a lot. */
static void
blur_depth (const CsSketchLook *self, const CsSketchPixels *pixels, CsSketchBox *box, double depth)
{
  double radius = depth > 1.15 ? (depth - 1.15) * 0.022 : depth < 0.2 ? 0.0016 : 0;
  int more = (int) (radius * self->unit * 2) + 1, x1 = box->x + box->width + more,
      y1 = box->y + box->height + more;

  if (self->style == CS_STYLE_CINEMATIC)
    radius *= 1.3;
  box->x = MAX (box->x - more, 0);
  box->y = MAX (box->y - more, 0);
  box->width = MIN (x1, pixels->width) - box->x;
  box->height = MIN (y1, pixels->height) - box->y;
  cs_sketch_pixels_blur (pixels, box, radius * self->unit);
}

/**
 * cs_sketch_style_apply:
 * @depth: as in cs_sketch_stage_begin()
 *
 * Gives a finished sheet the look of the style. Costly: only while a scene is made.
 */
void
cs_sketch_style_apply (const CsSketchLook *self, CsSketchCanvas *canvas, CsSketchKind kind, double depth)
{
  CsSketchBox box;

  if (kind == CS_SKETCH_KIND_LIGHT)
    return;
  cairo_surface_flush (canvas->surface);
  box = cs_sketch_pixels_get_used (&canvas->pixels);
  if (box.width < 2 || box.height < 2)
    return;
  switch (self->style)
    {
    case CS_STYLE_PHOTOREALISTIC:
    case CS_STYLE_CINEMATIC:
      if (kind == CS_SKETCH_KIND_SCENERY)
        blur_depth (self, &canvas->pixels, &box, depth);
      break;
    case CS_STYLE_ANIME:
      cs_sketch_style_ink (self, &canvas->pixels, &box, kind);
      break;
    case CS_STYLE_3D_RENDER:
      cs_sketch_style_clay (self, &canvas->pixels, &box, kind);
      break;
    case CS_STYLE_ARTISTIC:
      cs_sketch_style_paint (self, &canvas->pixels, &box, kind);
      break;
    case CS_N_STYLES:
      break;
    }
  cs_sketch_style_grade (self, &canvas->pixels, &box);
  cairo_surface_mark_dirty (canvas->surface);
}
