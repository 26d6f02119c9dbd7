/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons that find their places by how much room there is. Main thread. */
#include "config.h"
#include "ui/widgets/cs-actions.h"

#define SPACING 8

struct _CsActions
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CsActions, cs_actions, GTK_TYPE_WIDGET)

/* What all children need; widths, and the height of the tallest. */
typedef struct
{
  guint n;
  int sum, widest, widest_minimum, height;
} Need;

static Need
get_need (GtkWidget *widget)
{
  Need need = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int minimum, natural, height;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      need.sum += natural + (need.n > 0 ? SPACING : 0);
      need.widest = MAX (need.widest, natural);
      need.widest_minimum = MAX (need.widest_minimum, minimum);
      need.height = MAX (need.height, height);
      need.n++;
    }
  return need;
}

static guint
count_rows (const Need *need, int width)
{
  return width < 0 || need->sum <= width ? 1 : 1 + need->n / 2;
}

static GtkSizeRequestMode
cs_actions_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cs_actions_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                    int *natural_baseline)
{
  Need need = get_need (widget);
  int rows = (int) count_rows (&need, for_size);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = rows * need.height + (rows - 1) * SPACING;
      return;
    }
  *minimum = need.n > 1 ? 2 * need.widest_minimum + SPACING : need.widest_minimum;
  *natural = MAX (need.sum, *minimum);
}

static void
allocate (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (child, &(GtkAllocation){ is_rtl ? gtk_widget_get_width (widget) - x - width : x, y, width, height }, -1);
}

static void
allocate_row (GtkWidget *widget, const Need *need, int width)
{
  int x = (width - need->sum) / 2;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      allocate (widget, child, x, 0, natural, need->height);
      x += natural + SPACING;
    }
}

/* An odd one at the end has a row of its own as the first has. */
static void
allocate_rows (GtkWidget *widget, const Need *need, int width)
{
  int half = (width - SPACING) / 2;
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gboolean is_alone = i == 0 || (i == need->n - 1 && i % 2 == 1);
      int y = (int) ((i + 1) / 2) * (need->height + SPACING);

      if (!gtk_widget_should_layout (child))
        continue;
      allocate (widget, child, i == 0 || i % 2 == 1 ? 0 : half + SPACING, y, is_alone ? width : half, need->height);
      i++;
    }
}

static void
cs_actions_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Need need = get_need (widget);

  if (count_rows (&need, width) == 1)
    allocate_row (widget, &need, width);
  else
    allocate_rows (widget, &need, width);
}

static void
cs_actions_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cs_actions_parent_class)->dispose (object);
}

static void
cs_actions_class_init (CsActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_actions_dispose;
  widget_class->get_request_mode = cs_actions_get_request_mode;
  widget_class->measure = cs_actions_measure;
  widget_class->size_allocate = cs_actions_size_allocate;
}

static void
cs_actions_init (CsActions *self)
{
}
