/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-support.h"
#include "ui-watchdog.h"

/* A window of the program that stands for itself in a test: preferences, the wallet. */

static inline gboolean
ui_is_gone_cb (gpointer place)
{
  return *(gpointer *) place == NULL;
}

/* What is measured begins with the window drawn. */
static inline void
ui_open_dialog (UiFixture *self, GtkWindow *window)
{
  g_assert_null (self->window);
  self->window = window;
  gtk_window_present (window);
  ui_settle (self);
  ui_watchdog_start ();
}

/* It has to be gone with all that is its own, and the studio with it. */
static inline void
ui_close_dialog (UiFixture *self)
{
  gpointer window = g_steal_pointer (&self->window);

  ui_check_names (window);
  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  ui_wait (ui_is_gone_cb, &window);
  ui_close (self);
}

static inline gboolean
ui_is_sensitive_cb (gpointer widget)
{
  return gtk_widget_is_sensitive (widget);
}

/* A label with exactly these words, that can be seen. */
typedef struct
{
  GtkWidget *root;
  const char *words;
} UiWords;

static inline gboolean
ui_has_words_cb (gpointer user_data)
{
  const UiWords *asked = user_data;
  GtkWidget *label = ui_find (asked->root, GTK_TYPE_LABEL, asked->words);

  return label != NULL && gtk_widget_get_mapped (label);
}

static inline void
ui_wait_words (gpointer root, const char *words)
{
  UiWords asked = { GTK_WIDGET (root), words };

  g_test_message ("waiting for “%s”", words);
  ui_wait (ui_has_words_cb, &asked);
}

static inline gboolean
ui_has_words (gpointer root, const char *words)
{
  UiWords asked = { GTK_WIDGET (root), words };

  return ui_has_words_cb (&asked);
}

/* The message dialog that is open over a window; NULL: none. */
static inline GtkWindow *
ui_find_message (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static inline gboolean
ui_is_answered_cb (gpointer dialog)
{
  return ui_find_message () != dialog;
}

/* Answers the message dialog that is open as a user does, and waits until it is closed. */
static inline void
ui_answer_message (const char *response)
{
  GtkWindow *dialog = ui_find_message ();

  g_assert_nonnull (dialog);
  ui_click (ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON,
                     adw_message_dialog_get_response_label (ADW_MESSAGE_DIALOG (dialog), response)));
  ui_wait (ui_is_answered_cb, dialog);
}
