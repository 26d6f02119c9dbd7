/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One slide. What is drawn is kept until the slide, its look or its size is another. Main thread; pictures are found by the
 * library on its own. */
#include "config.h"
#include "ui/deck/cs-slide-card.h"

#include "ui/deck/cs-slide-drawing.h"
#include "ui/widgets/cs-thumbnail.h"

#define SCHEME "creation:"

struct _CsSlideCard
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *picture;
  GtkWidget *missing;        /* what stands for a picture that is not there */

  /* Owned */
  CsStudio *studio;          /* (nullable) */
  CsDeckSlide *slide;        /* (nullable) */
  GCancellable *cancellable; /* (nullable) of the search for the picture */
  char *address;             /* (nullable) of the picture */
  GskRenderNode *node;       /* (nullable) as it was drawn last */
  CsTheme theme;
  CsLanguage language;
};

G_DEFINE_FINAL_TYPE (CsSlideCard, cs_slide_card, GTK_TYPE_WIDGET)

static CsSlideFrame
get_frame (CsSlideCard *self)
{
  return (CsSlideFrame){
    .theme = self->theme,
    .rtl = self->language == CS_LANGUAGE_AR,
    .width = gtk_widget_get_width (GTK_WIDGET (self)),
    .height = gtk_widget_get_height (GTK_WIDGET (self)),
  };
}

static void
draw_anew (CsSlideCard *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The picture */

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsSlideCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);
  g_autofree char *path = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->picture == NULL)
    return;
  if (creation != NULL && cs_creation_get_facts (creation)->kind == CS_KIND_IMAGE && !cs_creation_get_facts (creation)->missing)
    path = cs_library_dup_file_path (CS_LIBRARY (source), creation);
  cs_thumbnail_set_path (CS_THUMBNAIL (self->picture), path);
  gtk_widget_set_visible (self->missing, path == NULL);
}

static void
find_picture (CsSlideCard *self)
{
  const char *alt = NULL;
  const char *address = self->slide != NULL ? cs_slide_get_picture (self->slide, &alt) : NULL;

  gtk_label_set_text (GTK_LABEL (self->missing), alt != NULL && *alt != '\0' ? alt : _ ("Picture"));
  gtk_widget_set_visible (self->picture, address != NULL);
  gtk_widget_set_visible (self->missing, address != NULL && (address == NULL || !g_str_has_prefix (address, SCHEME)));
  if (!cs_set_string (&self->address, address))
    return;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  cs_thumbnail_set_path (CS_THUMBNAIL (self->picture), NULL);
  if (address == NULL || !g_str_has_prefix (address, SCHEME) || self->studio == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  cs_library_get_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), address + strlen (SCHEME), self->cancellable,
                        found_cb, g_object_ref (self));
}

/* The slide */

static void
show (CsSlideCard *self)
{
  g_autofree char *spoken = self->slide != NULL ? cs_deck_slide_dup_spoken (self->slide) : g_strdup ("");
  guint number = self->slide != NULL ? cs_deck_slide_get_number (self->slide) : 0;
  /* translators: read aloud; 1: its number, 2: its words */
  g_autofree char *words = number > 0 ? g_strdup_printf (_ ("Slide %1$u: %2$s"), number, spoken) : g_strdup (spoken);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  find_picture (self);
  draw_anew (self);
}

static void
cs_slide_card_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 64 : 36;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 960 : 540;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    *natural = MAX (*minimum, for_size * 9 / 16);
}

static GtkSizeRequestMode
cs_slide_card_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cs_slide_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsSlideCard *self = CS_SLIDE_CARD (widget);
  CsSlideFrame frame = get_frame (self);
  graphene_rect_t place = self->slide != NULL ? cs_slide_place_picture (self->slide, &frame) : *graphene_rect_zero ();
  GtkAllocation allocation = { (int) place.origin.x, (int) place.origin.y, (int) place.size.width, (int) place.size.height };

  g_clear_pointer (&self->node, gsk_render_node_unref);
  if (gtk_widget_get_visible (self->picture))
    gtk_widget_size_allocate (self->picture, &allocation, -1);
  if (gtk_widget_get_visible (self->missing))
    gtk_widget_size_allocate (self->missing, &allocation, -1);
}

static GskRenderNode *
draw (CsSlideCard *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  CsSlideFrame frame = get_frame (self);
  PangoContext *context = gtk_widget_create_pango_context (GTK_WIDGET (self));

  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR); /* each line goes by its own words, whatever the window speaks */
  cs_slide_draw (self->slide, &frame, context, snapshot);
  g_object_unref (context);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
cs_slide_card_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CsSlideCard *self = CS_SLIDE_CARD (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (self->slide == NULL)
    return;
  if (self->node == NULL)
    self->node = draw (self);
  gtk_snapshot_push_clip (snapshot, &all);
  gtk_snapshot_append_node (snapshot, self->node);
  if (gtk_widget_get_visible (self->picture))
    gtk_widget_snapshot_child (widget, self->picture, snapshot);
  if (gtk_widget_get_visible (self->missing))
    gtk_widget_snapshot_child (widget, self->missing, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
cs_slide_card_dispose (GObject *object)
{
  CsSlideCard *self = CS_SLIDE_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->slide != NULL)
    g_signal_handlers_disconnect_by_data (self->slide, self);
  g_clear_object (&self->slide);
  g_clear_object (&self->studio);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_pointer (&self->missing, gtk_widget_unparent);

  G_OBJECT_CLASS (cs_slide_card_parent_class)->dispose (object);
}

static void
cs_slide_card_class_init (CsSlideCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_slide_card_dispose;
  widget_class->get_request_mode = cs_slide_card_get_request_mode;
  widget_class->measure = cs_slide_card_measure;
  widget_class->size_allocate = cs_slide_card_size_allocate;
  widget_class->snapshot = cs_slide_card_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "slidecard");
}

static void
cs_slide_card_init (CsSlideCard *self)
{
  self->picture = cs_thumbnail_new ();
  gtk_widget_add_css_class (self->picture, "square");
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));
  self->missing = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->missing), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->missing), PANGO_ELLIPSIZE_END);
  gtk_label_set_justify (GTK_LABEL (self->missing), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->missing, "missing-picture");
  gtk_widget_set_visible (self->missing, FALSE);
  gtk_widget_set_parent (self->missing, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
cs_slide_card_new (void)
{
  return g_object_new (CS_TYPE_SLIDE_CARD, NULL);
}

void
cs_slide_card_set_studio (CsSlideCard *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
}

/** cs_slide_card_set_slide: @slide: (nullable): followed from now on. */
void
cs_slide_card_set_slide (CsSlideCard *self, CsDeckSlide *slide)
{
  if (self->slide == slide)
    return;
  if (self->slide != NULL)
    g_signal_handlers_disconnect_by_data (self->slide, self);
  g_set_object (&self->slide, slide);
  if (slide != NULL)
    g_signal_connect_swapped (slide, "changed", G_CALLBACK (show), self);
  show (self);
}

void
cs_slide_card_set_look (CsSlideCard *self, CsTheme theme, CsLanguage language)
{
  if (self->theme == theme && self->language == language)
    return;
  self->theme = theme;
  self->language = language;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  draw_anew (self);
}
