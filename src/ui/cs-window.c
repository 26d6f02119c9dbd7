/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window: its pages and how one goes between them. What its actions do is in cs-window-actions.c. Main thread. */
#include "config.h"
#include "ui/cs-window-private.h"

#include "ui/cs-watched.h"
#include "ui/widgets/cs-names.h"

G_DEFINE_FINAL_TYPE (CsWindow, cs_window, ADW_TYPE_APPLICATION_WINDOW)

/** cs_window_save_state: Of several windows, the one that is closed last is the one that comes again. */
void
cs_window_save_state (CsWindow *self)
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
  cs_window_save_state (CS_WINDOW (window));
  return GTK_WINDOW_CLASS (cs_window_parent_class)->close_request (window);
}

/* Going back: from one creation to where it was opened, and from the stage to the composer where one hides the other */

/* The create page that is seen; NULL when another one is. */
static CsCreatePage *
get_seen_create_page (CsWindow *self)
{
  GtkWidget *place = adw_view_stack_get_visible_child (self->pages);

  if (place == GTK_WIDGET (self->video_place))
    return self->video_page;
  return place == GTK_WIDGET (self->image_place) ? self->image_page : NULL;
}

static gboolean
is_deep (CsWindow *self)
{
  return g_strcmp0 (adw_leaflet_get_visible_child_name (self->deep), "detail") == 0;
}

gboolean
_cs_window_can_go_back (CsWindow *self)
{
  CsCreatePage *page = get_seen_create_page (self);

  return is_deep (self) || (page != NULL && cs_create_page_get_can_go_back (page));
}

void
_cs_window_go_back (CsWindow *self)
{
  if (is_deep (self))
    adw_leaflet_set_visible_child_name (self->deep, "main");
  else if (get_seen_create_page (self) != NULL)
    cs_create_page_go_back (get_seen_create_page (self));
}

/* The first button is one of two; where the header has no room for the pages, they are below. */
static void
update_header (CsWindow *self)
{
  CsCreatePage *page = get_seen_create_page (self);
  gboolean can_go_back = page != NULL && cs_create_page_get_can_go_back (page);
  AdwViewStackPage *seen = adw_view_stack_get_page (self->pages, adw_view_stack_get_visible_child (self->pages));

  adw_view_switcher_title_set_title (self->switcher_title, adw_view_stack_page_get_title (seen));
  gtk_widget_set_visible (self->back_button, can_go_back);
  gtk_widget_set_visible (self->new_button, !can_go_back);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, adw_view_switcher_title_get_title_visible (self->switcher_title));
  _cs_window_update_actions (self);
}

static gboolean
header_cb (gpointer user_data)
{
  CsWindow *self = user_data;

  self->header = 0;
  update_header (self);
  return G_SOURCE_REMOVE;
}

/** _cs_window_update_header_soon: Pages fold in the middle of being given their places, when all others must stay as they are. */
void
_cs_window_update_header_soon (CsWindow *self)
{
  if (self->header == 0)
    self->header = g_idle_add_full (G_PRIORITY_HIGH_IDLE, header_cb, self, NULL);
}

static void
page_changed_cb (CsWindow *self)
{
  _cs_window_build_page (self);
  update_header (self);
}

/* What nobody sees is not played, and not read anew. */
static void
deep_cb (CsWindow *self)
{
  if (self->detail_page != NULL && !is_deep (self))
    cs_detail_page_clear (self->detail_page);
  _cs_window_update_actions (self);
}

/* Its own windows go with it, whoever opened them: those of the wallet, of a question. */
static void
cs_window_unmap (GtkWidget *widget)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (GTK_IS_WINDOW (item->data) && gtk_window_get_transient_for (item->data) == GTK_WINDOW (widget))
      gtk_window_destroy (item->data);
  GTK_WIDGET_CLASS (cs_window_parent_class)->unmap (widget);
}

static void
cs_window_dispose (GObject *object)
{
  CsWindow *self = CS_WINDOW (object);

  if (self->slow_toast != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->slow_toast), (gpointer *) &self->slow_toast);
  self->slow_toast = NULL;
  g_clear_handle_id (&self->header, g_source_remove);
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
  gtk_widget_class_bind_template_child (widget_class, CsWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, CsWindow, new_button);
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
  g_type_ensure (CS_TYPE_TROUBLE_PAGE);
  G_OBJECT_CLASS (klass)->dispose = cs_window_dispose;
  widget_class->unmap = cs_window_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = cs_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, deep_cb);
  gtk_widget_class_bind_template_callback (widget_class, _cs_window_update_header_soon);
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
  cs_hide_unseen (GTK_WIDGET (self));
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

/** cs_window_set_slow: @slow: opening takes longer than it should; said until it is open. */
void
cs_window_set_slow (CsWindow *self, gboolean slow)
{
  if (!slow && self->slow_toast != NULL)
    adw_toast_dismiss (self->slow_toast);
  if (!slow || self->slow_toast != NULL)
    return;
  self->slow_toast = adw_toast_new (_ ("Opening the studio takes a while. Another program may be using it."));
  adw_toast_set_timeout (self->slow_toast, 0);
  g_object_add_weak_pointer (G_OBJECT (self->slow_toast), (gpointer *) &self->slow_toast);
  cs_window_add_toast (self, self->slow_toast);
}

/**
 * cs_window_set_studio:
 * @studio: (nullable): NULL while it is being opened, or when it could not be
 * @trouble: (nullable): why it could not be
 */
void
cs_window_set_studio (CsWindow *self, CsStudio *studio, const GError *trouble)
{
  if (trouble != NULL)
    cs_trouble_page_show (self->trouble_page, trouble);
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

/** cs_window_show_creation: Shows it on the page of its kind; @among: (nullable): its neighbours, to go through. */
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

/* Jobs */

/** cs_window_show_job: Shows how far it is, or what came of it, on the page of its kind. */
void
cs_window_show_job (CsWindow *self, CsJob *job)
{
  CsKind kind = cs_job_get_facts (job)->kind;
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (jobs, g_object_ref (job));
  if (kind == CS_KIND_DECK)
    cs_deck_page_show_job (_cs_window_get_deck_page (self), job);
  else
    cs_create_page_show_jobs (_cs_window_get_create_page (self, kind), jobs);
  cs_window_show_page (self, cs_kind_to_string (kind));
}

/** cs_window_show_jobs: Opens the list of jobs. */
void
cs_window_show_jobs (CsWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.jobs", NULL);
}

static void
show_recalled (CsWindow *self, GPtrArray *jobs)
{
  CsKind kind = cs_job_get_facts (jobs->pdata[0])->kind;

  if (kind == CS_KIND_DECK)
    cs_deck_page_show_job (_cs_window_get_deck_page (self), jobs->pdata[0]);
  else
    cs_create_page_show_jobs (_cs_window_get_create_page (self, kind), jobs);
}

static void
recalled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWindow) self = user_data;
  g_autoptr (GPtrArray) jobs = cs_watched_recall_finish (result);

  if (jobs != NULL && jobs->len > 0 && self->studio != NULL)
    show_recalled (self, jobs);
}

/** cs_window_recall_jobs: For the only window: what is under way is seen where it was seen before. */
void
cs_window_recall_jobs (CsWindow *self)
{
  for (CsKind kind = CS_KIND_VIDEO; kind <= CS_KIND_DECK; kind++)
    cs_watched_recall_async (self->studio, kind, NULL, recalled_cb, g_object_ref (self));
}

/** cs_window_begin_deck: @file: Markdown; begins a presentation with it. */
void
cs_window_begin_deck (CsWindow *self, GFile *file)
{
  cs_window_show_page (self, "presentation");
  cs_deck_page_begin_with (_cs_window_get_deck_page (self), file);
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
