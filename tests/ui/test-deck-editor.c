/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "deck-page.h"

/* One of the four is seen large, too. */
static gboolean
has_five_cards_cb (gpointer f)
{
  return ui_count (find (f, CS_TYPE_DECK_STAGE, NULL), CS_TYPE_SLIDE_CARD) == 5;
}

static void
test_outline (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  GtkWidget *outline = find (f, CS_TYPE_DECK_OUTLINE, NULL);
  GtkWidget *pane = find (f, CS_TYPE_DECK_PANE, NULL);

  begin_with (f, "# One\n\nNote: first\n\n---\n\n## Two\n\n- a\n\n---\n\n## Three");
  before = dup_text (f);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (f, GTK_TYPE_TOGGLE_BUTTON, "outline_button")), TRUE);
  ui_settle (f->ui);
  g_assert_cmpuint (ui_count (outline, CS_TYPE_OUTLINE_ROW), ==, 3);
  ui_shoot (f->ui, "deck-outline");
  gtk_widget_activate_action (outline, "outline.down", NULL);
  after = dup_text (f);
  g_assert_cmpstr (after, ==, "## Two\n\n- a\n\n---\n\n# One\n\nNote: first\n\n---\n\n## Three");
  gtk_widget_activate_action (outline, "outline.down", NULL);
  g_free (g_steal_pointer (&after));
  after = dup_text (f);
  g_assert_cmpstr (after, ==, "## Two\n\n- a\n\n---\n\n## Three\n\n---\n\n# One\n\nNote: first\n");
  gtk_widget_activate_action (pane, "pane.undo", NULL);
  gtk_widget_activate_action (pane, "pane.undo", NULL);
  undone = dup_text (f);
  g_assert_cmpstr (undone, ==, before);
  gtk_widget_activate_action (pane, "pane.add-slide", NULL);
  wait_text (f, "## New slide");
  ui_wait (has_five_cards_cb, f);
  gtk_widget_activate_action (outline, "outline.remove", NULL);
  g_free (g_steal_pointer (&undone));
  undone = dup_text (f);
  g_assert_null (strstr (undone, "New slide"));
}

static GtkTextBuffer *
get_notes (Fixture *f)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (f, GTK_TYPE_TEXT_VIEW, "view") != NULL
                                                      ? ui_find (find (f, CS_TYPE_DECK_NOTES, NULL), GTK_TYPE_TEXT_VIEW, NULL)
                                                      : NULL));
}

static void
test_notes (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  begin_with (f, "# One\n\nNote: first\n\n---\n\n## Two\n\n- a\n\n---\n\n## Three\n");
  ui_settle (f->ui);
  shown = dup_all (get_notes (f));
  g_assert_cmpstr (shown, ==, "first");
  put_cursor (f, "## Two");
  ui_settle (f->ui);
  g_assert_cmpint (gtk_text_buffer_get_char_count (get_notes (f)), ==, 0);
  gtk_text_buffer_insert_at_cursor (get_notes (f), "Say it\n---\nslowly", -1);
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "# One\n\nNote: first\n\n---\n\n## Two\n\n- a\n\nNote: Say it\n ---\nslowly\n\n---\n\n## Three\n");
  put_cursor (f, "slowly");
  type_text (f, "very ");
  cs_deck_document_refresh (CS_DECK_PAGE (f->page)->document);
  g_free (g_steal_pointer (&shown));
  shown = dup_all (get_notes (f));
  g_assert_nonnull (strstr (shown, "very slowly"));
  gtk_text_buffer_set_text (get_notes (f), "", -1);
  g_free (g_steal_pointer (&text));
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "# One\n\nNote: first\n\n---\n\n## Two\n\n- a\n\n---\n\n## Three\n");
}

static void
test_marks (Fixture *f, gconstpointer data)
{
  GtkWidget *pane = find (f, CS_TYPE_DECK_PANE, NULL);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  begin_with (f, "one two\nthree");
  gtk_text_buffer_get_iter_at_offset (get_buffer (f), &start, 4);
  gtk_text_buffer_get_iter_at_offset (get_buffer (f), &end, 7);
  gtk_text_buffer_select_range (get_buffer (f), &start, &end);
  gtk_widget_activate_action (pane, "pane.bold", NULL);
  gtk_widget_activate_action (pane, "pane.italic", NULL);
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "one ***two***\nthree");
  gtk_widget_activate_action (pane, "pane.italic", NULL);
  gtk_text_buffer_get_bounds (get_buffer (f), &start, &end);
  gtk_text_buffer_select_range (get_buffer (f), &start, &end);
  gtk_widget_activate_action (pane, "pane.list", NULL);
  g_free (g_steal_pointer (&text));
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "- one **two**\n- three");
  gtk_widget_activate_action (pane, "pane.list", NULL);
  gtk_widget_activate_action (pane, "pane.undo", NULL);
  g_free (g_steal_pointer (&text));
  text = dup_text (f);
  g_assert_cmpstr (text, ==, "- one **two**\n- three");
}

/* An empty slide says so, and is left out. */
static void
test_empty_slide (Fixture *f, gconstpointer data)
{
  g_autoptr (CsCreation) creation = NULL;
  CsDeckDocument *document = CS_DECK_PAGE (f->page)->document;

  begin_with (f, "# One\n\n---\n\n---\n\n## Two\n");
  save (f);
  creation = get_newest (f);
  g_assert_cmpint (cs_creation_get_facts (creation)->num_slides, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (cs_deck_document_get_slides (document)), ==, 3);
  g_assert_cmpuint (cs_deck_slide_get_number (cs_deck_document_get_slide (document, 1)), ==, 0);
  g_assert_cmpuint (cs_deck_slide_get_number (cs_deck_document_get_slide (document, 2)), ==, 2);
  cs_deck_document_go_to (document, 1);
  ui_settle (f->ui);
  ui_shoot (f->ui, "deck-empty-slide");
  gtk_text_buffer_set_text (get_buffer (f), "", -1); /* nothing at all: what is in the library stays */
  ui_wait (has_nothing_cb, f);
  check_library (f);
}

/* Thirty slides of text: typing stays smooth, which the watchdog sees. */
static void
test_smooth (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("# Long\n");

  for (guint i = 0; i < 30; i++)
    {
      g_string_append_printf (text, "\n---\n\n## Slide %u\n\n", i);
      for (guint j = 0; j < 12; j++)
        g_string_append (text, "- A point with **some** words and a [link](https://example.org)\n");
      g_string_append (text, "\nNote: And what is said to it.\n");
    }
  begin_with (f, text->str);
  put_cursor (f, "## Slide 15");
  for (guint i = 0; i < 40; i++)
    {
      type_text (f, "x");
      ui_settle (f->ui);
    }
  save (f);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*func) (Fixture *f, gconstpointer data); } tests[] = {
    { "/deck-editor/empty-slide", test_empty_slide },
    { "/deck-editor/marks", test_marks },
    { "/deck-editor/notes", test_notes },
    { "/deck-editor/outline", test_outline },
    { "/deck-editor/smooth", test_smooth },
  };

  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
