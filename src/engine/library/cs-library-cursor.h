/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-library.h"

G_BEGIN_DECLS

#define CS_LIBRARY_CURSOR_ID_MAX 64 /* bytes */

/* The place behind the last creation of a page: its value in the order of the list, and its id. */
typedef struct
{
  CsLibrarySort sort;
  gint64 number;    /* microseconds or micro-dollars */
  double seconds;   /* CS_SORT_LONGEST instead of number */
  char id[CS_LIBRARY_CURSOR_ID_MAX + 1];
} CsLibraryCursor;

char    *cs_library_cursor_to_string (const CsLibraryCursor *self);
gboolean cs_library_cursor_parse     (CsLibraryCursor *self, const char *text, CsLibrarySort sort, GError **error);

G_END_DECLS
