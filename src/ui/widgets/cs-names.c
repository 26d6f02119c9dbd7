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
  if (ADW_IS_SQUEEZER (child)) /* which keeps its words only where there is room for them */
    child = gtk_widget_get_first_child (child);
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

/* (transfer none) (nullable): the words on a button that shows more than words. */
static GtkWidget *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *label = find_label (child);

      if (label != NULL)
        return label;
    }
  return NULL;
}

/* Words that change are read as they are then. */
static void
name_by_label (GtkWidget *button)
{
  GtkWidget *child = gtk_button_get_child (GTK_BUTTON (button));
  GtkWidget *label = GTK_IS_BOX (child) ? find_label (child) : NULL;

  if (label != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

/** cs_name_controls: Names the buttons in @widget, once its template is there. */
void
cs_name_controls (GtkWidget *widget)
{
  const char *name = find_name (widget);

  if (name != NULL && name[0] != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  else if (GTK_IS_BUTTON (widget))
    name_by_label (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    cs_name_controls (child);
}

static void
seen_cb (GtkWidget *page)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, !gtk_widget_get_mapped (page), -1);
}

static void
hide_pages (GtkWidget *container)
{
  for (GtkWidget *page = gtk_widget_get_first_child (container); page != NULL; page = gtk_widget_get_next_sibling (page))
    {
      g_signal_connect_after (page, "map", G_CALLBACK (seen_cb), NULL);
      g_signal_connect_after (page, "unmap", G_CALLBACK (seen_cb), NULL);
      seen_cb (page);
    }
}

/** cs_hide_unseen: GTK 4.8 and libadwaita 1.2 leave it out for whatever shows one of its children and not the others. */
void
cs_hide_unseen (GtkWidget *widget)
{
  if (GTK_IS_STACK (widget) || GTK_IS_REVEALER (widget) || ADW_IS_VIEW_STACK (widget) || ADW_IS_LEAFLET (widget) || ADW_IS_FLAP (widget))
    hide_pages (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    cs_hide_unseen (child);
}
