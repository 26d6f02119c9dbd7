/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-scene.h"

G_BEGIN_DECLS

/* (transfer full): @seconds of stereo sound at CS_SOUND_RATE, 32-bit floats of both channels in turn. Any thread. */
GBytes *cs_sketch_sound_render (const CsSketchMood *mood, double seconds);

G_END_DECLS
