/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "deck-page.h"

static void
test_write (Fixture *f, gconstpointer data)
{
  GtkWidget *button = find (f, GTK_TYPE_BUTTON, "generate");
  g_autoptr (CsCreation) creation = NULL;

  wait_label (f, "Write 6 Slides · Free");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (f, GTK_TYPE_SPIN_BUTTON, NULL)), 4);
  cs_theme_picker_set_theme (CS_THEME_PICKER (find (f, CS_TYPE_THEME_PICKER, NULL)), CS_THEME_SOLARIZED);
  wait_label (f, "Write 4 Slides · Free");
  ui_shoot (f->ui, "deck-idle");
  write_topic (f, "Solar energy in the Sahara");
  ui_click (button);
  ui_wait (is_working_cb, f);
  ui_shoot (f->ui, "deck-working");
  ui_wait (is_open_cb, f);
  wait_text (f, "# Solar energy in the Sahara");
  creation = get_newest (f);
  g_assert_cmpint (cs_creation_get_facts (creation)->num_slides, ==, 4);
  g_assert_cmpstr (cs_creation_get_facts (creation)->theme, ==, "solarized");
  g_assert_cmpuint (g_list_model_get_n_items (cs_deck_document_get_slides (CS_DECK_PAGE (f->page)->document)), ==, 4);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (find (f, GTK_TYPE_LABEL, "facts_label"))), "4 slides · "));
  ui_settle (f->ui);
  ui_shoot (f->ui, "deck-edit");
}

static gboolean
is_refused_cb (gpointer f)
{
  return !gtk_widget_get_sensitive (find (f, GTK_TYPE_BUTTON, "generate"));
}

static gboolean
is_priced_cb (gpointer f)
{
  return !g_str_equal (gtk_label_get_text (GTK_LABEL (find (f, GTK_TYPE_LABEL, "line"))), "Write first what it is about");
}

/* Nothing is sent without a topic; nobody who cannot write is asked to. */
static void
test_wrong_wish (Fixture *f, gconstpointer data)
{
  GtkWidget *line = find (f, GTK_TYPE_LABEL, "line");
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_DECK);
  g_autoptr (GPtrArray) creations = NULL;

  ui_settle (f->ui);
  cs_deck_page_generate (CS_DECK_PAGE (f->page));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (line)), ==, "Write first what it is about");
  write_topic (f, "Bread");
  ui_wait (is_priced_cb, f);
  brief->prompt = g_strdup ("Bread");
  brief->model = g_strdup ("nobody/none");
  cs_deck_composer_set_brief (CS_DECK_COMPOSER (find (f, CS_TYPE_DECK_COMPOSER, NULL)), brief);
  ui_wait (is_refused_cb, f);
  g_assert_true (gtk_widget_has_css_class (line, "warning"));
  creations = list_creations (f);
  g_assert_cmpuint (creations->len, ==, 0);
}

/* Promise 4: what was typed is there again. */
static void
test_edit (Fixture *f, gconstpointer data)
{
  g_autoptr (CsCreation) creation = NULL;
  g_autofree char *html = NULL;
  g_autofree char *markdown = NULL;

  write_deck (f, "Solar energy in the Sahara");
  put_cursor (f, "Note:");
  type_text (f, "Words of mine\n\n");
  g_assert_cmpstr (get_state (f), ==, "Saving…");
  save (f);
  creation = get_newest (f);
  html = read_file (f, cs_creation_get_facts (creation)->file);
  markdown = read_file (f, cs_creation_get_facts (creation)->markdown_file);
  g_assert_nonnull (strstr (html, "Words of mine"));
  g_assert_nonnull (strstr (markdown, "Words of mine"));
  check_library (f);
  reopen (f);
  wait_text (f, "Words of mine");
}

/* The save of a page that is gone may still be on its way. */
static gboolean
is_left_cb (gpointer user_data)
{
  Fixture *f = user_data;
  const char *folder = cs_paths_get_creations (cs_engine_get_paths (f->ui->engine));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      if (g_str_has_suffix (name, ".md") && g_file_get_contents (path, &text, NULL, NULL) && strstr (text, "Left behind") != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Whoever leaves in the middle of a word finds the word again. */
static void
test_leave (Fixture *f, gconstpointer data)
{
  write_deck (f, "Bread");
  type_text (f, "Left behind\n\n");
  adw_bin_set_child (ADW_BIN (gtk_widget_get_parent (f->page)), gtk_label_new ("Elsewhere"));
  ui_wait (is_left_cb, f);
}

static gboolean
exists_cb (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
export_to (Fixture *f, const char *format, const char *path)
{
  gtk_widget_activate_action (f->page, "deck.export-to", "(ss)", format, path);
}

static void
test_export (Fixture *f, gconstpointer data)
{
  g_autofree char *path = cs_test_home_build (f->ui->home, "out.html");
  g_autofree char *markdown_path = cs_test_home_build (f->ui->home, "out.md");
  g_autofree char *nowhere = cs_test_home_build (f->ui->home, "none/out.html");
  g_autofree char *inside = g_build_filename (cs_paths_get_creations (cs_engine_get_paths (f->ui->engine)), "mine.html", NULL);
  g_autofree char *html = NULL;
  g_autofree char *markdown = NULL;

  begin_with (f, "# Éxport\n\n- <script>alert(1)</script>a\n");
  save (f);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  export_to (f, "html", path);
  ui_wait_asked (f->ui, "say: Exported");
  g_assert_true (g_file_get_contents (path, &html, NULL, NULL));
  g_assert_nonnull (strstr (html, "Éxport"));
  g_assert_null (strstr (html, "alert(1)</script>a"));
  g_assert_nonnull (strstr (html, "Content-Security-Policy"));
  g_assert_nonnull (strstr (html, "digitalCreation"));
  export_to (f, "md", markdown_path);
  ui_wait (exists_cb, markdown_path);
  export_to (f, "html", nowhere);
  ui_wait_asked (f->ui, "say: “out.html” was not written");
  g_assert_true (g_file_get_contents (markdown_path, &markdown, NULL, NULL));
  g_assert_cmpstr (markdown, ==, "# Éxport\n\n- <script>alert(1)</script>a\n");
  export_to (f, "html", inside);
  ui_wait_asked (f->ui, "say: The library keeps its own files there.");
}

static void
test_present (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (CsCreation) creation = NULL;

  begin_with (f, "# Present\n");
  save (f);
  creation = get_newest (f);
  path = g_strdup_printf ("%s/present/%s.html", cs_paths_get_state (cs_engine_get_paths (f->ui->engine)), cs_creation_get_id (creation));
  gtk_widget_activate_action (f->page, "deck.present", NULL);
  ui_wait (exists_cb, path);
}

/* The user's own text becomes a creation; what is no text, or too much of it, is refused in words and changes nothing. */
static void
test_own_text (Fixture *f, gconstpointer data)
{
  g_autofree char *path = cs_test_home_build (f->ui->home, "wrong.md");
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (f->ui->home->path);
  g_autoptr (CsCreation) creation = NULL;

  gtk_widget_activate_action (f->page, "deck.begin", "s", "new");
  ui_wait (is_open_cb, f);
  save (f);
  creation = get_newest (f);
  g_assert_cmpstr (cs_creation_get_facts (creation)->title, ==, "My presentation");
  g_assert_cmpstr (cs_creation_get_facts (creation)->provider, ==, "import");
  type_text (f, huge);
  ui_wait_asked (f->ui, "say: A presentation may have 200000 characters here.");
  g_assert_true (g_file_set_contents (path, huge, -1, NULL));
  _cs_deck_page_take_file (CS_DECK_PAGE (f->page), file);
  ui_wait_asked (f->ui, "say: “wrong.md” is too large");
  g_assert_true (g_file_set_contents (path, "\xff\xfe", 2, NULL));
  _cs_deck_page_take_file (CS_DECK_PAGE (f->page), file);
  ui_wait_asked (f->ui, "say: This file is no text.");
  g_ptr_array_set_size (f->ui->asked, 0);
  _cs_deck_page_take_file (CS_DECK_PAGE (f->page), folder);
  ui_wait_asked (f->ui, "say: ");
  text = dup_text (f);
  g_assert_true (g_str_has_prefix (text, "# My presentation"));
  g_assert_cmpstr (get_state (f), ==, "Saved");
}

/* The dialog that asks, once it is there. */
static gboolean
has_dialog_cb (gpointer user_data)
{
  GtkWindow **dialog = user_data;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      *dialog = l->data;
  return *dialog != NULL;
}

/* Over what somebody wrote it asks; one undo brings it back, and the gallery keeps it. */
static void
test_write_again (Fixture *f, gconstpointer data)
{
  GtkWindow *dialog = NULL;
  g_autoptr (GPtrArray) creations = NULL;

  write_deck (f, "Bread");
  type_text (f, "Mine\n\n");
  save (f);
  write_topic (f, "Butter");
  gtk_widget_activate_action (f->page, "deck.write-again", NULL);
  ui_wait (has_dialog_cb, &dialog);
  g_signal_emit_by_name (dialog, "response", "keep");
  gtk_window_destroy (dialog);
  ui_settle (f->ui);
  wait_text (f, "Mine");
  dialog = NULL;
  gtk_widget_activate_action (f->page, "deck.write-again", NULL);
  ui_wait (has_dialog_cb, &dialog);
  g_signal_emit_by_name (dialog, "response", "write");
  gtk_window_destroy (dialog);
  wait_text (f, "# Butter");
  gtk_widget_activate_action (find (f, CS_TYPE_DECK_PANE, NULL), "pane.undo", NULL);
  wait_text (f, "Mine");
  save (f);
  creations = list_creations (f);
  g_assert_cmpuint (creations->len, ==, 2);
  check_library (f);
}

/* Somebody else saved it: both are there. */
static void
test_conflict (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) theirs = g_bytes_new_static ("# Theirs\n", 9);
  g_autoptr (CsCreation) creation = NULL;
  g_autoptr (CsCreation) saved = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) creations = NULL;
  CsDeckEdit edit = { .markdown = theirs };

  begin_with (f, "# Mine\n");
  save (f);
  creation = get_newest (f);
  edit.id = cs_creation_get_id (creation);
  cs_deck_saver_save_async (ui_get_library (f->ui), cs_engine_get_store (f->ui->engine), cs_engine_get_paths (f->ui->engine), &edit, NULL,
                            cs_test_keep_result, &result);
  ui_wait_result (&result);
  saved = cs_deck_saver_save_finish (result, NULL);
  g_assert_nonnull (saved);
  type_text (f, "More of mine\n\n");
  ui_wait_asked (f->ui, "say: This presentation was changed elsewhere.");
  save (f);
  creations = list_creations (f);
  g_assert_cmpuint (creations->len, ==, 2);
  check_library (f);
}

/* Every control says what it is, in every state of the page. */
static void
test_names (Fixture *f, gconstpointer data)
{
  ui_settle (f->ui);
  ui_check_names (f->page);
  write_deck (f, "Bread");
  ui_settle (f->ui);
  ui_check_names (f->page);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (f, GTK_TYPE_TOGGLE_BUTTON, "outline_button")), TRUE);
  ui_settle (f->ui);
  ui_check_names (f->page);
}

/* Narrow, one side is seen, and a switch leads to the other. */
static void
test_narrow (Fixture *f, gconstpointer data)
{
  GtkWidget *bar = find (f, GTK_TYPE_BOX, "switch_bar");

  write_deck (f, "Bread");
  g_assert_false (gtk_widget_get_visible (bar));
  gtk_window_set_default_size (f->ui->window, 400, 780);
  ui_wait ((UiCondition) gtk_widget_get_mapped, bar);
  g_assert_true (gtk_widget_get_mapped (find (f, CS_TYPE_DECK_SOURCE, NULL)));
  g_assert_false (gtk_widget_get_mapped (find (f, CS_TYPE_DECK_STAGE, NULL)));
  ui_settle (f->ui);
  ui_shoot (f->ui, "deck-narrow");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (f, GTK_TYPE_TOGGLE_BUTTON, "preview_button")), TRUE);
  ui_settle (f->ui);
  ui_wait ((UiCondition) gtk_widget_get_mapped, find (f, CS_TYPE_DECK_STAGE, NULL));
  g_assert_false (gtk_widget_get_mapped (find (f, CS_TYPE_DECK_SOURCE, NULL)));
  ui_check_names (f->page);
  ui_shoot (f->ui, "deck-narrow-preview");
}

/* A new talk begins without the old one, which stays in the gallery. */
static void
test_clear (Fixture *f, gconstpointer data)
{
  g_autoptr (CsCreation) creation = NULL;

  begin_with (f, "# One\n");
  type_text (f, "Unsaved\n\n");
  cs_deck_page_clear (CS_DECK_PAGE (f->page));
  ui_wait ((UiCondition) gtk_widget_get_mapped, find (f, CS_TYPE_PROMPT_VIEW, NULL));
  ui_wait (is_idle_cb, f);
  creation = get_newest (f);
  cs_deck_page_show_creation (CS_DECK_PAGE (f->page), creation);
  wait_text (f, "Unsaved");
}

/* Pressing keys: what the widget with the focus, or one around it, does at it. */

static gboolean
press_at (GtkWidget *widget, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
              && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers
              && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, gtk_shortcut_get_arguments (shortcut)))
            return TRUE;
        }
    }
  return FALSE;
}

static void
press (Fixture *f, guint key, GdkModifierType modifiers)
{
  for (GtkWidget *widget = gtk_window_get_focus (f->ui->window); widget != NULL; widget = gtk_widget_get_parent (widget))
    if (press_at (widget, key, modifiers))
      return;
  g_error ("Nobody takes the key %s", gdk_keyval_name (key));
}

static void
tab_to (Fixture *f, GtkWidget *wanted)
{
  for (guint i = 0; i < 60; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (f->ui->window);

      if (focus != NULL && (focus == wanted || gtk_widget_is_ancestor (focus, wanted)))
        return;
      gtk_widget_child_focus (GTK_WIDGET (f->ui->window), GTK_DIR_TAB_FORWARD);
    }
  g_error ("No Tab leads to a %s", G_OBJECT_TYPE_NAME (wanted));
}

/* From the first word to the browser without a mouse. */
static void
test_keyboard (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (CsCreation) creation = NULL;

  cs_deck_page_focus_prompt (CS_DECK_PAGE (f->page));
  write_topic (f, "Bread");
  tab_to (f, find (f, GTK_TYPE_BUTTON, "generate"));
  gtk_widget_activate (gtk_window_get_focus (f->ui->window));
  ui_wait (is_open_cb, f);
  ui_wait ((UiCondition) gtk_widget_get_mapped, find (f, CS_TYPE_DECK_STAGE, NULL));
  g_assert_true (gtk_widget_has_focus (find (f, CS_TYPE_DECK_SOURCE, NULL)));
  press (f, GDK_KEY_b, GDK_CONTROL_MASK);
  text = dup_text (f);
  g_assert_true (g_str_has_prefix (text, "****# Bread"));
  press (f, GDK_KEY_z, GDK_CONTROL_MASK);
  tab_to (f, find (f, GTK_TYPE_TOGGLE_BUTTON, "outline_button"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_window_get_focus (f->ui->window)), TRUE); /* the space bar */
  ui_settle (f->ui);
  tab_to (f, find (f, CS_TYPE_OUTLINE_ROW, NULL));
  press (f, GDK_KEY_Down, GDK_ALT_MASK);
  g_free (g_steal_pointer (&text));
  text = dup_text (f);
  g_assert_true (g_str_has_prefix (text, "## Why “Bread” matters"));
  press (f, GDK_KEY_Delete, 0);
  g_free (g_steal_pointer (&text));
  text = dup_text (f);
  g_assert_null (strstr (text, "# Bread\n"));
  tab_to (f, find (f, CS_TYPE_DECK_NOTES, NULL));
  save (f);
  creation = get_newest (f);
  path = g_strdup_printf ("%s/present/%s.html", cs_paths_get_state (cs_engine_get_paths (f->ui->engine)), cs_creation_get_id (creation));
  press (f, GDK_KEY_F5, 0);
  ui_wait (exists_cb, path);
}

/* Everything stands the other way round, and the slides with it. */
static void
test_arabic (Fixture *f, gconstpointer data)
{
  GtkWidget *pane, *stage;
  graphene_rect_t left, right;
  g_autoptr (CsCreation) creation = NULL;

  write_deck (f, "الطاقة الشمسية في الصحراء");
  creation = get_newest (f);
  g_assert_cmpstr (cs_creation_get_facts (creation)->language, ==, "ar");
  pane = find (f, CS_TYPE_DECK_PANE, NULL);
  stage = find (f, CS_TYPE_DECK_STAGE, NULL);
  ui_wait ((UiCondition) gtk_widget_get_mapped, stage);
  ui_settle (f->ui);
  g_assert_true (gtk_widget_compute_bounds (pane, f->page, &right));
  g_assert_true (gtk_widget_compute_bounds (stage, f->page, &left));
  g_assert_cmpfloat (left.origin.x, <, right.origin.x);
  ui_shoot (f->ui, "deck-arabic");
}

static void
set_up_arabic (Fixture *f, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (f, data);
}

static void
tear_down_arabic (Fixture *f, gconstpointer data)
{
  tear_down (f, data);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*func) (Fixture *f, gconstpointer data); } tests[] = {
    { "/deck-page/clear", test_clear },
    { "/deck-page/conflict", test_conflict },
    { "/deck-page/edit", test_edit },
    { "/deck-page/export", test_export },
    { "/deck-page/keyboard", test_keyboard },
    { "/deck-page/leave", test_leave },
    { "/deck-page/names", test_names },
    { "/deck-page/narrow", test_narrow },
    { "/deck-page/own-text", test_own_text },
    { "/deck-page/present", test_present },
    { "/deck-page/write", test_write },
    { "/deck-page/write-again", test_write_again },
    { "/deck-page/wrong-wish", test_wrong_wish },
  };

  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  g_test_add ("/deck-page/arabic", Fixture, NULL, set_up_arabic, test_arabic, tear_down_arabic);
  return g_test_run ();
}
