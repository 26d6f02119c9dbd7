/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of buttons for those who have them read aloud. Main thread. */
#include "config.h"
#include "ui/widgets/cs-names.h"

#include "creative-studio.h"

/* (transfer none) (nullable): what buttons of libadwaita 1.2 are for that are a picture and nothing else. */
static const char *
find_usual_name (GtkWidget *widget)
{
  static const struct { const char *icon; const char *name; } usual[] = {
    { "adw-entry-apply-symbolic", N_ ("Apply") },
    { "edit-find-symbolic", N_ ("Search") },
    { "window-close-symbolic", N_ ("Dismiss") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), usual[i].icon) == 0)
      return _ (usual[i].name);
  return NULL;
}

/* (transfer none) (nullable): what @widget is called; a button with plain words has its name already. */
static const char *
find_name (GtkWidget *widget)
{
  GtkWidget *child = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL;

  if (!GTK_IS_BUTTON (widget) && !GTK_IS_MENU_BUTTON (widget))
    return NULL;
  if (ADW_IS_BUTTON_CONTENT (child))
    return adw_button_content_get_label (ADW_BUTTON_CONTENT (child));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return NULL;
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)) != NULL)
    return gtk_menu_button_get_label (GTK_MENU_BUTTON (widget));
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_tooltip_text (widget) == NULL)
    return find_usual_name (widget);
  return gtk_widget_get_tooltip_text (widget);
}

/** cs_name_controls: Names the buttons in @widget, once its template is there. */
void
cs_name_controls (GtkWidget *widget)
{
  const char *name = find_name (widget);

  if (name != NULL && name[0] != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    cs_name_controls (child);
}
