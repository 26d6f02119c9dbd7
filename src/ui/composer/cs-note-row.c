/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sentence below a row; the way out of it is a link. Not seen while there is nothing to say. Main thread. */
#include "config.h"
#include "ui/composer/cs-note-row.h"

struct _CsNoteRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *label; /* of the child */
};

static guint followed_signal;

G_DEFINE_FINAL_TYPE (CsNoteRow, cs_note_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
link_cb (CsNoteRow *self)
{
  g_signal_emit (self, followed_signal, 0);
  return TRUE;
}

static void
cs_note_row_class_init (CsNoteRowClass *klass)
{
  followed_signal = g_signal_new ("followed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_note_row_init (CsNoteRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "note");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->label, "activate-link", G_CALLBACK (link_cb), self, G_CONNECT_SWAPPED);
}

/** cs_note_row_show: @words: (nullable): plain text; NULL hides the row. @cure: (nullable): plain text, what the link says. */
void
cs_note_row_show (CsNoteRow *self, const char *words, const char *cure)
{
  g_autofree char *escaped = g_markup_escape_text (words != NULL ? words : "", -1);
  g_autofree char *link = cure != NULL ? g_markup_printf_escaped ("%s<a href=\"#\">%s</a>", words != NULL ? " " : "", cure) : NULL;
  g_autofree char *markup = g_strconcat (escaped, link, NULL);

  if (!g_str_equal (gtk_label_get_label (self->label), markup))
    gtk_label_set_markup (self->label, markup);
  gtk_widget_set_visible (GTK_WIDGET (self), *markup != '\0');
}

/** cs_note_row_get_words: Returns: (transfer none): all that is said, without the marks. */
const char *
cs_note_row_get_words (CsNoteRow *self)
{
  return gtk_label_get_text (self->label);
}
