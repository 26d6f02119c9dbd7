/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ring that fills up; drawn with Cairo in the colours of the theme. Main thread. */
#include "config.h"
#include "ui/jobs/cs-ring.h"

#include <math.h>

#define SIZE 22
#define LINE 2.5

struct _CsRing
{
  GtkWidget parent_instance;

  GtkWidget *label;
  double share;
  gboolean is_busy;
  gboolean is_warning;
};

G_DEFINE_FINAL_TYPE (CsRing, cs_ring, GTK_TYPE_WIDGET)

static void
cs_ring_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                 int *natural_baseline)
{
  gtk_widget_measure (CS_RING (widget)->label, orientation, -1, minimum, natural, NULL, NULL);
  *minimum = MAX (*minimum, SIZE);
  *natural = MAX (*natural, SIZE);
}

static void
cs_ring_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (CS_RING (widget)->label, width, height, baseline, NULL);
}

static void
draw_arc (cairo_t *cr, const GdkRGBA *color, double size, double share)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc (cr, size / 2, size / 2, size / 2 - LINE, -M_PI / 2, -M_PI / 2 + 2 * M_PI * share);
  cairo_stroke (cr);
}

static void
cs_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsRing *self = CS_RING (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  double size = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) size, (float) size));
  GdkRGBA track, full;

  gtk_style_context_get_color (style, &track);
  if (!gtk_style_context_lookup_color (style, self->is_warning ? "warning_color" : "accent_bg_color", &full))
    full = track;
  track.alpha *= 0.25f;
  draw_arc (cr, &track, size, 1);
  if (self->is_busy)
    draw_arc (cr, &full, size, self->is_warning ? 1 : MAX (self->share, 0.03));
  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
cs_ring_dispose (GObject *object)
{
  g_clear_pointer (&CS_RING (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (cs_ring_parent_class)->dispose (object);
}

static void
cs_ring_class_init (CsRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_ring_dispose;
  widget_class->measure = cs_ring_measure;
  widget_class->size_allocate = cs_ring_size_allocate;
  widget_class->snapshot = cs_ring_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
cs_ring_init (CsRing *self)
{
  self->label = gtk_label_new ("0");
  gtk_widget_add_css_class (self->label, "ring-number");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/** cs_ring_set: @share: 0 to 1. @number: what stands in it; with 0 the ring is empty. */
void
cs_ring_set (CsRing *self, double share, guint number, gboolean is_warning)
{
  g_autofree char *text = number > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", number);

  self->share = CLAMP (share, 0, 1);
  self->is_busy = number > 0;
  self->is_warning = is_warning;
  gtk_label_set_text (GTK_LABEL (self->label), text);
  if (number == 0)
    gtk_widget_add_css_class (self->label, "dim-label");
  else
    gtk_widget_remove_css_class (self->label, "dim-label");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
