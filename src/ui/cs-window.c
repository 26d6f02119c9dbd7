/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window: its pages and how one goes between them. What its actions do is in cs-window-actions.c. Main thread. */
#include "config.h"
#include "ui/cs-window-private.h"

G_DEFINE_FINAL_TYPE (CsWindow, cs_window, ADW_TYPE_APPLICATION_WINDOW)

static void
remember_size (CsWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_string (self->settings, "page", adw_view_stack_get_visible_child_name (self->pages));
}

static gboolean
cs_window_close_request (GtkWindow *window)
{
  remember_size (CS_WINDOW (window));
  return GTK_WINDOW_CLASS (cs_window_parent_class)->close_request (window);
}

static void
page_changed_cb (CsWindow *self)
{
  _cs_window_build_page (self);
  _cs_window_update_actions (self);
}

/* What nobody sees is not played, and not read anew. */
static void
deep_cb (CsWindow *self)
{
  if (self->detail_page != NULL && g_strcmp0 (adw_leaflet_get_visible_child_name (self->deep), "main") == 0)
    cs_detail_page_clear (self->detail_page);
}

static void
cs_window_dispose (GObject *object)
{
  CsWindow *self = CS_WINDOW (object);

  g_clear_object (&self->studio);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (cs_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, states);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, trouble_page);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, deep);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, jobs_button);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, video_place);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, image_place);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, deck_place);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, gallery_place);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, detail_place);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, main_menu);
}

static void
cs_window_class_init (CsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_JOBS_BUTTON);
  G_OBJECT_CLASS (klass)->dispose = cs_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cs_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, deep_cb);
  _cs_window_install_actions (widget_class);
}

/* Before it is seen: nothing jumps when the studio is open. */
static void
restore (CsWindow *self)
{
  g_autofree char *page = g_settings_get_string (self->settings, "page");
  int width, height;

  g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
  if (width > 0 && height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  cs_window_show_page (self, page);
}

static void
cs_window_init (CsWindow *self)
{
  self->settings = g_settings_new (CS_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  restore (self);
  page_changed_cb (self);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (page_changed_cb), self, G_CONNECT_SWAPPED);
}

/** cs_window_new: Returns: (transfer none): a window of @application, which has no studio yet. */
CsWindow *
cs_window_new (CsApplication *application)
{
  return g_object_new (CS_TYPE_WINDOW, "application", application, NULL);
}

/**
 * cs_window_set_studio:
 * @studio: (nullable): NULL while it is being opened, or when it could not be
 * @trouble: (nullable): why it could not be
 */
void
cs_window_set_studio (CsWindow *self, CsStudio *studio, const GError *trouble)
{
  adw_status_page_set_description (self->trouble_page, trouble != NULL ? trouble->message : "");
  gtk_stack_set_visible_child_name (self->states, trouble != NULL ? "trouble" : "studio");
  if (studio == NULL || !g_set_object (&self->studio, studio))
    return;
  _cs_window_give_studio (self);
  cs_jobs_button_set_studio (self->jobs_button, studio);
  _cs_window_update_actions (self);
}

/** cs_window_get_studio: Returns: (transfer none) (nullable): the studio; NULL until it is open. */
CsStudio *
cs_window_get_studio (CsWindow *self)
{
  return self->studio;
}

/** cs_window_show_page: @page: "video", "image", "presentation" or "gallery"; anything else changes nothing. */
void
cs_window_show_page (CsWindow *self, const char *page)
{
  if (adw_view_stack_get_child_by_name (self->pages, page) == NULL)
    return;
  adw_view_stack_set_visible_child_name (self->pages, page);
  adw_leaflet_set_visible_child_name (self->deep, "main");
}

/** cs_window_show_creation: Shows it on the page of its kind. */
void
cs_window_show_creation (CsWindow *self, CsCreation *creation, GListModel *among)
{
  if (cs_creation_get_facts (creation)->kind == CS_KIND_DECK)
    {
      cs_deck_page_show_creation (_cs_window_get_deck_page (self), creation);
      cs_window_show_page (self, "presentation");
      return;
    }
  cs_detail_page_show (_cs_window_get_detail_page (self), creation, among);
  adw_leaflet_set_visible_child_name (self->deep, "detail");
}

/** cs_window_add_toast: @toast: (transfer full): words that come up for a moment, perhaps with a button. */
void
cs_window_add_toast (CsWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/** cs_window_use_image: Shows the page of @kind, with the picture at @path to begin from. */
void
cs_window_use_image (CsWindow *self, CsKind kind, const char *path)
{
  cs_create_page_set_image (_cs_window_get_create_page (self, kind), path);
  cs_window_show_page (self, kind == CS_KIND_IMAGE ? "image" : "video");
}
