/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences but for keys: each setting reaches who it is for, and is asked about where money is. */
#include "config.h"
#include "ui-dialog.h"
#include "ui-library.h"

#include "ui/preferences/cs-model-row.h"
#include "ui/preferences/cs-preferences-window.h"
#include "ui/widgets/cs-amount-row.h"

static UiFixture *
open_page (UiFixture *fixture, const char *page)
{
  g_settings_reset (cs_studio_get_settings (fixture->studio), "models");
  ui_open_dialog (fixture, cs_preferences_window_new (fixture->studio, NULL));
  cs_preferences_window_show_page (CS_PREFERENCES_WINDOW (fixture->window), page);
  ui_settle (fixture);
  return fixture;
}

static GtkWidget *
find_switch (UiFixture *fixture, const char *title)
{
  GtkWidget *label = ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, title);

  g_assert_nonnull (label);
  return ui_find (gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW), GTK_TYPE_SWITCH, NULL);
}

/* General */

static void
test_general (void)
{
  UiFixture *fixture = open_page (ui_open (), "general");
  GSettings *settings = cs_studio_get_settings (fixture->studio);

  g_assert_false (g_settings_get_boolean (settings, "ask-before-sending"));
  gtk_switch_set_active (GTK_SWITCH (find_switch (fixture, "Ask before sending")), TRUE);
  g_assert_true (g_settings_get_boolean (settings, "ask-before-sending"));
  gtk_switch_set_active (GTK_SWITCH (find_switch (fixture, "The prompt in copies")), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "prompt-in-copies"));
  g_settings_reset (settings, "ask-before-sending");
  g_settings_reset (settings, "prompt-in-copies");
  ui_shoot (fixture, "preferences-general");
  ui_close_dialog (fixture);
}

static gboolean
is_served_cb (gpointer studio)
{
  return cs_studio_get_api_address (studio) != NULL;
}

static gboolean
is_not_served_cb (gpointer studio)
{
  return cs_studio_get_api_address (studio) == NULL;
}

/* Other programs are served as long as the switch says so, at the port that it says. */
static void
test_api (void)
{
  UiFixture *fixture = open_page (ui_open (), "general");
  GSettings *settings = cs_studio_get_settings (fixture->studio);
  g_autofree char *words = NULL;

  g_assert_true (ui_has_words (fixture->window, "Off: no other program can use the studio"));
  g_settings_set (settings, "api-port", "q", 0);
  gtk_switch_set_active (GTK_SWITCH (find_switch (fixture, "Serve other programs")), TRUE);
  ui_wait (is_served_cb, fixture->studio);
  words = cs_studio_dup_api_state (fixture->studio);
  ui_wait_words (fixture->window, words);
  ui_click (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "Copy the Address"));
  ui_wait_words (fixture->window, "The address was copied");
  gtk_switch_set_active (GTK_SWITCH (find_switch (fixture, "Serve other programs")), FALSE);
  ui_wait (is_not_served_cb, fixture->studio);
  ui_wait_words (fixture->window, "Off: no other program can use the studio");
  g_settings_reset (settings, "api-port");
  ui_close_dialog (fixture);
}

static void
test_storage (void)
{
  UiFixture *fixture = ui_open ();

  ui_library_fill (fixture, 8, 8);
  ui_library_change (fixture, "UPDATE creations SET trashed_at = 1 WHERE id IN (SELECT id FROM creations LIMIT 3)");
  open_page (fixture, "general");
  ui_wait_words (fixture->window, "_Empty Trash…");
  ui_wait (ui_is_sensitive_cb, ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Empty Trash…"));
  ui_click (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Check Library"));
  ui_wait (ui_is_sensitive_cb, ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Check Library"));
  ui_click (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Empty Trash…"));
  ui_answer_message ("delete");
  ui_wait_words (fixture->window, "Empty");
  ui_close_dialog (fixture);
}

/* Models */

static CsModelRow *
find_model (GtkWidget *root, const char *id)
{
  if (CS_IS_MODEL_ROW (root) && g_str_equal (cs_model_row_get_model (CS_MODEL_ROW (root))->id, id))
    return CS_MODEL_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      CsModelRow *row = find_model (child, id);

      if (row != NULL)
        return row;
    }
  return NULL;
}

static CsModelRow *
get_model (UiFixture *fixture, const char *id)
{
  CsModelRow *row = find_model (GTK_WIDGET (fixture->window), id);

  g_assert_nonnull (row);
  return row;
}

static guint
get_place (UiFixture *fixture, const char *id)
{
  GPtrArray *models = cs_provider_registry_get_models (cs_engine_get_registry (fixture->engine));
  guint place;

  g_assert_true (g_ptr_array_find (models, cs_provider_registry_get_model (cs_engine_get_registry (fixture->engine), id), &place));
  return place;
}

/* Up and down by button and by key, from one end to the other, and back to what it was. */
static void
test_order (void)
{
  UiFixture *fixture = open_page (ui_open (), "models");

  ui_shoot (fixture, "preferences-models");
  g_assert_cmpuint (get_place (fixture, "piapi/wan-2.2"), <, get_place (fixture, "piapi/wan-2.6"));
  g_assert_false (gtk_widget_get_sensitive (ui_find (GTK_WIDGET (get_model (fixture, "piapi/wan-2.2")), GTK_TYPE_BUTTON, "Try It Earlier")));
  ui_click (ui_find (GTK_WIDGET (get_model (fixture, "piapi/wan-2.2")), GTK_TYPE_BUTTON, "Try It Later"));
  ui_settle (fixture);
  g_assert_cmpuint (get_place (fixture, "piapi/wan-2.2"), >, get_place (fixture, "piapi/wan-2.6"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_model (fixture, "huggingface/wan-2.2")), "model.up", NULL));
  ui_settle (fixture);
  g_assert_cmpuint (get_place (fixture, "huggingface/wan-2.2"), <, get_place (fixture, "replicate/wan-2.2-fast"));
  ui_click (ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "As _Shipped"));
  ui_settle (fixture);
  g_assert_cmpuint (get_place (fixture, "piapi/wan-2.2"), <, get_place (fixture, "piapi/wan-2.6"));
  ui_close_dialog (fixture);
}

/* Who is switched off is not used by himself; what this program makes itself has no switch. */
static void
test_automatic (void)
{
  UiFixture *fixture = open_page (ui_open (), "models");
  CsProviderRegistry *registry = cs_engine_get_registry (fixture->engine);
  const CsModel *model = cs_provider_registry_get_model (registry, "replicate/flux-schnell");
  GtkWidget *sketch = GTK_WIDGET (get_model (fixture, "sketch/image"));

  g_assert_false (gtk_widget_get_mapped (ui_find (sketch, GTK_TYPE_SWITCH, NULL)));
  gtk_switch_set_active (GTK_SWITCH (ui_find (GTK_WIDGET (get_model (fixture, model->id)), GTK_TYPE_SWITCH, NULL)), FALSE);
  ui_settle (fixture);
  g_assert_false (cs_provider_registry_is_automatic (registry, model));
  gtk_switch_set_active (GTK_SWITCH (ui_find (GTK_WIDGET (get_model (fixture, "huggingface/gpt-oss-120b")), GTK_TYPE_SWITCH, NULL)), TRUE);
  ui_settle (fixture);
  g_assert_true (cs_provider_registry_is_automatic (registry, cs_provider_registry_get_model (registry, "huggingface/gpt-oss-120b")));
  g_assert_false (cs_provider_registry_is_automatic (registry, model));
  ui_click (ui_find (GTK_WIDGET (get_model (fixture, model->id)), GTK_TYPE_BUTTON, "Add _Key"));
  g_assert_cmpstr (adw_preferences_window_get_visible_page_name (ADW_PREFERENCES_WINDOW (fixture->window)), ==, "keys");
  g_settings_reset (cs_studio_get_settings (fixture->studio), "models");
  ui_close_dialog (fixture);
}

/* Budget */

static GtkWidget *
find_amount (UiFixture *fixture, guint n)
{
  GtkWidget *group = gtk_widget_get_ancestor (ui_find (GTK_WIDGET (fixture->window), CS_TYPE_AMOUNT_ROW, NULL), GTK_TYPE_LIST_BOX);

  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (group), (int) n));
}

static void
apply (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
}

static CsMoney
read_month_cap (UiFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree CsBudget *budget = NULL;

  cs_wallet_get_budget_async (cs_engine_get_wallet (fixture->engine), NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  budget = cs_wallet_get_budget_finish (cs_engine_get_wallet (fixture->engine), result, NULL);
  return budget->month_cap;
}

static void
wait_month_cap (UiFixture *fixture, CsMoney expected)
{
  while (read_month_cap (fixture) != expected)
    ui_watchdog_iterate ();
}

/* A cap is set and lowered at once; to raise it, or to take it away, is asked about. */
static void
test_caps (void)
{
  UiFixture *fixture = open_page (ui_open (), "budget");
  GtkWidget *month = find_amount (fixture, 2);

  ui_wait (ui_is_sensitive_cb, month);
  apply (month, "20");
  wait_month_cap (fixture, 20 * CS_MONEY_UNIT);
  g_assert_null (ui_find_message ());
  apply (month, "$12,50"); /* a comma, and the sign of the dollar */
  wait_month_cap (fixture, 12500000);
  ui_settle (fixture);
  ui_shoot (fixture, "preferences-budget");
  apply (month, "50");
  ui_answer_message ("cancel");
  g_assert_cmpint (read_month_cap (fixture), ==, 12500000);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (month)), ==, "12.5");
  apply (month, "50");
  ui_answer_message ("raise");
  wait_month_cap (fixture, 50 * CS_MONEY_UNIT);
  apply (month, "");
  ui_answer_message ("raise");
  wait_month_cap (fixture, -1);
  ui_close_dialog (fixture);
}

static void
test_no_amount (void)
{
  static const char *const bad[] = { "twelve", "-1", "1.2345678", "1,000.5", "99999999999999999999" };
  UiFixture *fixture = open_page (ui_open (), "budget");
  GtkWidget *month = find_amount (fixture, 2);

  ui_wait (ui_is_sensitive_cb, month);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      apply (month, bad[i]);
      g_assert_true (gtk_widget_has_css_class (month, "error"));
      g_assert_cmpint (read_month_cap (fixture), ==, -1);
    }
  gtk_editable_set_text (GTK_EDITABLE (month), "3");
  g_assert_false (gtk_widget_has_css_class (month, "error"));
  ui_close_dialog (fixture);
}

/* What another provider may cost by itself is what a press of a button agrees to, where that is more than its price. */
static void
test_fall_back (void)
{
  UiFixture *fixture = open_page (ui_open (), "budget");
  GtkWidget *label = ui_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "Another provider by itself, up to");
  GtkWidget *row = gtk_widget_get_ancestor (label, CS_TYPE_AMOUNT_ROW);

  g_assert_cmpint (cs_studio_get_most (fixture->studio, 280000), ==, 280000);
  apply (row, "0.5");
  g_assert_cmpint (cs_studio_get_most (fixture->studio, 280000), ==, 500000);
  g_assert_cmpint (cs_studio_get_most (fixture->studio, 800000), ==, 800000);
  apply (row, "2000");
  g_assert_cmpint (cs_studio_get_most (fixture->studio, 0), ==, 500000);
  apply (row, "");
  g_assert_cmpint (cs_studio_get_most (fixture->studio, 0), ==, 0);
  ui_close_dialog (fixture);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/preferences/general", test_general);
  g_test_add_func ("/preferences/api", test_api);
  g_test_add_func ("/preferences/storage", test_storage);
  g_test_add_func ("/preferences/order", test_order);
  g_test_add_func ("/preferences/automatic", test_automatic);
  g_test_add_func ("/preferences/caps", test_caps);
  g_test_add_func ("/preferences/no-amount", test_no_amount);
  g_test_add_func ("/preferences/fall-back", test_fall_back);
  return g_test_run ();
}
