/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for an amount, and for a label where the key is new. What is no amount keeps the button off, and says why. Main thread. */
#include "config.h"
#include "ui/wallet/cs-wallet-dialog.h"

#include "ui/widgets/cs-amount-row.h"

struct _CsWalletDialog
{
  AdwMessageDialog parent_instance;

  GtkWidget *label; /* an AdwEntryRow; it is seen where the key is new */
  CsAmountRow *credit;
  GtkLabel *trouble;

  gint64 key_id; /* 0: a new key */
};

static guint entered_signal;

G_DEFINE_FINAL_TYPE (CsWalletDialog, cs_wallet_dialog, ADW_TYPE_MESSAGE_DIALOG)

/* A new key may begin with nothing; credit that is added is something. */
static gboolean
parse (CsWalletDialog *self, CsMoney *amount, GError **error)
{
  if (!cs_amount_row_parse (self->credit, amount, error))
    return FALSE;
  if (*amount < 0)
    *amount = 0;
  return *amount > 0 || self->key_id == 0;
}

static void
changed_cb (CsWalletDialog *self)
{
  g_autoptr (GError) error = NULL;
  CsMoney amount;
  gboolean is_good = parse (self, &amount, &error);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "enter", is_good);
  gtk_label_set_text (self->trouble, error != NULL ? error->message : "");
}

static void
response_cb (CsWalletDialog *self, const char *response)
{
  CsMoney amount;

  if (g_str_equal (response, "enter") && parse (self, &amount, NULL))
    g_signal_emit (self, entered_signal, 0, gtk_editable_get_text (GTK_EDITABLE (self->label)), amount);
}

static void
cs_wallet_dialog_class_init (CsWalletDialogClass *klass)
{
  entered_signal = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, G_TYPE_INT64);
}

static void
cs_wallet_dialog_init (CsWalletDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gtk_list_box_new ();

  self->label = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->label), _ ("For whom"));
  self->credit = CS_AMOUNT_ROW (cs_amount_row_new (_ ("Credit in US dollars")));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->credit), FALSE);
  self->trouble = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->trouble, TRUE);
  gtk_label_set_xalign (self->trouble, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->trouble), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->trouble), "error");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->label);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->credit));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->trouble));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), box);
  g_signal_connect_object (self->credit, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "response", G_CALLBACK (response_cb), NULL);
}

/** cs_wallet_dialog_new: @key_id: whose credit; 0: of a new key. Returns: (transfer none): not shown yet. */
GtkWindow *
cs_wallet_dialog_new (GtkWindow *parent, gint64 key_id)
{
  CsWalletDialog *self = g_object_new (CS_TYPE_WALLET_DIALOG, "transient-for", parent, NULL);

  self->key_id = key_id;
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), key_id == 0 ? _ ("New wallet key") : _ ("Add credit"));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self),
                               _ ("This is a note of what somebody paid you. It moves no money at any provider."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (self), "cancel", _ ("_Cancel"), "enter",
                                    key_id == 0 ? _ ("C_reate") : _ ("_Add"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), "enter", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), "enter");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self), "cancel");
  gtk_widget_set_visible (self->label, key_id == 0);
  changed_cb (self);
  return GTK_WINDOW (self);
}

gint64
cs_wallet_dialog_get_key (CsWalletDialog *self)
{
  return self->key_id;
}
