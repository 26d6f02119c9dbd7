/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wallet keys of this studio. The code of a new one is in one dialog and nowhere else. Main thread. */
#include "config.h"
#include "ui/wallet/cs-wallet-keys-window.h"

#include "ui/wallet/cs-wallet-dialog.h"
#include "ui/widgets/cs-names.h"

struct _CsWalletKeysWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwPreferencesGroup *keys_group;
  GPtrArray *rows; /* (element-type GtkWidget) of the group */

  /* Owned */
  CsStudio *studio;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CsWalletKeysWindow, cs_wallet_keys_window, ADW_TYPE_WINDOW)

static CsWallet *
get_wallet (CsWalletKeysWindow *self)
{
  return cs_engine_get_wallet (cs_studio_get_engine (self->studio));
}

static void
say (CsWalletKeysWindow *self, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
  cs_name_controls (GTK_WIDGET (self->toasts));
}

static void read_keys (CsWalletKeysWindow *self);

/* Crediting */

static void
topped_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletKeysWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->studio == NULL)
    return;
  if (!cs_wallet_top_up_finish (CS_WALLET (source), result, &error))
    say (self, error->message);
  read_keys (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
credit_entered_cb (CsWalletKeysWindow *self, const char *label, gint64 amount, CsWalletDialog *dialog)
{
  cs_wallet_top_up_async (get_wallet (self), cs_wallet_dialog_get_key (dialog), amount, NULL, topped_up_cb, g_object_ref (self));
}

static void
credit_cb (CsWalletKeysWindow *self, GtkWidget *button)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "key");
  GtkWindow *dialog = cs_wallet_dialog_new (GTK_WINDOW (self), *id);

  g_signal_connect_object (dialog, "entered", G_CALLBACK (credit_entered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

/* Rows */

static GtkWidget *
make_credit_button (CsWalletKeysWindow *self, const CsWalletKey *key)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  /* translators: the name of a wallet key */
  g_autofree char *name = g_strdup_printf (_ ("Add credit to %s"), *key->label != '\0' ? key->label : key->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Add Credit"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "key", g_memdup2 (&key->id, sizeof key->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (credit_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static char *
describe_key (const CsWalletKey *key)
{
  g_autofree char *held = cs_money_to_amount (key->held);
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_local (key->created_at / G_USEC_PER_SEC);
  g_autofree char *day = made != NULL ? g_date_time_format (made, "%x") : g_strdup ("");

  if (key->held > 0)
    /* translators: 1: a wallet key, 2: a date, 3: an amount of money */
    return g_strdup_printf (_ ("%1$s · made on %2$s · %3$s on hold"), key->name, day, held);
  /* translators: 1: a wallet key, 2: a date */
  return g_strdup_printf (_ ("%1$s · made on %2$s"), key->name, day);
}

static void
add_key (CsWalletKeysWindow *self, const CsWalletKey *key)
{
  g_autofree char *balance = cs_money_to_amount (key->balance);
  g_autofree char *words = describe_key (key);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (balance);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *key->label != '\0' ? key->label : key->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_credit_button (self, key));
  adw_preferences_group_add (self->keys_group, row);
  g_ptr_array_add (self->rows, row);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletKeysWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = cs_wallet_list_finish (CS_WALLET (source), result, &error);

  if (self->studio == NULL)
    return;
  if (keys == NULL)
    {
      say (self, error->message);
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->keys_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < keys->len; i++)
    add_key (self, keys->pdata[i]);
  gtk_stack_set_visible_child_name (self->stack, keys->len > 0 ? "keys" : "empty");
}

static void
read_keys (CsWalletKeysWindow *self)
{
  cs_wallet_list_async (get_wallet (self), NULL, list_cb, g_object_ref (self));
}

/* Making one */

static void
copy_cb (GtkWidget *button, gpointer user_data)
{
  GtkLabel *code = g_object_get_data (G_OBJECT (button), "code");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), gtk_label_get_text (code));
  gtk_button_set_label (GTK_BUTTON (button), _ ("Copied"));
}

/* Nobody can ask for it again. */
static void
show_code (CsWalletKeysWindow *self, const char *code)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The new wallet key"),
                                              _ ("Copy it now: it is not kept here and is never shown again."));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (code);
  GtkWidget *button = gtk_button_new_with_label (_ ("Copy"));

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  g_object_set_data (G_OBJECT (button), "code", label);
  g_signal_connect (button, "clicked", G_CALLBACK (copy_cb), NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletKeysWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autoptr (CsWalletKey) key = cs_wallet_create_finish (CS_WALLET (source), result, &code, &error);

  if (self->studio == NULL)
    return;
  if (key == NULL)
    {
      say (self, error->message);
      return;
    }
  show_code (self, code);
  read_keys (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
key_entered_cb (CsWalletKeysWindow *self, const char *label, gint64 amount, CsWalletDialog *dialog)
{
  cs_wallet_create_async (get_wallet (self), label, amount, NULL, created_cb, g_object_ref (self));
}

static void
create_cb (CsWalletKeysWindow *self)
{
  GtkWindow *dialog = cs_wallet_dialog_new (GTK_WINDOW (self), 0);

  g_signal_connect_object (dialog, "entered", G_CALLBACK (key_entered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
cs_wallet_keys_window_dispose (GObject *object)
{
  g_clear_object (&CS_WALLET_KEYS_WINDOW (object)->studio);

  G_OBJECT_CLASS (cs_wallet_keys_window_parent_class)->dispose (object);
}

static void
cs_wallet_keys_window_finalize (GObject *object)
{
  g_ptr_array_unref (CS_WALLET_KEYS_WINDOW (object)->rows);

  G_OBJECT_CLASS (cs_wallet_keys_window_parent_class)->finalize (object);
}

static void
cs_wallet_keys_window_class_init (CsWalletKeysWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_wallet_keys_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_wallet_keys_window_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-wallet-keys-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWalletKeysWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CsWalletKeysWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CsWalletKeysWindow, keys_group);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cs_wallet_keys_window_init (CsWalletKeysWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_wallet_keys_window_new: @parent: the window it belongs to. Returns: (transfer none): not shown yet. */
GtkWindow *
cs_wallet_keys_window_new (CsStudio *studio, GtkWindow *parent)
{
  CsWalletKeysWindow *self = g_object_new (CS_TYPE_WALLET_KEYS_WINDOW, "transient-for", parent, NULL);

  self->studio = g_object_ref (studio);
  read_keys (self);
  return GTK_WINDOW (self);
}
