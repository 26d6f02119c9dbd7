/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a part of a slide is. */
typedef enum
{
  CS_PART_TITLE,
  CS_PART_TEXT,
  CS_PART_POINT,
  CS_PART_QUOTE,
  CS_PART_CODE,
  CS_PART_ROW,
  CS_PART_PICTURE,
} CsSlidePartKind;

/* One part of a slide as plain words, for those who draw it themselves. */
typedef struct
{
  CsSlidePartKind kind;
  int level;      /* of a title: 1 to 6; of a point: how deep, from 1 */
  int number;     /* of a point in a numbered list; 0: none */
  gboolean head;  /* a row that names the columns */
  char *text;     /* plain; of a picture: its alt text; of a row: NULL */
  GStrv cells;    /* (nullable) of a row */
  char *address;  /* (nullable) of a picture */
} CsSlidePart;

GPtrArray *cs_slide_read      (const char *content); /* (element-type CsSlidePart), in their order */
void       cs_slide_part_free (CsSlidePart *self);

G_END_DECLS
