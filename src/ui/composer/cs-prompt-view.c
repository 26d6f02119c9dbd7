/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the idea is written. Main thread; earlier prompts are read from the library when they are asked for. */
#include "config.h"
#include "ui/composer/cs-prompt-view.h"

#include "ui/composer/cs-idea-examples.h"

#include <string.h>

#define MAX_BYTES (4 * CS_PROMPT_MAX_CHARACTERS + 1) /* read of a clipboard: more than fits */
#define LINES_HEIGHT 88  /* of four lines, pixels */
#define SHORT_HEIGHT 52  /* of two */
#define MAX_EARLIER 60 /* creations that are looked through for earlier prompts */

struct _CsPromptView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkLabel *placeholder;
  GtkLabel *trouble;
  GtkLabel *count;
  GtkPopover *history;
  GtkSearchEntry *history_search;
  GtkListBox *history_list;

  /* Owned */
  CsStudio *studio;          /* (nullable) */
  GCancellable *cancellable; /* of the newest look at the earlier prompts */
  CsKind kind;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_IMAGE_PASTED,
  SIGNAL_FILES_PASTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsPromptView, cs_prompt_view, ADW_TYPE_BIN)

static void
changed_cb (CsPromptView *self)
{
  guint length = cs_prompt_view_get_length (self);
  g_autofree char *number = g_strdup_printf ("%'u", length);

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), length == 0);
  gtk_label_set_text (self->count, length > 0 ? number : "");
  if (length < CS_PROMPT_MAX_CHARACTERS)
    gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* No more than can be sent: whatever it comes from, a text of megabytes is cut before it is laid out. */
static void
insert_cb (GtkTextBuffer *buffer, GtkTextIter *where, const char *text, int length, gpointer user_data)
{
  CsPromptView *self = user_data;
  int room = MAX (CS_PROMPT_MAX_CHARACTERS - gtk_text_buffer_get_char_count (buffer), 0);
  gsize n_bytes = length >= 0 ? (gsize) length : strlen (text);
  g_autofree char *words = NULL;
  int kept;

  if (n_bytes <= (gsize) room || g_utf8_strlen (text, (gssize) n_bytes) <= room)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  kept = (int) (g_utf8_offset_to_pointer (text, room) - text);
  g_signal_handlers_block_by_func (buffer, insert_cb, self);
  if (kept > 0)
    gtk_text_buffer_insert (buffer, where, text, kept);
  g_signal_handlers_unblock_by_func (buffer, insert_cb, self);
  /* translators: a number */
  words = g_strdup_printf (_ ("A prompt holds %'d characters. What is more was left out."), CS_PROMPT_MAX_CHARACTERS);
  gtk_label_set_text (self->trouble, words);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
}

static void
dice_cb (CsPromptView *self)
{
  g_autofree char *text = cs_prompt_view_dup_text (self);

  cs_prompt_view_set_text (self, cs_idea_choose (self->kind, text));
  cs_prompt_view_focus (self);
}

/* Pasting */

static void
read_texture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPromptView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);

  if (texture != NULL)
    g_signal_emit (self, signals[SIGNAL_IMAGE_PASTED], 0, texture);
  else
    g_debug ("The clipboard has no picture after all: %s", error->message);
}

static void
read_files_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPromptView) self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value != NULL)
    g_signal_emit (self, signals[SIGNAL_FILES_PASTED], 0, g_value_get_boxed (value));
  else
    g_debug ("The clipboard has no files after all: %s", error->message);
}

/* What is read of a text: no more than fits, with what shows that there was more. */
typedef struct
{
  CsPromptView *view;
  char bytes[MAX_BYTES + 1];
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->view);
  g_free (reading);
}

static void
insert_pasted (CsPromptView *self, const char *text)
{
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_input_stream_close_finish (G_INPUT_STREAM (source), result, &error))
    g_debug ("The clipboard was not closed: %s", error->message);
}

static void
read_all_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *end;
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    g_debug ("The clipboard was not read: %s", error->message);
  g_input_stream_close_async (G_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, closed_cb, NULL);
  /* A character may be cut in two where the reading ended. */
  if (length == MAX_BYTES && !g_utf8_validate_len (reading->bytes, length, &end) && reading->bytes + length - end < 4)
    length = (gsize) (end - reading->bytes);
  text = g_utf8_make_valid (reading->bytes, (gssize) length);
  if (length > 0)
    insert_pasted (reading->view, text);
  reading_free (reading);
}

static void
read_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPromptView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  Reading *reading;

  if (stream == NULL)
    {
      g_debug ("The clipboard has no text after all: %s", error->message);
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->view = g_object_ref (self);
  g_input_stream_read_all_async (stream, reading->bytes, MAX_BYTES, G_PRIORITY_DEFAULT, NULL, read_all_cb, reading);
}

/* The text view would take in all of it, however much that is, before it looks at its length. */
static void
paste_text (CsPromptView *self)
{
  const char *types[] = { "text/plain;charset=utf-8", "text/plain", NULL };

  gdk_clipboard_read_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), types, G_PRIORITY_DEFAULT, NULL, read_text_cb,
                            g_object_ref (self));
}

/* Files come with their addresses as text; a picture with text is a part of a document, whose text is meant. */
static void
paste (CsPromptView *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, read_files_cb, g_object_ref (self));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    gdk_clipboard_read_texture_async (clipboard, NULL, read_texture_cb, g_object_ref (self));
  else
    paste_text (self);
}

static void
paste_clipboard_cb (GtkTextView *view, gpointer user_data)
{
  g_signal_stop_emission_by_name (view, "paste-clipboard");
  paste (user_data);
}

static void
paste_cb (CsPromptView *self)
{
  cs_prompt_view_focus (self);
  g_signal_emit_by_name (self->view, "paste-clipboard");
}

/* Earlier prompts */

static GtkWidget *
make_history_row (const char *prompt)
{
  GtkWidget *label = gtk_label_new (prompt);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "prompt", g_strdup (prompt), g_free);
  return row;
}

static void
clear_history (CsPromptView *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->history_list, 0)) != NULL)
    gtk_list_box_remove (self->history_list, GTK_WIDGET (row));
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPromptView) self = user_data;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = cs_library_list_finish (CS_LIBRARY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear_history (self);
  for (guint i = 0; page != NULL && i < page->creations->len; i++)
    {
      const char *prompt = cs_creation_get_facts (page->creations->pdata[i])->original_prompt;

      if (g_hash_table_add (known, (gpointer) prompt))
        gtk_list_box_append (self->history_list, make_history_row (prompt));
    }
}

static void
history_shown_cb (CsPromptView *self)
{
  CsLibraryQuery query = { .has_kind = TRUE, .kind = self->kind, .limit = MAX_EARLIER };

  if (self->studio == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->history)))
    return;
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  query.text = gtk_editable_get_text (GTK_EDITABLE (self->history_search));
  cs_library_list_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), &query, self->cancellable, list_cb,
                         g_object_ref (self));
}

static void
history_row_cb (CsPromptView *self, GtkListBoxRow *row)
{
  cs_prompt_view_set_text (self, g_object_get_data (G_OBJECT (row), "prompt"));
  gtk_popover_popdown (self->history);
  cs_prompt_view_focus (self);
}

static void
cs_prompt_view_dispose (GObject *object)
{
  CsPromptView *self = CS_PROMPT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_prompt_view_parent_class)->dispose (object);
}

static void
cs_prompt_view_class_init (CsPromptViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_prompt_view_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_IMAGE_PASTED] = g_signal_new ("image-pasted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);
  signals[SIGNAL_FILES_PASTED] = g_signal_new ("files-pasted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-prompt-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, scroller);
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, view);
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, buffer);
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, placeholder);
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, trouble);
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, count);
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, history);
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, history_search);
  gtk_widget_class_bind_template_child (widget_class, CsPromptView, history_list);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, insert_cb);
  gtk_widget_class_bind_template_callback (widget_class, dice_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_clipboard_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_row_cb);
}

static void
cs_prompt_view_init (CsPromptView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_prompt_view_set_studio: @kind: whose earlier prompts and ideas are offered. */
void
cs_prompt_view_set_studio (CsPromptView *self, CsStudio *studio, CsKind kind)
{
  g_set_object (&self->studio, studio);
  self->kind = kind;
}

void
cs_prompt_view_set_placeholder (CsPromptView *self, const char *words)
{
  gtk_label_set_text (self->placeholder, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, words, -1);
}

/** cs_prompt_view_set_text: Replaces what is written; one undo brings it back. */
void
cs_prompt_view_set_text (CsPromptView *self, const char *text)
{
  GtkTextIter start, end;

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

/** cs_prompt_view_dup_text: Returns: (transfer full): what is written. */
char *
cs_prompt_view_dup_text (CsPromptView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

guint
cs_prompt_view_get_length (CsPromptView *self)
{
  return (guint) gtk_text_buffer_get_char_count (self->buffer);
}

void
cs_prompt_view_focus (CsPromptView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/** cs_prompt_view_set_short: @is_short: there is little height, so that two lines are enough to begin with. */
void
cs_prompt_view_set_short (CsPromptView *self, gboolean is_short)
{
  gtk_scrolled_window_set_min_content_height (self->scroller, is_short ? SHORT_HEIGHT : LINES_HEIGHT);
  gtk_label_set_lines (self->placeholder, is_short ? 2 : -1);
  gtk_label_set_ellipsize (self->placeholder, is_short ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
}
