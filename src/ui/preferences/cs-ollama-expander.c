/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ollama as a row among the keys: it needs none. It is looked for when the row is made, and when somebody asks. Main thread. */
#include "config.h"
#include "ui/preferences/cs-ollama-expander.h"

#define PAGE "https://ollama.com/download"

struct _CsOllamaExpander
{
  AdwExpanderRow parent_instance;

  /* Template widgets */
  GtkWidget *state_box;
  GtkImage *state_icon;
  GtkLabel *state;
  AdwActionRow *address;
  GtkButton *look_button;
  AdwActionRow *found;

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  /* Owned */
  GCancellable *cancellable; /* of the look under way */
};

G_DEFINE_FINAL_TYPE (CsOllamaExpander, cs_ollama_expander, ADW_TYPE_EXPANDER_ROW)

static CsProviderRegistry *
get_registry (CsOllamaExpander *self)
{
  return cs_engine_get_registry (cs_studio_get_engine (self->studio));
}

static CsProvider *
get_provider (CsOllamaExpander *self)
{
  return cs_provider_registry_get_provider (get_registry (self), CS_OLLAMA_PROVIDER_ID);
}

/* @icon: (nullable) */
static void
set_state (CsOllamaExpander *self, const char *words, const char *icon, gboolean is_good)
{
  gtk_label_set_text (self->state, words);
  gtk_widget_set_visible (GTK_WIDGET (self->state_icon), icon != NULL);
  gtk_image_set_from_icon_name (self->state_icon, icon);
  gtk_widget_remove_css_class (self->state_box, is_good ? "dim-label" : "success");
  gtk_widget_add_css_class (self->state_box, is_good ? "success" : "dim-label");
}

/* (transfer none) (nullable): the model that writes, as Ollama calls it. */
static const char *
find_model (CsOllamaExpander *self)
{
  GPtrArray *models = cs_provider_registry_get_models (get_registry (self));

  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];

      if (g_str_equal (model->provider, CS_OLLAMA_PROVIDER_ID) && !model->retired)
        return cs_text_provider_get_remote (CS_TEXT_PROVIDER (get_provider (self)), model);
    }
  return NULL;
}

static void
show_purpose (CsOllamaExpander *self, gboolean is_good)
{
  const char *model = is_good ? find_model (self) : NULL;
  g_autofree char *words = NULL;

  if (model != NULL)
    /* translators: the name of a language model */
    words = g_strdup_printf (_ ("Writes on this computer · free, needs no key · %s"), model);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words != NULL ? words : _ ("Writes on this computer · free, needs no key"));
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsOllamaExpander) self = user_data;
  g_autoptr (CsKeyCheck) check = cs_provider_check_finish (CS_PROVIDER (source), result);
  gboolean is_good = g_str_equal (check->code, "ok");

  if (self->studio == NULL || g_str_equal (check->code, "cancelled"))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->look_button), TRUE);
  set_state (self, is_good ? _ ("Running") : _ ("Not running"), is_good ? "object-select-symbolic" : NULL, is_good);
  show_purpose (self, is_good);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->found), check->message);
  gtk_widget_set_visible (GTK_WIDGET (self->found), TRUE);
  g_signal_emit_by_name (self->studio, "prices-changed"); /* who writes, and for what, may be another */
}

static void
look_cb (CsOllamaExpander *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->look_button), FALSE);
  set_state (self, _ ("Checking…"), "emblem-synchronizing-symbolic", FALSE);
  cs_provider_check_async (get_provider (self), self->cancellable, check_cb, g_object_ref (self));
}

static void
where_cb (CsOllamaExpander *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, PAGE, GDK_CURRENT_TIME);
}

static void
cs_ollama_expander_dispose (GObject *object)
{
  CsOllamaExpander *self = CS_OLLAMA_EXPANDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->studio);

  G_OBJECT_CLASS (cs_ollama_expander_parent_class)->dispose (object);
}

static void
cs_ollama_expander_class_init (CsOllamaExpanderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_ollama_expander_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-ollama-expander.ui");
  gtk_widget_class_bind_template_child (widget_class, CsOllamaExpander, state_box);
  gtk_widget_class_bind_template_child (widget_class, CsOllamaExpander, state_icon);
  gtk_widget_class_bind_template_child (widget_class, CsOllamaExpander, state);
  gtk_widget_class_bind_template_child (widget_class, CsOllamaExpander, address);
  gtk_widget_class_bind_template_child (widget_class, CsOllamaExpander, look_button);
  gtk_widget_class_bind_template_child (widget_class, CsOllamaExpander, found);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
  gtk_widget_class_bind_template_callback (widget_class, where_cb);
}

static void
cs_ollama_expander_init (CsOllamaExpander *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_ollama_expander_new: Returns: (transfer floating): the row, which looks for Ollama at once. */
GtkWidget *
cs_ollama_expander_new (CsStudio *studio)
{
  CsOllamaExpander *self = g_object_new (CS_TYPE_OLLAMA_EXPANDER, NULL);
  const char *base;

  g_set_weak_pointer (&self->studio, studio);
  base = cs_ollama_provider_get_base (CS_OLLAMA_PROVIDER (get_provider (self)));
  adw_action_row_set_subtitle (self->address, base != NULL ? base : _ ("OLLAMA_HOST in the environment is no address."));
  show_purpose (self, FALSE);
  look_cb (self);
  return GTK_WIDGET (self);
}
