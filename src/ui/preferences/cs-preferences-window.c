/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user can set. Everything takes effect at once. Main thread. */
#include "config.h"
#include "ui/preferences/cs-preferences-window.h"

#include "ui/preferences/cs-api-group.h"
#include "ui/preferences/cs-budget-group.h"
#include "ui/preferences/cs-keys-page.h"
#include "ui/preferences/cs-models-group.h"
#include "ui/preferences/cs-prices-group.h"
#include "ui/preferences/cs-storage-group.h"
#include "ui/widgets/cs-names.h"

struct _CsPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template widgets */
  AdwPreferencesPage *general_page;
  GtkSwitch *ask_switch;
  AdwActionRow *writers_row;
  GtkSwitch *prompt_switch;
  CsApiGroup *api_group;
  CsStorageGroup *storage_group;
  CsKeysPage *keys_page;
  AdwPreferencesPage *models_page;
  AdwPreferencesPage *budget_page;
  CsBudgetGroup *budget_group;
  CsPricesGroup *prices_group;

  /* Owned */
  CsStudio *studio;
};

G_DEFINE_FINAL_TYPE (CsPreferencesWindow, cs_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

/* Actions */

static void
say_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *words;
  g_autofree char *escaped = NULL;

  g_variant_get (parameter, "(&s&s&smv)", &words, NULL, NULL, NULL);
  escaped = g_markup_escape_text (words, -1);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (widget), adw_toast_new (escaped));
  cs_name_controls (widget);
}

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cs_preferences_window_show_page (CS_PREFERENCES_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_key_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsKeyName key;

  if (cs_key_name_from_string (g_variant_get_string (parameter, NULL), &key))
    cs_preferences_window_show_key (CS_PREFERENCES_WINDOW (widget), key);
}

/* The screenwriter */

/* Those who would be asked now, in their order. */
static GString *
list_writers (CsPreferencesWindow *self)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_studio_get_engine (self->studio));
  GPtrArray *models = cs_provider_registry_get_models (registry);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];

      if (model->kind == CS_KIND_DECK && !model->retired && cs_provider_registry_is_automatic (registry, model)
          && CS_IS_TEXT_PROVIDER (cs_provider_registry_get_provider (registry, model->provider))
          && cs_provider_registry_is_usable (registry, model, NULL))
        g_string_append_printf (names, "%s%s", names->len > 0 ? " → " : "", model->name);
    }
  return names;
}

static void
show_writers (CsPreferencesWindow *self)
{
  GString *names = list_writers (self);
  g_autofree char *words = NULL;

  if (names->len > 0)
    /* translators: names of language models with arrows between them */
    words = g_strdup_printf (_ ("%s, then your own words"), names->str);
  adw_action_row_set_subtitle (self->writers_row, words != NULL ? words
                                                                : _ ("Your own words are sent: install Ollama, or add a key of Groq, and "
                                                                     "ideas are rewritten"));
  g_string_free (names, TRUE);
}

static void
cs_preferences_window_dispose (GObject *object)
{
  g_clear_object (&CS_PREFERENCES_WINDOW (object)->studio);

  G_OBJECT_CLASS (cs_preferences_window_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (CS_TYPE_API_GROUP);
  g_type_ensure (CS_TYPE_BUDGET_GROUP);
  g_type_ensure (CS_TYPE_KEYS_PAGE);
  g_type_ensure (CS_TYPE_PRICES_GROUP);
  g_type_ensure (CS_TYPE_STORAGE_GROUP);
}

static void
cs_preferences_window_class_init (CsPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ensure_types ();
  G_OBJECT_CLASS (klass)->dispose = cs_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, general_page);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, ask_switch);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, writers_row);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, prompt_switch);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, api_group);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, storage_group);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, keys_page);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, models_page);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, budget_page);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, budget_group);
  gtk_widget_class_bind_template_child (widget_class, CsPreferencesWindow, prices_group);
  gtk_widget_class_install_action (widget_class, "win.say", "(sssmv)", say_action);
  gtk_widget_class_install_action (widget_class, "preferences.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "preferences.show-key", "s", show_key_action);
}

static void
cs_preferences_window_init (CsPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
}

static void
bind_settings (CsPreferencesWindow *self)
{
  GSettings *settings = cs_studio_get_settings (self->studio);

  g_settings_bind (settings, "ask-before-sending", self->ask_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "prompt-in-copies", self->prompt_switch, "active", G_SETTINGS_BIND_DEFAULT);
}

/** cs_preferences_window_new: @parent: the window it belongs to. Returns: (transfer none): not shown yet. */
GtkWindow *
cs_preferences_window_new (CsStudio *studio, GtkWindow *parent)
{
  CsPreferencesWindow *self = g_object_new (CS_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  self->studio = g_object_ref (studio);
  cs_api_group_set_studio (self->api_group, studio);
  cs_storage_group_set_studio (self->storage_group, studio);
  cs_keys_page_set_studio (self->keys_page, studio);
  for (int i = CS_KIND_VIDEO; i <= CS_KIND_DECK; i++)
    adw_preferences_page_add (self->models_page, ADW_PREFERENCES_GROUP (cs_models_group_new (studio, i)));
  cs_budget_group_set_studio (self->budget_group, studio);
  cs_prices_group_set_studio (self->prices_group, studio);
  bind_settings (self);
  show_writers (self);
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (show_writers), self, G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}

/** cs_preferences_window_show_page: Shows the page called @name; one that there is not changes nothing. */
void
cs_preferences_window_show_page (CsPreferencesWindow *self, const char *name)
{
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (self), name);
}

/** cs_preferences_window_show_key: Shows the row of @key, ready to paste. */
void
cs_preferences_window_show_key (CsPreferencesWindow *self, CsKeyName key)
{
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (self->keys_page));
  cs_keys_page_show_key (self->keys_page, key);
}
