/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/sketch/cs-sketch-idea.h"

G_BEGIN_DECLS

void cs_sketch_words_read (const char *prompt, guint64 seed, CsSketchIdea *idea);

G_END_DECLS
