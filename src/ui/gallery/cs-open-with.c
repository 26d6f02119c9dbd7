/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another program for a creation. Main thread; the copy is made on another. */
#include "config.h"
#include "ui/gallery/cs-open-with.h"

#include "ui/gallery/cs-export.h"
#include "ui/widgets/cs-say.h"

/* One opening. */
typedef struct
{
  GtkWidget *from;
  CsStudio *studio;
  CsCreation *creation;
  GAppInfo *program; /* (nullable) until it is chosen */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->from);
  g_object_unref (opening->studio);
  g_object_unref (opening->creation);
  g_clear_object (&opening->program);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_uris_finish (G_APP_INFO (source), result, &error))
    cs_say (opening->from, error->message);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsExported) exported = cs_export_finish (result, &error);
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gtk_widget_get_display (opening->from));
  g_autofree char *uri = NULL;
  GList uris = { 0 };

  if (exported == NULL || exported->files->len == 0)
    {
      cs_say (opening->from, exported == NULL ? error->message : exported->error->message);
      return;
    }
  uri = g_file_get_uri (exported->files->pdata[0]);
  uris.data = uri;
  g_app_info_launch_uris_async (opening->program, &uris, G_APP_LAUNCH_CONTEXT (context), NULL, launched_cb, g_steal_pointer (&opening));
}

static void
response_cb (GtkDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  const char *ids[] = { cs_creation_get_id (opening->creation), NULL };

  if (response == GTK_RESPONSE_OK)
    opening->program = gtk_app_chooser_get_app_info (GTK_APP_CHOOSER (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (opening->program != NULL)
    cs_export_async (opening->studio, ids, NULL, cs_export_get_mode (opening->studio), NULL, exported_cb, g_steal_pointer (&opening));
}

/** cs_open_with: Asks which program, and opens a copy with it. */
void
cs_open_with (GtkWidget *from, CsStudio *studio, CsCreation *creation)
{
  GtkRoot *root = gtk_widget_get_root (from);
  Opening *opening = g_new0 (Opening, 1);
  GtkWidget *dialog = gtk_app_chooser_dialog_new_for_content_type (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                                   GTK_DIALOG_MODAL | GTK_DIALOG_USE_HEADER_BAR,
                                                                   cs_creation_get_facts (creation)->mime_type);

  opening->from = g_object_ref (from);
  opening->studio = g_object_ref (studio);
  opening->creation = g_object_ref (creation);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), opening);
  gtk_window_present (GTK_WINDOW (dialog));
}
