/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An amount of money to be written. Main thread. */
#include "config.h"
#include "ui/widgets/cs-amount-row.h"

#include "ui/widgets/cs-names.h"

#include <string.h>

struct _CsAmountRow
{
  AdwEntryRow parent_instance;
};

enum
{
  AMOUNT,
  INVALID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsAmountRow, cs_amount_row, ADW_TYPE_ENTRY_ROW)

/* What people write around a number, and the comma of many languages; a comma and a point is left to be refused. */
static char *
simplify (const char *text)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  char *number = *bare == '$' ? bare + 1 : bare;
  gsize length = strlen (number);

  if (length > 0 && number[length - 1] == '$')
    number[length - 1] = '\0';
  if (strchr (number, '.') == NULL)
    g_strdelimit (number, ",", '.');
  return g_strdup (g_strstrip (number));
}

static void
set_invalid (CsAmountRow *self, gboolean is_invalid)
{
  if (is_invalid)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               is_invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/** cs_amount_row_parse: @amount: (out): micro-USD; below 0: nothing is written. Returns: FALSE when it is no amount. */
gboolean
cs_amount_row_parse (CsAmountRow *self, CsMoney *amount, GError **error)
{
  g_autofree char *text = simplify (gtk_editable_get_text (GTK_EDITABLE (self)));
  gboolean is_good = TRUE;

  *amount = -1;
  if (*text == '-')
    {
      g_set_error_literal (error, CS_ERROR, CS_ERROR_INVALID_VALUE, _ ("An amount cannot be below 0."));
      is_good = FALSE;
    }
  else if (*text != '\0')
    is_good = cs_money_parse (text, amount, error);
  set_invalid (self, !is_good);
  return is_good;
}

static void
cs_amount_row_apply (AdwEntryRow *row)
{
  CsAmountRow *self = CS_AMOUNT_ROW (row);
  g_autoptr (GError) error = NULL;
  CsMoney amount;

  if (cs_amount_row_parse (self, &amount, &error))
    g_signal_emit (self, signals[AMOUNT], 0, amount);
  else
    g_signal_emit (self, signals[INVALID], 0, error->message);
}

static void
changed_cb (CsAmountRow *self)
{
  set_invalid (self, FALSE);
}

static void
cs_amount_row_class_init (CsAmountRowClass *klass)
{
  signals[AMOUNT]
      = g_signal_new ("amount", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[INVALID]
      = g_signal_new ("invalid", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cs_amount_row_init (CsAmountRow *self)
{
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), TRUE);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), GTK_INPUT_PURPOSE_NUMBER);
  cs_name_controls (GTK_WIDGET (self));
  g_signal_connect (self, "apply", G_CALLBACK (cs_amount_row_apply), NULL);
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}

/** cs_amount_row_new: Returns: (transfer floating): an empty row. */
GtkWidget *
cs_amount_row_new (const char *title)
{
  GtkWidget *self = g_object_new (CS_TYPE_AMOUNT_ROW, "title", title, NULL);

  return self;
}

/** cs_amount_row_set: Writes @amount, which then is not to be applied any more. */
void
cs_amount_row_set (CsAmountRow *self, CsMoney amount)
{
  g_autofree char *text = amount >= 0 ? cs_money_to_decimal (amount) : g_strdup ("");

  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), TRUE);
}
