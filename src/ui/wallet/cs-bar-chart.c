/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bars for amounts of money. Each is a child of its own, so that it has a tooltip, a name to be read aloud, and the focus: Left and
 * Right go from one to the next. Main thread.
 */
#include "config.h"
#include "ui/wallet/cs-bar-chart.h"

#define HEIGHT 120 /* of the highest bar */
#define GAP 8
#define MIN_BAR 3
#define SPACING 4

struct _CsBarChart
{
  GtkWidget parent_instance;

  GtkWidget *bars[CS_BAR_CHART_BARS];
  GtkWidget *captions[CS_BAR_CHART_BARS];
  GtkWidget *value; /* above the last bar */
  CsMoney amounts[CS_BAR_CHART_BARS];
  CsMoney most;
};

G_DEFINE_FINAL_TYPE (CsBarChart, cs_bar_chart, GTK_TYPE_WIDGET)

static int
get_height (GtkWidget *label)
{
  int height;

  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

static int
get_width (GtkWidget *label)
{
  int width;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static void
cs_bar_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  CsBarChart *self = CS_BAR_CHART (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = get_height (self->value) + HEIGHT + get_height (self->captions[0]) + 2 * SPACING;
  else
    {
      *minimum = CS_BAR_CHART_BARS * (MIN_BAR + GAP);
      *natural = CS_BAR_CHART_BARS * (36 + GAP);
    }
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  graphene_point_t point = { (float) x, (float) y };

  gtk_widget_allocate (child, width, height, -1, gsk_transform_translate (NULL, &point));
}

/* In the middle of its bar, as far as that keeps it inside. */
static int
find_label_place (GtkWidget *label, int bar_x, int bar_width, int width)
{
  int natural = MIN (get_width (label), width);

  return CLAMP (bar_x + (bar_width - natural) / 2, 0, width - natural);
}

static void
place_label (GtkWidget *label, int bar_x, int bar_width, int y, int width)
{
  place (label, find_label_place (label, bar_x, bar_width, width), y, MIN (get_width (label), width), get_height (label));
}

/* Where there is no room for both, the last caption is the one that stays. */
static gboolean
has_room (CsBarChart *self, int i, int bar_x, int last_x, int bar_width, int width)
{
  GtkWidget *last = self->captions[CS_BAR_CHART_BARS - 1];
  int x = find_label_place (self->captions[i], bar_x, bar_width, width);
  int other = find_label_place (last, last_x, bar_width, width);

  return i + 1 == CS_BAR_CHART_BARS || x + get_width (self->captions[i]) + GAP <= other || other + get_width (last) + GAP <= x;
}

static int
get_bar_height (CsBarChart *self, int i, int most)
{
  double share = self->most > 0 ? (double) self->amounts[i] / (double) self->most : 0;

  return MAX ((int) (share * most), MIN_BAR);
}

static void
place_value (CsBarChart *self, int x, int bar_width, int top, int ground, int width)
{
  int bar = get_bar_height (self, CS_BAR_CHART_BARS - 1, ground - top);

  place_label (self->value, x, bar_width, MAX (ground - bar - SPACING - get_height (self->value), 0), width);
}

/* The oldest stands where reading begins. */
static void
cs_bar_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsBarChart *self = CS_BAR_CHART (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int top = get_height (self->value) + SPACING;
  int ground = height - get_height (self->captions[0]) - SPACING;
  int step = (width + GAP) / CS_BAR_CHART_BARS;
  int bar_width = MAX (step - GAP, MIN_BAR);
  int last_x = is_rtl ? 0 : (CS_BAR_CHART_BARS - 1) * step;

  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    {
      int bar = get_bar_height (self, i, ground - top);
      int x = (is_rtl ? CS_BAR_CHART_BARS - 1 - i : i) * step;

      place (self->bars[i], x, ground - bar, bar_width, bar);
      if (!gtk_widget_get_visible (self->captions[i]))
        continue;
      gtk_widget_set_child_visible (self->captions[i], has_room (self, i, x, last_x, bar_width, width));
      if (gtk_widget_get_child_visible (self->captions[i]))
        place_label (self->captions[i], x, bar_width, ground + SPACING, width);
    }
  place_value (self, last_x, bar_width, top, ground, width);
}

static void
cs_bar_chart_dispose (GObject *object)
{
  CsBarChart *self = CS_BAR_CHART (object);

  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    {
      g_clear_pointer (&self->bars[i], gtk_widget_unparent);
      g_clear_pointer (&self->captions[i], gtk_widget_unparent);
    }
  g_clear_pointer (&self->value, gtk_widget_unparent);

  G_OBJECT_CLASS (cs_bar_chart_parent_class)->dispose (object);
}

static void
cs_bar_chart_class_init (CsBarChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_bar_chart_dispose;
  widget_class->measure = cs_bar_chart_measure;
  widget_class->size_allocate = cs_bar_chart_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_set_css_name (widget_class, "barchart");
}

static GtkWidget *
make_label (CsBarChart *self, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "ellipsize",
                                   PANGO_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
cs_bar_chart_init (CsBarChart *self)
{
  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    {
      self->bars[i] = g_object_new (ADW_TYPE_BIN, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "focusable", TRUE, NULL);
      gtk_widget_add_css_class (self->bars[i], i + 1 == CS_BAR_CHART_BARS ? "bar-now" : "bar");
      gtk_widget_set_parent (self->bars[i], GTK_WIDGET (self));
    }
  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    self->captions[i] = make_label (self, "dim-label");
  self->value = make_label (self, "bar-value");
}

/** cs_bar_chart_set: @bars: the oldest first. */
void
cs_bar_chart_set (CsBarChart *self, const CsBar bars[CS_BAR_CHART_BARS])
{
  g_autofree char *now = cs_money_to_amount (bars[CS_BAR_CHART_BARS - 1].amount);

  self->most = 0;
  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    {
      self->amounts[i] = bars[i].amount;
      self->most = MAX (self->most, bars[i].amount);
      gtk_widget_set_tooltip_text (self->bars[i], bars[i].words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, bars[i].words, -1);
      gtk_label_set_text (GTK_LABEL (self->captions[i]), bars[i].caption != NULL ? bars[i].caption : "");
      gtk_widget_set_visible (self->captions[i], i == 0 || bars[i].caption != NULL);
    }
  gtk_label_set_text (GTK_LABEL (self->value), bars[CS_BAR_CHART_BARS - 1].amount > 0 ? now : "");
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
