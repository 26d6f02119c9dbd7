/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place of the creation among others, and going from one to the next. One that left the list, as into the trash, keeps its
 * place between those that were beside it. Main thread. */
#include "config.h"
#include "ui/gallery/cs-detail-page-private.h"

static guint
count_items (CsDetailPage *self)
{
  return self->item != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->among)) : 0;
}

/* Where one comes to from here; it may be nowhere. */
static gint64
find_next (CsDetailPage *self, int by)
{
  return (gint64) self->position + by - (by > 0 && !self->is_among);
}

char *
_cs_detail_page_make_place (CsDetailPage *self)
{
  if (self->item == NULL || !self->is_among)
    return g_strdup ("");
  /* translators: a place in a list; 1: which, 2: of how many */
  return g_strdup_printf (_ ("%1$'u of %2$'u"), self->position + 1, count_items (self));
}

gboolean
_cs_detail_page_has_next (CsDetailPage *self, int by)
{
  gint64 wanted = find_next (self, by);

  return wanted >= 0 && wanted < count_items (self);
}

static void
find_place (CsDetailPage *self)
{
  self->is_among = self->item != NULL && cs_library_model_find (self->among, self->item, &self->position);
  if (!self->is_among)
    self->position = MIN (self->position, count_items (self));
  g_object_notify (G_OBJECT (self), "place-words");
  _cs_detail_page_update_actions (self);
}

static void
row_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDetailPage) self = user_data;
  gint64 row = cs_library_row_finish (CS_LIBRARY (source), result, NULL);

  if (row <= 0 || g_task_get_cancellable (G_TASK (result)) != self->looking || self->among == NULL)
    return;
  g_clear_object (&self->item);
  self->item = cs_library_model_find_row (self->among, row);
  find_place (self);
}

void
_cs_detail_page_stop_looking (CsDetailPage *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

/* Looks for @creation in the list; it need not be there. One that nobody has read lately is asked for. */
void
_cs_detail_page_find_item (CsDetailPage *self, CsCreation *creation)
{
  const char *id = cs_creation_get_id (creation);
  guint position;

  _cs_detail_page_stop_looking (self);
  g_clear_object (&self->item);
  if (self->among != NULL)
    self->item = cs_library_model_find_id (self->among, id);
  if (self->item != NULL && !cs_library_model_find (self->among, self->item, &position))
    g_clear_object (&self->item);
  find_place (self);
  if (self->item != NULL || self->among == NULL)
    return;
  self->looking = g_cancellable_new ();
  cs_library_row_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), id, self->looking, row_cb, g_object_ref (self));
}

void
_cs_detail_page_stop_going (CsDetailPage *self)
{
  if (self->next != NULL)
    g_signal_handlers_disconnect_by_data (self->next, self);
  g_clear_object (&self->next);
}

static void
arrive (CsDetailPage *self)
{
  CsCreation *creation = cs_library_item_get_creation (self->next);

  if (creation == NULL)
    return;
  g_set_object (&self->item, self->next);
  _cs_detail_page_stop_going (self);
  find_place (self);
  _cs_detail_page_set_creation (self, creation);
}

/* Returns: FALSE when there is none there. */
gboolean
_cs_detail_page_go (CsDetailPage *self, int by)
{
  if (!_cs_detail_page_has_next (self, by))
    return FALSE;
  _cs_detail_page_stop_looking (self);
  _cs_detail_page_stop_going (self);
  self->next = g_list_model_get_item (G_LIST_MODEL (self->among), (guint) find_next (self, by));
  g_signal_connect_object (self->next, "notify::creation", G_CALLBACK (arrive), self, G_CONNECT_SWAPPED);
  arrive (self);
  return TRUE;
}

void
_cs_detail_page_set_among (CsDetailPage *self, CsLibraryModel *among)
{
  if (self->among != NULL)
    g_signal_handlers_disconnect_by_func (self->among, find_place, self);
  g_set_object (&self->among, among);
  if (among != NULL)
    g_signal_connect_object (among, "items-changed", G_CALLBACK (find_place), self, G_CONNECT_SWAPPED);
}
