/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was spent and what is left. Everything is read on the store's own thread when the window opens. Main thread. */
#include "config.h"
#include "ui/wallet/cs-wallet-window.h"

#include "ui/wallet/cs-bar-chart.h"

#include <string.h>

#define WEEK (G_GINT64_CONSTANT (7) * 24 * 3600 * G_USEC_PER_SEC)

struct _CsWalletWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  AdwToastOverlay *toasts;
  AdwActionRow *day_row;
  GtkLevelBar *day_bar;
  AdwActionRow *month_row;
  GtkLevelBar *month_bar;
  CsBarChart *chart;
  GtkLabel *nothing_label;
  AdwPreferencesGroup *models_group;
  AdwPreferencesGroup *keys_group;

  /* Owned */
  CsStudio *studio;
  CsUsage *usage;                /* (nullable) until it was read */
  GPtrArray *key_rows;           /* (element-type GtkWidget) of the group */
  GtkFileChooserNative *chooser; /* (nullable) while it is open */
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
}

/* The budget */

static void
show_cap (AdwActionRow *row, GtkLevelBar *bar, CsMoney spent, CsMoney cap)
{
  g_autofree char *spent_text = cs_money_to_amount (spent);
  g_autofree char *cap_text = cs_money_to_amount (MAX (cap, 0));
  g_autofree char *words = NULL;

  if (cap >= 0)
    /* translators: amounts of money: spent, and the cap */
    words = g_strdup_printf (_ ("%1$s of %2$s"), spent_text, cap_text);
  adw_action_row_set_subtitle (row, words != NULL ? words : spent_text);
  gtk_widget_set_visible (GTK_WIDGET (bar), cap > 0);
  gtk_level_bar_set_value (bar, cap > 0 ? MIN ((double) spent / (double) cap, 1) : 0);
}

static void
budget_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree CsBudget *budget = cs_wallet_get_budget_finish (CS_WALLET (source), result, &error);

  if (budget == NULL)
    {
      say (self, error->message);
      return;
    }
  show_cap (self->day_row, self->day_bar, budget->day_spent, budget->day_cap);
  show_cap (self->month_row, self->month_bar, budget->month_spent, budget->month_cap);
}

/* The usage */

static char *
make_week_label (gint64 begin, CsMoney amount)
{
  g_autoptr (GDateTime) from = g_date_time_new_from_unix_local (begin / G_USEC_PER_SEC);
  g_autofree char *day = g_date_time_format (from, "%x");
  g_autofree char *money = cs_money_to_amount (amount);

  /* translators: 1: the first day of a week, 2: an amount of money */
  return g_strdup_printf (_ ("Week of %1$s: %2$s"), day, money);
}

static void
show_weeks (CsWalletWindow *self)
{
  CsMoney amounts[CS_BAR_CHART_BARS] = { 0 };
  g_auto (GStrv) labels = g_new0 (char *, CS_BAR_CHART_BARS + 1);
  gint64 end = cs_clock_now ();

  for (guint i = 0; i < self->usage->events->len; i++)
    {
      const CsUsageEvent *event = self->usage->events->pdata[i];
      gint64 age = (end - event->at) / WEEK;

      if (age >= 0 && age < CS_BAR_CHART_BARS)
        amounts[CS_BAR_CHART_BARS - 1 - age] += event->cost;
    }
  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    labels[i] = make_week_label (end - (CS_BAR_CHART_BARS - i) * WEEK, amounts[i]);
  cs_bar_chart_set (self->chart, amounts, labels);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing_label), self->usage->cost == 0);
}

static void
add_model (CsWalletWindow *self, const CsUsageModel *usage)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_studio_get_engine (self->studio));
  const CsModel *model = cs_provider_registry_get_model (registry, usage->model);
  g_autofree char *cost = cs_money_to_display (usage->cost);
  /* translators: numbers of runs */
  g_autofree char *words = g_strdup_printf (_ ("%1$d made, %2$d failed"), (int) usage->succeeded, (int) usage->failed);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (cost);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), model != NULL ? model->name : usage->model);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->models_group, row);
}

static void
usage_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  CsUsage *usage = cs_wallet_usage_finish (CS_WALLET (source), result, &error);

  if (usage == NULL)
    {
      say (self, error->message);
      return;
    }
  g_clear_pointer (&self->usage, cs_usage_free);
  self->usage = usage;
  show_weeks (self);
  for (guint i = 0; i < usage->models->len; i++)
    add_model (self, usage->models->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->models_group), usage->models->len > 0);
}

/* Wallet keys */

static void
add_key (CsWalletWindow *self, const CsWalletKey *key)
{
  g_autofree char *balance = cs_money_to_amount (key->balance);
  g_autofree char *held = cs_money_to_amount (key->held);
  g_autofree char *words = NULL;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (balance);

  if (key->held > 0)
    /* translators: 1: what a key is called, 2: an amount of money */
    words = g_strdup_printf (_ ("%1$s · %2$s on hold"), key->label, held);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), key->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words != NULL ? words : key->label);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->keys_group, row);
  g_ptr_array_add (self->key_rows, row);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = cs_wallet_list_finish (CS_WALLET (source), result, &error);

  if (keys == NULL)
    {
      say (self, error->message);
      return;
    }
  for (guint i = 0; i < self->key_rows->len; i++)
    adw_preferences_group_remove (self->keys_group, self->key_rows->pdata[i]);
  g_ptr_array_set_size (self->key_rows, 0);
  for (guint i = 0; i < keys->len; i++)
    add_key (self, keys->pdata[i]);
}

static void
read_keys (CsWalletWindow *self)
{
  cs_wallet_list_async (get_wallet (self), NULL, list_cb, g_object_ref (self));
}

/* The code is in this dialog alone: nobody can ask for it again. */
static void
show_code (CsWalletWindow *self, const char *code)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The new wallet key"),
                                              _ ("Copy it now: it is not shown again."));
  GtkWidget *label = gtk_label_new (code);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), label);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), code);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autoptr (CsWalletKey) key = cs_wallet_create_finish (CS_WALLET (source), result, &code, &error);

  if (key == NULL)
    {
      say (self, error->message);
      return;
    }
  show_code (self, code);
  read_keys (self);
}

static void
create_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  CsWalletWindow *self = user_data;
  GtkEditable *label = g_object_get_data (G_OBJECT (dialog), "label");
  GtkEditable *credit = g_object_get_data (G_OBJECT (dialog), "credit");
  const char *text = gtk_editable_get_text (credit);
  g_autoptr (GError) error = NULL;
  CsMoney amount = 0;

  if (!g_str_equal (response, "create"))
    return;
  if (*text != '\0' && !cs_money_parse (text, &amount, &error))
    say (self, error->message);
  else
    cs_wallet_create_async (get_wallet (self), gtk_editable_get_text (label), amount, NULL, created_cb, g_object_ref (self));
}

static GtkWidget *
add_entry (GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
create_cb (CsWalletWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("New wallet key"), NULL);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  g_object_set_data (G_OBJECT (dialog), "label", add_entry (list, _ ("For whom")));
  g_object_set_data (G_OBJECT (dialog), "credit", add_entry (list, _ ("Credit in US dollars")));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "create", _ ("C_reate"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "create", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (create_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Exporting */

static void
replace_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWalletWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    say (self, _ ("Saved"));
  else
    say (self, error->message);
}

static void
response_cb (CsWalletWindow *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *csv;

  if (file == NULL || self->usage == NULL)
    return;
  csv = cs_usage_to_csv (self->usage);
  bytes = g_bytes_new_take (csv, strlen (csv));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, replace_cb, g_object_ref (self));
}

static void
export_cb (CsWalletWindow *self)
{
  g_clear_object (&self->chooser);
  self->chooser
      = gtk_file_chooser_native_new (_ ("Export Usage"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "usage.csv");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
cs_wallet_window_dispose (GObject *object)
{
  CsWalletWindow *self = CS_WALLET_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->usage, cs_usage_free);
  g_clear_pointer (&self->key_rows, g_ptr_array_unref);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_wallet_window_parent_class)->dispose (object);
}

static void
cs_wallet_window_class_init (CsWalletWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_BAR_CHART);
  G_OBJECT_CLASS (klass)->dispose = cs_wallet_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-wallet-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, day_row);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, day_bar);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, month_row);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, month_bar);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, chart);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, models_group);
  gtk_widget_class_bind_template_child (widget_class, CsWalletWindow, keys_group);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
}

static void
cs_wallet_window_init (CsWalletWindow *self)
{
  self->key_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_wallet_window_new: @parent: the window it belongs to. Returns: (transfer none): not shown yet. */
GtkWindow *
cs_wallet_window_new (CsStudio *studio, GtkWindow *parent)
{
  CsWalletWindow *self = g_object_new (CS_TYPE_WALLET_WINDOW, "transient-for", parent, NULL);
  const CsUsageQuery query = { NULL };

  self->studio = g_object_ref (studio);
  cs_wallet_get_budget_async (get_wallet (self), NULL, budget_cb, g_object_ref (self));
  cs_wallet_usage_async (get_wallet (self), &query, NULL, usage_cb, g_object_ref (self));
  read_keys (self);
  return GTK_WINDOW (self);
}
