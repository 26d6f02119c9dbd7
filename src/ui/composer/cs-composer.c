/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The composer of videos and of pictures. Whatever is changed makes the price anew, in one idle moment; the budget is read
 * on its thread when the page is shown and when a job moved. Main thread.
 */
#include "config.h"
#include "ui/composer/cs-composer.h"

#include "ui/composer/cs-format-picker.h"
#include "ui/composer/cs-idea-examples.h"
#include "ui/composer/cs-quote.h"
#include "ui/composer/cs-prompt-view.h"
#include "ui/composer/cs-provider-row.h"
#include "ui/composer/cs-reference-row.h"
#include "ui/composer/cs-style-picker.h"

#define MAX_CHIPS 3
#define CHIPS_UNTIL 200 /* characters: whoever wrote as much needs no example */

struct _CsComposer
{
  AdwBin parent_instance;

  /* Template widgets */
  CsPromptView *prompt;
  GtkBox *chips;
  CsStylePicker *style;
  CsFormatPicker *format;
  AdwActionRow *duration_row;
  GtkScale *duration;
  GtkLabel *duration_label;
  AdwActionRow *count_row;
  GtkToggleButton *count_2;
  GtkToggleButton *count_4;
  CsReferenceRow *reference;
  GtkLabel *notes;
  AdwActionRow *screenwriter_row;
  GtkSwitch *screenwriter;
  CsProviderRow *provider;
  GtkButton *button;
  GtkLabel *line;

  /* Owned */
  CsStudio *studio;          /* (nullable) until the engine is open */
  CsQuote *quote;            /* (nullable) as it stands on the button */
  CsBudget *budget;          /* (nullable) until it was read */
  CsKind kind;
  guint pricing;             /* idle source */
  guint is_reading_budget : 1;
  guint is_asked_for_idea : 1;
};

static guint generate_signal;

G_DEFINE_FINAL_TYPE (CsComposer, cs_composer, ADW_TYPE_BIN)

static guint
get_count (CsComposer *self)
{
  if (self->kind != CS_KIND_IMAGE)
    return 1;
  return gtk_toggle_button_get_active (self->count_4) ? 4 : gtk_toggle_button_get_active (self->count_2) ? 2 : 1;
}

/* The price */

static void
show_notes (CsComposer *self)
{
  g_autofree char *text = self->quote->notes != NULL ? g_strjoinv ("\n", self->quote->notes) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->notes), text != NULL && *text != '\0');
  gtk_label_set_text (self->notes, text != NULL ? text : "");
}

static void
show_line (CsComposer *self)
{
  g_autofree char *line = cs_quote_make_line (self->quote, self->studio, self->budget);
  gboolean is_warning = self->is_asked_for_idea || self->quote->state != CS_QUOTE_GOOD;

  gtk_label_set_text (self->line, self->is_asked_for_idea ? _ ("Write an idea first") : line);
  if (is_warning)
    gtk_widget_add_css_class (GTK_WIDGET (self->line), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->line), "warning");
}

static void
show_screenwriter (CsComposer *self)
{
  const char *words = _ ("Rewrites your idea for the model");

  if (!gtk_switch_get_active (self->screenwriter))
    words = _ ("Off: your words are sent as they are");
  adw_action_row_set_subtitle (self->screenwriter_row, words);
}

static void
show_price (CsComposer *self)
{
  g_autoptr (CsBrief) brief = cs_composer_dup_brief (self);
  g_autofree char *label = NULL;

  g_clear_pointer (&self->quote, cs_quote_free);
  self->quote = cs_quote_new (self->studio, brief, get_count (self), self->budget);
  label = cs_quote_make_label (self->quote, self->kind, get_count (self));
  gtk_button_set_label (self->button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), self->quote->state == CS_QUOTE_GOOD);
  show_line (self);
  show_notes (self);
  show_screenwriter (self);
  cs_provider_row_show (self->provider, brief, self->quote->model);
}

static gboolean
pricing_cb (gpointer user_data)
{
  CsComposer *self = user_data;

  self->pricing = 0;
  show_price (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CsComposer *self)
{
  if (self->studio != NULL && self->pricing == 0)
    self->pricing = g_idle_add (pricing_cb, self);
}

static void
budget_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsComposer) self = user_data;
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
read_budget (CsComposer *self)
{
  if (self->studio == NULL || self->is_reading_budget || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->is_reading_budget = TRUE;
  cs_wallet_get_budget_async (cs_engine_get_wallet (cs_studio_get_engine (self->studio)), NULL, budget_cb, g_object_ref (self));
}

static void
cs_composer_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_composer_parent_class)->map (widget);
  read_budget (CS_COMPOSER (widget));
}

/* The idea */

static void
prompt_changed_cb (CsComposer *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->chips), cs_prompt_view_get_length (self->prompt) < CHIPS_UNTIL);
  self->is_asked_for_idea = FALSE;
  changed_cb (self);
}

static void
image_pasted_cb (CsComposer *self, GdkTexture *texture)
{
  cs_reference_row_set_texture (self->reference, texture);
}

static void
chip_cb (GtkButton *chip, gpointer user_data)
{
  CsComposer *self = user_data;

  cs_prompt_view_set_text (self->prompt, g_object_get_data (G_OBJECT (chip), "prompt"));
  cs_prompt_view_focus (self->prompt);
}

static void
add_chips (CsComposer *self)
{
  guint n_ideas;
  const CsIdea *ideas = cs_idea_list (self->kind, &n_ideas);

  for (guint i = 0; i < MIN (n_ideas, MAX_CHIPS); i++)
    {
      GtkWidget *chip = gtk_button_new_with_label (_ (ideas[i].name));

      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (chip))), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (chip, "chip");
      g_object_set_data (G_OBJECT (chip), "prompt", (gpointer) _ (ideas[i].prompt));
      g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_cb), self, 0);
      gtk_box_append (self->chips, chip);
    }
}

static void
duration_changed_cb (CsComposer *self)
{
  int seconds = (int) (gtk_range_get_value (GTK_RANGE (self->duration)) + 0.5);
  /* translators: seconds, as short as can be */
  g_autofree char *text = g_strdup_printf (_ ("%d s"), seconds);

  gtk_label_set_text (self->duration_label, text);
  changed_cb (self);
}

static void
cs_composer_dispose (GObject *object)
{
  CsComposer *self = CS_COMPOSER (object);

  g_clear_handle_id (&self->pricing, g_source_remove);
  g_clear_pointer (&self->quote, cs_quote_free);
  g_clear_pointer (&self->budget, g_free);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_composer_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsComposer, prompt);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, chips);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, style);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, format);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, duration_row);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, duration);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, duration_label);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, count_row);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, count_2);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, count_4);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, reference);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, notes);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, screenwriter_row);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, screenwriter);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, provider);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, button);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, line);
}

static void
cs_composer_class_init (CsComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_PROMPT_VIEW);
  g_type_ensure (CS_TYPE_STYLE_PICKER);
  g_type_ensure (CS_TYPE_FORMAT_PICKER);
  g_type_ensure (CS_TYPE_REFERENCE_ROW);
  g_type_ensure (CS_TYPE_PROVIDER_ROW);
  G_OBJECT_CLASS (klass)->dispose = cs_composer_dispose;
  widget_class->map = cs_composer_map;
  generate_signal = g_signal_new ("generate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_POINTER, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-composer.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, prompt_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, image_pasted_cb);
  gtk_widget_class_bind_template_callback (widget_class, duration_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cs_composer_generate);
}

static void
cs_composer_init (CsComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_composer_new: @kind: video or image. Returns: (transfer floating): an empty composer. */
GtkWidget *
cs_composer_new (CsKind kind)
{
  CsComposer *self = g_object_new (CS_TYPE_COMPOSER, NULL);

  self->kind = kind;
  cs_format_picker_set_kind (self->format, kind);
  gtk_widget_set_visible (GTK_WIDGET (self->duration_row), kind == CS_KIND_VIDEO);
  gtk_widget_set_visible (GTK_WIDGET (self->count_row), kind == CS_KIND_IMAGE);
  cs_prompt_view_set_placeholder (
      self->prompt,
      kind == CS_KIND_VIDEO ? _ ("Describe what you want to see. For example: a lighthouse at dusk, waves breaking on the rocks,"
                                 " the camera slowly circles.")
                            : _ ("Describe what you want to see. For example: a Japanese garden with cherry trees in blossom."));
  add_chips (self);
  duration_changed_cb (self);
  return GTK_WIDGET (self);
}

/** cs_composer_set_studio: From here on there are prices. */
void
cs_composer_set_studio (CsComposer *self, CsStudio *studio)
{
  if (!g_set_object (&self->studio, studio))
    return;
  cs_prompt_view_set_studio (self->prompt, studio, self->kind);
  cs_reference_row_set_studio (self->reference, studio);
  cs_provider_row_set_studio (self->provider, studio);
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cs_studio_get_jobs (studio), "items-changed", G_CALLBACK (read_budget), self, G_CONNECT_SWAPPED);
  read_budget (self);
  show_price (self);
}

/** cs_composer_dup_brief: Returns: (transfer full): what is asked for as it stands; unchecked. */
CsBrief *
cs_composer_dup_brief (CsComposer *self)
{
  CsBrief *brief = cs_brief_new (self->kind);

  brief->prompt = cs_prompt_view_dup_text (self->prompt);
  brief->style = cs_style_picker_get_style (self->style);
  brief->aspect = cs_format_picker_get_aspect (self->format);
  brief->duration = (int) (gtk_range_get_value (GTK_RANGE (self->duration)) + 0.5);
  brief->image = g_strdup (cs_reference_row_get_path (self->reference));
  brief->screenwriter = gtk_switch_get_active (self->screenwriter);
  brief->model = g_strdup (cs_provider_row_get_model (self->provider));
  return brief;
}

/** cs_composer_set_brief: Everything that @brief asks for and that can be chosen here. */
void
cs_composer_set_brief (CsComposer *self, const CsBrief *brief)
{
  cs_prompt_view_set_text (self->prompt, brief->prompt != NULL ? brief->prompt : "");
  cs_style_picker_set_style (self->style, brief->style);
  cs_format_picker_set_aspect (self->format, brief->aspect);
  gtk_range_set_value (GTK_RANGE (self->duration), brief->duration);
  cs_reference_row_set_path (self->reference, brief->image);
  gtk_switch_set_active (self->screenwriter, brief->screenwriter);
  cs_provider_row_set_model (self->provider, brief->model);
  changed_cb (self);
}

void
cs_composer_set_image (CsComposer *self, const char *path)
{
  cs_reference_row_set_path (self->reference, path);
}

void
cs_composer_set_prompt (CsComposer *self, const char *prompt)
{
  cs_prompt_view_set_text (self->prompt, prompt);
}

/** cs_composer_clear: Begins a new idea; what was chosen stays. */
void
cs_composer_clear (CsComposer *self)
{
  cs_prompt_view_set_text (self->prompt, "");
  cs_reference_row_set_path (self->reference, NULL);
}

void
cs_composer_focus_prompt (CsComposer *self)
{
  cs_prompt_view_focus (self->prompt);
}

/* Returns: (transfer full) (nullable): the brief, checked, agreed to at the price that stands on the button. */
static CsBrief *
take_brief (CsComposer *self)
{
  g_autoptr (CsBrief) brief = cs_composer_dup_brief (self);
  g_autoptr (GError) error = NULL;

  if (!cs_brief_check (brief, &error))
    {
      self->is_asked_for_idea = g_error_matches (error, CS_ERROR, CS_ERROR_MISSING_FIELD);
      show_line (self);
      if (!self->is_asked_for_idea)
        gtk_label_set_text (self->line, error->message);
      cs_prompt_view_focus (self->prompt);
      return NULL;
    }
  brief->max_cost = cs_studio_get_most (self->studio, self->quote->cost + self->quote->words);
  return g_steal_pointer (&brief);
}

/** cs_composer_generate: Agrees to the price on the button; without an idea, says so. */
void
cs_composer_generate (CsComposer *self)
{
  g_autoptr (CsBrief) brief = NULL;

  if (self->studio == NULL)
    return;
  if (self->pricing != 0)
    {
      g_clear_handle_id (&self->pricing, g_source_remove);
      show_price (self);
    }
  if (self->quote->state != CS_QUOTE_GOOD)
    return;
  brief = take_brief (self);
  if (brief != NULL)
    g_signal_emit (self, generate_signal, 0, brief, get_count (self));
}
