/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture that fills the screen. Main thread. */
#include "config.h"
#include "ui/gallery/cs-picture-window.h"

#include "ui/widgets/cs-picture-view.h"

struct _CsPictureWindow
{
  GtkWindow parent_instance;

  /* Template widgets */
  CsPictureView *picture;
};

G_DEFINE_FINAL_TYPE (CsPictureWindow, cs_picture_window, GTK_TYPE_WINDOW)

static void
cs_picture_window_class_init (CsPictureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_PICTURE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-picture-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CsPictureWindow, picture);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "window.close", NULL);
}

static void
cs_picture_window_init (CsPictureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_picture_window_new: @title: what the picture is called. Returns: (transfer none): a window that fills the screen. */
GtkWindow *
cs_picture_window_new (GtkWindow *parent, const char *path, const char *title, int width, int height)
{
  CsPictureWindow *self = g_object_new (CS_TYPE_PICTURE_WINDOW, "transient-for", parent, "modal", TRUE, "title", title, NULL);

  g_object_set (self->picture, "alternative-text", title, NULL);
  cs_picture_view_set_file (self->picture, path, NULL, width, height);
  gtk_window_fullscreen (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
