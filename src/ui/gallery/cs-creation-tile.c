/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place in the grid, with a card when it is seen. Main thread. */
#include "config.h"
#include "ui/gallery/cs-creation-tile.h"

#include "ui/gallery/cs-creation-card.h"
#include "ui/widgets/cs-creation-words.h"

#define MIN_WIDTH 130
#define NATURAL_WIDTH 220

struct _CsCreationTile
{
  GtkWidget parent_instance;

  GtkWidget *card; /* (nullable) a child, until it is needed */

  /* Owned */
  CsLibraryItem *item; /* (nullable) */
  CsStudio *studio;    /* (nullable) while it is near */
  GPtrArray *cards;    /* (nullable) (element-type CsCreationCard) the same: those that are free, of all tiles of the grid */
  guint position;
  guint is_selected : 1;
};

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_POSITION,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* How much taller a card is than its picture; the same for all cards, so that tiles without one are as tall. */
static int words_height;

G_DEFINE_FINAL_TYPE (CsCreationTile, cs_creation_tile, GTK_TYPE_WIDGET)

/* The grid's own widget around the tile has the focus, so it has to have the name. */
static void
name_cell (CsCreationTile *self, CsCreation *creation)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = creation != NULL ? cs_creation_make_description (cs_creation_get_facts (creation)) : g_strdup (_ ("Loading"));

  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_selected (CsCreationTile *self)
{
  if (self->card == NULL)
    return;
  if (self->is_selected)
    gtk_widget_add_css_class (self->card, "selected");
  else
    gtk_widget_remove_css_class (self->card, "selected");
}

/* To make a card takes longer than all else. */
static void
take_card (CsCreationTile *self)
{
  g_autoptr (GtkWidget) card = NULL;

  if (self->card != NULL)
    return;
  if (self->cards != NULL && self->cards->len > 0)
    card = g_ptr_array_steal_index_fast (self->cards, self->cards->len - 1);
  else
    card = g_object_ref_sink (cs_creation_card_new ());
  self->card = card;
  gtk_widget_set_parent (card, GTK_WIDGET (self));
  show_selected (self);
}

static void
give_card_back (CsCreationTile *self)
{
  GtkWidget *card = g_steal_pointer (&self->card);

  if (card == NULL)
    return;
  if (self->cards != NULL)
    {
      cs_creation_card_set_creation (CS_CREATION_CARD (card), NULL, NULL);
      g_ptr_array_add (self->cards, g_object_ref (card));
    }
  gtk_widget_unparent (card);
}

static void
show_creation (CsCreationTile *self)
{
  CsCreation *creation = cs_creation_tile_get_creation (self);

  if (self->studio == NULL)
    return;
  take_card (self);
  cs_creation_card_set_creation (CS_CREATION_CARD (self->card), creation, self->studio);
  name_cell (self, creation);
}

static void
set_item (CsCreationTile *self, CsLibraryItem *item)
{
  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_creation, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "notify::creation", G_CALLBACK (show_creation), self, G_CONNECT_SWAPPED);
  show_creation (self);
}

static GtkSizeRequestMode
cs_creation_tile_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Hundreds of tiles are measured when the grid changes: none asks its card more than it must. */
static void
cs_creation_tile_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  CsCreationTile *self = CS_CREATION_TILE (widget);
  int width = for_size > 0 ? for_size : NATURAL_WIDTH;
  int picture_height = (int) (width * 9.0 / 16 + 0.5);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  if (words_height == 0)
    take_card (self);
  if (self->card != NULL)
    {
      gtk_widget_measure (self->card, GTK_ORIENTATION_VERTICAL, width, minimum, NULL, NULL, NULL);
      words_height = MAX (*minimum - picture_height, 1);
    }
  *minimum = *natural = picture_height + words_height;
}

static void
cs_creation_tile_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsCreationTile *self = CS_CREATION_TILE (widget);

  if (self->card != NULL)
    gtk_widget_size_allocate (self->card, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
cs_creation_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsCreationTile *self = CS_CREATION_TILE (object);

  switch (id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, self->is_selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_creation_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsCreationTile *self = CS_CREATION_TILE (object);

  switch (id)
    {
    case PROP_ITEM:
      set_item (self, g_value_get_object (value));
      break;
    case PROP_POSITION:
      self->position = g_value_get_uint (value);
      break;
    case PROP_SELECTED:
      self->is_selected = g_value_get_boolean (value);
      show_selected (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_creation_tile_dispose (GObject *object)
{
  CsCreationTile *self = CS_CREATION_TILE (object);

  cs_creation_tile_set_far (self);
  g_clear_pointer (&self->card, gtk_widget_unparent);
  set_item (self, NULL);

  G_OBJECT_CLASS (cs_creation_tile_parent_class)->dispose (object);
}

static void
cs_creation_tile_class_init (CsCreationTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cs_creation_tile_get_property;
  object_class->set_property = cs_creation_tile_set_property;
  object_class->dispose = cs_creation_tile_dispose;
  properties[PROP_ITEM]
      = g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  widget_class->get_request_mode = cs_creation_tile_get_request_mode;
  widget_class->measure = cs_creation_tile_measure;
  widget_class->size_allocate = cs_creation_tile_size_allocate;
}

static void
cs_creation_tile_init (CsCreationTile *self)
{
}

/**
 * cs_creation_tile_set_near:
 * @studio: what it shows its creation with
 * @cards: (element-type CsCreationCard): those that are free
 *
 * It is seen, or will be soon.
 */
void
cs_creation_tile_set_near (CsCreationTile *self, CsStudio *studio, GPtrArray *cards)
{
  g_return_if_fail (CS_IS_CREATION_TILE (self));

  if (self->studio != NULL)
    return;
  self->studio = g_object_ref (studio);
  self->cards = g_ptr_array_ref (cards);
  show_creation (self);
}

/** cs_creation_tile_set_far: Nobody sees it: it shows nothing. */
void
cs_creation_tile_set_far (CsCreationTile *self)
{
  g_return_if_fail (CS_IS_CREATION_TILE (self));

  if (self->studio == NULL)
    return;
  give_card_back (self);
  g_clear_object (&self->studio);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
}

void
cs_creation_tile_set_playing (CsCreationTile *self, gboolean playing)
{
  g_return_if_fail (CS_IS_CREATION_TILE (self));

  if (self->card != NULL)
    cs_creation_card_set_playing (CS_CREATION_CARD (self->card), playing);
}

CsCreation *
cs_creation_tile_get_creation (CsCreationTile *self)
{
  return self->item != NULL ? cs_library_item_get_creation (self->item) : NULL;
}

guint
cs_creation_tile_get_position (CsCreationTile *self)
{
  return self->position;
}
