/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of all keys. Main thread. */
#include "config.h"
#include "ui/preferences/cs-keys-page.h"

#include "ui/preferences/cs-key-expander.h"
#include "ui/preferences/cs-ollama-expander.h"
#include "ui/widgets/cs-names.h"
#include "ui/widgets/cs-say.h"

#include <string.h>

struct _CsKeysPage
{
  AdwPreferencesPage parent_instance;

  /* Template widgets */
  AdwPreferencesGroup *trouble_group;
  GtkLabel *trouble_title;
  GtkLabel *trouble_words;
  GtkButton *unlock_button;
  AdwPreferencesGroup *keys_group;
  CsKeyExpander *keys[CS_N_KEYS]; /* of the group */

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  /* Owned */
  GtkFileChooserNative *chooser; /* (nullable) while it is open */
};

G_DEFINE_FINAL_TYPE (CsKeysPage, cs_keys_page, ADW_TYPE_PREFERENCES_PAGE)

static CsKeys *
get_keys (CsKeysPage *self)
{
  return cs_engine_get_keys (cs_studio_get_engine (self->studio));
}

/* Importing */

/* Which lines were of use, in one sentence. */
static void
say_imported (CsKeysPage *self, const CsEnvFile *file, guint n_keys)
{
  g_autofree char *words = NULL;

  for (int i = 0; i < CS_N_KEYS; i++)
    if (file->refusals[i] != NULL)
      {
        /* translators: 1: the name of a key, 2: a sentence that says what is wrong with it */
        words = g_strdup_printf (_ ("%1$s was left out. %2$s"), cs_key_name_to_string (i), file->refusals[i]->message);
        break;
      }
  if (words == NULL && n_keys == 0)
    words = g_strdup (_ ("There is no key in it: the names are PIAPI_KEY, REPLICATE_API_TOKEN, HF_API_TOKEN and GROQ_API_KEY."));
  else if (words == NULL)
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u key is being kept and checked.", "%u keys are being kept and checked.", n_keys),
                             n_keys);
  cs_say (GTK_WIDGET (self), words);
}

static void
take_env_file (CsKeysPage *self, const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsEnvFile) file = cs_env_file_parse (data, length, &error);
  guint n_keys = 0;

  if (file == NULL)
    {
      cs_say (GTK_WIDGET (self), error->message);
      return;
    }
  for (int i = 0; i < CS_N_KEYS; i++)
    if (file->secrets[i] != NULL)
      {
        n_keys++;
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->keys[i]), TRUE);
        cs_key_expander_paste (self->keys[i], file->secrets[i]);
      }
  say_imported (self, file, n_keys);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeysPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_malloc0 (CS_ENV_FILE_MAX_LENGTH + 1);
  gsize length = 0;

  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error);
  memcpy (data, g_object_get_data (source, "data"), length);
  explicit_bzero (g_object_get_data (source, "data"), length);
  if (error != NULL)
    cs_say (GTK_WIDGET (self), error->message);
  else if (length > CS_ENV_FILE_MAX_LENGTH)
    cs_say (GTK_WIDGET (self), _ ("This file is too large to be a list of keys."));
  else
    take_env_file (self, data, length);
  explicit_bzero (data, length);
}

static void
open_file_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeysPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  char *data;

  if (stream == NULL)
    {
      cs_say (GTK_WIDGET (self), error->message);
      return;
    }
  data = g_malloc0 (CS_ENV_FILE_MAX_LENGTH + 1);
  g_object_set_data_full (G_OBJECT (stream), "data", data, g_free);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), data, CS_ENV_FILE_MAX_LENGTH + 1, G_PRIORITY_DEFAULT, NULL, read_cb,
                                 g_object_ref (self));
}

static void
response_cb (CsKeysPage *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file != NULL)
    g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, open_file_cb, g_object_ref (self));
}

static void
import_cb (CsKeysPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Import Keys"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Pasting */

/* Whose key it is, by how it begins: those of PiAPI are plain, and nobody else’s begin so. */
static CsKeyName
guess_key (const char *text)
{
  static const struct { const char *start; CsKeyName key; } starts[] = {
    { "r8_", CS_KEY_REPLICATE },
    { "hf_", CS_KEY_HUGGINGFACE },
    { "gsk_", CS_KEY_GROQ },
  };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (text, starts[i].start))
      return starts[i].key;
  return CS_KEY_PIAPI;
}

/** cs_keys_page_take_text: @text: a key of whomever it is, or lines as in a .env file; bounded here, wherever it comes from. */
void
cs_keys_page_take_text (CsKeysPage *self, const char *text)
{
  gsize length = strlen (text);
  g_autofree char *trimmed = NULL;

  if (length > CS_ENV_FILE_MAX_LENGTH)
    {
      cs_say (GTK_WIDGET (self), _ ("This is too long to be a key. Copy the key alone."));
      return;
    }
  trimmed = g_strstrip (g_strndup (text, length));
  if (*trimmed == '\0')
    cs_say (GTK_WIDGET (self), _ ("The clipboard is empty. Copy a key first."));
  else if (strchr (trimmed, '=') != NULL)
    take_env_file (self, trimmed, strlen (trimmed));
  else
    {
      CsKeyName key = guess_key (trimmed);

      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->keys[key]), TRUE);
      cs_key_expander_paste (self->keys[key], trimmed);
    }
  explicit_bzero (trimmed, strlen (trimmed));
}

static void
read_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeysPage) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (self->studio != NULL)
    cs_keys_page_take_text (self, text != NULL ? text : "");
}

static void
paste_cb (CsKeysPage *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, read_text_cb, g_object_ref (self));
}

/* The keyring */

static void
show_trouble_words (CsKeysPage *self, const char *title, const char *words, const char *button)
{
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_group), title != NULL);
  if (title == NULL)
    return;
  gtk_label_set_text (self->trouble_title, title);
  gtk_label_set_text (self->trouble_words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->unlock_button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->unlock_button, button);
}

static void
show_trouble (CsKeysPage *self)
{
  const GError *trouble;

  if (self->studio == NULL)
    return;
  trouble = cs_keys_get_trouble (get_keys (self));
  if (!cs_keys_has_keyring (get_keys (self)))
    show_trouble_words (self, _ ("The keyring is switched off here"),
                        _ ("Keys that you paste are kept until you quit. Put them into the environment to keep them longer."), NULL);
  else if (cs_keys_is_locked (get_keys (self)))
    show_trouble_words (self, _ ("Your keyring is locked"), _ ("The keys in it cannot be read until you unlock it."), _ ("_Unlock"));
  else if (trouble != NULL)
    show_trouble_words (self, _ ("Your keyring cannot be used"), trouble->message, _ ("_Try Again"));
  else
    show_trouble_words (self, NULL, NULL, NULL);
}

/* A prompt that is open stays open, whatever becomes of this window: some keyrings do not survive that it is taken back. */
static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsKeysPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_unlocked = cs_keys_unlock_finish (CS_KEYS (source), result, &error);

  if (self->studio == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->unlock_button), TRUE);
  show_trouble (self);
  if (!is_unlocked && cs_keys_is_locked (CS_KEYS (source)))
    gtk_label_set_text (self->trouble_words, _ ("It stayed locked, and nothing was changed. You can paste a key and keep it until you quit."));
  else if (!is_unlocked)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
unlock_cb (CsKeysPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->unlock_button), FALSE);
  gtk_label_set_text (self->trouble_words, _ ("Waiting for your answer to the question of the keyring."));
  cs_keys_unlock_async (get_keys (self), NULL, unlocked_cb, g_object_ref (self));
}

static void
cs_keys_page_dispose (GObject *object)
{
  CsKeysPage *self = CS_KEYS_PAGE (object);

  g_clear_object (&self->chooser);
  g_clear_weak_pointer (&self->studio);

  G_OBJECT_CLASS (cs_keys_page_parent_class)->dispose (object);
}

static void
cs_keys_page_class_init (CsKeysPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_keys_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-keys-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsKeysPage, trouble_group);
  gtk_widget_class_bind_template_child (widget_class, CsKeysPage, trouble_title);
  gtk_widget_class_bind_template_child (widget_class, CsKeysPage, trouble_words);
  gtk_widget_class_bind_template_child (widget_class, CsKeysPage, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, CsKeysPage, keys_group);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
}

static void
cs_keys_page_init (CsKeysPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
}

/** cs_keys_page_set_studio: Fills the page. */
void
cs_keys_page_set_studio (CsKeysPage *self, CsStudio *studio)
{
  g_set_weak_pointer (&self->studio, studio);
  for (int i = 0; i < CS_N_KEYS; i++)
    {
      self->keys[i] = CS_KEY_EXPANDER (cs_key_expander_new (studio, i));
      adw_preferences_group_add (self->keys_group, GTK_WIDGET (self->keys[i]));
    }
  adw_preferences_group_add (self->keys_group, cs_ollama_expander_new (studio));
  g_signal_connect_object (get_keys (self), "changed", G_CALLBACK (show_trouble), self, G_CONNECT_SWAPPED);
  show_trouble (self);
}

/** cs_keys_page_show_key: Unfolds the row of @key. */
void
cs_keys_page_show_key (CsKeysPage *self, CsKeyName key)
{
  cs_key_expander_open (self->keys[key]);
}
