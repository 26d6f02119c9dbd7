/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker's part of a CsLibraryModel: the new order, how it differs, creations that may have changed. */
#include "config.h"
#include "library/cs-library-refresh.h"

#include "library/cs-library-files.h"
#include "library/cs-library-order.h"

/**
 * cs_library_refresh_free:
 * @self: (transfer full): the value with all that it holds
 */
void
cs_library_refresh_free (CsLibraryRefresh *self)
{
  cs_paths_unref (self->paths);
  cs_library_query_free (self->query);
  g_array_unref (self->old_rows);
  g_array_unref (self->reload);
  g_clear_pointer (&self->order, g_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->hunks, g_array_unref);
  g_clear_pointer (&self->creations, g_ptr_array_unref);
  g_clear_pointer (&self->turned, g_ptr_array_unref);
  g_free (self);
}

/**
 * cs_library_refresh_func:
 * @data: a CsLibraryRefresh
 *
 * A CsStoreFunc for reading. Returns: (transfer none): @data with its output, NULL on error.
 */
gpointer
cs_library_refresh_func (CsDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  CsLibraryRefresh *self = data;

  if (self->order == NULL)
    self->order = cs_library_query_order (self->query, database, cancellable, error);
  if (self->order == NULL)
    return NULL;
  self->rows = cs_library_query_filter (self->query, self->order, database, cancellable, error);
  if (self->rows == NULL)
    return NULL;
  self->hunks = cs_library_order_compare (self->old_rows, self->rows, self->detailed);
  self->turned = g_ptr_array_new_with_free_func (g_object_unref);
  self->creations
      = cs_library_files_load (self->paths, database, self->reload, self->turned, cancellable, error);
  return self->creations != NULL ? self : NULL;
}
