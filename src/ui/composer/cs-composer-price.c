/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The price of what is chosen, and what stands in its way, each beside its row. The prices are the engine's lists in memory;
 * the budget and the credit are read on the store's thread when the composer is seen and when they may be others. Main
 * thread.
 */
#include "config.h"
#include "ui/composer/cs-composer-private.h"

#include <string.h>

#define APART 16 /* pixels between the groups */
#define CLOSE 10 /* likewise, where a notice needs the room */

static CsEngine *
get_engine (CsComposer *self)
{
  return cs_studio_get_engine (self->studio);
}

static gboolean
is_drawn_here (CsComposer *self)
{
  const CsModel *model = self->quote->model;
  CsProvider *provider
      = model != NULL ? cs_provider_registry_get_provider (cs_engine_get_registry (get_engine (self)), model->provider) : NULL;

  return provider != NULL && cs_provider_is_local (provider);
}

/* The line below the button */

static void
show_line (CsComposer *self)
{
  g_autofree char *line = cs_quote_make_line (self->quote, self->studio, self->budget);
  gboolean is_warning = self->trouble != NULL || self->quote->state == CS_QUOTE_UNUSABLE;

  gtk_label_set_text (self->line, self->trouble != NULL ? self->trouble : line);
  if (is_warning)
    gtk_widget_add_css_class (GTK_WIDGET (self->line), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->line), "warning");
}

/** cs_composer_show_trouble: @words: (nullable): said below the button until something is changed. */
void
cs_composer_show_trouble (CsComposer *self, const char *words)
{
  cs_set_string (&self->trouble, words);
  if (self->quote != NULL)
    show_line (self);
}

static void
show_button (CsComposer *self)
{
  guint count = _cs_composer_get_count (self);
  g_autofree char *label = cs_quote_make_label (self->quote, self->kind, count);
  g_autofree char *spoken = cs_quote_make_spoken (self->quote, self->kind, count);

  gtk_button_set_label (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), cs_quote_can_make (self->quote));
}

/* The notice above the button */

static void
show_notice (CsComposer *self)
{
  gboolean is_over = self->quote->state == CS_QUOTE_OVER_BUDGET;
  gboolean is_seen = is_over || self->quote->state == CS_QUOTE_NO_CREDIT;
  GtkActionable *cure = GTK_ACTIONABLE (self->notice_button);

  if (is_seen)
    {
      gtk_label_set_text (self->notice_label, self->quote->error->message);
      gtk_button_set_label (self->notice_button, is_over ? _ ("Raise…") : _ ("Open Wallet"));
      /* In this order: an action is not asked for with what another one takes. */
      gtk_actionable_set_action_name (cure, NULL);
      gtk_actionable_set_action_target_value (cure, is_over ? g_variant_new_string ("budget") : NULL);
      gtk_actionable_set_action_name (cure, is_over ? "win.preferences-page" : "win.wallet");
    }
  gtk_box_set_spacing (self->groups, is_seen ? CLOSE : APART);
  gtk_revealer_set_reveal_child (self->notice, is_seen);
}

/* What will not be as it was asked */

static void
show_note (CsComposer *self, CsNoteRow *row, const CsBrief *brief, CsNote note, const CsModel **cure)
{
  g_autofree char *words = cs_quote_make_note (self->quote, brief, note);
  g_autofree char *link = words != NULL && *cure != NULL ? cs_quote_make_cure (self->quote, self->studio, brief, *cure, note) : NULL;

  cs_note_row_show (row, words, link);
  if (words != NULL)
    *cure = NULL; /* one link is enough */
}

/* What came with a brief and cannot be written here is seen, and can be taken away. */
static void
show_avoided (CsComposer *self)
{
  /* translators: what shall not be seen in the picture */
  g_autofree char *words = self->avoided != NULL ? g_strdup_printf (_ ("Without: %s"), self->avoided) : NULL;

  cs_note_row_show (self->avoid_note, words, words != NULL ? _ ("Take away") : NULL);
}

static void
stop_avoiding_cb (CsComposer *self)
{
  g_clear_pointer (&self->avoided, g_free);
  _cs_composer_changed (self);
}

static void
show_notes (CsComposer *self, const CsBrief *brief)
{
  const CsModel *cure = self->quote->model != NULL ? cs_quote_find_cure (self->quote, self->studio, brief) : NULL;
  const char *trouble = cs_reference_row_get_trouble (self->reference);

  show_avoided (self);
  show_note (self, self->duration_note, brief, CS_NOTE_DURATION, &cure);
  show_note (self, self->format_note, brief, CS_NOTE_FORMAT, &cure);
  if (trouble != NULL)
    cs_note_row_show (self->reference_note, trouble, NULL);
  else
    show_note (self, self->reference_note, brief, CS_NOTE_IMAGE, &cure);
}

/* The way out of a note: to the model that makes it as it was asked, or to where its key goes. */
static void
cure_cb (CsComposer *self)
{
  g_autoptr (CsBrief) brief = cs_composer_dup_brief (self);
  const CsModel *cure = cs_quote_find_cure (self->quote, self->studio, brief);

  if (cure == NULL)
    return;
  if (cs_provider_registry_is_usable (cs_engine_get_registry (get_engine (self)), cure, NULL))
    cs_provider_row_set_model (self->provider, cure->id);
  else
    cs_provider_row_add_key (self->provider, cure);
  _cs_composer_changed (self);
}

/* Sound: what was chosen, or else what the model does by itself */

static void
show_sound (CsComposer *self)
{
  const CsModel *model = self->quote->model;
  gboolean by_itself = model != NULL && model->sound != CS_SOUND_NEVER;
  gboolean has_sound = self->wants_sound == CS_WISH_YES || (self->wants_sound == CS_WISH_UNSAID && by_itself);
  const char *name = has_sound ? _ ("With Sound") : _ ("Without Sound");

  gtk_toggle_button_set_active (self->sound, has_sound);
  gtk_button_set_icon_name (GTK_BUTTON (self->sound), has_sound ? "audio-volume-high-symbolic" : "audio-volume-muted-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sound), name);
}

static void
sound_cb (CsComposer *self)
{
  if (self->is_showing)
    return;
  self->wants_sound = gtk_toggle_button_get_active (self->sound) ? CS_WISH_YES : CS_WISH_NO;
  _cs_composer_changed (self);
}

/* The screenwriter */

/* The first sentence of it: what to do about it is in the tooltip. */
static char *
make_off (const char *reason)
{
  const char *end = strstr (reason, ". ");
  g_autofree char *first = g_strndup (reason, end != NULL ? (gsize) (end - reason) : strlen (reason));

  if (g_str_has_suffix (first, "."))
    first[strlen (first) - 1] = '\0';
  /* translators: the screenwriter is off; a reason, as "Ollama is not running" */
  return g_strdup_printf (_ ("Off: %s"), first);
}

static void
show_screenwriter (CsComposer *self)
{
  g_autofree char *words = NULL;
  gboolean has_writer = cs_screenwriter_find_writer (cs_engine_get_screenwriter (get_engine (self)), &words);
  gboolean is_here = is_drawn_here (self);
  g_autofree char *subtitle = NULL;

  if (is_here)
    subtitle = g_strdup (_ ("Off: Sketch draws from your own words"));
  else if (!has_writer)
    subtitle = words != NULL ? make_off (words) : g_strdup (_ ("Off: your words are sent as they are"));
  else
    subtitle = self->wants_words ? g_strdup (words) : g_strdup (_ ("Off: your words are sent as they are"));
  adw_action_row_set_subtitle (self->screenwriter_row, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->screenwriter_row), has_writer || is_here ? NULL : words);
  gtk_widget_set_sensitive (GTK_WIDGET (self->screenwriter), has_writer && !is_here);
  gtk_switch_set_active (self->screenwriter, has_writer && !is_here && self->wants_words);
}

static void
screenwriter_cb (CsComposer *self)
{
  if (self->is_showing)
    return;
  self->wants_words = gtk_switch_get_active (self->screenwriter);
  _cs_composer_changed (self);
}

/* All of it */

void
_cs_composer_show_price (CsComposer *self)
{
  g_autoptr (CsBrief) brief = cs_composer_dup_brief (self);
  gboolean is_offline = self->network != NULL && !g_network_monitor_get_network_available (self->network);

  g_clear_pointer (&self->quote, cs_quote_free);
  self->quote = cs_quote_new (self->studio, brief, _cs_composer_get_count (self), self->budget);
  cs_quote_consider (self->quote, self->studio, self->key, is_offline);
  self->is_showing = TRUE;
  show_button (self);
  show_notice (self);
  show_line (self);
  show_notes (self, brief);
  show_sound (self);
  show_screenwriter (self);
  self->is_showing = FALSE;
  cs_provider_row_show (self->provider, brief, self->quote->model);
}

/* The network: who is asked for it first waits for the bus, so that is not done here */

static void
find_network_func (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, g_object_ref (g_network_monitor_get_default ()), g_object_unref);
}

static void
network_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsComposer *self = CS_COMPOSER (source);
  g_autoptr (GNetworkMonitor) network = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->studio == NULL || !g_set_object (&self->network, network))
    return;
  g_signal_connect_object (network, "network-changed", G_CALLBACK (_cs_composer_changed), self, G_CONNECT_SWAPPED);
  _cs_composer_changed (self);
}

void
_cs_composer_find_network (CsComposer *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, network_cb, NULL);

  g_task_run_in_thread (task, find_network_func);
}

/* What there is to spend */

static void
key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  CsWalletKey *key = cs_wallet_find_finish (CS_WALLET (source), result, &error);

  /* One that nobody knows has nothing. */
  if (key == NULL && g_error_matches (error, CS_ERROR, CS_ERROR_INSUFFICIENT_CREDIT))
    key = g_new0 (CsWalletKey, 1);
  g_clear_pointer (&self->key, cs_wallet_key_free);
  self->key = key;
  _cs_composer_changed (self);
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
  _cs_composer_changed (self);
}

void
_cs_composer_read_budget (CsComposer *self)
{
  const char *hash = cs_engine_get_wallet_key ();
  CsWallet *wallet;

  if (self->studio == NULL || self->is_reading_budget || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  wallet = cs_engine_get_wallet (get_engine (self));
  self->is_reading_budget = TRUE;
  cs_wallet_get_budget_async (wallet, NULL, budget_cb, g_object_ref (self));
  if (hash != NULL)
    cs_wallet_find_hash_async (wallet, hash, NULL, key_cb, g_object_ref (self));
}

void
_cs_composer_bind_price (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsComposer, groups);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, sound);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, avoid_note);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, format_note);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, duration_note);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, reference_note);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, screenwriter_row);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, screenwriter);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, notice);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, notice_label);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, notice_button);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, button);
  gtk_widget_class_bind_template_child (widget_class, CsComposer, line);
  gtk_widget_class_bind_template_callback (widget_class, cure_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_avoiding_cb);
  gtk_widget_class_bind_template_callback (widget_class, sound_cb);
  gtk_widget_class_bind_template_callback (widget_class, screenwriter_cb);
}
