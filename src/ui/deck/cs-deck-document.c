/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The presentation that is being edited. After a change the text is cut into slides on the main thread, which takes a
 * millisecond or two and no more since its length is bounded; what a slide says is read on another thread, and only that of
 * slides that changed. Main thread.
 */
#include "config.h"
#include "ui/deck/cs-deck-document.h"

#include <string.h>

#define REFRESH_MS 60

struct _CsDeckDocument
{
  GObject parent_instance;

  GtkTextBuffer *buffer;
  GListStore *slides;        /* of CsDeckSlide */
  GCancellable *cancellable; /* until dispose */
  CsTheme theme;
  CsLanguage language;
  guint current;             /* position */
  guint refresh;             /* source */
  guint is_loading : 1;      /* what changes now is not the user's doing */
  guint is_reading : 1;      /* slides are on a thread */
  guint is_refreshing : 1;   /* nobody goes anywhere now */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REFRESHED,
  SIGNAL_CURRENT_CHANGED,
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsDeckDocument, cs_deck_document, G_TYPE_OBJECT)

/* Reading slides, on another thread */

typedef struct
{
  GPtrArray *slides;   /* (element-type CsDeckSlide) */
  GPtrArray *contents; /* (element-type utf8) as they were when it began */
  GPtrArray *parts;    /* (element-type GPtrArray) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_ptr_array_unref (reading->slides);
  g_ptr_array_unref (reading->contents);
  g_ptr_array_unref (reading->parts);
  g_free (reading);
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;

  for (guint i = 0; i < reading->contents->len && !g_cancellable_is_cancelled (cancellable); i++)
    g_ptr_array_add (reading->parts, cs_slide_read (reading->contents->pdata[i]));
  g_task_return_boolean (task, TRUE);
}

static void read_slides (CsDeckDocument *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CsDeckDocument *self = CS_DECK_DOCUMENT (source);
  Reading *reading = g_task_get_task_data (G_TASK (result));

  self->is_reading = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  for (guint i = 0; i < reading->parts->len; i++)
    if (g_str_equal (cs_deck_slide_get_content (reading->slides->pdata[i]), reading->contents->pdata[i]))
      cs_deck_slide_set_parts (reading->slides->pdata[i], reading->parts->pdata[i]);
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
  read_slides (self);
}

/* Those that say something else than what they were read as. */
static void
read_slides (CsDeckDocument *self)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  if (self->is_reading)
    return;
  reading = g_new0 (Reading, 1);
  reading->slides = g_ptr_array_new_with_free_func (g_object_unref);
  reading->contents = g_ptr_array_new_with_free_func (g_free);
  reading->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->slides)); i++)
    {
      g_autoptr (CsDeckSlide) slide = g_list_model_get_item (G_LIST_MODEL (self->slides), i);

      if (g_object_steal_data (G_OBJECT (slide), "unread") == NULL)
        continue;
      g_ptr_array_add (reading->contents, g_strdup (cs_deck_slide_get_content (slide)));
      g_ptr_array_add (reading->slides, g_steal_pointer (&slide));
    }
  if (reading->slides->len == 0)
    {
      reading_free (reading);
      return;
    }
  self->is_reading = TRUE;
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_thread);
}

/* Following the text */

static char *
dup_stripped (const char *start, const char *end)
{
  return g_strstrip (g_strndup (start, (gsize) (end - start)));
}

/* Bytes are counted from where they were counted last: the text is walked through once. */
typedef struct
{
  const char *text;
  gsize byte;
  int character;
} Counter;

static int
count_to (Counter *counter, gsize byte)
{
  counter->character += (int) g_utf8_pointer_to_offset (counter->text + counter->byte, counter->text + byte);
  counter->byte = byte;
  return counter->character;
}

static void
set_slide (CsDeckSlide *slide, const char *text, const CsSlideSpan *span, Counter *counter, guint number)
{
  g_autofree char *content = dup_stripped (text + span->first, text + span->notes);
  g_autofree char *notes = dup_stripped (text + span->words, text + span->end);
  CsDeckPlace place;

  place.first = count_to (counter, span->first);
  place.notes = count_to (counter, span->notes);
  place.words = count_to (counter, span->words);
  place.end = count_to (counter, span->end);
  if (cs_deck_slide_set (slide, content, notes, span->empty) || cs_deck_slide_get_parts (slide) == NULL)
    g_object_set_data (G_OBJECT (slide), "unread", GINT_TO_POINTER (TRUE));
  cs_deck_slide_set_place (slide, &place, number);
}

static gboolean
says (GListModel *slides, guint position, const char *text, const CsSlideSpan *span)
{
  g_autoptr (CsDeckSlide) slide = g_list_model_get_item (slides, position);
  g_autofree char *content = dup_stripped (text + span->first, text + span->notes);

  return g_str_equal (cs_deck_slide_get_content (slide), content);
}

/* A slide that came or went is put in or taken out where it stands: the others stay who they are. */
static void
fit_number (CsDeckDocument *self, const char *text, GArray *spans)
{
  GListModel *slides = G_LIST_MODEL (self->slides);
  guint old = g_list_model_get_n_items (slides);
  guint most = MIN (old, spans->len);
  guint head = 0;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  if (old == spans->len)
    return;
  while (head < most && says (slides, head, text, &g_array_index (spans, CsSlideSpan, head)))
    head++;
  for (guint i = old; i < spans->len; i++)
    g_ptr_array_add (added, cs_deck_slide_new ());
  g_list_store_splice (self->slides, MIN (head, most), old > spans->len ? old - spans->len : 0, added->pdata, added->len);
}

static void
find_current (CsDeckDocument *self)
{
  GListModel *slides = G_LIST_MODEL (self->slides);
  int cursor;
  guint found = 0;

  g_object_get (self->buffer, "cursor-position", &cursor, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (slides); i++)
    if (cs_deck_slide_get_place (cs_deck_document_get_slide (self, i))->first <= cursor)
      found = i;
  if (found == self->current)
    return;
  self->current = found;
  g_signal_emit (self, signals[SIGNAL_CURRENT_CHANGED], 0);
}

static void
refresh_now (CsDeckDocument *self)
{
  g_autofree char *text = cs_deck_document_dup_markdown (self);
  g_autoptr (GArray) spans = cs_deck_scan (text, strlen (text));
  Counter counter = { .text = text };
  guint number = 0;

  self->is_refreshing = TRUE;
  fit_number (self, text, spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const CsSlideSpan *span = &g_array_index (spans, CsSlideSpan, i);

      number += span->empty ? 0 : 1;
      set_slide (cs_deck_document_get_slide (self, i), text, span, &counter, span->empty ? 0 : number);
    }
  self->is_refreshing = FALSE;
  find_current (self);
  read_slides (self);
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
}

static gboolean
refresh_cb (gpointer user_data)
{
  CsDeckDocument *self = user_data;

  self->refresh = 0;
  refresh_now (self);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (CsDeckDocument *self)
{
  if (self->refresh == 0)
    self->refresh = g_timeout_add (REFRESH_MS, refresh_cb, self);
  if (!self->is_loading)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
cursor_moved_cb (CsDeckDocument *self)
{
  if (self->refresh == 0)
    find_current (self);
}

static void
refuse (CsDeckDocument *self)
{
  g_autofree char *words = g_strdup_printf (_ ("A presentation may have %d characters here. This would make it longer."), CS_DECK_MAX_EDITED);

  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, words);
}

/** cs_deck_document_has_room: Whether @text can take the place of what is selected; says so when it cannot. */
gboolean
cs_deck_document_has_room (CsDeckDocument *self, const char *text)
{
  GtkTextIter start, end;
  glong free_room = CS_DECK_MAX_EDITED - gtk_text_buffer_get_char_count (self->buffer);

  if (gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    free_room += gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start);
  if (g_utf8_strlen (text, -1) <= free_room)
    return TRUE;
  refuse (self);
  return FALSE;
}

static void
insert_text_cb (GtkTextBuffer *buffer, GtkTextIter *where, const char *text, int length, gpointer user_data)
{
  CsDeckDocument *self = user_data;
  glong added = g_utf8_strlen (text, length);

  if (self->is_loading || gtk_text_buffer_get_char_count (buffer) + added <= CS_DECK_MAX_EDITED)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  refuse (self);
}

static void
cs_deck_document_dispose (GObject *object)
{
  CsDeckDocument *self = CS_DECK_DOCUMENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->slides);
  g_clear_object (&self->buffer);

  G_OBJECT_CLASS (cs_deck_document_parent_class)->dispose (object);
}

static void
cs_deck_document_class_init (CsDeckDocumentClass *klass)
{
  static const char *const names[] = { "changed", "refreshed", "current-changed" };

  G_OBJECT_CLASS (klass)->dispose = cs_deck_document_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_STRING);
}

static void
cs_deck_document_init (CsDeckDocument *self)
{
  g_autoptr (CsDeckSlide) first = cs_deck_slide_new ();

  self->buffer = gtk_text_buffer_new (NULL);
  self->slides = g_list_store_new (CS_TYPE_DECK_SLIDE);
  self->cancellable = g_cancellable_new ();
  self->language = CS_LANGUAGE_EN;
  g_list_store_append (self->slides, first);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (insert_text_cb), self, 0);
}

CsDeckDocument *
cs_deck_document_new (void)
{
  return g_object_new (CS_TYPE_DECK_DOCUMENT, NULL);
}

/* (transfer full): as the buffer counts lines: \n alone ends one. */
static char *
normalize (const char *markdown, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (markdown, -1);
  g_autoptr (GString) text = g_string_new (g_str_has_prefix (valid, "\xef\xbb\xbf") ? valid + 3 : valid);

  if (g_utf8_strlen (text->str, -1) > CS_DECK_MAX_EDITED)
    {
      cs_set_error (error, CS_ERROR_TOO_LARGE,
                    _ ("This text is too long to edit here: at most %d characters. Split it into several presentations."),
                    CS_DECK_MAX_EDITED);
      return NULL;
    }
  g_string_replace (text, "\r\n", "\n", 0);
  g_string_replace (text, "\r", "\n", 0);
  g_string_replace (text, "\xe2\x80\xa9", "\n", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/** cs_deck_document_load: Returns: FALSE with CS_ERROR_TOO_LARGE, and nothing is changed. */
gboolean
cs_deck_document_load (CsDeckDocument *self, const char *markdown, CsTheme theme, CsLanguage language, GError **error)
{
  g_autofree char *text = normalize (markdown, error);
  GtkTextIter start;

  if (text == NULL)
    return FALSE;
  self->is_loading = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  self->theme = theme;
  self->language = language;
  self->is_loading = FALSE;
  cs_deck_document_refresh (self);
  g_signal_emit (self, signals[SIGNAL_CURRENT_CHANGED], 0);
  return TRUE;
}

/** cs_deck_document_replace: One undo brings the text of before back. Returns: FALSE as cs_deck_document_load(). */
gboolean
cs_deck_document_replace (CsDeckDocument *self, const char *markdown, GError **error)
{
  g_autofree char *text = normalize (markdown, error);
  GtkTextIter start, end;

  if (text == NULL)
    return FALSE;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  cs_deck_document_refresh (self);
  return TRUE;
}

char *
cs_deck_document_dup_markdown (CsDeckDocument *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

GtkTextBuffer *
cs_deck_document_get_buffer (CsDeckDocument *self)
{
  return self->buffer;
}

GListModel *
cs_deck_document_get_slides (CsDeckDocument *self)
{
  return G_LIST_MODEL (self->slides);
}

/** cs_deck_document_refresh: For those who go by where slides stand: from here on they stand there. */
void
cs_deck_document_refresh (CsDeckDocument *self)
{
  if (self->refresh == 0)
    return;
  g_clear_handle_id (&self->refresh, g_source_remove);
  refresh_now (self);
}

guint
cs_deck_document_get_current (CsDeckDocument *self)
{
  return self->current;
}

CsDeckSlide *
cs_deck_document_get_slide (CsDeckDocument *self, guint position)
{
  g_autoptr (CsDeckSlide) slide = g_list_model_get_item (G_LIST_MODEL (self->slides), position);

  return slide; /* the list holds it */
}

/** cs_deck_document_go_to: Puts the cursor where the slide at @position begins. */
void
cs_deck_document_go_to (CsDeckDocument *self, guint position)
{
  CsDeckSlide *slide;
  GtkTextIter where;

  if (self->is_refreshing)
    return;
  cs_deck_document_refresh (self);
  slide = cs_deck_document_get_slide (self, position);
  if (slide == NULL || position == self->current)
    return;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &where, cs_deck_slide_get_place (slide)->first);
  while (gtk_text_iter_get_char (&where) == '\n' && gtk_text_iter_get_offset (&where) < cs_deck_slide_get_place (slide)->end)
    gtk_text_iter_forward_char (&where);
  gtk_text_buffer_place_cursor (self->buffer, &where);
}

CsTheme
cs_deck_document_get_theme (CsDeckDocument *self)
{
  return self->theme;
}

void
cs_deck_document_set_theme (CsDeckDocument *self, CsTheme theme)
{
  if (self->theme == theme)
    return;
  self->theme = theme;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
}

CsLanguage
cs_deck_document_get_language (CsDeckDocument *self)
{
  return self->language;
}

/** cs_deck_document_describe: Returns: (transfer full): how much it is. */
char *
cs_deck_document_describe (CsDeckDocument *self)
{
  guint n_slides = 0, n_words = 0, seconds = 0;
  g_autofree char *slides = NULL;
  g_autofree char *words = NULL;
  g_autofree char *time = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->slides)); i++)
    {
      CsDeckSlide *slide = cs_deck_document_get_slide (self, i);

      n_slides += !cs_deck_slide_is_empty (slide);
      n_words += cs_deck_slide_get_words (slide);
      seconds += cs_deck_slide_get_seconds (slide);
    }
  slides = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u slide", "%u slides", n_slides), n_slides);
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u word", "%u words", n_words), n_words);
  /* translators: how long it takes to give a talk, in minutes */
  time = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %u min to say", "about %u min to say", (seconds + 30) / 60),
                          (seconds + 30) / 60);
  return g_strdup_printf ("%s · %s · %s", slides, words, time);
}
