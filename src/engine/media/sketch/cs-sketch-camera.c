/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media/sketch/cs-sketch-camera.h"

#include "media/sketch/cs-sketch-color.h"
#include "media/sketch/cs-sketch-random.h"

/* One move: where it starts and ends (for a camera of usual speed and five seconds) and how deep it feels. */
typedef struct
{
  CsSketchPose from, to;
  double parallax;
} Way;

static const Way ways[CS_SKETCH_N_MOVES] = {
  [CS_SKETCH_MOVE_DRIFT] = { { -0.055, 0, 1.00 }, { 0.055, 0, 1.00 }, 0.90 },
  [CS_SKETCH_MOVE_STILL] = { { 0, 0, 1.00 }, { 0, 0, 1.00 }, 0.90 },
  [CS_SKETCH_MOVE_LEFT] = { { 0.17, 0, 1.00 }, { -0.17, 0, 1.00 }, 0.75 },
  [CS_SKETCH_MOVE_RIGHT] = { { -0.17, 0, 1.00 }, { 0.17, 0, 1.00 }, 0.75 },
  [CS_SKETCH_MOVE_UP] = { { 0, 0.11, 1.00 }, { 0, -0.11, 1.00 }, 0.25 },
  [CS_SKETCH_MOVE_DOWN] = { { 0, -0.11, 1.00 }, { 0, 0.11, 1.00 }, 0.25 },
  [CS_SKETCH_MOVE_ZOOM_IN] = { { 0, 0, 1.00 }, { 0, 0, 1.28 }, 0.35 },
  [CS_SKETCH_MOVE_ZOOM_OUT] = { { 0, 0, 1.28 }, { 0, 0, 1.00 }, 0.35 },
  [CS_SKETCH_MOVE_DOLLY] = { { 0, 0, 1.00 }, { 0, 0, 1.26 }, 1.00 },
  [CS_SKETCH_MOVE_DRONE] = { { -0.05, 0.055, 1.00 }, { 0.06, -0.055, 1.20 }, 0.90 },
  [CS_SKETCH_MOVE_ORBIT] = { { -0.13, 0, 1.00 }, { 0.13, 0, 1.00 }, 1.00 },
};

static CsSketchPose
mix_pose (CsSketchPose a, CsSketchPose b, double share)
{
  return (CsSketchPose){ cs_sketch_lerp (a.x, b.x, share), cs_sketch_lerp (a.y, b.y, share),
                         cs_sketch_lerp (a.zoom, b.zoom, share) };
}

/* Longer shots and faster words go further; never so far that a layer would have to be much greater. */
void
cs_sketch_camera_init (CsSketchCamera *self,
                       const CsSketchIdea *idea,
                       double width,
                       double height,
                       double duration,
                       guint64 seed)
{
  const Way *way = &ways[MIN (idea->move, CS_SKETCH_N_MOVES - 1)];
  double far = cs_sketch_clamp (idea->speed * (0.55 + 0.09 * duration), 0.4, 1.35);
  CsSketchPose middle = mix_pose (way->from, way->to, 0.5);

  self->move = idea->move;
  self->parallax = way->parallax;
  self->duration = duration;
  self->focus_x = width * 0.5;
  self->focus_y = height * 0.5;
  self->from = mix_pose (middle, way->from, far);
  self->to = mix_pose (middle, way->to, far);
  self->from.zoom = MAX (self->from.zoom, 1);
  self->to.zoom = MAX (self->to.zoom, 1);
  if (idea->move == CS_SKETCH_MOVE_DRIFT && (cs_sketch_hash ((guint32) seed, 31) & 1) != 0)
    {
      self->from.x = -self->from.x;
      self->to.x = -self->to.x;
    }
}

/* Starts and ends gently, but never quite stands. A still picture is taken a little before the middle. */
CsSketchPose
cs_sketch_camera_get_pose (const CsSketchCamera *self, double seconds)
{
  double t, soft;
  CsSketchPose pose;

  if (self->duration <= 0)
    return mix_pose (self->from, self->to, 0.45);
  t = cs_sketch_clamp (seconds / self->duration, 0, 1);
  soft = cs_sketch_lerp (t, t * t * (3 - 2 * t), 0.65);
  pose = mix_pose (self->from, self->to, soft);
  if (self->move == CS_SKETCH_MOVE_DRONE)
    pose.x += 0.008 * sin (seconds * 0.9) * t * (1 - t) * 4;
  return pose;
}

/* How far a layer of that depth must reach over the frame's sides, in units. */
double
cs_sketch_camera_reach_x (const CsSketchCamera *self, double depth)
{
  double most = MAX (fabs (self->from.x), fabs (self->to.x)) + 0.009;

  return most * fabs (cs_sketch_camera_share (self, depth));
}

double
cs_sketch_camera_reach_y (const CsSketchCamera *self, double depth)
{
  double most = MAX (fabs (self->from.y), fabs (self->to.y));

  return most * fabs (cs_sketch_camera_share (self, depth));
}
