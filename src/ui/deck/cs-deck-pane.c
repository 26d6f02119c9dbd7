/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a presentation is written. Its buttons are actions of itself, so that keys do the same. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-pane.h"

#include "ui/deck/cs-deck-edits.h"
#include "ui/deck/cs-deck-outline.h"
#include "ui/deck/cs-deck-source.h"
#include "ui/deck/cs-picture-chooser.h"
#include "ui/widgets/cs-names.h"

struct _CsDeckPane
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkToggleButton *outline_button;
  GtkToggleButton *markdown_button;
  GtkStack *views;
  CsDeckOutline *outline;
  CsDeckSource *source;
  GtkWidget *tools;
  GtkWidget *add_button;
  CsPictureChooser *pictures;
  GtkLabel *state;
  GtkLabel *facts_label;

  /* Owned */
  CsDeckDocument *document; /* (nullable) until it is set */
  CsDeckSaving *saving;
};

G_DEFINE_FINAL_TYPE (CsDeckPane, cs_deck_pane, ADW_TYPE_BIN)

static void
show_facts (CsDeckPane *self)
{
  g_autofree char *words = cs_deck_document_describe (self->document);

  gtk_label_set_text (self->facts_label, words);
}

static void
update_undo (CsDeckPane *self)
{
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (self->document);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pane.undo", gtk_text_buffer_get_can_undo (buffer));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pane.redo", gtk_text_buffer_get_can_redo (buffer));
}

static void
show_state (CsDeckPane *self)
{
  gtk_label_set_text (self->state, cs_deck_saving_get_words (self->saving));
  if (cs_deck_saving_get_state (self->saving) == CS_SAVING_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "warning");
}

static void
switched_cb (CsDeckPane *self)
{
  gboolean is_outline = gtk_toggle_button_get_active (self->outline_button);

  gtk_stack_set_visible_child_name (self->views, is_outline ? "outline" : "markdown");
  gtk_widget_set_visible (self->tools, !is_outline);
  gtk_widget_set_visible (self->add_button, is_outline);
}

/* From the outline one goes on to write. */
static void
activated_cb (CsDeckPane *self)
{
  gtk_toggle_button_set_active (self->markdown_button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->source));
}

static void
picture_cb (CsDeckPane *self, const char *markdown)
{
  cs_deck_edits_insert (self->document, markdown);
  gtk_widget_grab_focus (GTK_WIDGET (self->source));
}

/* Actions */

static void
bold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPane *self = CS_DECK_PANE (widget);

  cs_deck_edits_wrap (self->document, g_str_equal (name, "pane.bold") ? "**" : "*");
  gtk_widget_grab_focus (GTK_WIDGET (self->source));
}

static void
list_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPane *self = CS_DECK_PANE (widget);

  cs_deck_edits_list (self->document);
  gtk_widget_grab_focus (GTK_WIDGET (self->source));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPane *self = CS_DECK_PANE (widget);
  GtkTextBuffer *buffer = cs_deck_document_get_buffer (self->document);

  if (g_str_equal (name, "pane.undo"))
    gtk_text_buffer_undo (buffer);
  else
    gtk_text_buffer_redo (buffer);
  cs_deck_document_refresh (self->document);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPane *self = CS_DECK_PANE (widget);

  cs_deck_edits_add (self->document, cs_deck_document_get_current (self->document));
  activated_cb (self);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckPane *self = CS_DECK_PANE (widget);
  guint from;

  cs_deck_document_refresh (self->document);
  from = cs_deck_document_get_current (self->document);
  cs_deck_edits_move (self->document, from, from + (guint) g_variant_get_int32 (parameter)); /* before the first: nowhere */
  cs_deck_source_show_cursor (self->source);
}

static void
cs_deck_pane_dispose (GObject *object)
{
  CsDeckPane *self = CS_DECK_PANE (object);

  g_clear_object (&self->document);
  g_clear_object (&self->saving);

  G_OBJECT_CLASS (cs_deck_pane_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "pane.bold", NULL, bold_action);
  gtk_widget_class_install_action (widget_class, "pane.italic", NULL, bold_action);
  gtk_widget_class_install_action (widget_class, "pane.list", NULL, list_action);
  gtk_widget_class_install_action (widget_class, "pane.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "pane.redo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "pane.add-slide", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "pane.move-slide", "i", move_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "pane.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "pane.redo", NULL);
}

static void
cs_deck_pane_class_init (CsDeckPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_DECK_OUTLINE);
  g_type_ensure (CS_TYPE_DECK_SOURCE);
  g_type_ensure (CS_TYPE_PICTURE_CHOOSER);
  G_OBJECT_CLASS (klass)->dispose = cs_deck_pane_dispose;
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-deck-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, outline_button);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, markdown_button);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, views);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, outline);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, source);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, tools);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, add_button);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, pictures);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, state);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPane, facts_label);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, picture_cb);
}

static void
cs_deck_pane_init (CsDeckPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
}

/** cs_deck_pane_set_document: @saving: whose state is shown; once. */
void
cs_deck_pane_set_document (CsDeckPane *self, CsDeckDocument *document, CsDeckSaving *saving)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->saving = g_object_ref (saving);
  cs_deck_source_set_document (self->source, document);
  cs_deck_outline_set_document (self->outline, document);
  g_signal_connect_object (document, "refreshed", G_CALLBACK (show_facts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (saving, "state-changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cs_deck_document_get_buffer (document), "notify::can-undo", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cs_deck_document_get_buffer (document), "notify::can-redo", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  show_facts (self);
  show_state (self);
  update_undo (self);
}

void
cs_deck_pane_set_studio (CsDeckPane *self, CsStudio *studio)
{
  cs_picture_chooser_set_studio (self->pictures, studio);
}

/** cs_deck_pane_focus: To write on, where the cursor is. */
void
cs_deck_pane_focus (CsDeckPane *self)
{
  cs_deck_source_show_cursor (self->source);
  if (gtk_toggle_button_get_active (self->outline_button))
    cs_deck_outline_focus (self->outline);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->source));
}
