/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen in the gallery, by place; no creation is read for it. Main thread. */
#include "config.h"
#include "ui/gallery/cs-selection.h"

#define AT_ONCE 256 /* that are told of as others in the same places: as many as a view has widgets for */

struct _CsSelection
{
  GObject parent_instance;

  CsLibraryModel *model;
  GtkBitset *selected;
  GtkBitset *range; /* what was chosen by the newest stretch from one to another: the next stretch is instead of it */
  guint hole_position, hole_length; /* what of the list is not shown for a moment: see items_changed_cb() */
  guint is_selecting : 1;
};

enum
{
  PROP_0,
  PROP_SELECTING,
  PROP_N_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CsSelection, cs_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_iface_init))

/* The list */

/* The place in the list that is behind this one. */
static guint
find_place (CsSelection *self, guint position)
{
  return position < self->hole_position ? position : position + self->hole_length;
}

static GType
cs_selection_get_item_type (GListModel *list)
{
  return CS_TYPE_LIBRARY_ITEM;
}

static guint
cs_selection_get_n_items (GListModel *list)
{
  CsSelection *self = CS_SELECTION (list);

  return g_list_model_get_n_items (G_LIST_MODEL (self->model)) - self->hole_length;
}

static gpointer
cs_selection_get_item (GListModel *list, guint position)
{
  CsSelection *self = CS_SELECTION (list);

  return g_list_model_get_item (G_LIST_MODEL (self->model), find_place (self, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cs_selection_get_item_type;
  iface->get_n_items = cs_selection_get_n_items;
  iface->get_item = cs_selection_get_item;
}

/* Choosing */

static void
set_is_selecting (CsSelection *self, gboolean selecting)
{
  if (self->is_selecting == selecting)
    return;
  self->is_selecting = selecting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

/* Takes @selected: what is chosen from now on. */
static void
set_selected (CsSelection *self, GtkBitset *selected)
{
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);

  gtk_bitset_difference (changed, selected);
  gtk_bitset_unref (self->selected);
  self->selected = selected;
  if (gtk_bitset_is_empty (changed))
    return;
  if (!gtk_bitset_is_empty (selected))
    set_is_selecting (self, TRUE);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), gtk_bitset_get_minimum (changed),
                                         gtk_bitset_get_maximum (changed) - gtk_bitset_get_minimum (changed) + 1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static gboolean
cs_selection_is_selected (GtkSelectionModel *model, guint position)
{
  CsSelection *self = CS_SELECTION (model);

  return gtk_bitset_contains (self->selected, find_place (self, position));
}

static GtkBitset *
cs_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (CS_SELECTION (model)->selected);
}

/* Alone, as by an arrow key, it is only gone to: what is chosen stays. */
static gboolean
cs_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  CsSelection *self = CS_SELECTION (model);
  GtkBitset *selected;

  gtk_bitset_remove_all (self->range);
  if (unselect_rest)
    return TRUE;
  selected = gtk_bitset_copy (self->selected);
  gtk_bitset_add (selected, position);
  set_selected (self, selected);
  return TRUE;
}

static gboolean
cs_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  CsSelection *self = CS_SELECTION (model);
  GtkBitset *selected = gtk_bitset_copy (self->selected);

  gtk_bitset_remove_all (self->range);
  gtk_bitset_remove (selected, position);
  set_selected (self, selected);
  return TRUE;
}

static gboolean
cs_selection_select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  CsSelection *self = CS_SELECTION (model);
  GtkBitset *selected = gtk_bitset_copy (self->selected);

  if (unselect_rest)
    gtk_bitset_subtract (selected, self->range);
  gtk_bitset_remove_all (self->range);
  gtk_bitset_add_range (self->range, position, n_items);
  gtk_bitset_union (selected, self->range);
  set_selected (self, selected);
  return TRUE;
}

static gboolean
cs_selection_unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  CsSelection *self = CS_SELECTION (model);
  GtkBitset *selected = gtk_bitset_copy (self->selected);

  gtk_bitset_remove_all (self->range);
  gtk_bitset_remove_range (selected, position, n_items);
  set_selected (self, selected);
  return TRUE;
}

static gboolean
cs_selection_select_all (GtkSelectionModel *model)
{
  return cs_selection_select_range (model, 0, g_list_model_get_n_items (G_LIST_MODEL (model)), FALSE);
}

static gboolean
cs_selection_unselect_all (GtkSelectionModel *model)
{
  CsSelection *self = CS_SELECTION (model);

  gtk_bitset_remove_all (self->range);
  set_selected (self, gtk_bitset_new_empty ());
  return TRUE;
}

static gboolean
cs_selection_set_selection (GtkSelectionModel *model, GtkBitset *wanted, GtkBitset *mask)
{
  CsSelection *self = CS_SELECTION (model);
  GtkBitset *selected = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) chosen = gtk_bitset_copy (wanted);

  gtk_bitset_remove_all (self->range);
  gtk_bitset_intersect (chosen, mask);
  gtk_bitset_subtract (selected, mask);
  gtk_bitset_union (selected, chosen);
  set_selected (self, selected);
  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = cs_selection_is_selected;
  iface->get_selection_in_range = cs_selection_get_selection_in_range;
  iface->select_item = cs_selection_select_item;
  iface->unselect_item = cs_selection_unselect_item;
  iface->select_range = cs_selection_select_range;
  iface->unselect_range = cs_selection_unselect_range;
  iface->select_all = cs_selection_select_all;
  iface->unselect_all = cs_selection_unselect_all;
  iface->set_selection = cs_selection_set_selection;
}

/*
 * What came or went takes the others along to their new places; what went is not chosen any more. When many go and many come, as
 * for another search, GTK would look for each that went among all that came, and have all of them read for that. So it is told
 * that those behind went, that the first ones are others, and then that more came behind.
 */
static void
items_changed_cb (CsSelection *self, guint position, guint removed, guint added)
{
  guint64 n_selected = gtk_bitset_get_size (self->selected);
  guint n = MIN (MIN (removed, added), AT_ONCE);

  gtk_bitset_splice (self->selected, position, removed, added);
  gtk_bitset_splice (self->range, position, removed, added);
  self->hole_position = position + n;
  self->hole_length = added - n;
  if (removed > n)
    g_list_model_items_changed (G_LIST_MODEL (self), position + n, removed - n, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n, n);
  self->hole_length = 0;
  if (added > n)
    g_list_model_items_changed (G_LIST_MODEL (self), position + n, 0, added - n);
  if (gtk_bitset_get_size (self->selected) != n_selected)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static void
cs_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsSelection *self = CS_SELECTION (object);

  if (id == PROP_SELECTING)
    g_value_set_boolean (value, self->is_selecting);
  else if (id == PROP_N_SELECTED)
    g_value_set_uint (value, cs_selection_get_n_selected (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_selection_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELECTING)
    cs_selection_set_selecting (CS_SELECTION (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_selection_finalize (GObject *object)
{
  CsSelection *self = CS_SELECTION (object);

  gtk_bitset_unref (self->selected);
  gtk_bitset_unref (self->range);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (cs_selection_parent_class)->finalize (object);
}

static void
cs_selection_class_init (CsSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cs_selection_get_property;
  object_class->set_property = cs_selection_set_property;
  object_class->finalize = cs_selection_finalize;
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cs_selection_init (CsSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->range = gtk_bitset_new_empty ();
}

/** cs_selection_new: Returns: (transfer full): a selection with nothing chosen. */
CsSelection *
cs_selection_new (CsLibraryModel *model)
{
  CsSelection *self = g_object_new (CS_TYPE_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** cs_selection_get_model: Returns: (transfer none): the list that is chosen from. */
CsLibraryModel *
cs_selection_get_model (CsSelection *self)
{
  return self->model;
}

gboolean
cs_selection_is_selecting (CsSelection *self)
{
  return self->is_selecting;
}

void
cs_selection_set_selecting (CsSelection *self, gboolean selecting)
{
  if (!selecting)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self));
  set_is_selecting (self, selecting != FALSE);
}

guint
cs_selection_get_n_selected (CsSelection *self)
{
  return (guint) gtk_bitset_get_size (self->selected);
}

/** cs_selection_dup_rows: Returns: (transfer full) (element-type gint64): the rows of what is chosen, in the order of the list. */
GArray *
cs_selection_dup_rows (CsSelection *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 row = cs_library_model_get_row (self->model, position);

      g_array_append_val (rows, row);
    }
  return rows;
}
