/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line that a creation stands in. Main thread. */
#include "config.h"
#include "ui/gallery/cs-lineage-view.h"

#include "ui/gallery/cs-deck-cover.h"
#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-thumbnail.h"

#define N_SHOWN 3
#define PICTURE_WIDTH 92
#define PICTURE_HEIGHT 52
#define ARROW_SIZE 12

struct _CsLineageView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkBox *box;

  /* Owned */
  CsStudio *studio; /* (nullable) */
  GPtrArray *line;  /* (nullable) (element-type CsCreation) */
  char *id;         /* (nullable) of the one that is shown */
};

enum
{
  SIGNAL_OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsLineageView, cs_lineage_view, ADW_TYPE_BIN)

static void fill (CsLineageView *self, guint first, guint end);

static void
open_cb (CsLineageView *self, GtkButton *button)
{
  CsCreation *creation = g_object_get_data (G_OBJECT (button), "creation");

  g_signal_emit (self, signals[SIGNAL_OPEN], 0, creation);
}

static void
more_cb (CsLineageView *self)
{
  fill (self, 0, self->line->len);
}

static const char *
get_name (const CsCreationFacts *facts, gboolean is_shown)
{
  switch (facts->kind)
    {
    case CS_KIND_VIDEO:
      return is_shown ? _ ("This video") : _ ("Video");
    case CS_KIND_DECK:
      return is_shown ? _ ("This deck") : _ ("Presentation");
    case CS_KIND_IMAGE:
    default:
      return is_shown ? _ ("This picture") : _ ("Picture");
    }
}

static GtkWidget *
make_thumbnail (CsLineageView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  GtkWidget *picture;
  g_autofree char *path = NULL;

  if (cs_deck_cover_is_for (creation))
    {
      picture = cs_deck_cover_new ();
      gtk_widget_add_css_class (picture, "thumb");
      cs_deck_cover_set_creation (CS_DECK_COVER (picture), creation, self->studio);
      return picture;
    }
  if (facts->thumbnail != NULL)
    path = cs_creation_dup_path (facts, CS_CREATION_THUMBNAIL, cs_engine_get_paths (cs_studio_get_engine (self->studio)));
  picture = cs_thumbnail_new ();
  cs_thumbnail_set_path (CS_THUMBNAIL (picture), path);
  return picture;
}

/* What it is and how long, in a corner of the picture. */
static GtkWidget *
make_badge (const CsCreationFacts *facts)
{
  g_autofree char *length = cs_creation_make_length (facts);
  GtkWidget *badge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = gtk_label_new (length);

  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (badge), gtk_image_new_from_icon_name (cs_creation_get_icon (facts)));
  gtk_box_append (GTK_BOX (badge), label);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "lineage-badge");
  gtk_widget_set_halign (badge, GTK_ALIGN_START);
  gtk_widget_set_valign (badge, GTK_ALIGN_END);
  return badge;
}

static GtkWidget *
make_picture (CsLineageView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *picture = make_thumbnail (self, creation);

  gtk_widget_set_size_request (picture, PICTURE_WIDTH, PICTURE_HEIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), picture);
  if (facts->kind != CS_KIND_IMAGE)
    gtk_overlay_add_overlay (GTK_OVERLAY (overlay), make_badge (facts));
  gtk_widget_set_margin_bottom (overlay, 5);
  return overlay;
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_button (CsLineageView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  gboolean is_shown = g_str_equal (facts->id, self->id);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *price = cs_money_to_display (facts->cost);
  g_autofree char *words = cs_creation_make_description (facts);

  gtk_box_append (GTK_BOX (box), make_picture (self, creation));
  gtk_box_append (GTK_BOX (box), make_label (get_name (facts, is_shown), is_shown ? "shown" : "plain"));
  gtk_box_append (GTK_BOX (box), make_label (price, "dim-label"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_tooltip_text (button, facts->title);
  gtk_widget_set_sensitive (button, !is_shown);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "lineage");
  if (is_shown)
    gtk_widget_add_css_class (button, "shown");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "creation", g_object_ref (creation), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_more (CsLineageView *self, guint n)
{
  /* translators: on a button: how many more there are */
  g_autofree char *label = g_strdup_printf (_ ("+%u"), n);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 12);
  gtk_widget_set_tooltip_text (button, _ ("Show All"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_object (button, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_arrow (void)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (arrow), ARROW_SIZE);
  gtk_widget_set_valign (arrow, GTK_ALIGN_START);
  gtk_widget_set_margin_top (arrow, (PICTURE_HEIGHT - ARROW_SIZE) / 2);
  gtk_widget_add_css_class (arrow, "dim-label");
  return arrow;
}

static void
fill (CsLineageView *self, guint first, guint end)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = first; i < end; i++)
    {
      if (i > first)
        gtk_box_append (self->box, make_arrow ());
      gtk_box_append (self->box, make_button (self, self->line->pdata[i]));
    }
  if (end - first < self->line->len)
    gtk_box_append (self->box, make_more (self, self->line->len - (end - first)));
}

static guint
find_shown (CsLineageView *self)
{
  for (guint i = 0; i < self->line->len; i++)
    if (g_str_equal (cs_creation_get_id (self->line->pdata[i]), self->id))
      return i;
  return 0;
}

static void
cs_lineage_view_dispose (GObject *object)
{
  CsLineageView *self = CS_LINEAGE_VIEW (object);

  g_clear_pointer (&self->line, g_ptr_array_unref);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_lineage_view_parent_class)->dispose (object);
}

static void
cs_lineage_view_finalize (GObject *object)
{
  g_free (CS_LINEAGE_VIEW (object)->id);

  G_OBJECT_CLASS (cs_lineage_view_parent_class)->finalize (object);
}

static void
cs_lineage_view_class_init (CsLineageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_lineage_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_lineage_view_finalize;
  signals[SIGNAL_OPEN] = g_signal_new ("open", CS_TYPE_LINEAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       CS_TYPE_CREATION);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-lineage-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsLineageView, box);
}

static void
cs_lineage_view_init (CsLineageView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_lineage_view_set_line: @line: (nullable) (element-type CsCreation): oldest first. @id: of the one that is looked at. */
void
cs_lineage_view_set_line (CsLineageView *self, GPtrArray *line, const char *id, CsStudio *studio)
{
  guint shown, first;

  g_return_if_fail (CS_IS_LINEAGE_VIEW (self));

  g_clear_pointer (&self->line, g_ptr_array_unref);
  g_set_object (&self->studio, studio);
  cs_set_string (&self->id, id);
  gtk_widget_set_visible (GTK_WIDGET (self), line != NULL && line->len > 1);
  if (line == NULL || line->len < 2)
    return;
  self->line = g_ptr_array_ref (line);
  shown = find_shown (self);
  first = shown > 0 ? shown - 1 : 0;
  if (first + N_SHOWN > line->len)
    first = line->len > N_SHOWN ? line->len - N_SHOWN : 0;
  fill (self, first, MIN (first + N_SHOWN, line->len));
}
