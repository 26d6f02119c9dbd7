/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slide of the outline. Main thread. */
#include "config.h"
#include "ui/deck/cs-outline-row.h"

struct _CsOutlineRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *number; /* of the child */
  GtkLabel *title;
  GtkLabel *more;

  CsDeckSlide *slide;
};

G_DEFINE_FINAL_TYPE (CsOutlineRow, cs_outline_row, GTK_TYPE_LIST_BOX_ROW)

/* What it says besides its title, on one line. */
static char *
describe (CsDeckSlide *slide)
{
  GPtrArray *parts = cs_deck_slide_get_parts (slide);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; parts != NULL && i < parts->len && text->len < 200; i++)
    {
      const CsSlidePart *part = parts->pdata[i];

      if (part->kind != CS_PART_TITLE && part->text != NULL && *part->text != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part->text);
    }
  return cs_text_make_line (text->str, 400);
}

static void
show (CsOutlineRow *self)
{
  guint number = cs_deck_slide_get_number (self->slide);
  g_autofree char *number_text = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("–");
  g_autofree char *title = cs_deck_slide_dup_title (self->slide);
  g_autofree char *more = describe (self->slide);
  const char *shown = cs_deck_slide_is_empty (self->slide) ? _ ("This slide is empty") : title != NULL ? title : _ ("No title");
  /* translators: read aloud; 1: its number, 2: its words */
  g_autofree char *words = number > 0 ? g_strdup_printf (_ ("Slide %1$u: %2$s"), number, shown) : g_strdup (shown);

  gtk_label_set_text (self->number, number_text);
  gtk_label_set_text (self->title, shown);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), *more != '\0' && g_strcmp0 (more, title) != 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
cs_outline_row_dispose (GObject *object)
{
  g_clear_object (&CS_OUTLINE_ROW (object)->slide);

  G_OBJECT_CLASS (cs_outline_row_parent_class)->dispose (object);
}

static void
cs_outline_row_class_init (CsOutlineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_outline_row_dispose;
}

static GtkLabel *
make_label (const char *style, GtkBox *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
cs_outline_row_init (CsOutlineRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

  gtk_widget_add_css_class (box, "outline-row");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  self->number = make_label ("numeric", GTK_BOX (box));
  gtk_label_set_width_chars (self->number, 2);
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "dim-label");
  self->title = make_label ("heading", GTK_BOX (words));
  self->more = make_label ("caption", GTK_BOX (words));
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "dim-label");
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (handle, "dim-label");
  gtk_box_append (GTK_BOX (box), handle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
cs_outline_row_new (CsDeckSlide *slide)
{
  CsOutlineRow *self = g_object_new (CS_TYPE_OUTLINE_ROW, NULL);

  self->slide = g_object_ref (slide);
  g_signal_connect_object (slide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

CsDeckSlide *
cs_outline_row_get_slide (CsOutlineRow *self)
{
  return self->slide;
}
