/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Markdown of the presentation. Its colours are those of the window. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-source.h"

#include "ui/deck/cs-deck-markup.h"

#define EDGE 3 /* pixels of the line beside the slide of the cursor */

struct _CsDeckSource
{
  GtkTextView parent_instance;

  CsDeckDocument *document; /* (nullable) until it is set */
  CsDeckMarkup *markup;     /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CsDeckSource, cs_deck_source, GTK_TYPE_TEXT_VIEW)

static void
refreshed_cb (CsDeckSource *self)
{
  g_autofree char *text = cs_deck_document_dup_markdown (self->document);

  cs_deck_markup_update (self->markup, text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Whoever goes to a slide elsewhere wants to see its text. */
static void
current_changed_cb (CsDeckSource *self)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (self->document);

  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
take_colours (CsDeckSource *self)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA accent = { .2f, .5f, .9f, 1 };
  GdkRGBA dim;

  gtk_style_context_lookup_color (style, "accent_color", &accent);
  gtk_style_context_get_color (style, &dim);
  dim.alpha *= 0.62f;
  cs_deck_markup_set_colours (self->markup, &accent, &dim);
}

static void
cs_deck_source_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (cs_deck_source_parent_class)->css_changed (widget, change);
  if (CS_DECK_SOURCE (widget)->markup != NULL)
    take_colours (CS_DECK_SOURCE (widget));
}

/* The tint of the slide that has the cursor */

static gboolean
find_lines (CsDeckSource *self, int *top, int *bottom)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (self->document);
  CsDeckSlide *slide = cs_deck_document_get_slide (self->document, cs_deck_document_get_current (self->document));
  const CsDeckPlace *place = slide != NULL ? cs_deck_slide_get_place (slide) : NULL;
  GtkTextIter first, last;
  int height;

  if (place == NULL || place->end <= place->first || g_list_model_get_n_items (cs_deck_document_get_slides (self->document)) < 2)
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (buffer, &first, place->first);
  gtk_text_buffer_get_iter_at_offset (buffer, &last, place->end);
  while (gtk_text_iter_compare (&first, &last) < 0 && gtk_text_iter_ends_line (&first))
    gtk_text_iter_forward_line (&first);
  while (gtk_text_iter_compare (&first, &last) < 0 && gtk_text_iter_starts_line (&last))
    gtk_text_iter_backward_char (&last);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &first, top, &height);
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &last, bottom, &height);
  *bottom += height;
  return TRUE;
}

static void
cs_deck_source_snapshot_layer (GtkTextView *view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  CsDeckSource *self = CS_DECK_SOURCE (view);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GdkRGBA accent, tint;
  int top, bottom, left = 0;

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT || self->document == NULL || !find_lines (self, &top, &bottom)
      || !gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_bg_color", &accent))
    return;
  tint = accent;
  tint.alpha = 0.07f;
  gtk_snapshot_append_color (snapshot, &tint, &GRAPHENE_RECT_INIT (0, top, gtk_widget_get_width (GTK_WIDGET (self)), bottom - top));
  if (rtl)
    left = gtk_widget_get_width (GTK_WIDGET (self)) - EDGE;
  gtk_snapshot_append_color (snapshot, &accent, &GRAPHENE_RECT_INIT (left, top, EDGE, bottom - top));
}

static void
cs_deck_source_dispose (GObject *object)
{
  CsDeckSource *self = CS_DECK_SOURCE (object);

  g_clear_pointer (&self->markup, cs_deck_markup_free);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (cs_deck_source_parent_class)->dispose (object);
}

static void
cs_deck_source_class_init (CsDeckSourceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_deck_source_dispose;
  widget_class->css_changed = cs_deck_source_css_changed;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = cs_deck_source_snapshot_layer;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "pane.bold", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "pane.italic", NULL);
}

static void
cs_deck_source_init (CsDeckSource *self)
{
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self), 10);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self), 24);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self), 16);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self), 12);
}

/** cs_deck_source_set_document: Shows it from now on; once. */
void
cs_deck_source_set_document (CsDeckSource *self, CsDeckDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), cs_deck_document_get_buffer (document));
  self->markup = cs_deck_markup_new (cs_deck_document_get_buffer (document));
  take_colours (self);
  g_signal_connect_object (document, "refreshed", G_CALLBACK (refreshed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "current-changed", G_CALLBACK (current_changed_cb), self, G_CONNECT_SWAPPED);
}
