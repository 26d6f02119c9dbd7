/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CS_MP4_TYPE(a, b, c, d) \
  (((guint32) (a) << 24) | ((guint32) (b) << 16) | ((guint32) (c) << 8) | (guint32) (d))

/* One box of an MP4 file in memory: a window on bytes that somebody else owns. The bytes are never written through
 * it unless the owner made them writable. */
typedef struct
{
  guint32 type;       /* for example CS_MP4_TYPE ('m', 'o', 'o', 'v') */
  const guint8 *data; /* the content, after the header */
  gsize length;       /* of the content */
  gsize header;       /* bytes before the content: 8 or 16 */
} CsMp4Box;

/* What the first bytes of a box say; for boxes that stay in the file. */
typedef struct
{
  guint32 type;
  guint64 header;     /* 8 or 16 */
  guint64 size;       /* with the header */
  gboolean to_the_end;/* its size is 0 in the file: it ends with the file */
} CsMp4Head;

gboolean cs_mp4_head_parse (const guint8 *data, gsize length, guint64 available, CsMp4Head *head);
gboolean cs_mp4_box_next   (const guint8 **data, gsize *length, CsMp4Box *box);
gboolean cs_mp4_box_find   (const CsMp4Box *parent, guint32 type, CsMp4Box *child);
gboolean cs_mp4_box_is_whole (const CsMp4Box *parent);

/* Big-endian numbers at @offset of the content; 0 when they are not all there. */
guint16  cs_mp4_box_get_16 (const CsMp4Box *box, gsize offset);
guint32  cs_mp4_box_get_32 (const CsMp4Box *box, gsize offset);
guint64  cs_mp4_box_get_64 (const CsMp4Box *box, gsize offset);

G_END_DECLS
