/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of presentations over an engine of its own; for the tests of it. */
#pragma once

#include "ui-support.h"
#include "ui-watchdog.h"

#include "ui/composer/cs-prompt-view.h"
#include "ui/deck/cs-deck-composer.h"
#include "ui/deck/cs-deck-notes.h"
#include "ui/deck/cs-deck-outline.h"
#include "ui/deck/cs-deck-page-private.h"
#include "ui/deck/cs-deck-source.h"
#include "ui/deck/cs-deck-stage.h"
#include "ui/deck/cs-deck-working.h"
#include "ui/deck/cs-outline-row.h"
#include "ui/deck/cs-slide-card.h"
#include "ui/deck/cs-theme-picker.h"

#include <string.h>

typedef struct
{
  UiFixture *ui;
  GtkWidget *page;
} Fixture;

static gboolean
is_warm_cb (gpointer user_data)
{
  Fixture *f = user_data;

  return CS_DECK_PAGE (f->page)->n_warm > 0 && CS_DECK_PAGE (f->page)->warm == 0;
}

G_GNUC_UNUSED static void
set_up (Fixture *f, gconstpointer data)
{
  f->ui = ui_open ();
  f->page = cs_deck_page_new ();
  cs_deck_page_set_studio (CS_DECK_PAGE (f->page), f->ui->studio);
  ui_show (f->ui, f->page, 1180, 780);
  ui_wait (is_warm_cb, f); /* nobody writes a topic as fast */
}

G_GNUC_UNUSED static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_close (f->ui);
}

G_GNUC_UNUSED static GtkWidget *
find (Fixture *f, GType type, const char *name)
{
  GtkWidget *found = ui_find (f->page, type, name);

  g_assert_nonnull (found);
  return found;
}

/* The text */

G_GNUC_UNUSED static GtkTextBuffer *
get_buffer (Fixture *f)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (f, CS_TYPE_DECK_SOURCE, NULL)));
}

G_GNUC_UNUSED static char *
dup_all (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

G_GNUC_UNUSED static char *
dup_text (Fixture *f)
{
  return dup_all (get_buffer (f));
}

G_GNUC_UNUSED static void
put_cursor (Fixture *f, const char *before)
{
  g_autofree char *text = dup_text (f);
  const char *found = strstr (text, before);
  GtkTextIter where;

  g_assert_nonnull (found);
  gtk_text_buffer_get_iter_at_offset (get_buffer (f), &where, (int) g_utf8_pointer_to_offset (text, found));
  gtk_text_buffer_place_cursor (get_buffer (f), &where);
}

G_GNUC_UNUSED static const char *
get_state (Fixture *f)
{
  return gtk_label_get_text (GTK_LABEL (find (f, GTK_TYPE_LABEL, "state")));
}

G_GNUC_UNUSED static gboolean
is_saved_cb (gpointer f)
{
  return g_str_equal (get_state (f), "Saved");
}

G_GNUC_UNUSED static gboolean
has_nothing_cb (gpointer f)
{
  return g_str_equal (get_state (f), "Nothing to save yet");
}

G_GNUC_UNUSED static gboolean
is_open_cb (gpointer user_data)
{
  Fixture *f = user_data;

  return gtk_widget_get_mapped (find (f, CS_TYPE_DECK_SOURCE, NULL)) && gtk_text_buffer_get_char_count (get_buffer (f)) > 0;
}

G_GNUC_UNUSED static gboolean
is_working_cb (gpointer f)
{
  return gtk_widget_get_mapped (find (f, CS_TYPE_DECK_WORKING, NULL));
}

G_GNUC_UNUSED static gboolean
is_idle_cb (gpointer f)
{
  return !gtk_widget_get_mapped (find (f, CS_TYPE_DECK_STAGE, NULL));
}

G_GNUC_UNUSED static void
write_topic (Fixture *f, const char *topic)
{
  cs_prompt_view_set_text (CS_PROMPT_VIEW (find (f, CS_TYPE_PROMPT_VIEW, NULL)), topic);
}

/* Sketch's outline: no key, no network. */
G_GNUC_UNUSED static void
write_deck (Fixture *f, const char *topic)
{
  write_topic (f, topic);
  cs_deck_page_generate (CS_DECK_PAGE (f->page));
  ui_wait (is_open_cb, f);
}

/* What is waited for in the text. */
typedef struct
{
  Fixture *f;
  const char *words;
} Wanted;

G_GNUC_UNUSED static gboolean
has_text_cb (gpointer user_data)
{
  Wanted *wanted = user_data;
  g_autofree char *text = dup_text (wanted->f);

  return strstr (text, wanted->words) != NULL;
}

G_GNUC_UNUSED static void
wait_text (Fixture *f, const char *words)
{
  Wanted wanted = { f, words };

  ui_wait (has_text_cb, &wanted);
}

G_GNUC_UNUSED static gboolean
has_label_cb (gpointer user_data)
{
  Wanted *wanted = user_data;

  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (find (wanted->f, GTK_TYPE_BUTTON, "generate"))), wanted->words) == 0;
}

G_GNUC_UNUSED static void
wait_label (Fixture *f, const char *words)
{
  Wanted wanted = { f, words };

  ui_wait (has_label_cb, &wanted);
}

G_GNUC_UNUSED static void
begin_with (Fixture *f, const char *text)
{
  g_autofree char *path = cs_test_home_build (f->ui->home, "talk.md");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  _cs_deck_page_take_file (CS_DECK_PAGE (f->page), file);
  ui_wait (is_open_cb, f);
}

G_GNUC_UNUSED static void
type_text (Fixture *f, const char *text)
{
  gtk_text_buffer_begin_user_action (get_buffer (f));
  gtk_text_buffer_insert_at_cursor (get_buffer (f), text, -1);
  gtk_text_buffer_end_user_action (get_buffer (f));
}

G_GNUC_UNUSED static void
save (Fixture *f)
{
  ui_wait (is_saved_cb, f);
}

/* The library */

G_GNUC_UNUSED static GPtrArray *
list_creations (Fixture *f)
{
  CsLibraryQuery query = { .limit = 20 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = NULL;

  cs_library_list_async (ui_get_library (f->ui), &query, NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  page = cs_library_list_finish (ui_get_library (f->ui), result, &error);
  g_assert_no_error (error);
  return g_ptr_array_ref (page->creations);
}

G_GNUC_UNUSED static CsCreation *
get_newest (Fixture *f)
{
  g_autoptr (GPtrArray) creations = list_creations (f);

  g_assert_cmpuint (creations->len, >, 0);
  return g_object_ref (creations->pdata[0]);
}

G_GNUC_UNUSED static char *
read_file (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (cs_paths_get_creations (cs_engine_get_paths (f->ui->engine)), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

G_GNUC_UNUSED static void
check_library (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CsLibraryReport) report = NULL;

  cs_library_check_async (ui_get_library (f->ui), NULL, cs_test_keep_result, &result);
  ui_wait_result (&result);
  report = cs_library_check_finish (ui_get_library (f->ui), result, NULL);
  g_assert_cmpuint (report->n_missing + report->n_changed + report->n_orphans, ==, 0);
}

/* A second page, as after a restart. */
G_GNUC_UNUSED static void
reopen (Fixture *f)
{
  g_autoptr (CsCreation) creation = get_newest (f);
  GtkWidget *bin = gtk_widget_get_parent (f->page);

  ui_watchdog_stop (); /* a whole page at once is not what is measured */
  f->page = cs_deck_page_new ();
  cs_deck_page_set_studio (CS_DECK_PAGE (f->page), f->ui->studio);
  adw_bin_set_child (ADW_BIN (bin), f->page);
  ui_settle (f->ui);
  ui_watchdog_start ();
  cs_deck_page_show_creation (CS_DECK_PAGE (f->page), creation);
  ui_wait (is_open_cb, f);
}
