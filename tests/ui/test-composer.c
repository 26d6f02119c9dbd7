/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer: the price on its button, what stands in its way, what it remembers, and how it is written in. */
#include "config.h"

#include "composer-page.h"
#include "ui-stand-in.h"

#include "ui/composer/cs-format-picker.h"
#include "ui/composer/cs-note-row.h"
#include "ui/composer/cs-prompt-view.h"
#include "ui/composer/cs-quote.h"
#include "ui/stage/cs-done-view.h"
#include "ui/stage/cs-failed-view.h"

#define WIDTH 1180
#define HEIGHT 734 /* of the page in a window of 780 pixels */
#define MEGABYTE (1024 * 1024)

static gboolean
is_done_cb (gpointer page)
{
  g_assert_cmpuint (ui_count (page, CS_TYPE_FAILED_VIEW), ==, 0);
  return ui_count (page, CS_TYPE_DONE_VIEW) > 0;
}

static CsBudget *
set_budget (UiFixture *fixture, CsMoney day_cap)
{
  const CsBudget caps = { CS_BUDGET_KEEP, day_cap, CS_BUDGET_KEEP, CS_BUDGET_KEEP };
  CsWallet *wallet = cs_engine_get_wallet (fixture->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CsBudget *budget;

  cs_wallet_set_budget_async (wallet, &caps, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  budget = cs_wallet_set_budget_finish (wallet, result, &error);
  g_assert_no_error (error);
  return budget;
}

static CsMoney
get_spent (UiFixture *fixture)
{
  CsWallet *wallet = cs_engine_get_wallet (fixture->engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree CsBudget *budget = NULL;

  cs_wallet_get_budget_async (wallet, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  budget = cs_wallet_get_budget_finish (wallet, result, &error);
  g_assert_no_error (error);
  return budget->day_spent;
}

/* Nothing scrolls in a window of the usual size: the prompt and the button are both seen whole. */
static void
check_fits (CsCreatePage *page)
{
  GtkWidget *prompt = page_find (page, CS_TYPE_PROMPT_VIEW, NULL);
  GtkWidget *scroller = gtk_widget_get_ancestor (gtk_widget_get_parent (prompt), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *scrolled = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  g_assert_cmpfloat (gtk_adjustment_get_upper (scrolled), <=, gtk_adjustment_get_page_size (scrolled));
  g_assert_cmpfloat (gtk_adjustment_get_value (scrolled), ==, 0);
}

static void
test_fits (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = page_show (fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  PangoLayout *name;

  check_fits (page);
  name = gtk_label_get_layout (GTK_LABEL (page_find (page, GTK_TYPE_LABEL, "Photorealistic")));
  g_assert_false (pango_layout_is_ellipsized (name));
  ui_close (fixture);
}

/* What stands on the button is what is paid, once. */
static void
test_price (void)
{
  UiStandIn *studio = ui_stand_in_open ("p");
  CsCreatePage *page = page_show (studio->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);

  page_wait_label (page, "Generate · $0.28");
  page_wait_label (page, "Automatic — \u2068PiAPI · Wan 2.2\u2069");
  ui_shoot (studio->fixture, "composer-paid");
  cs_composer_set_prompt (page_composer (page), "a lighthouse at dusk");
  ui_click (page_find (page, GTK_TYPE_BUTTON, "generate"));
  ui_wait (is_done_cb, page);
  ui_wait (is_done_cb, page);
  g_assert_cmpuint (cs_fake_server_count_accepted (studio->server, "piapi"), ==, 1);
  g_assert_cmpint (get_spent (studio->fixture), ==, 280000);
  ui_stand_in_close (studio);
}

/* The words are paid once for a set, and are in the price of all of it. */
static void
test_price_of_set (void)
{
  UiStandIn *studio = ui_stand_in_open ("r");
  CsCreatePage *page = page_show (studio->fixture, CS_KIND_IMAGE, WIDTH, HEIGHT);

  page_wait_label (page, "Generate · $0.003");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page_find (page, GTK_TYPE_TOGGLE_BUTTON, "count_4")), TRUE);
  page_wait_label (page, "Generate 4 · $0.012");
  cs_composer_set_prompt (page_composer (page), "a garden");
  ui_click (page_find (page, GTK_TYPE_BUTTON, "generate"));
  ui_wait (is_done_cb, page);
  ui_wait (is_done_cb, page);
  g_assert_cmpuint (cs_fake_server_count_accepted (studio->server, "replicate"), ==, 4);
  g_assert_cmpint (get_spent (studio->fixture), ==, 12000);
  ui_stand_in_close (studio);
}

static void
test_cap (void)
{
  UiStandIn *studio = ui_stand_in_open ("p");
  g_autofree CsBudget *low = set_budget (studio->fixture, 200000);
  CsCreatePage *page = page_show (studio->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  g_autofree CsBudget *high = NULL;

  page_wait_label (page, "Over Today’s Cap · $0.28");
  page_wait_label (page, "Today’s cap is $0.20.");
  page_wait_label (page, "This one would bring today to $0.28");
  g_assert_false (gtk_widget_is_sensitive (page_find (page, GTK_TYPE_BUTTON, "generate")));
  ui_settle (studio->fixture);
  check_fits (page);
  ui_shoot (studio->fixture, "composer-cap");
  gtk_widget_activate (page_find (page, GTK_TYPE_BUTTON, "notice_button"));
  ui_wait_asked (studio->fixture, "preferences-page: 'budget'");
  high = set_budget (studio->fixture, 3000000);
  gtk_widget_set_visible (GTK_WIDGET (page), FALSE); /* one comes back to it, as from another page */
  gtk_widget_set_visible (GTK_WIDGET (page), TRUE);
  page_wait_label (page, "Generate · $0.28");
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (page_find (page, GTK_TYPE_REVEALER, "notice"))));
  ui_stand_in_close (studio);
}

/* What a model does not make is kept, explained, and one click away. */
static void
test_switch (void)
{
  UiStandIn *studio = ui_stand_in_open ("p");
  CsCreatePage *page = page_show (studio->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  gboolean is_handled = FALSE;
  GtkWidget *note;

  page_choose_model (page, "piapi/wan-2.2");
  gtk_range_set_value (GTK_RANGE (page_find (page, GTK_TYPE_SCALE, "duration")), 10);
  page_wait_label (page, "Wan 2.2 makes 5 s. <a href=\"#\">10 s with Wan 2.6 costs $0.80</a>");
  page_wait_label (page, "Generate · $0.28");
  ui_shoot (studio->fixture, "composer-note");
  note = page_find (page, CS_TYPE_NOTE_ROW, "duration_note");
  g_signal_emit_by_name (ui_find (note, GTK_TYPE_LABEL, NULL), "activate-link", "#", &is_handled);
  g_assert_true (is_handled);
  page_wait_label (page, "Generate · $0.80");
  g_assert_false (gtk_widget_get_visible (note));
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (page_find (page, GTK_TYPE_SCALE, "duration"))), ==, 10);
  ui_stand_in_close (studio);
}

static void
test_sound (void)
{
  UiStandIn *studio = ui_stand_in_open ("p");
  CsCreatePage *page = page_show (studio->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  GtkToggleButton *sound = GTK_TOGGLE_BUTTON (page_find (page, GTK_TYPE_TOGGLE_BUTTON, "sound"));

  page_wait_label (page, "Generate · $0.28");
  g_assert_false (gtk_toggle_button_get_active (sound));
  gtk_toggle_button_set_active (sound, TRUE);
  page_wait_label (page, "Generate · $0.40");
  gtk_toggle_button_set_active (sound, FALSE);
  page_wait_label (page, "Generate · $0.28");
  ui_stand_in_close (studio);
}

/* Who writes is said; without a writer, why. */
static void
test_screenwriter (void)
{
  UiStandIn *studio = ui_stand_in_open ("po");
  CsCreatePage *page = page_show (studio->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  GtkWidget *screenwriter = page_find (page, GTK_TYPE_SWITCH, "screenwriter");

  page_wait_label (page, "Ollama · qwen2.5:7b");
  g_assert_true (gtk_widget_is_sensitive (screenwriter));
  gtk_switch_set_active (GTK_SWITCH (screenwriter), FALSE);
  page_wait_label (page, "Off: your words are sent as they are");
  gtk_switch_set_active (GTK_SWITCH (screenwriter), TRUE);
  page_wait_label (page, "Ollama · qwen2.5:7b");
  ui_stand_in_close (studio);
}

static void
test_no_screenwriter (void)
{
  UiStandIn *studio = ui_stand_in_open ("p");
  CsCreatePage *page = page_show (studio->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  GtkWidget *screenwriter = page_find (page, GTK_TYPE_SWITCH, "screenwriter");
  g_autoptr (CsBrief) brief = NULL;

  page_wait_label (page, "Off: Ollama is not running on this computer");
  g_assert_false (gtk_widget_is_sensitive (screenwriter));
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (screenwriter)));
  brief = cs_composer_dup_brief (page_composer (page));
  g_assert_true (brief->screenwriter); /* the wish stays, for when it runs */
  ui_stand_in_close (studio);
}

/* Neither a network nor credit: said on the button, before it is pressed. */
static void
test_considered (void)
{
  UiStandIn *studio = ui_stand_in_open ("p");
  CsStudio *shared = studio->fixture->studio;
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_VIDEO);
  CsWalletKey key = { .balance = 12400000 };
  g_autoptr (CsQuote) offline = cs_quote_new (shared, brief, 1, NULL);
  g_autoptr (CsQuote) paid = NULL;
  g_autoptr (CsQuote) poor = NULL;
  g_autofree char *label = NULL;
  g_autofree char *line = NULL;

  page_show (studio->fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  cs_quote_consider (offline, shared, NULL, TRUE);
  g_assert_true (cs_quote_can_make (offline));
  label = cs_quote_make_label (offline, CS_KIND_VIDEO, 1);
  g_assert_cmpstr (label, ==, "Queue · $0.28");
  brief->wallet_key = g_strdup ("hash");
  paid = cs_quote_new (shared, brief, 1, NULL);
  cs_quote_consider (paid, shared, &key, FALSE);
  line = cs_quote_make_line (paid, shared, NULL);
  g_assert_cmpstr (line, ==, "About 2–3 min · $12.40 of credit");
  key.balance = 0;
  poor = cs_quote_new (shared, brief, 1, NULL);
  cs_quote_consider (poor, shared, &key, FALSE);
  g_assert_false (cs_quote_can_make (poor));
  g_assert_cmpstr (poor->error->message, ==, "Your key has no credit left");
  ui_stand_in_close (studio);
}

/* What came from elsewhere and cannot be written here is neither lost nor hidden. */
static void
test_avoided (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = page_show (fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  GtkWidget *note = page_find (page, CS_TYPE_NOTE_ROW, "avoid_note");
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_VIDEO);
  const char *const locked[] = { "red roof", "gone", NULL };

  brief->prompt = g_strdup ("a house with a red roof");
  brief->negative_prompt = g_strdup ("people");
  brief->locked = g_strdupv ((char **) locked);
  cs_composer_set_brief (page_composer (page), brief);
  page_wait_label (page, "Without: people <a href=\"#\">Take away</a>");
  g_clear_pointer (&brief, cs_brief_free);
  brief = cs_composer_dup_brief (page_composer (page));
  g_assert_cmpstr (brief->negative_prompt, ==, "people");
  g_assert_cmpuint (g_strv_length (brief->locked), ==, 1);
  g_assert_cmpstr (brief->locked[0], ==, "red roof");
  g_signal_emit_by_name (note, "followed");
  g_clear_pointer (&brief, cs_brief_free);
  brief = cs_composer_dup_brief (page_composer (page));
  g_assert_null (brief->negative_prompt);
  ui_close (fixture);
}

/* What was chosen comes back, what was written does not. */
static void
test_memory (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = page_show (fixture, CS_KIND_IMAGE, WIDTH, HEIGHT);
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_IMAGE);
  CsComposer *other;

  brief->prompt = g_strdup ("a secret");
  brief->style = CS_STYLE_ANIME;
  brief->aspect = CS_ASPECT_4_3;
  brief->model = g_strdup ("sketch/image");
  cs_composer_set_brief (page_composer (page), brief);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page_find (page, GTK_TYPE_TOGGLE_BUTTON, "count_2")), TRUE);
  page_wait_label (page, "Generate 2 · Free");
  other = CS_COMPOSER (g_object_ref_sink (cs_composer_new (CS_KIND_IMAGE)));
  cs_composer_set_studio (other, fixture->studio);
  g_clear_pointer (&brief, cs_brief_free);
  brief = cs_composer_dup_brief (other);
  g_assert_cmpstr (brief->prompt, ==, "");
  g_assert_cmpint (brief->style, ==, CS_STYLE_ANIME);
  g_assert_cmpint (brief->aspect, ==, CS_ASPECT_4_3);
  g_assert_cmpstr (brief->model, ==, "sketch/image");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ui_find (GTK_WIDGET (other), GTK_TYPE_TOGGLE_BUTTON, "count_2"))));
  g_object_unref (other);
  ui_close (fixture);
}

static void
test_hostile_memory (void)
{
  static const char *const nonsense[] = {
    "", "no json", "[]", "{\"kind\":\"deck\"}", "{\"kind\":\"video\",\"duration\":-99999999999,\"style\":7,\"variation\":4000000}",
    "{\"kind\":\"video\",\"model\":\"nobody/knows\",\"image\":\"/etc/passwd\",\"prompt\":\"x\",\"sound\":99}",
  };
  UiFixture *fixture = ui_open ();
  GSettings *settings = cs_studio_get_settings (fixture->studio);

  page_show (fixture, CS_KIND_IMAGE, WIDTH, HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (CsComposer) composer = NULL;
      g_autoptr (CsBrief) brief = NULL;
      GVariantBuilder builder;

      g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
      g_variant_builder_add (&builder, "{ss}", "video", nonsense[i]);
      g_settings_set_value (settings, "composers", g_variant_builder_end (&builder));
      composer = CS_COMPOSER (g_object_ref_sink (cs_composer_new (CS_KIND_VIDEO)));
      cs_composer_set_studio (composer, fixture->studio);
      brief = cs_composer_dup_brief (composer);
      g_assert_cmpint (brief->duration, ==, CS_DURATION_MIN);
      g_assert_null (brief->model);
      g_assert_null (brief->image);
      g_assert_cmpstr (brief->prompt, ==, "");
    }
  ui_close (fixture);
}

static gboolean
is_cut_cb (gpointer trouble)
{
  return gtk_widget_get_visible (trouble);
}

/* A megabyte in the clipboard: what can be sent of it, a sentence, and no freeze: the watchdog looks on. */
static void
test_paste (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = page_show (fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  GtkWidget *view = page_find (page, GTK_TYPE_TEXT_VIEW, "view");
  g_autofree char *text = g_strnfill (MEGABYTE, 'a');
  g_autoptr (CsBrief) brief = NULL;

  for (gsize i = 5; i < MEGABYTE; i += 6)
    text[i] = ' ';
  gdk_clipboard_set_text (gtk_widget_get_clipboard (view), text);
  ui_click (page_find (page, GTK_TYPE_BUTTON, "paste_button"));
  ui_wait (is_cut_cb, page_find (page, GTK_TYPE_LABEL, "trouble"));
  ui_settle (fixture);
  brief = cs_composer_dup_brief (page_composer (page));
  g_assert_cmpint (g_utf8_strlen (brief->prompt, -1), ==, CS_PROMPT_MAX_CHARACTERS);
  page_wait_label (page, "A prompt holds 10000 characters. What is more was left out.");
  g_assert_true (cs_brief_check (brief, NULL));
  ui_close (fixture);
}

/* Written from the right, though the window is not. */
static void
test_arabic (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = page_show (fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  GtkTextView *view = GTK_TEXT_VIEW (page_find (page, GTK_TYPE_TEXT_VIEW, "view"));
  GtkTextIter start;
  GdkRectangle place;

  cs_composer_set_prompt (page_composer (page), "منارة عند الغروب");
  ui_settle (fixture);
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (view), &start);
  gtk_text_view_get_iter_location (view, &start, &place);
  g_assert_cmpint (place.x, >, gtk_widget_get_width (GTK_WIDGET (view)) * 3 / 4);
  ui_close (fixture);
}

static const char *
get_id (GtkWidget *widget)
{
  const char *id = NULL;

  if (gtk_widget_has_css_class (widget, "generate"))
    return "generate";
  for (; widget != NULL && (id == NULL || id[0] == '_' || g_str_equal (id, "button")); widget = gtk_widget_get_parent (widget))
    id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));
  return id;
}

/* From the prompt to the button with Tab alone: a group of buttons is one stop. */
static void
test_focus_order (void)
{
  static const char *const order[] = { "dice_button", "paste_button", "history_button", "chips", "chips", "chips", "style", "format",
                                       "duration", "sound", "gallery_button", "open_button", "screenwriter_row", "provider", "generate" };
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = page_show (fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);

  page_wait_label (page, "Generate · Free");
  cs_create_page_focus_prompt (page);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
      g_assert_cmpstr (get_id (gtk_window_get_focus (fixture->window)), ==, order[i]);
    }
  ui_close (fixture);
}

/* Presses @key where the focus is, and tells whether somebody took it. */
static gboolean
press (GtkWidget *box, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (box);
  gboolean is_taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &is_taken);
    }
  return is_taken;
}

/* The arrows choose within a group, as one reads, and stop at its ends. */
static void
test_arrows (void)
{
  UiFixture *fixture = ui_open ();
  CsCreatePage *page = page_show (fixture, CS_KIND_VIDEO, WIDTH, HEIGHT);
  CsFormatPicker *format = CS_FORMAT_PICKER (page_find (page, CS_TYPE_FORMAT_PICKER, "format"));
  GtkWidget *box = ui_find (GTK_WIDGET (format), GTK_TYPE_BOX, "linked");

  g_assert_true (press (box, GDK_KEY_Left));
  g_assert_cmpint (cs_format_picker_get_aspect (format), ==, CS_ASPECT_16_9);
  g_assert_true (press (box, GDK_KEY_Right));
  g_assert_cmpint (cs_format_picker_get_aspect (format), ==, CS_ASPECT_9_16);
  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  g_assert_true (press (box, GDK_KEY_Left));
  g_assert_cmpint (cs_format_picker_get_aspect (format), ==, CS_ASPECT_1_1);
  g_assert_false (press (box, GDK_KEY_Tab));
  ui_close (fixture);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/composer/fits", test_fits);
  g_test_add_func ("/composer/price", test_price);
  g_test_add_func ("/composer/price-of-set", test_price_of_set);
  g_test_add_func ("/composer/cap", test_cap);
  g_test_add_func ("/composer/switch", test_switch);
  g_test_add_func ("/composer/sound", test_sound);
  g_test_add_func ("/composer/screenwriter", test_screenwriter);
  g_test_add_func ("/composer/no-screenwriter", test_no_screenwriter);
  g_test_add_func ("/composer/considered", test_considered);
  g_test_add_func ("/composer/avoided", test_avoided);
  g_test_add_func ("/composer/memory", test_memory);
  g_test_add_func ("/composer/hostile-memory", test_hostile_memory);
  g_test_add_func ("/composer/paste", test_paste);
  g_test_add_func ("/composer/arabic", test_arabic);
  g_test_add_func ("/composer/focus-order", test_focus_order);
  g_test_add_func ("/composer/arrows", test_arrows);
  return g_test_run ();
}
