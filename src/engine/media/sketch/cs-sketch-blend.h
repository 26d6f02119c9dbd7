/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void cs_sketch_blend_between (guint32 *to, const guint32 *a, const guint32 *b, int n, int part);
void cs_sketch_blend_shift   (guint32 *to, const guint32 *from, int n, int part);
void cs_sketch_blend_stretch (guint32 *to, const guint32 *from, int n, gint32 start, gint32 step);
void cs_sketch_blend_over    (guint32 *to, const guint32 *from, int n, int opacity);
void cs_sketch_blend_finish  (guint32 *to, const guint8 *shade, const guint8 *grain, int n);

G_END_DECLS
