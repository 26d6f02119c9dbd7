/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer of presentations. As in that of videos, whatever is changed makes the price anew in one idle moment. Main
 * thread. */
#include "config.h"
#include "ui/deck/cs-deck-composer.h"

#include "ui/composer/cs-idea-examples.h"
#include "ui/composer/cs-quote.h"
#include "ui/composer/cs-prompt-view.h"
#include "ui/composer/cs-provider-row.h"
#include "ui/deck/cs-theme-picker.h"
#include "ui/widgets/cs-names.h"

#define MAX_CHIPS 3
#define CHIPS_UNTIL 200 /* characters */

struct _CsDeckComposer
{
  AdwBin parent_instance;

  /* Template widgets */
  CsPromptView *prompt;
  GtkFlowBox *chips;
  GtkSpinButton *slides;
  CsThemePicker *theme;
  AdwComboRow *language;
  CsProviderRow *writer;
  GtkPopover *begin_popover;
  GtkLabel *notes;
  GtkButton *button;
  GtkLabel *line;

  /* Owned */
  CsStudio *studio;          /* (nullable) until the engine is open */
  CsQuote *quote;            /* (nullable) as it stands on the button */
  CsBudget *budget;          /* (nullable) until it was read */
  guint pricing;             /* idle source */
  guint is_reading_budget : 1;
  guint is_asked_for_topic : 1;
};

static guint generate_signal;

G_DEFINE_FINAL_TYPE (CsDeckComposer, cs_deck_composer, ADW_TYPE_BIN)

/* In the order of the row; the first one is that of the topic. */
static const CsLanguage languages[] = { CS_LANGUAGE_FR, CS_LANGUAGE_AR, CS_LANGUAGE_EN };

/* The price */

static char *
make_label (CsDeckComposer *self)
{
  int n_slides = gtk_spin_button_get_value_as_int (self->slides);
  g_autofree char *price = cs_money_to_display (self->quote->total);

  if (self->quote->state == CS_QUOTE_UNUSABLE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Write %d Slide", "Write %d Slides", (gulong) n_slides), n_slides);
  if (self->quote->state == CS_QUOTE_OVER_BUDGET)
    /* translators: on a button that is off; an amount of money */
    return g_strdup_printf (_ ("Over the Cap · %s"), price);
  /* translators: on a button; 1: how many, 2: an amount of money */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Write %1$d Slide · %2$s", "Write %1$d Slides · %2$s", (gulong) n_slides),
                          n_slides, price);
}

static void
show_line (CsDeckComposer *self)
{
  g_autofree char *line = cs_quote_make_line (self->quote, self->studio, self->budget);
  g_autofree char *notes = self->quote->notes != NULL ? g_strjoinv ("\n", self->quote->notes) : NULL;

  if (self->quote->state == CS_QUOTE_OVER_BUDGET && self->quote->error != NULL)
    {
      g_autofree char *would = g_steal_pointer (&line);

      line = g_strconcat (self->quote->error->message, " ", would, NULL);
    }
  gtk_label_set_text (self->line, self->is_asked_for_topic ? _ ("Write first what it is about") : line);
  if (self->is_asked_for_topic || self->quote->state != CS_QUOTE_GOOD)
    gtk_widget_add_css_class (GTK_WIDGET (self->line), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->line), "warning");
  gtk_label_set_text (self->notes, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes), notes != NULL && *notes != '\0');
}

/* The list in which the row shows its choice says nothing by itself. */
static void
name_choice (GtkWidget *widget, const char *name, const char *choice)
{
  if (GTK_IS_LIST_VIEW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  else if (GTK_IS_LIST_VIEW (gtk_widget_get_parent (widget)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, choice, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_choice (child, name, choice);
}

static void
name_language (CsDeckComposer *self)
{
  GtkStringObject *choice = adw_combo_row_get_selected_item (self->language);

  if (choice != NULL)
    name_choice (GTK_WIDGET (self->language), _ ("Language"), gtk_string_object_get_string (choice));
}

static void
show_price (CsDeckComposer *self)
{
  g_autoptr (CsBrief) brief = cs_deck_composer_dup_brief (self);
  g_autofree char *label = NULL;

  g_clear_pointer (&self->quote, cs_quote_free);
  self->quote = cs_quote_new (self->studio, brief, 1, self->budget);
  label = make_label (self);
  gtk_button_set_label (self->button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), self->quote->state == CS_QUOTE_GOOD);
  show_line (self);
  cs_provider_row_show (self->writer, brief, self->quote->model);
  name_language (self);
}

static gboolean
pricing_cb (gpointer user_data)
{
  CsDeckComposer *self = user_data;

  self->pricing = 0;
  show_price (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CsDeckComposer *self)
{
  if (self->studio != NULL && self->pricing == 0)
    self->pricing = g_idle_add (pricing_cb, self);
}

static void
budget_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDeckComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  CsBudget *budget = cs_wallet_get_budget_finish (CS_WALLET (source), result, &error);

  self->is_reading_budget = FALSE;
  if (budget == NULL)
    {
      g_debug ("The budget was not read: %s", error->message);
      return;
    }
  g_free (self->budget);
  self->budget = budget;
  changed_cb (self);
}

static void
read_budget (CsDeckComposer *self)
{
  if (self->studio == NULL || self->is_reading_budget || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->is_reading_budget = TRUE;
  cs_wallet_get_budget_async (cs_engine_get_wallet (cs_studio_get_engine (self->studio)), NULL, budget_cb, g_object_ref (self));
}

static void
cs_deck_composer_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_deck_composer_parent_class)->map (widget);
  read_budget (CS_DECK_COMPOSER (widget));
}

/* The topic */

static void
prompt_changed_cb (CsDeckComposer *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->chips), cs_prompt_view_get_length (self->prompt) < CHIPS_UNTIL);
  self->is_asked_for_topic = FALSE;
  changed_cb (self);
}

static void
chip_cb (GtkButton *chip, gpointer user_data)
{
  CsDeckComposer *self = user_data;

  cs_prompt_view_set_text (self->prompt, g_object_get_data (G_OBJECT (chip), "prompt"));
  cs_prompt_view_focus (self->prompt);
}

static void
add_chips (CsDeckComposer *self)
{
  guint n_ideas;
  const CsIdea *ideas = cs_idea_list (CS_KIND_DECK, &n_ideas);

  for (guint i = 0; i < MIN (n_ideas, MAX_CHIPS); i++)
    {
      GtkWidget *chip = gtk_button_new_with_label (_ (ideas[i].name));

      gtk_widget_add_css_class (chip, "chip");
      g_object_set_data (G_OBJECT (chip), "prompt", (gpointer) _ (ideas[i].prompt));
      g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_cb), self, 0);
      gtk_flow_box_append (self->chips, chip);
    }
}

static void
begin_cb (CsDeckComposer *self)
{
  gtk_popover_popup (self->begin_popover);
}

static void
begun_cb (CsDeckComposer *self)
{
  gtk_popover_popdown (self->begin_popover);
}

static void
cs_deck_composer_dispose (GObject *object)
{
  CsDeckComposer *self = CS_DECK_COMPOSER (object);

  g_clear_handle_id (&self->pricing, g_source_remove);
  g_clear_pointer (&self->quote, cs_quote_free);
  g_clear_pointer (&self->budget, g_free);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_deck_composer_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, prompt);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, chips);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, slides);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, theme);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, language);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, writer);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, begin_popover);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, notes);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, button);
  gtk_widget_class_bind_template_child (widget_class, CsDeckComposer, line);
}

static void
cs_deck_composer_class_init (CsDeckComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_PROMPT_VIEW);
  g_type_ensure (CS_TYPE_PROVIDER_ROW);
  g_type_ensure (CS_TYPE_THEME_PICKER);
  G_OBJECT_CLASS (klass)->dispose = cs_deck_composer_dispose;
  widget_class->map = cs_deck_composer_map;
  generate_signal = g_signal_new ("generate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-deck-composer.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, prompt_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, begun_cb);
  gtk_widget_class_bind_template_callback (widget_class, cs_deck_composer_generate);
}

static void
cs_deck_composer_init (CsDeckComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
  cs_prompt_view_set_placeholder (self->prompt,
                                  _ ("What is the talk about, and for whom? For example: solar energy in the Sahara, for a town council."));
  add_chips (self);
}

/** cs_deck_composer_set_studio: From here on there are prices. */
void
cs_deck_composer_set_studio (CsDeckComposer *self, CsStudio *studio)
{
  if (!g_set_object (&self->studio, studio))
    return;
  cs_prompt_view_set_studio (self->prompt, studio, CS_KIND_DECK);
  cs_provider_row_set_studio (self->writer, studio);
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cs_studio_get_jobs (studio), "items-changed", G_CALLBACK (read_budget), self, G_CONNECT_SWAPPED);
  read_budget (self);
  show_price (self);
}

/** cs_deck_composer_get_language: Returns: FALSE when it shall be that of the topic. */
gboolean
cs_deck_composer_get_language (CsDeckComposer *self, CsLanguage *language)
{
  guint selected = adw_combo_row_get_selected (self->language);

  if (selected == 0 || selected > G_N_ELEMENTS (languages))
    return FALSE;
  *language = languages[selected - 1];
  return TRUE;
}

CsBrief *
cs_deck_composer_dup_brief (CsDeckComposer *self)
{
  CsBrief *brief = cs_brief_new (CS_KIND_DECK);

  brief->prompt = cs_prompt_view_dup_text (self->prompt);
  brief->num_slides = gtk_spin_button_get_value_as_int (self->slides);
  brief->theme = cs_theme_picker_get_theme (self->theme);
  brief->has_language = cs_deck_composer_get_language (self, &brief->language);
  brief->model = g_strdup (cs_provider_row_get_model (self->writer));
  return brief;
}

char *
cs_deck_composer_dup_label (CsDeckComposer *self)
{
  return g_strdup (gtk_button_get_label (self->button));
}

void
cs_deck_composer_set_brief (CsDeckComposer *self, const CsBrief *brief)
{
  guint selected = 0;

  for (guint i = 0; brief->has_language && i < G_N_ELEMENTS (languages); i++)
    if (languages[i] == brief->language)
      selected = i + 1;
  cs_prompt_view_set_text (self->prompt, brief->prompt != NULL ? brief->prompt : "");
  if (brief->num_slides > 0)
    gtk_spin_button_set_value (self->slides, brief->num_slides);
  cs_theme_picker_set_theme (self->theme, brief->theme);
  adw_combo_row_set_selected (self->language, selected);
  cs_provider_row_set_model (self->writer, brief->model);
  changed_cb (self);
}

/** cs_deck_composer_clear: Begins a new talk; what was chosen stays. */
void
cs_deck_composer_clear (CsDeckComposer *self)
{
  cs_prompt_view_set_text (self->prompt, "");
}

void
cs_deck_composer_focus_prompt (CsDeckComposer *self)
{
  cs_prompt_view_focus (self->prompt);
}

/** cs_deck_composer_generate: Agrees to the price on the button; without a topic, says so. */
void
cs_deck_composer_generate (CsDeckComposer *self)
{
  g_autoptr (CsBrief) brief = NULL;
  g_autoptr (GError) error = NULL;

  if (self->studio == NULL)
    return;
  g_clear_handle_id (&self->pricing, g_source_remove);
  show_price (self);
  if (self->quote->state != CS_QUOTE_GOOD)
    return;
  brief = cs_deck_composer_dup_brief (self);
  brief->max_cost = self->quote->total;
  if (cs_brief_check (brief, &error))
    {
      g_signal_emit (self, generate_signal, 0, brief);
      return;
    }
  self->is_asked_for_topic = g_error_matches (error, CS_ERROR, CS_ERROR_MISSING_FIELD);
  show_line (self);
  if (!self->is_asked_for_topic)
    gtk_label_set_text (self->line, error->message);
  cs_prompt_view_focus (self->prompt);
}
