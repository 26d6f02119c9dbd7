/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slides in a row. Main thread. */
#include "config.h"
#include "ui/deck/cs-slide-strip.h"

#include "ui/deck/cs-slide-card.h"

#define CARD_WIDTH 108
#define CARD_HEIGHT 61

struct _CsSlideStrip
{
  AdwBin parent_instance;

  GtkListView *view;             /* of the child */
  GtkSingleSelection *selection; /* of the view */

  CsDeckDocument *document;      /* (nullable) until it is set */
  CsStudio *studio;              /* (nullable) */
  gboolean is_following;         /* what is selected now is not the user's choice */
};

G_DEFINE_FINAL_TYPE (CsSlideStrip, cs_slide_strip, ADW_TYPE_BIN)

/* One place in the row */

static void
show_number (CsDeckSlide *slide, GtkLabel *label)
{
  guint number = cs_deck_slide_get_number (slide);
  GtkWidget *cell = gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (label)));
  g_autofree char *text = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("–");
  g_autofree char *title = cs_deck_slide_dup_title (slide);
  /* translators: read aloud; 1: its number, 2: its words */
  g_autofree char *words = number > 0 ? g_strdup_printf (_ ("Slide %1$u: %2$s"), number, title != NULL ? title : _ ("No title"))
                                      : g_strdup (_ ("This slide is empty"));

  gtk_label_set_text (label, text);
  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
setup_cb (CsSlideStrip *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *card = cs_slide_card_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_size_request (card, CARD_WIDTH, CARD_HEIGHT);
  gtk_widget_set_halign (card, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  gtk_widget_add_css_class (card, "small");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), card);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (CsSlideStrip *self, GtkListItem *item)
{
  CsDeckSlide *slide = gtk_list_item_get_item (item);
  GtkWidget *card = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_widget_get_next_sibling (card);

  cs_slide_card_set_studio (CS_SLIDE_CARD (card), self->studio);
  cs_slide_card_set_look (CS_SLIDE_CARD (card), cs_deck_document_get_theme (self->document), cs_deck_document_get_language (self->document));
  cs_slide_card_set_slide (CS_SLIDE_CARD (card), slide);
  g_signal_connect_object (slide, "changed", G_CALLBACK (show_number), label, 0);
  show_number (slide, GTK_LABEL (label));
}

static void
unbind_cb (CsSlideStrip *self, GtkListItem *item)
{
  GtkWidget *card = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_widget_get_next_sibling (card);

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), label);
  cs_slide_card_set_slide (CS_SLIDE_CARD (card), NULL);
}

/* All of them */

static void
selected_cb (CsSlideStrip *self)
{
  if (!self->is_following)
    cs_deck_document_go_to (self->document, gtk_single_selection_get_selected (self->selection));
}

static void
follow (CsSlideStrip *self)
{
  guint current = cs_deck_document_get_current (self->document);

  if (gtk_single_selection_get_selected (self->selection) == current)
    return;
  self->is_following = TRUE;
  gtk_single_selection_set_selected (self->selection, current);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", current);
  self->is_following = FALSE;
}

static void
set_look (GtkWidget *widget, CsDeckDocument *document)
{
  if (CS_IS_SLIDE_CARD (widget))
    cs_slide_card_set_look (CS_SLIDE_CARD (widget), cs_deck_document_get_theme (document), cs_deck_document_get_language (document));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    set_look (child, document);
}

static void
refreshed_cb (CsSlideStrip *self)
{
  set_look (GTK_WIDGET (self->view), self->document);
  follow (self);
}

static void
cs_slide_strip_dispose (GObject *object)
{
  CsSlideStrip *self = CS_SLIDE_STRIP (object);

  g_clear_object (&self->document);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_slide_strip_parent_class)->dispose (object);
}

static void
cs_slide_strip_class_init (CsSlideStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_slide_strip_dispose;
}

static void
cs_slide_strip_init (CsSlideStrip *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->selection = gtk_single_selection_new (NULL);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->view), GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "slide-strip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Slides"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/** cs_slide_strip_set_document: Shows its slides from now on; once. */
void
cs_slide_strip_set_document (CsSlideStrip *self, CsDeckDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->is_following = TRUE;
  gtk_single_selection_set_model (self->selection, cs_deck_document_get_slides (document));
  self->is_following = FALSE;
  g_signal_connect_object (document, "refreshed", G_CALLBACK (refreshed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "current-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
}

void
cs_slide_strip_set_studio (CsSlideStrip *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
}
