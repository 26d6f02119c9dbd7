/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trash. Main thread; the library works on its own. */
#include "config.h"
#include "ui/gallery/cs-trash.h"

#include "ui/widgets/cs-say.h"

/* One move, until there are words about it. */
typedef struct
{
  GtkWidget *from;
  CsStudio *studio;
  GStrv ids;
} Move;

static void
move_free (Move *move)
{
  g_object_unref (move->from);
  g_object_unref (move->studio);
  g_strfreev (move->ids);
  g_free (move);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Move, move_free)

static Move *
move_new (GtkWidget *from, CsStudio *studio, const char *const *ids)
{
  Move *move = g_new0 (Move, 1);

  move->from = g_object_ref (from);
  move->studio = g_object_ref (studio);
  move->ids = g_strdupv ((char **) ids);
  return move;
}

static CsLibrary *
get_library (CsStudio *studio)
{
  return cs_engine_get_library (cs_studio_get_engine (studio));
}

static void
trashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Move) move = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  guint n = g_strv_length (move->ids);

  if (!cs_library_trash_all_finish (CS_LIBRARY (source), result, &error))
    {
      cs_say (move->from, error->message);
      return;
    }
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u creation moved to the trash", "%'u creations moved to the trash", n), n);
  cs_say_with_action (move->from, words, _ ("Undo"), "win.restore", g_variant_new_strv ((const char *const *) move->ids, -1));
}

/** cs_trash_creations: @ids: (array zero-terminated=1): what goes into the trash. */
void
cs_trash_creations (GtkWidget *from, CsStudio *studio, const char *const *ids)
{
  cs_library_trash_all_async (get_library (studio), ids, TRUE, NULL, trashed_cb, move_new (from, studio, ids));
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Move) move = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  guint n = g_strv_length (move->ids);

  if (cs_library_trash_all_finish (CS_LIBRARY (source), result, &error))
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u creation restored", "%'u creations restored", n), n);
  cs_say (move->from, words != NULL ? words : error->message);
}

/** cs_restore_creations: @ids: (array zero-terminated=1): what comes out of the trash. */
void
cs_restore_creations (GtkWidget *from, CsStudio *studio, const char *const *ids)
{
  cs_library_trash_all_async (get_library (studio), ids, FALSE, NULL, restored_cb, move_new (from, studio, ids));
}

/* Deleting for good */

static void
say_deleted (Move *move, gssize n, const GError *error)
{
  g_autofree char *words = NULL;

  if (n >= 0)
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u creation deleted", "%'u creations deleted", n), (guint) n);
  cs_say (move->from, words != NULL ? words : error->message);
}

static void
emptied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Move) move = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = cs_library_empty_trash_finish (CS_LIBRARY (source), result, &error);

  say_deleted (move, n, error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Move) move = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = cs_library_delete_all_finish (CS_LIBRARY (source), result, &error);

  say_deleted (move, n, error);
}

/* What somebody puts into the trash from now on was not asked about. */
static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Move *move = user_data;

  if (!g_str_equal (response, "delete"))
    move_free (move);
  else if (move->ids[0] != NULL)
    cs_library_delete_all_async (get_library (move->studio), (const char *const *) move->ids, NULL, deleted_cb, move);
  else
    cs_library_empty_trash_async (get_library (move->studio), cs_clock_now (), NULL, emptied_cb, move);
}

/* Takes @move. */
static void
ask (Move *move, const char *title, guint n_creations, const char *button)
{
  GtkRoot *root = gtk_widget_get_root (move->from);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title, NULL);
  g_autofree char *words
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u creation and its file are deleted for good.",
                                      "%'u creations and their files are deleted for good.", n_creations),
                         n_creations);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), words);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete", button, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), move);
  gtk_window_present (GTK_WINDOW (dialog));
}

/** cs_empty_trash: @n_creations: how many are in it. Asks, and then deletes them for good. */
void
cs_empty_trash (GtkWidget *from, CsStudio *studio, guint n_creations)
{
  const char *nothing[] = { NULL };

  ask (move_new (from, studio, nothing), _ ("Empty the trash?"), n_creations, _ ("_Empty Trash"));
}

/** cs_delete_creations: @ids: (array zero-terminated=1): in the trash, one at least. Asks, and then deletes them for good. */
void
cs_delete_creations (GtkWidget *from, CsStudio *studio, const char *const *ids)
{
  ask (move_new (from, studio, ids), _ ("Delete for good?"), g_strv_length ((char **) ids), _ ("_Delete"));
}
