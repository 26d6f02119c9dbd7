/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the header Range asks for (RFC 9110, section 14). */
typedef enum
{
  CS_API_RANGE_WHOLE,   /* none, or one that may be passed over: unreadable, of another unit, or several at once */
  CS_API_RANGE_PART,    /* one part that there is */
  CS_API_RANGE_NOWHERE, /* one that lies behind the end */
} CsApiRange;

/* @first, @last: (out): the bytes of the part, both included; of the whole they are 0 and size - 1. Pure. */
CsApiRange cs_api_range_read (const char *text, gint64 size, gint64 *first, gint64 *last);

G_END_DECLS
