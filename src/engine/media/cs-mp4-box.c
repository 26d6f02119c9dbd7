/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks the boxes of an MP4 file with every length checked; owns nothing and allocates nothing. */
#include "config.h"
#include "media/cs-mp4-box.h"

static guint64
read_number (const guint8 *data, int bytes)
{
  guint64 value = 0;

  for (int i = 0; i < bytes; i++)
    value = value << 8 | data[i];
  return value;
}

/**
 * cs_mp4_head_parse:
 * @data: the first bytes of the box, 16 if there are as many
 * @available: bytes from the start of the box to the end of its parent or of the file
 * @head: (out): what it says
 *
 * Returns: FALSE when the header is cut or the box does not fit into @available.
 */
gboolean
cs_mp4_head_parse (const guint8 *data, gsize length, guint64 available, CsMp4Head *head)
{
  if (length < 8)
    return FALSE;

  *head = (CsMp4Head) { .type = read_number (data + 4, 4), .header = 8, .size = read_number (data, 4) };
  if (head->size == 1)
    {
      if (length < 16)
        return FALSE;
      head->header = 16;
      head->size = read_number (data + 8, 8);
    }
  else if (head->size == 0)
    {
      head->to_the_end = TRUE;
      head->size = available;
    }
  return head->size >= head->header && head->size <= available;
}

/**
 * cs_mp4_box_next:
 * @data: (inout): where the next box begins; moved behind it
 * @length: (inout): bytes that are left there
 * @box: (out): the box
 *
 * Returns: FALSE at the end, and where the bytes are no box: then @length is not 0.
 */
gboolean
cs_mp4_box_next (const guint8 **data, gsize *length, CsMp4Box *box)
{
  CsMp4Head head;

  if (!cs_mp4_head_parse (*data, *length, *length, &head))
    return FALSE;

  *box = (CsMp4Box) { head.type, *data + head.header, head.size - head.header, head.header };
  *data += head.size;
  *length -= head.size;
  return TRUE;
}

/**
 * cs_mp4_box_find:
 * @child: (out): the first child of that type
 *
 * Returns: FALSE when @parent has none.
 */
gboolean
cs_mp4_box_find (const CsMp4Box *parent, guint32 type, CsMp4Box *child)
{
  const guint8 *data = parent->data;
  gsize length = parent->length;

  while (cs_mp4_box_next (&data, &length, child))
    if (child->type == type)
      return TRUE;
  return FALSE;
}

/**
 * cs_mp4_box_is_whole:
 *
 * Returns: TRUE when the content of @parent is nothing but whole boxes.
 */
gboolean
cs_mp4_box_is_whole (const CsMp4Box *parent)
{
  const guint8 *data = parent->data;
  gsize length = parent->length;
  CsMp4Box child;

  while (cs_mp4_box_next (&data, &length, &child))
    ;
  return length == 0;
}

static guint64
get_number (const CsMp4Box *box, gsize offset, int bytes)
{
  if (offset > box->length || box->length - offset < (gsize) bytes)
    return 0;
  return read_number (box->data + offset, bytes);
}

guint16
cs_mp4_box_get_16 (const CsMp4Box *box, gsize offset)
{
  return get_number (box, offset, 2);
}

guint32
cs_mp4_box_get_32 (const CsMp4Box *box, gsize offset)
{
  return get_number (box, offset, 4);
}

guint64
cs_mp4_box_get_64 (const CsMp4Box *box, gsize offset)
{
  return get_number (box, offset, 8);
}
