/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why the studio could not be opened. Main thread. */
#include "config.h"
#include "ui/cs-trouble-page.h"

#include "creative-studio.h"
#include "ui/widgets/cs-show-file.h"

struct _CsTroublePage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *status;
  GtkLabel *calm;
};

G_DEFINE_FINAL_TYPE (CsTroublePage, cs_trouble_page, ADW_TYPE_BIN)

/* What happened, in a few words. */
static const char *
get_title (const GError *trouble)
{
  if (g_error_matches (trouble, CS_ERROR, CS_ERROR_BUSY))
    return _ ("The studio is in use");
  if (g_error_matches (trouble, CS_ERROR, CS_ERROR_NEWER))
    return _ ("This studio is of a newer version");
  if (g_error_matches (trouble, CS_ERROR, CS_ERROR_CORRUPT))
    return _ ("The database is damaged");
  if (g_error_matches (trouble, CS_ERROR, CS_ERROR_DISK_FULL))
    return _ ("The disk is full");
  if (g_error_matches (trouble, CS_ERROR, CS_ERROR_NOT_WRITABLE))
    return _ ("The folder cannot be used");
  return _ ("The studio could not be opened");
}

static const char *
get_icon (const GError *trouble)
{
  if (g_error_matches (trouble, CS_ERROR, CS_ERROR_BUSY))
    return "emblem-synchronizing-symbolic";
  if (g_error_matches (trouble, CS_ERROR, CS_ERROR_DISK_FULL))
    return "drive-harddisk-symbolic";
  if (g_error_matches (trouble, CS_ERROR, CS_ERROR_NOT_WRITABLE))
    return "folder-symbolic";
  return "dialog-warning-symbolic";
}

/* Where everything is, as the engine looks for it. It need not be there. */
static char *
dup_folder (void)
{
  const char *home = g_getenv ("CREATIVE_STUDIO_HOME");

  return home != NULL && *home != '\0' ? g_canonicalize_filename (home, NULL)
                                       : g_build_filename (g_get_user_data_dir (), "creative-studio", NULL);
}

static void
open_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *database = g_build_filename (folder, "studio.db", NULL);

  cs_show_file (widget, database);
}

static void
cs_trouble_page_class_init (CsTroublePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CsTroublePage, status);
  gtk_widget_class_bind_template_child (widget_class, CsTroublePage, calm);
  gtk_widget_class_install_action (widget_class, "trouble.open-folder", NULL, open_folder_action);
}

static void
cs_trouble_page_init (CsTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_trouble_page_show: Says what @trouble is; its message says what to do. */
void
cs_trouble_page_show (CsTroublePage *self, const GError *trouble)
{
  g_autofree char *words = g_markup_escape_text (trouble->message, -1);

  adw_status_page_set_icon_name (self->status, get_icon (trouble));
  adw_status_page_set_title (self->status, get_title (trouble));
  adw_status_page_set_description (self->status, words);
  gtk_label_set_text (self->calm, g_error_matches (trouble, CS_ERROR, CS_ERROR_CORRUPT)
                                      ? _ ("Your videos, pictures and presentations are files of their own, and still there.")
                                      : _ ("Nothing is lost: what you made and what is under way stays as it is."));
}
