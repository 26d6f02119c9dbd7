/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The key of one provider. What is typed leaves this widget for the keyring alone, and the entry is emptied at once; a key
 * that is kept is never shown. Main thread.
 */
#include "config.h"
#include "ui/preferences/cs-key-expander.h"

#include <string.h>

/* What is said of a key; static. */
typedef struct
{
  const char *name;
  const char *purpose; /* N_() */
  const char *page;    /* where to get one, for people */
  const char *uri;
} About;

struct _CsKeyExpander
{
  AdwExpanderRow parent_instance;

  /* Template widgets */
  AdwAvatar *avatar;
  GtkLabel *state;
  AdwPasswordEntryRow *entry;
  GtkButton *clear_button;
  GtkButton *check_button;
  AdwActionRow *result;
  AdwActionRow *where;

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  /* Owned */
  GCancellable *cancellable; /* of the check under way */
  CsKeyName key;
};

G_DEFINE_FINAL_TYPE (CsKeyExpander, cs_key_expander, ADW_TYPE_EXPANDER_ROW)

static const About abouts[CS_N_KEYS] = {
  [CS_KEY_PIAPI] = { "PiAPI", N_ ("Videos and pictures"), "piapi.ai", "https://piapi.ai/workspace/key" },
  [CS_KEY_REPLICATE] = { "Replicate", N_ ("Pictures and videos"), "replicate.com/account/api-tokens",
                         "https://replicate.com/account/api-tokens" },
  [CS_KEY_HUGGINGFACE] = { "Hugging Face", N_ ("Pictures, videos and words"), "huggingface.co/settings/tokens",
                           "https://huggingface.co/settings/tokens" },
  [CS_KEY_GROQ] = { "Groq", N_ ("Writes prompts and slides"), "console.groq.com/keys", "https://console.groq.com/keys" },
};

static CsKeys *
get_keys (CsKeyExpander *self)
{
  return cs_engine_get_keys (cs_studio_get_engine (self->studio));
}

/* Showing */

static void
set_state (CsKeyExpander *self, const char *words, const char *css_class)
{
  static const char *const classes[] = { "success", "error", "dim-label" };

  gtk_label_set_text (self->state, words);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), css_class);
}

static void
show_result (CsKeyExpander *self, const char *title, const char *subtitle)
{
  gtk_widget_set_visible (GTK_WIDGET (self->result), title != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result), title != NULL ? title : "");
  adw_action_row_set_subtitle (self->result, subtitle != NULL ? subtitle : "");
}

static void
show (CsKeyExpander *self)
{
  CsKeySource source;
  gboolean is_set = cs_keys_get (get_keys (self), self->key, &source) != NULL;
  const GError *refusal = cs_keys_get_refusal (get_keys (self), self->key);

  gtk_widget_set_sensitive (GTK_WIDGET (self->clear_button), is_set && source == CS_KEY_SOURCE_KEYRING);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check_button), is_set);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), source != CS_KEY_SOURCE_ENVIRONMENT);
  if (!is_set)
    set_state (self, _ ("Not set"), "dim-label");
  else if (source == CS_KEY_SOURCE_ENVIRONMENT)
    set_state (self, _ ("From the environment"), "dim-label");
  else
    set_state (self, _ ("Set"), "dim-label");
  if (refusal != NULL)
    show_result (self, refusal->message, NULL);
}

/* Checking */

static void
check_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeyExpander) self = user_data;
  g_autoptr (CsKeyCheck) check = cs_provider_check_finish (CS_PROVIDER (source), result);
  g_autofree char *balance = NULL;
  gboolean is_good = g_str_equal (check->code, "ok");

  gtk_widget_set_sensitive (GTK_WIDGET (self->check_button), TRUE);
  if (self->studio == NULL)
    return;
  if (check->balance >= 0)
    {
      g_autofree char *amount = cs_money_to_amount (check->balance);

      /* translators: an amount of money */
      balance = g_strdup_printf (_ ("%s of credit left. Checking is free."), amount);
    }
  set_state (self, is_good ? _ ("Works") : _ ("Refused"), is_good ? "success" : "error");
  show_result (self, check->message, balance != NULL ? balance : check->account);
}

static void
check_cb (CsKeyExpander *self)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_studio_get_engine (self->studio));
  CsProvider *provider = cs_provider_registry_get_provider (registry, cs_key_name_get_provider (self->key));

  if (provider == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->check_button), FALSE);
  set_state (self, _ ("Checking…"), "dim-label");
  cs_provider_check_async (provider, self->cancellable, check_done_cb, g_object_ref (self));
}

/* Keeping */

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeyExpander) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_kept = cs_keys_set_finish (CS_KEYS (source), result, &error);

  if (self->studio == NULL)
    return;
  show (self);
  if (is_kept)
    check_cb (self);
  else
    show_result (self, error->message, NULL);
}

/** cs_key_expander_paste: @secret: what was pasted; spaces and line ends around it are not part of it. */
void
cs_key_expander_paste (CsKeyExpander *self, const char *secret)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (secret));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (*trimmed != '\0')
    cs_keys_set_async (get_keys (self), self->key, trimmed, TRUE, NULL, set_cb, g_object_ref (self));
  explicit_bzero (trimmed, strlen (trimmed));
}

static void
apply_cb (CsKeyExpander *self)
{
  cs_key_expander_paste (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeyExpander) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_gone = cs_keys_clear_finish (CS_KEYS (source), result, &error);

  if (self->studio == NULL)
    return;
  show_result (self, is_gone ? NULL : error->message, NULL);
  show (self);
}

static void
clear_cb (CsKeyExpander *self)
{
  cs_keys_clear_async (get_keys (self), self->key, TRUE, NULL, cleared_cb, g_object_ref (self));
}

static void
where_cb (CsKeyExpander *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, abouts[self->key].uri, GDK_CURRENT_TIME);
}

static void
cs_key_expander_dispose (GObject *object)
{
  CsKeyExpander *self = CS_KEY_EXPANDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->studio);

  G_OBJECT_CLASS (cs_key_expander_parent_class)->dispose (object);
}

static void
cs_key_expander_class_init (CsKeyExpanderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_key_expander_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-key-expander.ui");
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, avatar);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, state);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, entry);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, clear_button);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, check_button);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, result);
  gtk_widget_class_bind_template_child (widget_class, CsKeyExpander, where);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, where_cb);
}

static void
cs_key_expander_init (CsKeyExpander *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_key_expander_new: Returns: (transfer floating): the row of @key. */
GtkWidget *
cs_key_expander_new (CsStudio *studio, CsKeyName key)
{
  CsKeyExpander *self = g_object_new (CS_TYPE_KEY_EXPANDER, NULL);

  g_set_weak_pointer (&self->studio, studio);
  self->key = key;
  adw_avatar_set_text (self->avatar, abouts[key].name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), abouts[key].name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _ (abouts[key].purpose));
  adw_action_row_set_subtitle (self->where, abouts[key].page);
  show (self);
  return GTK_WIDGET (self);
}

/** cs_key_expander_open: Unfolds the row, and puts the cursor where the key goes. */
void
cs_key_expander_open (CsKeyExpander *self)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
