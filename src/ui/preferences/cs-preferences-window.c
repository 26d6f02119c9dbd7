/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user can set. Everything takes effect at once. Main thread. */
#include "config.h"
#include "ui/preferences/cs-preferences-window.h"

#include "ui/preferences/cs-budget-group.h"
#include "ui/preferences/cs-key-expander.h"

#include <string.h>

struct _CsPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template widgets */
  AdwPreferencesPage *keys_page;
  AdwPreferencesGroup *keys_group;
  AdwPreferencesPage *models_page;
  GtkSwitch *prompt_switch;
  AdwActionRow *api_row;
  GtkSwitch *api_switch;
  CsBudgetGroup *budget_group;
  CsKeyExpander *keys[CS_N_KEYS]; /* of the group */

  /* Owned */
  CsStudio *studio;
  GtkFileChooserNative *chooser; /* (nullable) while it is open */
};

G_DEFINE_FINAL_TYPE (CsPreferencesWindow, cs_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
say (CsPreferencesWindow *self, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (escaped));
}

/* Importing */

static void
take_env_file (CsPreferencesWindow *self, const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsEnvFile) file = cs_env_file_parse (data, length, &error);

  if (file == NULL)
    {
      say (self, error->message);
      return;
    }
  if (!cs_env_file_has_secrets (file))
    say (self, _ ("There is no key in this file."));
  for (int i = 0; i < CS_N_KEYS; i++)
    if (file->secrets[i] != NULL)
      {
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->keys[i]), TRUE);
        cs_key_expander_paste (self->keys[i], file->secrets[i]);
      }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPreferencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_malloc0 (CS_ENV_FILE_MAX_LENGTH + 1);
  gsize length = 0;

  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error);
  memcpy (data, g_object_get_data (source, "data"), length);
  explicit_bzero (g_object_get_data (source, "data"), length);
  if (error != NULL)
    say (self, error->message);
  else if (length > CS_ENV_FILE_MAX_LENGTH)
    say (self, _ ("This file is too large to be a list of keys."));
  else
    take_env_file (self, data, length);
  explicit_bzero (data, length);
}

static void
open_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPreferencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  char *data;

  if (stream == NULL)
    {
      say (self, error->message);
      return;
    }
  data = g_malloc0 (CS_ENV_FILE_MAX_LENGTH + 1);
  g_object_set_data_full (G_OBJECT (stream), "data", data, g_free);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), data, CS_ENV_FILE_MAX_LENGTH + 1, G_PRIORITY_DEFAULT, NULL, read_cb,
                                 g_object_ref (self));
}

static void
response_cb (CsPreferencesWindow *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file != NULL)
    g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, open_file_cb, g_object_ref (self));
}

static void
import_cb (CsPreferencesWindow *self)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Import Keys"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Pasting */

/* Whose key it is, by how it begins; those of PiAPI begin like nothing else does. */
static CsKeyName
guess_key (const char *text)
{
  if (g_str_has_prefix (text, "r8_"))
    return CS_KEY_REPLICATE;
  if (g_str_has_prefix (text, "hf_"))
    return CS_KEY_HUGGINGFACE;
  return g_str_has_prefix (text, "gsk_") ? CS_KEY_GROQ : CS_KEY_PIAPI;
}

static void
read_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPreferencesWindow) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  CsKeyName key;

  if (text == NULL || *g_strstrip (text) == '\0')
    {
      say (self, _ ("The clipboard is empty. Copy a key first."));
      return;
    }
  if (strchr (text, '=') != NULL)
    {
      take_env_file (self, text, strlen (text));
      return;
    }
  key = guess_key (text);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->keys[key]), TRUE);
  cs_key_expander_paste (self->keys[key], text);
}

static void
paste_cb (CsPreferencesWindow *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, read_text_cb, g_object_ref (self));
}

/* Models */

static const char *
get_kind_title (CsKind kind)
{
  return kind == CS_KIND_VIDEO ? _ ("Videos") : kind == CS_KIND_IMAGE ? _ ("Pictures") : _ ("Presentations");
}

static void
add_model (CsPreferencesWindow *self, AdwPreferencesGroup *group, const CsModel *model)
{
  CsEngine *engine = cs_studio_get_engine (self->studio);
  g_autoptr (CsBrief) brief = cs_brief_new (model->kind);
  g_autofree char *why_not = NULL;
  g_autofree char *price = NULL;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label;
  CsMoney cost;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), model->name);
  if (!cs_provider_registry_is_usable (cs_engine_get_registry (engine), model, &why_not) && why_not != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), why_not);
  if (cs_job_chain_quote (cs_engine_get_prices (engine), model, brief, &cost))
    {
      price = cs_money_to_display (cost);
      label = gtk_label_new (price);
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_preferences_group_add (group, row);
}

static void
add_models (CsPreferencesWindow *self, CsKind kind)
{
  GPtrArray *models = cs_provider_registry_get_models (cs_engine_get_registry (cs_studio_get_engine (self->studio)));
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, get_kind_title (kind));
  adw_preferences_group_set_description (group, _ ("In the order in which they are tried."));
  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];

      if (model->kind == kind && !model->retired)
        add_model (self, group, model);
    }
  adw_preferences_page_add (self->models_page, group);
}

static void
cs_preferences_window_dispose (GObject *object)
{
  CsPreferencesWindow *self = CS_PREFERENCES_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_preferences_window_parent_class)->dispose (object);
}

static void
cs_preferences_window_class_init (CsPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_BUDGET_GROUP);
  G_OBJECT_CLASS (klass)->dispose = cs_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, keys_page);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, keys_group);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, models_page);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, prompt_switch);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, api_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, api_switch);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, budget_group);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
}

static void
cs_preferences_window_init (CsPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind_settings (CsPreferencesWindow *self)
{
  GSettings *settings = cs_studio_get_settings (self->studio);

  g_settings_bind (settings, "prompt-in-copies", self->prompt_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "serve-api", self->api_switch, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
show_api (CsPreferencesWindow *self)
{
  g_autofree char *address = cs_studio_dup_api_state (self->studio);

  adw_action_row_set_subtitle (self->api_row, address);
}

/** cs_preferences_window_new: @parent: the window it belongs to. Returns: (transfer none): not shown yet. */
GtkWindow *
cs_preferences_window_new (CsStudio *studio, GtkWindow *parent)
{
  CsPreferencesWindow *self = g_object_new (CS_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  self->studio = g_object_ref (studio);
  for (int i = 0; i < CS_N_KEYS; i++)
    {
      self->keys[i] = CS_KEY_EXPANDER (cs_key_expander_new (studio, i));
      adw_preferences_group_add (self->keys_group, GTK_WIDGET (self->keys[i]));
    }
  for (int i = CS_KIND_VIDEO; i <= CS_KIND_DECK; i++)
    add_models (self, i);
  cs_budget_group_set_studio (self->budget_group, studio);
  bind_settings (self);
  show_api (self);
  g_signal_connect_object (studio, "api-changed", G_CALLBACK (show_api), self, G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}

/** cs_preferences_window_show_key: Shows the row of @key, ready to paste. */
void
cs_preferences_window_show_key (CsPreferencesWindow *self, CsKeyName key)
{
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (self), self->keys_page);
  cs_key_expander_open (self->keys[key]);
}
