/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was spent and what is left. Everything is read on the store's own thread, and again when money moved. Main thread. */
#include "config.h"
#include "ui/wallet/cs-wallet-window.h"

#include "ui/preferences/cs-preferences-window.h"
#include "ui/wallet/cs-ledger-view.h"
#include "ui/wallet/cs-money-card.h"
#include "ui/wallet/cs-spending-view.h"
#include "ui/wallet/cs-usage-export.h"
#include "ui/wallet/cs-wallet-keys-window.h"
#include "ui/widgets/cs-fold.h"
#include "ui/widgets/cs-names.h"

#define SETTLING 500 /* milliseconds: creations come in crowds */

struct _CsWalletWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkRevealer *notice;
  GtkLabel *notice_words;
  CsMoneyCard *keys_card;
  CsMoneyCard *day_card;
  CsMoneyCard *month_card;
  CsMoneyCard *job_card;
  CsSpendingView *spending;
  AdwActionRow *keys_row;
  CsLedgerView *ledger;

  /* Owned */
  CsStudio *studio;
  GtkFileChooserNative *chooser; /* (nullable) while it is open */
  guint source;                  /* that will read everything anew; 0: none */
};

G_DEFINE_FINAL_TYPE (CsWalletWindow, cs_wallet_window, ADW_TYPE_WINDOW)

static CsWallet *
get_wallet (CsWalletWindow *self)
{
  return cs_engine_get_wallet (cs_studio_get_engine (self->studio));
}

static void
say (CsWalletWindow *self, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
  cs_name_controls (GTK_WIDGET (self->toasts));
}

/* The budget */

static int
count_days_to_go (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (cs_clock_now () / G_USEC_PER_SEC);
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  return g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year) - day;
}

/* @is_month: else of a day */
static char *
describe_left (CsMoney spent, CsMoney cap, gboolean is_month)
{
  g_autofree char *left = cs_money_to_amount (MAX (cap - spent, 0));
  int days = count_days_to_go ();

  if (cap < 0)
    return g_strdup (_ ("No cap is set"));
  if (!is_month || days == 0)
    /* translators: an amount of money */
    return g_strdup_printf (_ ("%s left, holds included"), left);
  /* translators: 1: an amount of money, 2: days until the end of the month */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s left, %2$d day to go", "%1$s left, %2$d days to go", (gulong) days), left, days);
}

static void
show_cap (CsMoneyCard *card, CsMoney spent, CsMoney cap, gboolean is_month)
{
  g_autofree char *words = describe_left (spent, cap, is_month);

  cs_money_card_set_cap (card, spent, cap, words);
}

static void
show_job_cap (CsWalletWindow *self, CsMoney cap)
{
  g_autofree char *amount = cs_money_to_amount (MAX (cap, 0));
  g_autofree char *words = NULL;

  if (cap < 0)
    {
      cs_money_card_set_words (self->job_card, _ ("no cap"), _ ("The price is on every button"));
      return;
    }
  /* translators: an amount of money */
  words = g_strdup_printf (_ ("at most %s"), amount);
  cs_money_card_set_words (self->job_card, words, _ ("Asks before going over"));
}

static void
budget_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree CsBudget *budget = cs_wallet_get_budget_finish (CS_WALLET (source), result, &error);

  if (self->studio == NULL)
    return;
  if (budget == NULL)
    {
      say (self, error->message);
      return;
    }
  show_cap (self->day_card, budget->day_spent, budget->day_cap, FALSE);
  show_cap (self->month_card, budget->month_spent, budget->month_cap, TRUE);
  show_job_cap (self, budget->job_cap);
}

/* Wallet keys */

/* What they come to. */
typedef struct
{
  guint n, n_with_credit;
  CsMoney balance, held;
} Sum;

static Sum
sum_up (GPtrArray *keys)
{
  Sum sum = { .n = keys->len };

  for (guint i = 0; i < keys->len; i++)
    {
      const CsWalletKey *key = keys->pdata[i];

      sum.balance += key->balance;
      sum.held += key->held;
      sum.n_with_credit += key->balance > 0;
    }
  return sum;
}

static void
show_keys_row (CsWalletWindow *self, const Sum *sum)
{
  g_autofree char *words = NULL;

  if (sum->n > 0)
    /* translators: 1: how many keys, 2: how many of them have credit */
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$u key, %2$u with credit", "%1$u keys, %2$u with credit", sum->n), sum->n,
                             sum->n_with_credit);
  adw_action_row_set_subtitle (self->keys_row, words != NULL ? words : _ ("Prepaid credit for others"));
}

static void
show_keys_card (CsWalletWindow *self, GPtrArray *keys, const Sum *sum)
{
  g_autofree char *amount = cs_money_to_amount (sum->balance + sum->held);
  g_autofree char *held = cs_money_to_amount (sum->held);
  /* translators: an amount of money */
  g_autofree char *on_hold = g_strdup_printf (_ ("%s of it on hold"), held);
  g_autofree char *title = NULL;

  if (sum->n == 1)
    /* translators: the name of a wallet key */
    title = g_strdup_printf (_ ("Wallet key %s"), ((const CsWalletKey *) keys->pdata[0])->name);
  cs_money_card_set_title (self->keys_card, title != NULL ? title : _ ("Wallet keys"));
  if (sum->n == 0)
    cs_money_card_set_words (self->keys_card, _ ("none"), _ ("Prepaid credit for others"));
  else
    cs_money_card_set_words (self->keys_card, amount, sum->held > 0 ? on_hold : _ ("Nothing of it on hold"));
}

static void
show_trouble (CsWalletWindow *self, const char *words)
{
  gtk_widget_set_visible (GTK_WIDGET (self->notice), words != NULL);
  gtk_revealer_set_reveal_child (self->notice, words != NULL);
  gtk_label_set_text (self->notice_words, words != NULL ? words : "");
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = cs_wallet_list_finish (CS_WALLET (source), result, &error);
  Sum sum;

  if (self->studio == NULL)
    return;
  show_trouble (self, keys == NULL ? error->message : NULL);
  if (keys == NULL)
    {
      cs_money_card_set_title (self->keys_card, _ ("Wallet keys"));
      cs_money_card_set_words (self->keys_card, "–", _ ("Nothing moves until the ledger adds up"));
      return;
    }
  sum = sum_up (keys);
  show_keys_row (self, &sum);
  show_keys_card (self, keys, &sum);
  cs_ledger_view_set_keys (self->ledger, keys);
}

/* Reading */

static void
read_money (CsWalletWindow *self)
{
  cs_wallet_get_budget_async (get_wallet (self), NULL, budget_cb, g_object_ref (self));
  cs_wallet_list_async (get_wallet (self), NULL, list_cb, g_object_ref (self));
}

static gboolean
reload_cb (gpointer user_data)
{
  CsWalletWindow *self = user_data;

  self->source = 0;
  read_money (self);
  cs_spending_view_reload (self->spending);
  cs_ledger_view_reload (self->ledger);
  return G_SOURCE_REMOVE;
}

static void
queue_reload (CsWalletWindow *self)
{
  if (self->source == 0)
    self->source = g_timeout_add (SETTLING, reload_cb, self);
}

/* Below the rest it needs no room at its start. */
static void
folded_cb (CsWalletWindow *self, GParamSpec *pspec, CsFold *fold)
{
  if (cs_fold_is_folded (fold))
    gtk_widget_add_css_class (GTK_WIDGET (self->ledger), "below");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->ledger), "below");
}

/* Other windows */

static void
show_ledger_cb (CsWalletWindow *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->ledger), GTK_DIR_TAB_FORWARD);
}

static void
budget_row_cb (CsWalletWindow *self)
{
  GtkWindow *window = cs_preferences_window_new (self->studio, GTK_WINDOW (self));

  cs_preferences_window_show_page (CS_PREFERENCES_WINDOW (window), "budget");
  gtk_window_present (window);
}

static void
keys_row_cb (CsWalletWindow *self)
{
  GtkWindow *window = cs_wallet_keys_window_new (self->studio, GTK_WINDOW (self));

  g_signal_connect_object (window, "changed", G_CALLBACK (queue_reload), self, G_CONNECT_SWAPPED);
  gtk_window_present (window);
}

/* Exporting */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = cs_usage_export_finish (result, &error);

  if (self->studio != NULL)
    say (self, is_done ? _ ("Saved") : error->message);
}

static void
response_cb (CsWalletWindow *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file != NULL)
    cs_wallet_window_export (self, file);
}

static void
add_filter (CsWalletWindow *self, const char *name, const char *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
}

static void
export_cb (CsWalletWindow *self)
{
  g_clear_object (&self->chooser);
  self->chooser
      = gtk_file_chooser_native_new (_ ("Export Usage"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "usage.csv");
  add_filter (self, _ ("Table (CSV)"), "csv");
  add_filter (self, _ ("JSON, where the name ends in .json"), "json");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/** cs_wallet_window_export: Saves all that was used into @file, and says so. */
void
cs_wallet_window_export (CsWalletWindow *self, GFile *file)
{
  cs_usage_export_async (self->studio, file, NULL, exported_cb, g_object_ref (self));
}

static void
cs_wallet_window_dispose (GObject *object)
{
  CsWalletWindow *self = CS_WALLET_WINDOW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_wallet_window_parent_class)->dispose (object);
}

static void
cs_wallet_window_class_init (CsWalletWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_FOLD);
  g_type_ensure (CS_TYPE_LEDGER_VIEW);
  g_type_ensure (CS_TYPE_MONEY_CARD);
  g_type_ensure (CS_TYPE_SPENDING_VIEW);
  G_OBJECT_CLASS (klass)->dispose = cs_wallet_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-wallet-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, notice_words);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, keys_card);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, day_card);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, month_card);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, job_card);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, spending);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, keys_row);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, ledger);
  gtk_widget_class_bind_template_callback (widget_class, budget_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, keys_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_ledger_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
cs_wallet_window_init (CsWalletWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
  cs_money_card_set_title (self->keys_card, _ ("Wallet keys"));
  cs_money_card_set_title (self->day_card, _ ("Today"));
  cs_money_card_set_title (self->month_card, _ ("This month"));
  cs_money_card_set_title (self->job_card, _ ("Each creation"));
}

/** cs_wallet_window_new: @parent: (nullable): the window it belongs to. Returns: (transfer none): not shown yet. */
GtkWindow *
cs_wallet_window_new (CsStudio *studio, GtkWindow *parent)
{
  CsWalletWindow *self = g_object_new (CS_TYPE_WALLET_WINDOW, "transient-for", parent, NULL);

  self->studio = g_object_ref (studio);
  read_money (self);
  cs_spending_view_set_studio (self->spending, studio);
  cs_ledger_view_set_studio (self->ledger, studio);
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (queue_reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cs_engine_get_library (cs_studio_get_engine (studio)), "changed", G_CALLBACK (queue_reload), self,
                           G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}
