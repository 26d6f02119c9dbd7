/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two sides that fold. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-split.h"

#define FOLD_BELOW 760 /* pixels */
#define START_WIDTH 420

struct _CsDeckSplit
{
  GtkWidget parent_instance;

  GtkWidget *paned; /* the child */

  guint fold;       /* idle source */
  gboolean folded;
  gboolean shows_end;
};

enum
{
  PROP_0,
  PROP_START,
  PROP_END,
  PROP_FOLDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsDeckSplit, cs_deck_split, GTK_TYPE_WIDGET)

static void
show_sides (CsDeckSplit *self)
{
  GtkWidget *start = gtk_paned_get_start_child (GTK_PANED (self->paned));
  GtkWidget *end = gtk_paned_get_end_child (GTK_PANED (self->paned));

  if (start != NULL)
    gtk_widget_set_visible (start, !self->folded || !self->shows_end);
  if (end != NULL)
    gtk_widget_set_visible (end, !self->folded || self->shows_end);
}

static gboolean
fold_cb (gpointer user_data)
{
  CsDeckSplit *self = user_data;

  self->fold = 0;
  self->folded = !self->folded;
  show_sides (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

static int
get_minimum (GtkWidget *widget)
{
  int minimum = 0;

  if (widget != NULL)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
cs_deck_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  CsDeckSplit *self = CS_DECK_SPLIT (widget);

  gtk_widget_measure (self->paned, orientation, orientation == GTK_ORIENTATION_VERTICAL ? -1 : for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MAX (get_minimum (gtk_paned_get_start_child (GTK_PANED (self->paned))),
                    get_minimum (gtk_paned_get_end_child (GTK_PANED (self->paned))));
  *natural = MAX (*natural, *minimum);
}

/* Who is seen cannot change in the middle of this: for one frame a side may stand out. */
static void
cs_deck_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsDeckSplit *self = CS_DECK_SPLIT (widget);
  gboolean folded = width < FOLD_BELOW;
  int minimum = 0;

  if (folded != self->folded && self->fold == 0)
    self->fold = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fold_cb, self, NULL);
  else if (folded == self->folded)
    g_clear_handle_id (&self->fold, g_source_remove);
  gtk_widget_measure (self->paned, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (self->paned, MAX (width, minimum), height, baseline, NULL);
}

static void
cs_deck_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsDeckSplit *self = CS_DECK_SPLIT (object);

  switch (id)
    {
    case PROP_START:
      gtk_paned_set_start_child (GTK_PANED (self->paned), g_value_get_object (value));
      break;
    case PROP_END:
      gtk_paned_set_end_child (GTK_PANED (self->paned), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_deck_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    g_value_set_boolean (value, CS_DECK_SPLIT (object)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_deck_split_dispose (GObject *object)
{
  CsDeckSplit *self = CS_DECK_SPLIT (object);

  g_clear_handle_id (&self->fold, g_source_remove);
  g_clear_pointer (&self->paned, gtk_widget_unparent);

  G_OBJECT_CLASS (cs_deck_split_parent_class)->dispose (object);
}

static void
cs_deck_split_class_init (CsDeckSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = cs_deck_split_set_property;
  object_class->get_property = cs_deck_split_get_property;
  object_class->dispose = cs_deck_split_dispose;
  widget_class->measure = cs_deck_split_measure;
  widget_class->size_allocate = cs_deck_split_size_allocate;
  properties[PROP_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cs_deck_split_init (CsDeckSplit *self)
{
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_position (GTK_PANED (self->paned), START_WIDTH);
  gtk_paned_set_resize_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->paned), FALSE);
  gtk_widget_add_css_class (self->paned, "deck-split");
  gtk_widget_set_parent (self->paned, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

gboolean
cs_deck_split_get_folded (CsDeckSplit *self)
{
  return self->folded;
}

void
cs_deck_split_show_end (CsDeckSplit *self, gboolean end)
{
  self->shows_end = end;
  show_sides (self);
}
