/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wallet and usage: what is shown of the money of a studio, new keys, the export, and ten thousand lines of ledger. */
#include "config.h"
#include "ui-dialog.h"
#include "ui-library.h"

#include "ui/wallet/cs-bar-chart.h"
#include "ui/wallet/cs-ledger-view.h"
#include "ui/wallet/cs-money-card.h"
#include "ui/wallet/cs-wallet-dialog.h"
#include "ui/wallet/cs-wallet-keys-window.h"
#include "ui/wallet/cs-wallet-window.h"
#include "ui/widgets/cs-amount-row.h"

#include <string.h>

#define DAYS(n) ((n) * G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/* One attempt of a job of its own, with its event where it was billed. @ago: days. */
static void
spend (UiFixture *fixture, const char *title, const char *provider, const char *model, CsMoney estimated, CsMoney cost, int ago,
       const char *status, const char *billed)
{
  static guint n;
  gint64 at = cs_clock_now () - DAYS (ago) - ++n * G_USEC_PER_SEC;
  gboolean is_used = !g_str_equal (billed, "no");
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO jobs (id, kind, state, brief, title, created_at, updated_at) VALUES ('M%u', 'video', 'done', '{}', '%s', 0, 0);"
      "INSERT INTO attempts (job_id, number, provider, model, request, status, billed, hold, cost, created_at, ended_at)"
      " VALUES ('M%u', 1, '%s', '%s', '{}', '%s', '%s', %d, %d, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")",
      n, title, n, provider, model, status, billed, (int) estimated, (int) cost, at, at);
  g_autofree char *event = g_strdup_printf (
      "INSERT INTO usage_events (at, job_id, attempt, kind, provider, model, units, unit, estimated, cost, sale)"
      " VALUES (%" G_GINT64_FORMAT ", 'M%u', 1, 'video', '%s', '%s', 1, 'video', %d, %d, 0)",
      at, n, provider, model, (int) estimated, (int) cost);

  ui_library_change (fixture, sql);
  if (is_used)
    ui_library_change (fixture, event);
}

static void
set_caps (UiFixture *fixture, CsMoney day, CsMoney month, CsMoney job)
{
  const CsBudget caps = { .day_cap = day, .month_cap = month, .job_cap = job, .api_cap = CS_BUDGET_KEEP };
  g_autoptr (GAsyncResult) result = NULL;

  cs_wallet_set_budget_async (cs_engine_get_wallet (fixture->engine), &caps, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  g_free (cs_wallet_set_budget_finish (cs_engine_get_wallet (fixture->engine), result, NULL));
}

static void
create_key (UiFixture *fixture, const char *label, CsMoney credit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *code = NULL;
  g_autoptr (CsWalletKey) key = NULL;

  cs_wallet_create_async (cs_engine_get_wallet (fixture->engine), label, credit, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  key = cs_wallet_create_finish (cs_engine_get_wallet (fixture->engine), result, &code, NULL);
  g_assert_nonnull (key);
}

static GtkWidget *
find_card (UiFixture *fixture, const char *title)
{
  GtkWidget *label = ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, title);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, CS_TYPE_MONEY_CARD);
}

/* Nothing was ever spent: everything says so, and nothing is missing. */
static void
test_empty (void)
{
  UiFixture *fixture = ui_open ();

  ui_open_dialog (fixture, cs_wallet_window_new (fixture->studio, NULL));
  ui_wait_words (ui_find (GTK_WIDGET (fixture->window), CS_TYPE_LEDGER_VIEW, NULL), "Nothing spent yet");
  ui_wait_words (find_card (fixture, "Today"), "No cap is set");
  ui_wait_words (find_card (fixture, "Each creation"), "no cap");
  g_assert_false (gtk_widget_get_mapped (ui_find (find_card (fixture, "Today"), GTK_TYPE_LEVEL_BAR, NULL)));
  ui_shoot (fixture, "wallet-empty");
  ui_close_dialog (fixture);
}

static void
fill (UiFixture *fixture)
{
  ui_library_fill (fixture, 24, 24);
  set_caps (fixture, 3 * CS_MONEY_UNIT, 20 * CS_MONEY_UNIT, CS_MONEY_UNIT);
  create_key (fixture, "ATLAS", 12400000);
  create_key (fixture, "Café du coin", 0);
  spend (fixture, "A lighthouse at dusk, waves breaking on the rocks below it", "piapi", "piapi/wan-2.2", 280000, 280000, 0, "succeeded", "yes");
  spend (fixture, "White houses of the Casbah of Algiers", "replicate", "replicate/flux-schnell", 12000, 12000, 0, "succeeded", "yes");
  spend (fixture, "Storm over a lighthouse, film noir", "piapi", "piapi/wan-2.2", 280000, 0, 0, "refused", "no");
  spend (fixture, "Northern lights above a mountain cabin", "piapi", "piapi/wan-2.2", 280000, 280000, 1, "succeeded", "yes");
  spend (fixture, "A fishing boat in the fog", "replicate", "replicate/wan-2.2-fast", 60000, 70000, 3, "succeeded", "yes");
  for (int week = 1; week < 11; week++)
    spend (fixture, "Something of a while ago", "piapi", "piapi/wan-2.2", 280000, 200000 + (week * 7 % 5) * 310000, week * 7, "succeeded", "yes");
}

static guint
count_rows (UiFixture *fixture)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_VIEW, "moves"))));

  return g_list_model_get_n_items (model);
}

static void
test_full (void)
{
  UiFixture *fixture = ui_open ();
  GtkWidget *bars;

  fill (fixture);
  ui_open_dialog (fixture, cs_wallet_window_new (fixture->studio, NULL));
  ui_wait_words (fixture->window, "Storm over a lighthouse, film noir");
  ui_wait_words (find_card (fixture, "Today"), "of $3.00");
  ui_wait_words (find_card (fixture, "Each creation"), "at most $1.00");
  ui_wait_words (find_card (fixture, "Wallet keys"), "$12.40");
  ui_wait_words (fixture->window, "2 keys, 1 with credit");
  ui_wait_words (fixture->window, "· estimate was about $0.06");
  g_assert_true (gtk_widget_has_css_class (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "· estimate was about $0.06"), "warning"));
  g_assert_true (gtk_widget_has_css_class (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "+$12.40"), "success"));
  g_assert_cmpuint (count_rows (fixture), ==, 5 + 10 + 1);
  bars = ui_find (GTK_WIDGET (fixture->window), CS_TYPE_BAR_CHART, NULL);
  for (GtkWidget *bar = gtk_widget_get_first_child (bars); ADW_IS_BIN (bar); bar = gtk_widget_get_next_sibling (bar))
    {
      g_assert_true (gtk_widget_get_focusable (bar));
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL));
      g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (bar), "$"));
    }
  ui_shoot (fixture, "wallet-full");
  ui_close_dialog (fixture);
}

static gboolean
has_sixteen_cb (gpointer fixture)
{
  return count_rows (fixture) == 16;
}

static gboolean
has_one_cb (gpointer fixture)
{
  return count_rows (fixture) == 1;
}

/* Of one key alone, and of all again. */
static void
test_filter (void)
{
  UiFixture *fixture = ui_open ();
  GtkDropDown *choice;

  fill (fixture);
  ui_open_dialog (fixture, cs_wallet_window_new (fixture->studio, NULL));
  ui_wait (has_sixteen_cb, fixture);
  ui_wait_words (fixture->window, "2 keys, 1 with credit");
  choice = GTK_DROP_DOWN (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_DROP_DOWN, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (choice)), ==, 4);
  gtk_drop_down_set_selected (choice, 3); /* the older of the two keys */
  ui_wait (has_one_cb, fixture);
  gtk_drop_down_set_selected (choice, 0);
  ui_wait (has_sixteen_cb, fixture);
  ui_close_dialog (fixture);
}

/* One column where there is no room for two. */
static void
test_narrow (void)
{
  UiFixture *fixture = ui_open ();
  GtkWidget *ledger;
  graphene_rect_t bounds;

  fill (fixture);
  fixture->window = cs_wallet_window_new (fixture->studio, NULL);
  gtk_window_set_default_size (fixture->window, 400, 900);
  ui_open_dialog (fixture, g_steal_pointer (&fixture->window));
  ui_wait_words (fixture->window, "2 keys, 1 with credit");
  ledger = ui_find (GTK_WIDGET (fixture->window), CS_TYPE_LEDGER_VIEW, NULL);
  g_assert_true (gtk_widget_compute_bounds (ledger, GTK_WIDGET (fixture->window), &bounds));
  g_assert_cmpfloat (bounds.origin.x, <, 40);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 460); /* with its shadow */
  ui_shoot (fixture, "wallet-narrow");
  ui_close_dialog (fixture);
}

/* Keys */

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static gboolean
has_code_cb (gpointer user_data)
{
  GtkWindow *dialog = ui_find_message ();

  return dialog != NULL && !CS_IS_WALLET_DIALOG (dialog) && ui_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "monospace") != NULL;
}

/* A new key is told once; then it is in the list with its credit, and more can be put on it. */
static void
test_new_key (void)
{
  UiFixture *fixture = ui_open ();
  GtkWindow *keys, *dialog;
  GtkWidget *credit;
  const char *code;

  fixture->window = NULL;
  ui_open_dialog (fixture, cs_wallet_keys_window_new (fixture->studio, NULL));
  keys = fixture->window;
  ui_wait_words (keys, "No wallet keys");
  ui_click (ui_find (GTK_WIDGET (keys), GTK_TYPE_BUTTON, "_New Key…"));
  dialog = find_window (CS_TYPE_WALLET_DIALOG);
  credit = ui_find (GTK_WIDGET (dialog), CS_TYPE_AMOUNT_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (credit), "much");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "enter"));
  gtk_editable_set_text (GTK_EDITABLE (credit), "10");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "enter"));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, NULL)), "Atlas");
  ui_answer_message ("enter");
  ui_wait (has_code_cb, NULL);
  dialog = ui_find_message ();
  code = gtk_label_get_text (GTK_LABEL (ui_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "monospace")));
  g_assert_cmpuint (strlen (code), >, 10);
  ui_click (ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Copy"));
  ui_answer_message ("close");
  ui_wait_words (keys, "$10.00");
  ui_click (ui_find (GTK_WIDGET (keys), GTK_TYPE_BUTTON, "Add Credit"));
  dialog = find_window (CS_TYPE_WALLET_DIALOG);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "enter"));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (GTK_WIDGET (dialog), CS_TYPE_AMOUNT_ROW, NULL)), "2,5");
  ui_answer_message ("enter");
  ui_wait_words (keys, "$12.50");
  ui_shoot (fixture, "wallet-keys");
  ui_close_dialog (fixture);
}

/* A ledger that cannot be: nothing moves, and the window says so. */
static void
test_disagree (void)
{
  UiFixture *fixture = ui_open ();

  create_key (fixture, "ATLAS", CS_MONEY_UNIT);
  ui_library_change (fixture, "INSERT INTO ledger (key_id, kind, amount, job_id, attempt, round, at) VALUES (1, 'capture', 5, 'X', 1, 1, 0)");
  ui_close_studio (fixture);
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "*does not add up*");
  ui_open_studio (fixture);
  ui_open_dialog (fixture, cs_wallet_window_new (fixture->studio, NULL));
  ui_wait_words (fixture->window, "_Show");
  ui_wait_words (fixture->window, "Nothing moves until the ledger adds up");
  g_test_assert_expected_messages ();
  ui_shoot (fixture, "wallet-disagree");
  ui_close_dialog (fixture);
}

/* Exporting */

static void
check_export (UiFixture *fixture, const char *name, const char *start)
{
  g_autofree char *path = cs_test_home_build (fixture->home, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;

  cs_wallet_window_export (CS_WALLET_WINDOW (fixture->window), file);
  while (!g_file_get_contents (path, &text, NULL, NULL))
    ui_watchdog_iterate ();
  g_assert_true (g_str_has_prefix (text, start));
  g_assert_nonnull (strstr (text, "piapi/wan-2.2"));
}

static void
test_export (void)
{
  UiFixture *fixture = ui_open ();
  g_autofree char *path = cs_test_home_build (fixture->home, "nowhere/usage.csv");
  g_autoptr (GFile) nowhere = g_file_new_for_path (path);

  fill (fixture);
  ui_open_dialog (fixture, cs_wallet_window_new (fixture->studio, NULL));
  check_export (fixture, "usage.csv", "");
  check_export (fixture, "usage.json", "{");
  ui_wait_words (fixture->window, "Saved");
  cs_wallet_window_export (CS_WALLET_WINDOW (fixture->window), nowhere);
  ui_settle (fixture);
  g_assert_false (g_file_query_exists (nowhere, NULL));
  ui_close_dialog (fixture);
}

static gboolean
has_many_cb (gpointer fixture)
{
  return count_rows (fixture) >= 10000;
}

/* Ten thousand events: the watchdog looks at every turn, also while it is scrolled to its end and exported. */
static void
test_many (void)
{
  UiFixture *fixture = ui_open ();
  GtkWidget *list;
  GtkAdjustment *scroll;

  ui_library_change (fixture,
                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) INSERT INTO jobs (id, kind, state,"
                     " brief, title, created_at, updated_at) SELECT 'J' || i, 'video', 'done', '{}', 'Idea number ' || i, 0, 0 FROM n");
  ui_library_change (fixture,
                     "INSERT INTO usage_events (at, job_id, attempt, kind, provider, model, units, unit, estimated, cost, sale) SELECT"
                     " strftime ('%s', 'now') * 1000000 - rowid * 600000000, id, 1, 'video', 'piapi', 'piapi/wan-2.2', 1, 'video', 280000,"
                     " 280000, 0 FROM jobs");
  ui_open_dialog (fixture, cs_wallet_window_new (fixture->studio, NULL));
  ui_wait (has_many_cb, fixture);
  ui_settle (fixture);
  list = ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_VIEW, "moves");
  scroll = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  for (int i = 1; i <= 10; i++)
    {
      gtk_adjustment_set_value (scroll, (gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll)) * i / 10);
      ui_settle (fixture);
    }
  ui_wait_words (list, "Idea number 10000");
  check_export (fixture, "usage.csv", "");
  ui_close_dialog (fixture);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/wallet-window/empty", test_empty);
  g_test_add_func ("/wallet-window/full", test_full);
  g_test_add_func ("/wallet-window/filter", test_filter);
  g_test_add_func ("/wallet-window/narrow", test_narrow);
  g_test_add_func ("/wallet-window/new-key", test_new_key);
  g_test_add_func ("/wallet-window/disagree", test_disagree);
  g_test_add_func ("/wallet-window/export", test_export);
  g_test_add_func ("/wallet-window/many", test_many);
  return g_test_run ();
}
