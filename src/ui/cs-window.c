/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window: its pages and how one goes between them. What its actions do is in cs-window-actions.c. Main thread. */
#include "config.h"
#include "ui/cs-window-private.h"

#include "ui/widgets/cs-names.h"

G_DEFINE_FINAL_TYPE (CsWindow, cs_window, ADW_TYPE_APPLICATION_WINDOW)

static void
remember_size (CsWindow *self)
{
  GSettings *settings = self->studio != NULL ? cs_studio_get_settings (self->studio) : NULL;
  int width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_string (settings, "page", adw_view_stack_get_visible_child_name (self->pages));
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
  _cs_window_update_actions (self);
}

static CsCreatePage *
get_create_page (CsWindow *self, CsKind kind)
{
  return kind == CS_KIND_IMAGE ? self->image_page : self->video_page;
}

/* One creation */

static void
open_creation_cb (CsWindow *self, CsCreation *creation, GListModel *among)
{
  cs_window_show_creation (self, creation, among);
}

static void
detail_closed_cb (CsWindow *self)
{
  adw_leaflet_set_visible_child_name (self->deep, "main");
}

/* What nobody sees is not played, and not read anew. */
static void
deep_cb (CsWindow *self)
{
  if (g_strcmp0 (adw_leaflet_get_visible_child_name (self->deep), "main") == 0)
    cs_detail_page_clear (self->detail_page);
}

static void
use_words_cb (CsWindow *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  g_autoptr (CsBrief) brief = cs_brief_new (facts->kind);

  brief->prompt = g_strdup (facts->original_prompt);
  brief->negative_prompt = g_strdup (facts->negative_prompt);
  if (facts->style != NULL)
    cs_style_from_string (facts->style, &brief->style);
  if (facts->aspect_ratio != NULL)
    cs_aspect_from_string (facts->aspect_ratio, &brief->aspect);
  if (facts->kind == CS_KIND_VIDEO)
    brief->duration = CLAMP ((int) (facts->duration + 0.5), CS_DURATION_MIN, CS_DURATION_MAX);
  cs_create_page_set_brief (get_create_page (self, facts->kind), brief);
  cs_window_show_page (self, cs_kind_to_string (facts->kind));
}

static void
again_cb (CsWindow *self, const CsBrief *brief, guint count)
{
  cs_create_page_make (get_create_page (self, brief->kind), brief, count);
  cs_window_show_page (self, cs_kind_to_string (brief->kind));
}

static void
cs_window_dispose (GObject *object)
{
  g_clear_object (&CS_WINDOW (object)->studio);

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
  gtk_widget_class_bind_template_child (widget_class, CsWindow, video_page);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, image_page);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, deck_page);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, gallery_page);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, detail_page);
}

static void
cs_window_class_init (CsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_CREATE_PAGE);
  g_type_ensure (CS_TYPE_DETAIL_PAGE);
  g_type_ensure (CS_TYPE_DECK_PAGE);
  g_type_ensure (CS_TYPE_GALLERY_PAGE);
  g_type_ensure (CS_TYPE_JOBS_BUTTON);
  G_OBJECT_CLASS (klass)->dispose = cs_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cs_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_creation_cb);
  gtk_widget_class_bind_template_callback (widget_class, detail_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, deep_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_words_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  _cs_window_install_actions (widget_class);
}

static void
cs_window_init (CsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_hide_unseen (GTK_WIDGET (self));
  _cs_window_update_actions (self);
}

/** cs_window_new: Returns: (transfer none): a window of @application, which has no studio yet. */
CsWindow *
cs_window_new (CsApplication *application)
{
  return g_object_new (CS_TYPE_WINDOW, "application", application, NULL);
}

static void
restore (CsWindow *self)
{
  GSettings *settings = cs_studio_get_settings (self->studio);
  g_autofree char *page = g_settings_get_string (settings, "page");
  int width, height;

  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  if (width > 0 && height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  cs_window_show_page (self, page);
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
  cs_create_page_set_studio (self->video_page, studio);
  cs_create_page_set_studio (self->image_page, studio);
  cs_deck_page_set_studio (self->deck_page, studio);
  cs_gallery_page_set_studio (self->gallery_page, studio);
  cs_detail_page_set_studio (self->detail_page, studio);
  cs_jobs_button_set_studio (self->jobs_button, studio);
  restore (self);
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

/* A presentation is one file that every browser shows. */
static void
show_deck (CsWindow *self, CsCreation *creation)
{
  g_autofree char *path = cs_library_dup_file_path (cs_engine_get_library (cs_studio_get_engine (self->studio)), creation);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

/** cs_window_show_creation: @among: (nullable): its neighbours, to go through. A presentation is shown in the browser. */
/** cs_window_show_creation: Shows it on the page of its kind. */
void
cs_window_show_creation (CsWindow *self, CsCreation *creation, GListModel *among)
{
  if (cs_creation_get_facts (creation)->kind == CS_KIND_DECK)
    {
      cs_deck_page_show_creation (self->deck_page, creation);
      cs_window_show_page (self, "presentation");
      return;
    }
  cs_detail_page_show (self->detail_page, creation, among);
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
  cs_create_page_set_image (get_create_page (self, kind), path);
  cs_window_show_page (self, kind == CS_KIND_IMAGE ? "image" : "video");
}
