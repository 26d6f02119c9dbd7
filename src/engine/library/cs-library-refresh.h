/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cs-library.h"
#include "library/cs-library-query.h"

G_BEGIN_DECLS

/* Reading the list of a model anew: what it has goes in, what is different comes out. A plain value; made and taken apart
 * on the main thread, worked on by the worker thread in between. */
typedef struct
{
  /* input */
  CsPaths *paths;
  CsLibraryQuery *query;
  GArray *old_rows;     /* (element-type gint64) what is shown */
  gboolean detailed;    /* whether several differences are told apart */
  GArray *reload;       /* (element-type gint64) rows to read, too */

  /* input when it is still good, and output */
  GArray *order;        /* (element-type gint64) (nullable) the list without the words of the query */

  /* output */
  GArray *rows;         /* (element-type gint64) what is to be shown */
  GArray *hunks;        /* (element-type CsLibraryHunk) */
  GPtrArray *creations; /* (element-type CsCreation) for the rows to reload */
  GPtrArray *turned;    /* (element-type CsCreation) whose file came or went */
} CsLibraryRefresh;

void     cs_library_refresh_free (CsLibraryRefresh *self);
gpointer cs_library_refresh_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsLibraryRefresh, cs_library_refresh_free)

G_END_DECLS
