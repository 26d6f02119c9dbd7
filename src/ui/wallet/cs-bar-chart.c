/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars for amounts of money. Each is a child of its own, so that it has a tooltip, a name to be read aloud, and the focus.
 * Main thread. */
#include "config.h"
#include "ui/wallet/cs-bar-chart.h"

#define HEIGHT 120
#define GAP 6
#define MIN_BAR 3

struct _CsBarChart
{
  GtkWidget parent_instance;

  GtkWidget *bars[CS_BAR_CHART_BARS];
  CsMoney amounts[CS_BAR_CHART_BARS];
  CsMoney most;
};

G_DEFINE_FINAL_TYPE (CsBarChart, cs_bar_chart, GTK_TYPE_WIDGET)

static void
cs_bar_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : CS_BAR_CHART_BARS * (MIN_BAR + GAP);
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : CS_BAR_CHART_BARS * (28 + GAP);
}

/* The oldest stands where reading begins. */
static void
cs_bar_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsBarChart *self = CS_BAR_CHART (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int step = width / CS_BAR_CHART_BARS;

  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    {
      double share = self->most > 0 ? (double) self->amounts[i] / (double) self->most : 0;
      int bar = MAX ((int) (share * height), MIN_BAR);
      int place = is_rtl ? CS_BAR_CHART_BARS - 1 - i : i;
      graphene_point_t point = { (float) (place * step + GAP / 2), (float) (height - bar) };

      gtk_widget_allocate (self->bars[i], MAX (step - GAP, MIN_BAR), bar, -1, gsk_transform_translate (NULL, &point));
    }
}

static void
cs_bar_chart_dispose (GObject *object)
{
  CsBarChart *self = CS_BAR_CHART (object);

  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    g_clear_pointer (&self->bars[i], gtk_widget_unparent);

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

static void
cs_bar_chart_init (CsBarChart *self)
{
  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    {
      self->bars[i] = g_object_new (ADW_TYPE_BIN, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "focusable", TRUE, NULL);
      gtk_widget_add_css_class (self->bars[i], i + 1 == CS_BAR_CHART_BARS ? "bar-now" : "bar");
      gtk_widget_set_parent (self->bars[i], GTK_WIDGET (self));
    }
}

/** cs_bar_chart_set: @amounts: micro-USD. @labels: what each is about, for its tooltip. */
void
cs_bar_chart_set (CsBarChart *self, const CsMoney *amounts, char **labels)
{
  self->most = 0;
  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    {
      self->amounts[i] = amounts[i];
      self->most = MAX (self->most, amounts[i]);
      gtk_widget_set_tooltip_text (self->bars[i], labels[i]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, labels[i], -1);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
