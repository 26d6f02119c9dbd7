/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screenwriter changed, word by word; a text that can be marked, copied and read aloud. Main thread. */
#include "config.h"
#include "ui/stage/cs-diff-view.h"

#include "creative-studio.h"

struct _CsDiffView
{
  AdwBin parent_instance;

  /* Owned by the widget tree */
  GtkTextView *view;
  GtkTextBuffer *buffer;

  /* Owned */
  char *before;
  char *after;
  gboolean changes;
  guint fitting;     /* idle source */
};

static guint selection_changed;

G_DEFINE_FINAL_TYPE (CsDiffView, cs_diff_view, ADW_TYPE_BIN)

static void
insert (CsDiffView *self, const char *text, const char *tag)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  if (tag != NULL)
    gtk_text_buffer_insert_with_tags_by_name (self->buffer, &end, text, -1, tag, NULL);
  else
    gtk_text_buffer_insert (self->buffer, &end, text, -1);
}

/* Whoever does not see the colours is told: only where something changed. */
static void
describe (CsDiffView *self, GPtrArray *runs)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const CsDiffRun *run = runs->pdata[i];
      g_autofree char *text = g_strstrip (g_strdup (run->text));

      if (run->op == CS_DIFF_ADDED)
        g_string_append_printf (words, _ ("added: %s"), text);
      else if (run->op == CS_DIFF_REMOVED)
        g_string_append_printf (words, _ ("removed: %s"), text);
      else
        continue;
      g_string_append (words, ". ");
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->str, -1);
}

/* How high its lines are is known to a text view only after it has its width; asked for again then, they are all seen. */

static gboolean
fit_cb (gpointer user_data)
{
  CsDiffView *self = user_data;

  self->fitting = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self->view));
  return G_SOURCE_REMOVE;
}

static void
fit_soon (CsDiffView *self)
{
  if (self->fitting == 0)
    self->fitting = g_idle_add (fit_cb, self); /* behind the text view's own work */
}

static void
cs_diff_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_diff_view_parent_class)->map (widget);
  fit_soon (CS_DIFF_VIEW (widget));
}

static void
cs_diff_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&CS_DIFF_VIEW (widget)->fitting, g_source_remove);
  GTK_WIDGET_CLASS (cs_diff_view_parent_class)->unmap (widget);
}

static void
show (CsDiffView *self)
{
  static const char *const tags[] = { NULL, "del", "ins" };
  g_autoptr (GPtrArray) runs = NULL;

  gtk_text_buffer_set_text (self->buffer, "", 0);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fit_soon (self);
  if (self->before == NULL || self->after == NULL)
    return;
  if (!self->changes)
    {
      insert (self, self->after, NULL);
      return;
    }
  runs = cs_word_diff (self->before, self->after);
  for (guint i = 0; i < runs->len; i++)
    insert (self, ((CsDiffRun *) runs->pdata[i])->text, tags[((CsDiffRun *) runs->pdata[i])->op]);
  describe (self, runs);
}

static void
cs_diff_view_finalize (GObject *object)
{
  CsDiffView *self = CS_DIFF_VIEW (object);

  g_free (self->before);
  g_free (self->after);

  G_OBJECT_CLASS (cs_diff_view_parent_class)->finalize (object);
}

static void
selection_cb (CsDiffView *self)
{
  g_signal_emit (self, selection_changed, 0);
}

static void
cs_diff_view_class_init (CsDiffViewClass *klass)
{
  selection_changed
      = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  G_OBJECT_CLASS (klass)->finalize = cs_diff_view_finalize;
  GTK_WIDGET_CLASS (klass)->map = cs_diff_view_map;
  GTK_WIDGET_CLASS (klass)->unmap = cs_diff_view_unmap;
}

static void
add_tags (CsDiffView *self)
{
  GdkRGBA green = { 0.18f, 0.76f, 0.49f, 0.2f };
  GdkRGBA red = { 0.88f, 0.11f, 0.14f, 0.14f };

  gtk_text_buffer_create_tag (self->buffer, "ins", "background-rgba", &green, NULL);
  gtk_text_buffer_create_tag (self->buffer, "del", "background-rgba", &red, "strikethrough", TRUE, NULL);
}

static void
cs_diff_view_init (CsDiffView *self)
{
  self->changes = TRUE;
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_text_view_set_cursor_visible (self->view, FALSE);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_below_lines (self->view, 4);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "clear");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The screenwriter’s version"), -1);
  add_tags (self);
  g_signal_connect_object (self->buffer, "notify::has-selection", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->view));
}

GtkWidget *
cs_diff_view_new (void)
{
  return g_object_new (CS_TYPE_DIFF_VIEW, NULL);
}

/** cs_diff_view_set_texts: @before: the user's words. @after: the screenwriter's. */
void
cs_diff_view_set_texts (CsDiffView *self, const char *before, const char *after)
{
  if (g_strcmp0 (self->before, before) == 0 && g_strcmp0 (self->after, after) == 0)
    return;
  g_free (self->before);
  g_free (self->after);
  self->before = g_strdup (before);
  self->after = g_strdup (after);
  show (self);
}

void
cs_diff_view_set_changes (CsDiffView *self, gboolean changes)
{
  self->changes = changes;
  show (self);
}

/** cs_diff_view_dup_selected: Returns: (transfer full) (nullable): the words that are marked; NULL: none are. */
char *
cs_diff_view_dup_selected (CsDiffView *self)
{
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    return NULL;
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

gboolean
cs_diff_view_has_selected (CsDiffView *self)
{
  return gtk_text_buffer_get_has_selection (self->buffer);
}
