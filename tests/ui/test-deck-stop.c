/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stopping a writer that takes its time: the topic stays, and so does what was written before. */
#include "config.h"

#include "ui-program.h"

#include "ui/composer/cs-prompt-view.h"
#include "ui/deck/cs-deck-page-private.h"

#define SLOWLY "ok@4000" /* milliseconds */

typedef struct
{
  UiProgram *program;
  CsDeckPage *page;
} Talk;

static gboolean
is_ollama_ready_cb (gpointer user_data)
{
  Talk *talk = user_data;
  GtkWidget *row = ui_find (GTK_WIDGET (talk->page), ADW_TYPE_ACTION_ROW, "writer");

  return row != NULL && strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Ollama") != NULL;
}

static Talk
open_talk (void)
{
  Talk talk = { .program = ui_program_new () };
  g_autofree char *ollama = cs_fake_server_dup_base (talk.program->server, "ollama");

  g_setenv ("OLLAMA_HOST", ollama, TRUE);
  cs_fake_server_set_usual (talk.program->server, "ollama", "chat", SLOWLY);
  ui_program_start (talk.program);
  cs_window_show_page (ui_program_get_window (talk.program), "presentation");
  talk.page = CS_DECK_PAGE (ui_find (GTK_WIDGET (ui_program_get_window (talk.program)), CS_TYPE_DECK_PAGE, NULL));
  g_assert_nonnull (talk.page);
  ui_wait (is_ollama_ready_cb, &talk);
  return talk;
}

static gboolean
is_shown (Talk *talk, const char *right)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (talk->page->right), right) == 0;
}

static gboolean
is_working_cb (gpointer talk)
{
  return is_shown (talk, "working") && cs_fake_server_count (((Talk *) talk)->program->server, "ollama", "chat") > 0;
}

static gboolean
is_idle_cb (gpointer talk)
{
  return is_shown (talk, "idle");
}

static gboolean
is_deck_cb (gpointer talk)
{
  return is_shown (talk, "deck");
}

static gboolean
is_saved_cb (gpointer talk)
{
  return cs_deck_saving_get_state (((Talk *) talk)->page->saving) == CS_SAVING_DONE;
}

static CsPromptView *
get_prompt (Talk *talk)
{
  return CS_PROMPT_VIEW (ui_find (GTK_WIDGET (talk->page), CS_TYPE_PROMPT_VIEW, NULL));
}

static void
stop (Talk *talk)
{
  ui_wait (is_working_cb, talk);
  ui_click (ui_find (GTK_WIDGET (talk->page), GTK_TYPE_BUTTON, "stop_button"));
}

static void
test_first (void)
{
  Talk talk = open_talk ();
  g_autofree char *topic = NULL;

  cs_prompt_view_set_text (get_prompt (&talk), "Bread");
  cs_deck_page_generate (talk.page);
  stop (&talk);
  ui_wait (is_idle_cb, &talk);
  topic = cs_prompt_view_dup_text (get_prompt (&talk));
  g_assert_cmpstr (topic, ==, "Bread");
  g_assert_null (talk.page->job);
  ui_program_free (talk.program);
}

/* What the user wrote is there again, unchanged. */
static void
test_over_text (void)
{
  Talk talk = open_talk ();
  g_autofree char *text = NULL;

  _cs_deck_page_begin (talk.page, "# Mine\n");
  ui_wait (is_deck_cb, &talk);
  ui_wait (is_saved_cb, &talk);
  talk.page->is_edited = FALSE; /* nothing is asked: that is another test */
  cs_prompt_view_set_text (get_prompt (&talk), "Butter");
  cs_deck_page_generate (talk.page);
  stop (&talk);
  ui_wait (is_deck_cb, &talk);
  text = cs_deck_document_dup_markdown (talk.page->document);
  g_assert_cmpstr (text, ==, "# Mine\n");
  ui_program_free (talk.program);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/deck-stop/first", test_first);
  g_test_add_func ("/deck-stop/over-text", test_over_text);
  return g_test_run ();
}
