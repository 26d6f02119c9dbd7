/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the presentation looks like. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-stage.h"

#include "ui/deck/cs-deck-notes.h"
#include "ui/deck/cs-slide-card.h"
#include "ui/deck/cs-slide-strip.h"
#include "ui/deck/cs-theme-picker.h"
#include "ui/widgets/cs-names.h"

struct _CsDeckStage
{
  AdwBin parent_instance;

  /* Template widgets */
  CsThemePicker *theme;
  CsSlideCard *card;
  CsSlideStrip *strip;
  CsDeckNotes *notes;

  /* Owned */
  CsDeckDocument *document; /* (nullable) until it is set */
};

G_DEFINE_FINAL_TYPE (CsDeckStage, cs_deck_stage, ADW_TYPE_BIN)

static void
show (CsDeckStage *self)
{
  CsTheme theme = cs_deck_document_get_theme (self->document);

  cs_theme_picker_set_theme (self->theme, theme);
  cs_slide_card_set_look (self->card, theme, cs_deck_document_get_language (self->document));
  cs_slide_card_set_slide (self->card, cs_deck_document_get_slide (self->document, cs_deck_document_get_current (self->document)));
}

static void
theme_cb (CsDeckStage *self)
{
  if (self->document != NULL)
    cs_deck_document_set_theme (self->document, cs_theme_picker_get_theme (self->theme));
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDeckStage *self = CS_DECK_STAGE (widget);
  guint current = cs_deck_document_get_current (self->document);

  if (g_str_equal (name, "stage.next-slide"))
    cs_deck_document_go_to (self->document, current + 1);
  else if (current > 0)
    cs_deck_document_go_to (self->document, current - 1);
}

static void
cs_deck_stage_dispose (GObject *object)
{
  g_clear_object (&CS_DECK_STAGE (object)->document);

  G_OBJECT_CLASS (cs_deck_stage_parent_class)->dispose (object);
}

static void
cs_deck_stage_class_init (CsDeckStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_THEME_PICKER);
  g_type_ensure (CS_TYPE_SLIDE_CARD);
  g_type_ensure (CS_TYPE_SLIDE_STRIP);
  g_type_ensure (CS_TYPE_DECK_NOTES);
  G_OBJECT_CLASS (klass)->dispose = cs_deck_stage_dispose;
  gtk_widget_class_install_action (widget_class, "stage.next-slide", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "stage.previous-slide", NULL, go_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-deck-stage.ui");
  gtk_widget_class_bind_template_child (widget_class, CsDeckStage, theme);
  gtk_widget_class_bind_template_child (widget_class, CsDeckStage, card);
  gtk_widget_class_bind_template_child (widget_class, CsDeckStage, strip);
  gtk_widget_class_bind_template_child (widget_class, CsDeckStage, notes);
  gtk_widget_class_bind_template_callback (widget_class, theme_cb);
}

static void
add_key (GtkEventController *keys, guint key, const char *action)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, 0), gtk_named_action_new (action)));
}

/* Before the strip and the notes, to whom these keys mean a page of theirs. */
static void
add_keys (CsDeckStage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (keys, GDK_KEY_Page_Down, "stage.next-slide");
  add_key (keys, GDK_KEY_Page_Up, "stage.previous-slide");
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
cs_deck_stage_init (CsDeckStage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
  add_keys (self);
}

/** cs_deck_stage_set_document: Shows it from now on; once. */
void
cs_deck_stage_set_document (CsDeckStage *self, CsDeckDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  cs_slide_strip_set_document (self->strip, document);
  cs_deck_notes_set_document (self->notes, document);
  g_signal_connect_object (document, "refreshed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "current-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
cs_deck_stage_set_studio (CsDeckStage *self, CsStudio *studio)
{
  cs_slide_card_set_studio (self->card, studio);
  cs_slide_strip_set_studio (self->strip, studio);
}
