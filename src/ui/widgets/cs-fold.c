/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two widgets beside or below each other. Main thread. */
#include "config.h"
#include "ui/widgets/cs-fold.h"

#define SIDE_SHARE 0.38 /* of the height that the side has at least when it is below */

struct _CsFold
{
  GtkWidget parent_instance;

  GtkWidget *content; /* (nullable) */
  GtkWidget *side;    /* (nullable) */
  int side_width;
  int fold_width;
  guint tell_source;
  guint is_folded : 1;
};

enum
{
  PROP_0,
  PROP_CONTENT,
  PROP_SIDE,
  PROP_SIDE_WIDTH,
  PROP_FOLD_WIDTH,
  PROP_FOLDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsFold, cs_fold, GTK_TYPE_WIDGET)

static gboolean
is_visible (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_visible (widget);
}

static int
measure_minimum (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int minimum = 0;

  if (is_visible (widget))
    gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
measure_natural (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int natural = 0;

  if (is_visible (widget))
    gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

static GtkSizeRequestMode
cs_fold_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* It can always be as narrow as when it is folded. */
static void
cs_fold_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                 int *natural_baseline)
{
  CsFold *self = CS_FOLD (widget);
  gboolean folds = for_size < 0 || for_size < self->fold_width;
  int content_size = folds ? for_size : for_size - self->side_width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (measure_minimum (self->content, orientation, -1), measure_minimum (self->side, orientation, -1));
      *natural = MAX (measure_natural (self->content, orientation, -1) + self->side_width, *minimum);
      return;
    }
  *minimum = measure_minimum (self->content, orientation, content_size);
  *natural = measure_natural (self->content, orientation, content_size);
  if (folds)
    {
      *minimum += measure_minimum (self->side, orientation, for_size);
      *natural += measure_natural (self->side, orientation, for_size);
    }
}

static void
allocate_beside (CsFold *self, int width, int height)
{
  int side_width = is_visible (self->side) ? self->side_width : 0;
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (self->content != NULL)
    gtk_widget_size_allocate (self->content, &(GtkAllocation){ is_rtl ? side_width : 0, 0, width - side_width, height }, -1);
  if (self->side != NULL)
    gtk_widget_size_allocate (self->side, &(GtkAllocation){ is_rtl ? 0 : width - side_width, 0, side_width, height }, -1);
}

/* The content gets what it likes, as long as enough is left for the side to be read. */
static void
allocate_below (CsFold *self, int width, int height)
{
  int least = measure_minimum (self->content, GTK_ORIENTATION_VERTICAL, width);
  int liked = measure_natural (self->content, GTK_ORIENTATION_VERTICAL, width);
  int side = is_visible (self->side) ? MAX ((int) (height * SIDE_SHARE), measure_minimum (self->side, GTK_ORIENTATION_VERTICAL, width)) : 0;
  int content_height = is_visible (self->side) ? MAX (MIN (liked, height - side), least) : height;

  if (self->content != NULL)
    gtk_widget_size_allocate (self->content, &(GtkAllocation){ 0, 0, width, content_height }, -1);
  if (self->side != NULL)
    gtk_widget_size_allocate (self->side, &(GtkAllocation){ 0, content_height, width, MAX (height - content_height, 0) }, -1);
}

/* What others change for it would be too late for this layout. */
static gboolean
tell_cb (gpointer user_data)
{
  CsFold *self = user_data;

  self->tell_source = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

static void
cs_fold_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsFold *self = CS_FOLD (widget);
  gboolean is_folded = width < self->fold_width;

  if (is_folded)
    allocate_below (self, width, height);
  else
    allocate_beside (self, width, height);
  if (self->is_folded == is_folded)
    return;
  self->is_folded = is_folded;
  if (self->tell_source == 0)
    self->tell_source = g_idle_add_full (G_PRIORITY_HIGH, tell_cb, self, NULL);
}

static void
set_child (CsFold *self, GtkWidget **place, GtkWidget *child)
{
  if (*place == child)
    return;
  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
cs_fold_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsFold *self = CS_FOLD (object);

  switch (id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_SIDE:
      g_value_set_object (value, self->side);
      break;
    case PROP_SIDE_WIDTH:
      g_value_set_int (value, self->side_width);
      break;
    case PROP_FOLD_WIDTH:
      g_value_set_int (value, self->fold_width);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->is_folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_fold_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsFold *self = CS_FOLD (object);

  switch (id)
    {
    case PROP_CONTENT:
      set_child (self, &self->content, g_value_get_object (value));
      break;
    case PROP_SIDE:
      set_child (self, &self->side, g_value_get_object (value));
      break;
    case PROP_SIDE_WIDTH:
      self->side_width = g_value_get_int (value);
      break;
    case PROP_FOLD_WIDTH:
      self->fold_width = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_fold_dispose (GObject *object)
{
  CsFold *self = CS_FOLD (object);

  g_clear_handle_id (&self->tell_source, g_source_remove);
  set_child (self, &self->content, NULL);
  set_child (self, &self->side, NULL);

  G_OBJECT_CLASS (cs_fold_parent_class)->dispose (object);
}

static void
cs_fold_class_init (CsFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cs_fold_get_property;
  object_class->set_property = cs_fold_set_property;
  object_class->dispose = cs_fold_dispose;
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SIDE_WIDTH] = g_param_spec_int ("side-width", NULL, NULL, 0, G_MAXINT, 0, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_FOLD_WIDTH] = g_param_spec_int ("fold-width", NULL, NULL, 0, G_MAXINT, 0, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  widget_class->get_request_mode = cs_fold_get_request_mode;
  widget_class->measure = cs_fold_measure;
  widget_class->size_allocate = cs_fold_size_allocate;
}

static void
cs_fold_init (CsFold *self)
{
}

gboolean
cs_fold_is_folded (CsFold *self)
{
  g_return_val_if_fail (CS_IS_FOLD (self), FALSE);

  return self->is_folded;
}
