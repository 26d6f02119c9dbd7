/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the document holds: it is never given another text before the one that it has is saved. Main thread; files are read on
 * others. */
#include "config.h"
#include "ui/deck/cs-deck-page-private.h"

#include "ui/widgets/cs-say.h"

#define MAX_BYTES (4 * CS_DECK_MAX_EDITED)
#define GUESS_BYTES 4096

static void
next_free (CsDeckNext *next)
{
  g_clear_object (&next->creation);
  g_free (next->markdown);
  g_free (next);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDeckNext, next_free)

/* Reading */

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *text = cs_file_read (task_data, MAX_BYTES, NULL, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

static void
read_file (CsDeckPage *self, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_thread);
}

/* Showing */

static void
show_document (CsDeckPage *self)
{
  self->is_open = TRUE;
  gtk_toggle_button_set_active (self->compose_button, FALSE);
  _cs_deck_page_show_topic (self);
  _cs_deck_page_show (self, "deck");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    cs_deck_pane_focus (self->pane);
}

static void
show_in_composer (CsDeckPage *self, const CsCreationFacts *facts)
{
  g_autoptr (CsBrief) brief = cs_deck_composer_dup_brief (self->composer);

  cs_set_string (&brief->prompt, facts->original_prompt);
  brief->num_slides = CLAMP (facts->num_slides, CS_SLIDES_MIN, CS_SLIDES_MAX);
  cs_theme_from_string (facts->theme, &brief->theme);
  cs_deck_composer_set_brief (self->composer, brief);
}

static void
take_creation (CsDeckPage *self, CsCreation *creation, const char *markdown, gboolean replaces)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  CsTheme theme = CS_THEME_DARK;
  CsLanguage language = CS_LANGUAGE_EN;
  g_autoptr (GError) error = NULL;
  gboolean is_taken;

  cs_theme_from_string (facts->theme, &theme);
  cs_language_from_string (facts->language, &language);
  if (replaces)
    {
      cs_deck_saving_begin (self->saving, creation); /* what was there stays in the gallery as it is */
      is_taken = cs_deck_document_replace (self->document, markdown, &error);
      cs_deck_document_set_theme (self->document, theme);
    }
  else
    {
      is_taken = cs_deck_document_load (self->document, markdown, theme, language, &error);
      if (is_taken)
        cs_deck_saving_begin (self->saving, creation);
    }
  if (!is_taken)
    {
      cs_say (GTK_WIDGET (self), error->message);
      _cs_deck_page_show (self, self->is_open ? "deck" : "idle");
      return;
    }
  self->is_edited = !replaces && self->job == NULL && !self->is_again;
  show_in_composer (self, facts);
  show_document (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsDeckPage *self = CS_DECK_PAGE (source);
  g_autoptr (CsDeckNext) next = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (text != NULL && !cs_deck_saving_is_settled (self->saving)) /* somebody wrote on meanwhile */
    {
      g_clear_pointer (&self->next, next_free);
      self->next = g_steal_pointer (&next);
      cs_deck_saving_flush (self->saving);
      return;
    }
  if (text != NULL)
    {
      take_creation (self, next->creation, text, next->replaces);
      return;
    }
  cs_say (GTK_WIDGET (self), error->message);
  _cs_deck_page_show (self, self->is_open ? "deck" : "idle");
}

static void
open_now (CsDeckPage *self, CsDeckNext *next)
{
  const CsCreationFacts *facts = cs_creation_get_facts (next->creation);
  g_autofree char *path = NULL;

  if (facts->markdown_file == NULL)
    {
      next_free (next);
      cs_say (GTK_WIDGET (self), _ ("This presentation has no Markdown to edit."));
      return;
    }
  path = g_build_filename (cs_paths_get_creations (cs_engine_get_paths (cs_studio_get_engine (self->studio))), facts->markdown_file, NULL);
  read_file (self, path, read_cb, next);
}

/* By its beginning: of a long text that is enough. */
static CsLanguage
guess_language (const char *markdown)
{
  g_autofree char *head = g_strndup (markdown, GUESS_BYTES);
  g_autofree char *valid = g_utf8_make_valid (head, -1);

  return cs_language_guess (valid, cs_words_get_user_language ());
}

static void
begin_now (CsDeckPage *self, const char *markdown)
{
  g_autoptr (CsBrief) brief = cs_deck_composer_dup_brief (self->composer);
  CsLanguage language = guess_language (markdown);
  g_autoptr (GError) error = NULL;

  cs_deck_composer_get_language (self->composer, &language);
  if (!cs_deck_document_load (self->document, markdown, brief->theme, language, &error))
    {
      cs_say (GTK_WIDGET (self), error->message);
      return;
    }
  cs_deck_saving_begin (self->saving, NULL);
  cs_deck_saving_touch (self->saving);
  self->is_edited = TRUE;
  show_document (self);
}

static void
close_now (CsDeckPage *self)
{
  cs_deck_document_load (self->document, "", CS_THEME_DARK, CS_LANGUAGE_EN, NULL);
  cs_deck_saving_begin (self->saving, NULL);
  self->is_open = FALSE;
  self->is_edited = FALSE;
  cs_deck_composer_clear (self->composer);
  _cs_deck_page_show (self, "idle");
  cs_deck_page_focus_prompt (self);
}

/** _cs_deck_page_go_on: Does what waits for the document to be saved; when it cannot be, nothing is given up for it. */
void
_cs_deck_page_go_on (CsDeckPage *self)
{
  CsDeckNext *next;

  if (cs_deck_saving_get_state (self->saving) == CS_SAVING_FAILED)
    {
      g_clear_pointer (&self->next, next_free);
      _cs_deck_page_show (self, "deck");
      return;
    }
  if (self->next == NULL || !cs_deck_saving_is_settled (self->saving))
    return;
  next = g_steal_pointer (&self->next);
  if (next->creation != NULL)
    {
      open_now (self, next);
      return;
    }
  if (next->markdown != NULL)
    begin_now (self, next->markdown);
  else
    close_now (self);
  next_free (next);
}

static void
go (CsDeckPage *self, CsCreation *creation, const char *markdown, gboolean replaces)
{
  g_clear_pointer (&self->next, next_free);
  self->next = g_new0 (CsDeckNext, 1);
  self->next->creation = creation != NULL ? g_object_ref (creation) : NULL;
  self->next->markdown = g_strdup (markdown);
  self->next->replaces = replaces;
  cs_deck_saving_flush (self->saving);
  if (self->next != NULL && cs_deck_saving_is_settled (self->saving))
    _cs_deck_page_go_on (self);
}

/** _cs_deck_page_open: @replaces: what is there now can be brought back with one undo. */
void
_cs_deck_page_open (CsDeckPage *self, CsCreation *creation, gboolean replaces)
{
  go (self, creation, NULL, replaces && self->is_open);
}

/** _cs_deck_page_begin: Begins a presentation of the user's own with @markdown. */
void
_cs_deck_page_begin (CsDeckPage *self, const char *markdown)
{
  go (self, NULL, markdown, FALSE);
}

void
_cs_deck_page_close (CsDeckPage *self)
{
  go (self, NULL, NULL, FALSE);
}

/* A file of the user's */

static void
file_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsDeckPage *self = CS_DECK_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (text != NULL && g_utf8_validate (text, -1, NULL))
    _cs_deck_page_begin (self, text);
  else if (text != NULL)
    cs_say (GTK_WIDGET (self), _ ("This file is no text. Choose a Markdown file."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cs_say (GTK_WIDGET (self), error->message);
}

/** cs_deck_page_begin_with: @file: Markdown; begins a presentation of the user's own with it. */
void
cs_deck_page_begin_with (CsDeckPage *self, GFile *file)
{
  _cs_deck_page_take_file (self, file);
}

/** _cs_deck_page_take_file: Begins with the text in @file. */
void
_cs_deck_page_take_file (CsDeckPage *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (self->studio == NULL)
    return;
  if (path == NULL)
    cs_say (GTK_WIDGET (self), _ ("This file is not on this computer. Copy it here first."));
  else
    read_file (self, path, file_read_cb, NULL);
}
