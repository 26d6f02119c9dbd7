/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of presentations where it is hard: two hundred slides, a megabyte, pictures that are gone, narrow windows, and
 * keys where other widgets want them. */
#include "config.h"

#include "deck-page.h"
#include "ui-keys.h"

#define N_SLIDES 200
#define NARROW 360 /* the narrowest window */

static char *
make_slides (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s## Slide %u\n\n- A point with **some** words\n- Another one\n\nNote: What is said to it.\n",
                            i > 0 ? "\n---\n\n" : "", i + 1);
  return g_string_free (text, FALSE);
}

static guint
get_current (Fixture *f)
{
  return cs_deck_document_get_current (CS_DECK_PAGE (f->page)->document);
}

static gboolean
has_all_cb (gpointer f)
{
  return g_list_model_get_n_items (cs_deck_document_get_slides (CS_DECK_PAGE (((Fixture *) f)->page)->document)) == N_SLIDES;
}

/* Two hundred slides: only what is seen is built, and neither writing nor going from end to end makes anybody wait; the
 * watchdog sees that. */
static void
test_many (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_slides (N_SLIDES);
  CsDeckDocument *document = CS_DECK_PAGE (f->page)->document;
  g_autoptr (CsCreation) creation = NULL;

  begin_with (f, text);
  ui_wait (has_all_cb, f);
  ui_settle (f->ui);
  g_assert_cmpuint (ui_count (f->page, CS_TYPE_SLIDE_CARD), <, 60);
  cs_deck_document_go_to (document, N_SLIDES - 1);
  ui_settle (f->ui);
  g_assert_cmpuint (get_current (f), ==, N_SLIDES - 1);
  for (guint i = 0; i < 10; i++)
    {
      type_text (f, "x");
      ui_settle (f->ui);
    }
  cs_deck_document_go_to (document, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (f, GTK_TYPE_TOGGLE_BUTTON, "outline_button")), TRUE);
  ui_settle (f->ui);
  save (f);
  creation = get_newest (f);
  g_assert_cmpint (cs_creation_get_facts (creation)->num_slides, ==, N_SLIDES);
}

/* Pasting a megabyte is refused in words, wherever it is pasted, and what is there stays. */
static void
test_megabyte (Fixture *f, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (f->page), huge);
  gtk_widget_activate_action (f->page, "deck.begin", "s", "paste");
  ui_wait_asked (f->ui, "say: This text is too long to edit here");
  g_assert_false (CS_DECK_PAGE (f->page)->is_open);
  begin_with (f, "# Short\n");
  save (f);
  gtk_text_buffer_get_bounds (get_buffer (f), &start, &end);
  gtk_text_buffer_select_range (get_buffer (f), &start, &end);
  g_signal_emit_by_name (find (f, CS_TYPE_DECK_SOURCE, NULL), "paste-clipboard");
  ui_wait_asked (f->ui, "say: A presentation may have 200000 characters here.");
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "# Short\n");
  g_assert_cmpstr (get_state (f), ==, "Saved");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (f->page), "# Pasted\n"); /* which takes the place of what is selected */
  g_signal_emit_by_name (find (f, CS_TYPE_DECK_SOURCE, NULL), "paste-clipboard");
  wait_text (f, "# Pasted");
  g_free (g_steal_pointer (&text));
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "# Pasted\n");
}

/* (nullable) what stands for a picture that is not there, on the large card. */
static GtkWidget *
find_missing (Fixture *f, const char *words)
{
  GtkWidget *label = ui_find (find (f, CS_TYPE_SLIDE_CARD, "large"), GTK_TYPE_LABEL, words);

  return label != NULL && gtk_widget_get_mapped (label) ? label : NULL;
}

static gboolean
is_missing_cb (gpointer f)
{
  return find_missing (f, "A dune at noon") != NULL;
}

/* Where a picture is not there, a grey box says what it showed; the file says it too, and fetches nothing. */
static void
test_missing_picture (Fixture *f, gconstpointer data)
{
  g_autoptr (CsCreation) creation = NULL;
  g_autofree char *html = NULL;

  begin_with (f, "## Gone\n\n![A dune at noon](creation:01ARZ3NDEKTSV4RRFFQ69G5FAV)\n");
  ui_wait (is_missing_cb, f);
  ui_settle (f->ui);
  ui_shoot (f->ui, "deck-missing-picture");
  save (f);
  creation = get_newest (f);
  html = read_file (f, cs_creation_get_facts (creation)->file);
  g_assert_nonnull (strstr (html, "A dune at noon"));
  g_assert_null (strstr (html, "creation:01ARZ3"));
  gtk_text_buffer_set_text (get_buffer (f), "## Far\n\n![A dune at noon](https://example.org/dune.png)\n", -1);
  cs_deck_document_refresh (CS_DECK_PAGE (f->page)->document);
  ui_wait (is_missing_cb, f);
}

/* Page Down goes to the next slide from the strip and from the notes too; Alt and an arrow move one from where it is written. */
static void
test_keys (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  begin_with (f, "# One\n\n---\n\n## Two\n\n---\n\n## Three\n");
  ui_wait ((UiCondition) gtk_widget_get_mapped, find (f, CS_TYPE_DECK_STAGE, NULL));
  ui_settle (f->ui);
  gtk_widget_grab_focus (ui_find (find (f, CS_TYPE_DECK_NOTES, NULL), GTK_TYPE_TEXT_VIEW, NULL));
  g_assert_true (ui_press_on_focus (f->ui->window, GDK_KEY_Page_Down, 0));
  g_assert_cmpuint (get_current (f), ==, 1);
  gtk_widget_grab_focus (find (f, GTK_TYPE_LIST_VIEW, "slide-strip"));
  g_assert_true (ui_press_on_focus (f->ui->window, GDK_KEY_Page_Down, 0));
  g_assert_cmpuint (get_current (f), ==, 2);
  g_assert_true (ui_press_on_focus (f->ui->window, GDK_KEY_Page_Down, 0)); /* the last one stays */
  g_assert_cmpuint (get_current (f), ==, 2);
  g_assert_true (ui_press_on_focus (f->ui->window, GDK_KEY_Page_Up, 0));
  g_assert_cmpuint (get_current (f), ==, 1);
  gtk_widget_grab_focus (find (f, CS_TYPE_DECK_SOURCE, NULL));
  g_assert_true (ui_press_on_focus (f->ui->window, GDK_KEY_Up, GDK_ALT_MASK));
  g_assert_cmpuint (get_current (f), ==, 0);
  g_assert_true (ui_press_on_focus (f->ui->window, GDK_KEY_Up, GDK_ALT_MASK)); /* before the first one there is nothing */
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "## Two\n\n---\n\n# One\n\n---\n\n## Three\n");
  g_assert_true (ui_press_on_focus (f->ui->window, GDK_KEY_z, GDK_CONTROL_MASK));
  g_free (g_steal_pointer (&text));
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "# One\n\n---\n\n## Two\n\n---\n\n## Three\n");
}

static double
get_scrolled (gpointer f)
{
  GtkScrollable *source = GTK_SCROLLABLE (find (f, CS_TYPE_DECK_SOURCE, NULL));

  return gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (source));
}

static gboolean
is_far_down_cb (gpointer f)
{
  return get_scrolled (f) > 100;
}

static gboolean
is_at_top_cb (gpointer f)
{
  return get_scrolled (f) < 0.5;
}

/* What is opened is seen from its beginning, also when the one before it was seen at its end. */
static void
test_beginning (Fixture *f, gconstpointer data)
{
  g_autofree char *text = make_slides (30);
  GtkWidget *source = find (f, CS_TYPE_DECK_SOURCE, NULL);

  begin_with (f, text);
  cs_deck_document_go_to (CS_DECK_PAGE (f->page)->document, 29);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (source), gtk_text_buffer_get_insert (get_buffer (f)), 0, FALSE, 0, 0);
  ui_wait (is_far_down_cb, f);
  save (f);
  begin_with (f, "# A heading that is much too long for one line of the editor, and so it goes on in a second one\n\n- a\n\n---\n\n## Two\n");
  save (f);
  ui_wait (is_at_top_cb, f);
  ui_settle (f->ui);
  g_assert_true (is_at_top_cb (f)); /* and stays there */
}

static int
get_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* The narrowest window holds both sides, in every state. */
static void
test_width (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (get_width (f->page), <=, NARROW);
  begin_with (f, "# A title of a presentation that is longer than any card is wide, and by far\n\n---\n\n## Two\n");
  save (f);
  ui_settle (f->ui);
  g_assert_cmpint (get_width (find (f, CS_TYPE_DECK_PANE, NULL)), <=, NARROW - 24);
  g_assert_cmpint (get_width (find (f, CS_TYPE_DECK_STAGE, NULL)), <=, NARROW);
  g_assert_cmpint (get_width (f->page), <=, NARROW);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*func) (Fixture *f, gconstpointer data); } tests[] = {
    { "/deck-limits/beginning", test_beginning },
    { "/deck-limits/keys", test_keys },
    { "/deck-limits/many", test_many },
    { "/deck-limits/megabyte", test_megabyte },
    { "/deck-limits/missing-picture", test_missing_picture },
    { "/deck-limits/width", test_width },
  };

  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
