/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The speaker notes of one slide. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-notes.h"

#include "ui/deck/cs-deck-edits.h"

struct _CsDeckNotes
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *heading;
  GtkLabel *time;
  GtkTextView *view;
  GtkTextBuffer *buffer;

  /* Owned */
  CsDeckDocument *document; /* (nullable) until it is set */
  char *known;              /* (nullable) what the Markdown says, as it was seen last */
  gboolean is_showing;      /* what changes now is not the user's doing */
};

G_DEFINE_FINAL_TYPE (CsDeckNotes, cs_deck_notes, ADW_TYPE_BIN)

static CsDeckSlide *
get_slide (CsDeckNotes *self)
{
  return cs_deck_document_get_slide (self->document, cs_deck_document_get_current (self->document));
}

static void
show_head (CsDeckNotes *self, CsDeckSlide *slide)
{
  guint number = cs_deck_slide_get_number (slide);
  /* translators: the number of a slide */
  g_autofree char *words = number > 0 ? g_strdup_printf (_ ("Speaker notes · slide %u"), number) : g_strdup (_ ("Speaker notes"));
  guint seconds = (cs_deck_slide_get_seconds (slide) + 5) / 10 * 10;
  /* translators: how long it takes to speak to one slide, in seconds */
  g_autofree char *time = seconds > 0 ? g_strdup_printf (_ ("about %u s"), seconds) : g_strdup ("");

  gtk_label_set_text (self->heading, words);
  gtk_label_set_text (self->time, time);
}

/* What was written here comes back through the Markdown: only what came from elsewhere is shown. */
static void
show (CsDeckNotes *self)
{
  CsDeckSlide *slide = get_slide (self);

  if (slide == NULL)
    return;
  show_head (self, slide);
  if (!cs_set_string (&self->known, cs_deck_slide_get_notes (slide)))
    return;
  self->is_showing = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, self->known, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->is_showing = FALSE;
}

static void
current_changed_cb (CsDeckNotes *self)
{
  g_clear_pointer (&self->known, g_free);
  show (self);
}

static void
changed_cb (CsDeckNotes *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (self->is_showing || self->document == NULL)
    return;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  self->is_showing = TRUE;
  g_signal_handlers_block_by_func (self->document, show, self);
  cs_deck_edits_set_notes (self->document, cs_deck_document_get_current (self->document), text);
  g_signal_handlers_unblock_by_func (self->document, show, self);
  self->is_showing = FALSE;
  cs_set_string (&self->known, cs_deck_slide_get_notes (get_slide (self)));
  show_head (self, get_slide (self));
}

static void
cs_deck_notes_dispose (GObject *object)
{
  CsDeckNotes *self = CS_DECK_NOTES (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->known, g_free);

  G_OBJECT_CLASS (cs_deck_notes_parent_class)->dispose (object);
}

static void
cs_deck_notes_class_init (CsDeckNotesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_deck_notes_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-deck-notes.ui");
  gtk_widget_class_bind_template_child (widget_class, CsDeckNotes, heading);
  gtk_widget_class_bind_template_child (widget_class, CsDeckNotes, time);
  gtk_widget_class_bind_template_child (widget_class, CsDeckNotes, view);
  gtk_widget_class_bind_template_child (widget_class, CsDeckNotes, buffer);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
cs_deck_notes_init (CsDeckNotes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_deck_notes_set_document: Shows its notes from now on; once. */
void
cs_deck_notes_set_document (CsDeckNotes *self, CsDeckDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "refreshed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "current-changed", G_CALLBACK (current_changed_cb), self, G_CONNECT_SWAPPED);
  show (self);
}
