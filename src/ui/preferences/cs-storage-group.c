/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the studio takes on the disk. It is measured and checked elsewhere; here it is said. Main thread. */
#include "config.h"
#include "ui/preferences/cs-storage-group.h"

#include "ui/gallery/cs-trash.h"

struct _CsStorageGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template widgets */
  AdwActionRow *folder_row;
  AdwActionRow *trash_row;
  GtkWidget *trash_button;
  AdwActionRow *check_row;
  GtkSpinner *spinner;
  GtkWidget *check_button;

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  /* Owned */
  GCancellable *cancellable; /* of everything under way */
  guint n_trashed;
  gboolean is_measuring;
  gboolean is_stale; /* something changed since the measuring began */
};

G_DEFINE_FINAL_TYPE (CsStorageGroup, cs_storage_group, ADW_TYPE_PREFERENCES_GROUP)

static CsEngine *
get_engine (CsStorageGroup *self)
{
  return cs_studio_get_engine (self->studio);
}

/* Measuring */

static void storage_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* One at a time, however often something changes. */
static void
measure (CsStorageGroup *self)
{
  self->is_stale = self->is_measuring;
  if (self->studio == NULL || self->is_measuring)
    return;
  self->is_measuring = TRUE;
  cs_library_storage_async (cs_engine_get_library (get_engine (self)), self->cancellable, storage_cb, g_object_ref (self));
}

static char *
describe_folder (CsStorageGroup *self, const CsLibraryStorage *storage)
{
  const char *path = cs_paths_get_creations (cs_engine_get_paths (get_engine (self)));
  g_autofree char *taken = g_format_size ((guint64) storage->creations_size);
  g_autofree char *rest = g_format_size ((guint64) (storage->thumbnails_size + storage->backups_size));
  g_autofree char *left = storage->free_size >= 0 ? g_format_size ((guint64) storage->free_size) : NULL;

  if (left == NULL)
    /* translators: 1: a folder, 2: the size of what is in it, 3: a size */
    return g_strdup_printf (_ ("%1$s\n%2$s, and %3$s of thumbnails and backups"), path, taken, rest);
  /* translators: 1: a folder, 2: the size of what is in it, 3 and 4: sizes */
  return g_strdup_printf (_ ("%1$s\n%2$s, and %3$s of thumbnails and backups · %4$s free"), path, taken, rest, left);
}

static void
show_trash (CsStorageGroup *self, const CsLibraryStorage *storage)
{
  g_autofree char *size = g_format_size ((guint64) storage->trash_size);
  g_autofree char *words
      /* translators: how many creations, and their size */
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$'u creation, %2$s", "%1$'u creations, %2$s", storage->n_trashed),
                         storage->n_trashed, size);

  self->n_trashed = storage->n_trashed;
  adw_action_row_set_subtitle (self->trash_row, storage->n_trashed > 0 ? words : _ ("Empty"));
  gtk_widget_set_sensitive (self->trash_button, storage->n_trashed > 0);
}

static void
storage_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsStorageGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree CsLibraryStorage *storage = cs_library_storage_finish (CS_LIBRARY (source), result, &error);
  g_autofree char *words = NULL;

  self->is_measuring = FALSE;
  if (self->studio == NULL)
    return;
  if (storage == NULL)
    {
      adw_action_row_set_subtitle (self->trash_row, error->message);
      return;
    }
  words = describe_folder (self, storage);
  adw_action_row_set_subtitle (self->folder_row, words);
  show_trash (self, storage);
  if (self->is_stale)
    measure (self);
}

static void
open_cb (CsStorageGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *uri = g_filename_to_uri (cs_paths_get_creations (cs_engine_get_paths (get_engine (self))), NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
empty_cb (CsStorageGroup *self)
{
  cs_empty_trash (GTK_WIDGET (self), self->studio, self->n_trashed);
}

/* Checking */

static char *
describe_report (const CsLibraryReport *report)
{
  if (report->n_missing + report->n_changed + report->n_orphans == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Yes: %'u file is there and unchanged.",
                                         "Yes: all %'u files are there and unchanged.", report->checked),
                            report->checked);
  /* translators: numbers of files */
  return g_strdup_printf (_ ("Of %1$'u files %2$'u are missing and %3$'u were changed. %4$'u files in the folder belong to nothing."),
                          report->checked, report->n_missing, report->n_changed, report->n_orphans);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsStorageGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryReport) report = cs_library_check_finish (CS_LIBRARY (source), result, &error);
  g_autofree char *words = report != NULL ? describe_report (report) : g_strdup (error->message);

  if (self->studio == NULL)
    return;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_sensitive (self->check_button, TRUE);
  adw_action_row_set_subtitle (self->check_row, words);
}

static void
check_cb (CsStorageGroup *self)
{
  gtk_widget_set_sensitive (self->check_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  adw_action_row_set_subtitle (self->check_row, _ ("Reading every file… You can go on working."));
  cs_library_check_async (cs_engine_get_library (get_engine (self)), self->cancellable, checked_cb, g_object_ref (self));
}

static void
cs_storage_group_dispose (GObject *object)
{
  CsStorageGroup *self = CS_STORAGE_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->studio);

  G_OBJECT_CLASS (cs_storage_group_parent_class)->dispose (object);
}

static void
cs_storage_group_finalize (GObject *object)
{
  g_object_unref (CS_STORAGE_GROUP (object)->cancellable);

  G_OBJECT_CLASS (cs_storage_group_parent_class)->finalize (object);
}

static void
cs_storage_group_class_init (CsStorageGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_storage_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_storage_group_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-storage-group.ui");
  gtk_widget_class_bind_template_child (widget_class, CsStorageGroup, folder_row);
  gtk_widget_class_bind_template_child (widget_class, CsStorageGroup, trash_row);
  gtk_widget_class_bind_template_child (widget_class, CsStorageGroup, trash_button);
  gtk_widget_class_bind_template_child (widget_class, CsStorageGroup, check_row);
  gtk_widget_class_bind_template_child (widget_class, CsStorageGroup, spinner);
  gtk_widget_class_bind_template_child (widget_class, CsStorageGroup, check_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
}

static void
cs_storage_group_init (CsStorageGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_storage_group_set_studio: Measures what is there, and again when it changes. */
void
cs_storage_group_set_studio (CsStorageGroup *self, CsStudio *studio)
{
  g_set_weak_pointer (&self->studio, studio);
  adw_action_row_set_subtitle (self->folder_row, cs_paths_get_creations (cs_engine_get_paths (get_engine (self))));
  g_signal_connect_object (cs_engine_get_library (get_engine (self)), "changed", G_CALLBACK (measure), self, G_CONNECT_SWAPPED);
  measure (self);
}
