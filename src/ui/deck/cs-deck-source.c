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
  guint scroll;             /* idle source */
  gboolean is_to_scroll;    /* once it has a size */
};

G_DEFINE_FINAL_TYPE (CsDeckSource, cs_deck_source, GTK_TYPE_TEXT_VIEW)

static void
refreshed_cb (CsDeckSource *self)
{
  g_autofree char *text = cs_deck_document_dup_markdown (self->document);

  cs_deck_markup_update (self->markup, text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A text that was opened is seen from its beginning. */
static void
show_cursor (CsDeckSource *self)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (self->document);
  GtkTextMark *cursor = gtk_text_buffer_get_insert (buffer);
  GtkTextIter where;

  gtk_text_buffer_get_iter_at_mark (buffer, &where, cursor);
  if (gtk_text_iter_is_start (&where)) /* with the margin above it */
    gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)), 0);
  else
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), cursor, 0.1, FALSE, 0, 0);
}

static gboolean
show_cursor_cb (gpointer user_data)
{
  CsDeckSource *self = user_data;

  self->scroll = 0;
  show_cursor (self);
  return G_SOURCE_REMOVE;
}

/* Whoever goes to a slide elsewhere wants to see its text. What has no size yet cannot be scrolled. */
static void
current_changed_cb (CsDeckSource *self)
{
  self->is_to_scroll = gtk_widget_get_height (GTK_WIDGET (self)) == 0;
  if (!self->is_to_scroll && !gtk_widget_has_focus (GTK_WIDGET (self)))
    show_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
cs_deck_source_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CsDeckSource *self = CS_DECK_SOURCE (widget);

  GTK_WIDGET_CLASS (cs_deck_source_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->is_to_scroll && self->scroll == 0)
    self->scroll = g_idle_add (show_cursor_cb, self);
  self->is_to_scroll = FALSE;
}

/** cs_deck_source_show_cursor: Scrolls there, whoever has the focus. */
void
cs_deck_source_show_cursor (CsDeckSource *self)
{
  if (gtk_widget_get_height (GTK_WIDGET (self)) == 0)
    self->is_to_scroll = TRUE;
  else if (self->scroll == 0)
    self->scroll = g_idle_add (show_cursor_cb, self);
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

/* Pasting. GTK would take out what is selected and copy what comes character by character, before the document is asked
 * whether there is room. */

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDeckSource) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  if (text == NULL || self->document == NULL || !cs_deck_document_has_room (self->document, text))
    return;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
}

static void
cs_deck_source_paste_clipboard (GtkTextView *view)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (view)), NULL, pasted_cb, g_object_ref (view));
}

static void
cs_deck_source_dispose (GObject *object)
{
  CsDeckSource *self = CS_DECK_SOURCE (object);

  g_clear_handle_id (&self->scroll, g_source_remove);
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
  widget_class->size_allocate = cs_deck_source_size_allocate;
  GTK_TEXT_VIEW_CLASS (klass)->paste_clipboard = cs_deck_source_paste_clipboard;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = cs_deck_source_snapshot_layer;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "pane.bold", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "pane.italic", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "pane.move-slide", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "pane.move-slide", "i", 1);
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
