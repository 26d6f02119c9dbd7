/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book as a list model: ten thousand lines cost no more objects than are on the screen. Main thread. */
#include "config.h"
#include "ui/wallet/cs-move-item.h"

struct _CsMoveItem
{
  GObject parent_instance;

  GPtrArray *moves; /* owned: the book, which has the line */
  guint place;
};

G_DEFINE_FINAL_TYPE (CsMoveItem, cs_move_item, G_TYPE_OBJECT)

static void
cs_move_item_finalize (GObject *object)
{
  g_ptr_array_unref (CS_MOVE_ITEM (object)->moves);

  G_OBJECT_CLASS (cs_move_item_parent_class)->finalize (object);
}

static void
cs_move_item_class_init (CsMoveItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_move_item_finalize;
}

static void
cs_move_item_init (CsMoveItem *self)
{
}

/** cs_move_item_get_move: Returns: (transfer none): the line, as long as the item lives. */
const CsMove *
cs_move_item_get_move (CsMoveItem *self)
{
  return self->moves->pdata[self->place];
}

/* The list */

struct _CsMoveList
{
  GObject parent_instance;

  GPtrArray *moves; /* (element-type CsMove) */
};

static void cs_move_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsMoveList, cs_move_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cs_move_list_iface_init))

static GType
get_item_type (GListModel *model)
{
  return CS_TYPE_MOVE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return CS_MOVE_LIST (model)->moves->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  CsMoveList *self = CS_MOVE_LIST (model);
  CsMoveItem *item;

  if (position >= self->moves->len)
    return NULL;
  item = g_object_new (CS_TYPE_MOVE_ITEM, NULL);
  item->moves = g_ptr_array_ref (self->moves);
  item->place = position;
  return item;
}

static void
cs_move_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
cs_move_list_finalize (GObject *object)
{
  g_ptr_array_unref (CS_MOVE_LIST (object)->moves);

  G_OBJECT_CLASS (cs_move_list_parent_class)->finalize (object);
}

static void
cs_move_list_class_init (CsMoveListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_move_list_finalize;
}

static void
cs_move_list_init (CsMoveList *self)
{
  self->moves = g_ptr_array_new ();
}

/** cs_move_list_new: Returns: (transfer full): an empty book. */
CsMoveList *
cs_move_list_new (void)
{
  return g_object_new (CS_TYPE_MOVE_LIST, NULL);
}

static gboolean
is_same (const CsMove *one, const CsMove *other)
{
  return one->at == other->at && one->kind == other->kind && one->amount == other->amount && one->estimated == other->estimated
         && one->is_unknown == other->is_unknown && g_strcmp0 (one->job_id, other->job_id) == 0 && g_str_equal (one->title, other->title)
         && g_str_equal (one->status, other->status);
}

/* How many lines at the end of both are the same: a book grows at its beginning, where the newest is. */
static guint
count_same (GPtrArray *before, GPtrArray *moves)
{
  guint n = 0;

  while (n < before->len && n < moves->len && is_same (before->pdata[before->len - 1 - n], moves->pdata[moves->len - 1 - n]))
    n++;
  return n;
}

/** cs_move_list_set: Shows @moves instead of what was there; only what is new is laid out anew. */
void
cs_move_list_set (CsMoveList *self, GPtrArray *moves)
{
  g_autoptr (GPtrArray) before = self->moves;
  guint same = count_same (before, moves);

  self->moves = moves;
  if (before->len > same || moves->len > same)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len - same, moves->len - same);
}
