/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The composer of videos and of pictures: what is chosen, in and out as a brief, and remembered for the next time. Whatever is
 * changed makes the price anew, in one idle moment. Main thread.
 */
#include "config.h"
#include "ui/composer/cs-composer-private.h"

#include "ui/composer/cs-composer-memory.h"
#include "ui/composer/cs-idea-examples.h"
#include "ui/widgets/cs-roving.h"

#include <string.h>

#define MAX_CHIPS 3
#define CHIPS_UNTIL 200 /* characters: whoever wrote as much needs no example */

static guint generate_signal;

G_DEFINE_FINAL_TYPE (CsComposer, cs_composer, ADW_TYPE_BIN)

guint
_cs_composer_get_count (CsComposer *self)
{
  if (self->kind != CS_KIND_IMAGE)
    return 1;
  return gtk_toggle_button_get_active (self->count_4) ? 4 : gtk_toggle_button_get_active (self->count_2) ? 2 : 1;
}

static void
set_count (CsComposer *self, int count)
{
  gtk_toggle_button_set_active (count >= 4 ? self->count_4 : count >= 2 ? self->count_2 : self->count_1, TRUE);
}

/* For the next time */

static void
remember (CsComposer *self)
{
  g_autoptr (CsBrief) brief = NULL;

  if (!self->is_restored)
    return;
  brief = cs_composer_dup_brief (self);
  brief->screenwriter = self->wants_words;
  brief->variation = (int) _cs_composer_get_count (self);
  cs_composer_memory_save (self->studio, brief);
}

static void
restore (CsComposer *self)
{
  g_autoptr (CsBrief) brief = cs_composer_memory_load (self->studio, self->kind);

  self->is_restored = TRUE;
  if (brief == NULL)
    return;
  cs_style_picker_set_style (self->style, brief->style);
  cs_format_picker_set_aspect (self->format, brief->aspect);
  gtk_range_set_value (GTK_RANGE (self->duration), brief->duration);
  cs_provider_row_set_model (self->provider, brief->model);
  set_count (self, brief->variation);
  self->wants_sound = brief->sound;
  self->wants_words = brief->screenwriter;
}

static gboolean
pricing_cb (gpointer user_data)
{
  CsComposer *self = user_data;

  self->pricing = 0;
  _cs_composer_show_price (self);
  remember (self);
  return G_SOURCE_REMOVE;
}

void
_cs_composer_changed (CsComposer *self)
{
  if (self->studio != NULL && self->pricing == 0)
    self->pricing = g_idle_add (pricing_cb, self);
}

/* Something was chosen: what was wrong with the last press of the button may be right now. */
static void
changed_cb (CsComposer *self)
{
  g_clear_pointer (&self->trouble, g_free);
  _cs_composer_changed (self);
}

/* What may be another when one comes back to the window: the caps, the credit, who writes */

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsComposer) self = user_data;

  cs_text_look_finish (CS_PROVIDER_REGISTRY (source), result, NULL);
  _cs_composer_changed (self);
}

static void
look_again (CsComposer *self)
{
  if (self->studio == NULL)
    return;
  _cs_composer_read_budget (self);
  cs_text_look_async (cs_engine_get_registry (cs_studio_get_engine (self->studio)), NULL, look_cb, g_object_ref (self));
}

static void
active_cb (CsComposer *self)
{
  if (gtk_window_is_active (self->window))
    look_again (self);
}

static void
cs_composer_map (GtkWidget *widget)
{
  CsComposer *self = CS_COMPOSER (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (cs_composer_parent_class)->map (widget);
  if (GTK_IS_WINDOW (root))
    {
      self->window = GTK_WINDOW (root);
      g_signal_connect_object (root, "notify::is-active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
    }
  _cs_composer_read_budget (self);
}

static void
cs_composer_unmap (GtkWidget *widget)
{
  CsComposer *self = CS_COMPOSER (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, active_cb, self);
  self->window = NULL;
  GTK_WIDGET_CLASS (cs_composer_parent_class)->unmap (widget);
}

/* The idea */

static void
prompt_changed_cb (CsComposer *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->chips), cs_prompt_view_get_length (self->prompt) < CHIPS_UNTIL);
  changed_cb (self);
}

static void
image_pasted_cb (CsComposer *self, GdkTexture *texture)
{
  cs_reference_row_set_texture (self->reference, texture);
}

static void
files_pasted_cb (CsComposer *self, GSList *files)
{
  cs_reference_row_take_files (self->reference, files);
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
      gtk_widget_set_tooltip_text (chip, _ (ideas[i].prompt));
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
  g_clear_pointer (&self->key, cs_wallet_key_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->avoided, g_free);
  g_clear_pointer (&self->locked, g_strfreev);
  g_clear_object (&self->network);
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
  gtk_widget_class_bind_template_child (widget_class, CsComposer, count_1);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, count_2);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, count_4);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, reference);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, provider);
}

static void
cs_composer_class_init (CsComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_NOTE_ROW);
  g_type_ensure (CS_TYPE_PROMPT_VIEW);
  g_type_ensure (CS_TYPE_STYLE_PICKER);
  g_type_ensure (CS_TYPE_FORMAT_PICKER);
  g_type_ensure (CS_TYPE_REFERENCE_ROW);
  g_type_ensure (CS_TYPE_PROVIDER_ROW);
  G_OBJECT_CLASS (klass)->dispose = cs_composer_dispose;
  widget_class->map = cs_composer_map;
  widget_class->unmap = cs_composer_unmap;
  generate_signal = g_signal_new ("generate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_POINTER, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-composer.ui");
  bind_children (widget_class);
  _cs_composer_bind_price (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, prompt_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, image_pasted_cb);
  gtk_widget_class_bind_template_callback (widget_class, files_pasted_cb);
  gtk_widget_class_bind_template_callback (widget_class, duration_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cs_composer_generate);
}

static void
cs_composer_init (CsComposer *self)
{
  self->wants_words = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_roving_attach (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->count_1))));
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

/** cs_composer_set_studio: From here on there are prices; what was chosen last time is chosen again. */
void
cs_composer_set_studio (CsComposer *self, CsStudio *studio)
{
  if (!g_set_object (&self->studio, studio))
    return;
  cs_prompt_view_set_studio (self->prompt, studio, self->kind);
  cs_reference_row_set_studio (self->reference, studio);
  cs_provider_row_set_studio (self->provider, studio);
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (_cs_composer_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cs_studio_get_jobs (studio), "items-changed", G_CALLBACK (_cs_composer_read_budget), self,
                           G_CONNECT_SWAPPED);
  restore (self);
  _cs_composer_find_network (self);
  _cs_composer_read_budget (self);
  _cs_composer_show_price (self);
}

/* Returns: (transfer full) (nullable): the phrases to be kept that still stand in @prompt. */
static GStrv
dup_locked (CsComposer *self, const char *prompt)
{
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  guint n_kept = 0;

  for (guint i = 0; self->locked != NULL && self->locked[i] != NULL; i++)
    if (strstr (prompt, self->locked[i]) != NULL)
      {
        g_strv_builder_add (kept, self->locked[i]);
        n_kept++;
      }
  return n_kept > 0 ? g_strv_builder_end (kept) : NULL;
}

/** cs_composer_dup_brief: Returns: (transfer full): what is asked for as it stands; unchecked. */
CsBrief *
cs_composer_dup_brief (CsComposer *self)
{
  CsBrief *brief = cs_brief_new (self->kind);

  brief->prompt = cs_prompt_view_dup_text (self->prompt);
  brief->locked = dup_locked (self, brief->prompt);
  brief->negative_prompt = g_strdup (self->avoided);
  brief->style = cs_style_picker_get_style (self->style);
  brief->aspect = cs_format_picker_get_aspect (self->format);
  brief->duration = (int) (gtk_range_get_value (GTK_RANGE (self->duration)) + 0.5);
  brief->sound = self->kind == CS_KIND_VIDEO ? self->wants_sound : CS_WISH_UNSAID;
  brief->image = g_strdup (cs_reference_row_get_path (self->reference));
  brief->screenwriter = self->wants_words;
  brief->model = g_strdup (cs_provider_row_get_model (self->provider));
  brief->wallet_key = g_strdup (cs_engine_get_wallet_key ());
  return brief;
}

/* A model may be called by a part of its name, and a provider may stand for its first model. */
static const char *
find_model (CsComposer *self, const CsBrief *brief)
{
  const CsModel *model = NULL;

  if (self->studio != NULL && (brief->model != NULL || brief->provider != NULL))
    model = cs_provider_registry_find_model (cs_engine_get_registry (cs_studio_get_engine (self->studio)), self->kind,
                                             brief->provider, brief->model);
  return model != NULL ? model->id : brief->model;
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
  cs_provider_row_set_model (self->provider, find_model (self, brief));
  self->wants_sound = brief->sound;
  self->wants_words = brief->screenwriter;
  cs_set_string (&self->avoided, brief->negative_prompt);
  g_strfreev (self->locked);
  self->locked = g_strdupv (brief->locked);
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

/** cs_composer_take_files: @files: (element-type GFile): the picture to begin from is among them, or it is said why not. */
void
cs_composer_take_files (CsComposer *self, GSList *files)
{
  cs_reference_row_take_files (self->reference, files);
}

/** cs_composer_take_texture: @texture: the picture to begin from, which is in no file. */
void
cs_composer_take_texture (CsComposer *self, GdkTexture *texture)
{
  cs_reference_row_set_texture (self->reference, texture);
}

/** cs_composer_clear: Begins a new idea; what was chosen stays. */
void
cs_composer_clear (CsComposer *self)
{
  cs_prompt_view_set_text (self->prompt, "");
  cs_reference_row_set_path (self->reference, NULL);
  g_clear_pointer (&self->avoided, g_free);
  g_clear_pointer (&self->locked, g_strfreev);
  changed_cb (self);
}

/** cs_composer_set_short: @is_short: there is little height. */
void
cs_composer_set_short (CsComposer *self, gboolean is_short)
{
  cs_prompt_view_set_short (self->prompt, is_short);
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
      cs_composer_show_trouble (self, g_error_matches (error, CS_ERROR, CS_ERROR_MISSING_FIELD) ? _ ("Write an idea first")
                                                                                                 : error->message);
      cs_prompt_view_focus (self->prompt);
      return NULL;
    }
  brief->max_cost = cs_studio_get_most (self->studio, self->quote->cost + self->quote->words);
  return g_steal_pointer (&brief);
}

/* Returns: FALSE when the price is now more than what stood on the button: it is seen first. */
static gboolean
look_at_price (CsComposer *self)
{
  CsMoney seen = self->quote->total;

  if (self->pricing == 0)
    return TRUE;
  g_clear_handle_id (&self->pricing, g_source_remove);
  pricing_cb (self);
  return self->quote->total <= seen;
}

/** cs_composer_generate: Agrees to the price on the button; without an idea, says so. */
void
cs_composer_generate (CsComposer *self)
{
  g_autoptr (CsBrief) brief = NULL;

  if (self->studio == NULL || !look_at_price (self) || !cs_quote_can_make (self->quote))
    return;
  brief = take_brief (self);
  if (brief != NULL)
    g_signal_emit (self, generate_signal, 0, brief, _cs_composer_get_count (self));
}
