/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One place of a CsLibraryModel: empty until its creation is read, and told again when that changes. Made and
 * filled by the model; main thread only.
 */
#include "config.h"
#include "library/cs-library-item.h"

struct _CsLibraryItem
{
  GObject parent_instance;

  gint64 row;
  CsCreation *creation; /* (nullable) until it is read */
};

enum
{
  PROP_0,
  PROP_CREATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsLibraryItem, cs_library_item, G_TYPE_OBJECT)

static void
cs_library_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CsLibraryItem *self = CS_LIBRARY_ITEM (object);

  switch (prop_id)
    {
    case PROP_CREATION:
      g_value_set_object (value, self->creation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_library_item_finalize (GObject *object)
{
  CsLibraryItem *self = CS_LIBRARY_ITEM (object);

  g_clear_object (&self->creation);
  G_OBJECT_CLASS (cs_library_item_parent_class)->finalize (object);
}

static void
cs_library_item_class_init (CsLibraryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_library_item_finalize;
  object_class->get_property = cs_library_item_get_property;

  properties[PROP_CREATION]
      = g_param_spec_object ("creation", NULL, NULL, CS_TYPE_CREATION,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cs_library_item_init (CsLibraryItem *self)
{
}

/**
 * cs_library_item_new:
 * @row: the number of the row it stands for
 *
 * Returns: (transfer full): an empty item.
 */
CsLibraryItem *
cs_library_item_new (gint64 row)
{
  CsLibraryItem *self = g_object_new (CS_TYPE_LIBRARY_ITEM, NULL);

  self->row = row;
  return self;
}

/**
 * cs_library_item_get_row:
 *
 * Returns: the number of the row it stands for; means nothing outside the model.
 */
gint64
cs_library_item_get_row (CsLibraryItem *self)
{
  g_return_val_if_fail (CS_IS_LIBRARY_ITEM (self), 0);

  return self->row;
}

/**
 * cs_library_item_get_creation:
 *
 * Returns: (transfer none) (nullable): the creation, NULL as long as it is being read.
 */
CsCreation *
cs_library_item_get_creation (CsLibraryItem *self)
{
  g_return_val_if_fail (CS_IS_LIBRARY_ITEM (self), NULL);

  return self->creation;
}

/* Whether nothing that can change of a creation differs. */
static gboolean
is_same (CsCreation *a, CsCreation *b)
{
  const CsCreationFacts *x = cs_creation_get_facts (a);
  const CsCreationFacts *y = cs_creation_get_facts (b);

  return g_strcmp0 (x->id, y->id) == 0 && g_strcmp0 (x->title, y->title) == 0
         && g_strcmp0 (x->notes, y->notes) == 0 && g_strcmp0 (x->file, y->file) == 0
         && g_strcmp0 (x->thumbnail, y->thumbnail) == 0 && g_strcmp0 (x->markdown_file, y->markdown_file) == 0
         && g_strcmp0 (x->sha256, y->sha256) == 0 && g_strcmp0 (x->theme, y->theme) == 0
         && x->num_slides == y->num_slides && x->cost == y->cost && x->favourite == y->favourite
         && x->missing == y->missing && x->trashed_at == y->trashed_at;
}

/**
 * cs_library_item_set_creation:
 * @creation: what was read; for the model only
 *
 * Notifies “creation” unless it is what was there.
 */
void
cs_library_item_set_creation (CsLibraryItem *self, CsCreation *creation)
{
  g_return_if_fail (CS_IS_LIBRARY_ITEM (self));
  g_return_if_fail (CS_IS_CREATION (creation));

  if (self->creation != NULL && is_same (self->creation, creation))
    return;
  g_set_object (&self->creation, creation);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CREATION]);
}
