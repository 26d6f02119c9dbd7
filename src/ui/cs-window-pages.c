/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a window. Each is built when it is first asked for: nobody waits for one that he does not see. Main thread. */
#include "config.h"
#include "ui/cs-window-private.h"

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
  cs_create_page_set_brief (_cs_window_get_create_page (self, facts->kind), brief);
  cs_window_show_page (self, cs_kind_to_string (facts->kind));
}

static void
again_cb (CsWindow *self, const CsBrief *brief, guint count)
{
  cs_create_page_make (_cs_window_get_create_page (self, brief->kind), brief, count);
  cs_window_show_page (self, cs_kind_to_string (brief->kind));
}

/* The pages */

/** _cs_window_get_create_page: Returns: (transfer none): the page of pictures, or of videos for any other @kind. */
CsCreatePage *
_cs_window_get_create_page (CsWindow *self, CsKind kind)
{
  gboolean is_image = kind == CS_KIND_IMAGE;
  CsCreatePage **page = is_image ? &self->image_page : &self->video_page;

  if (*page != NULL)
    return *page;
  *page = g_object_new (CS_TYPE_CREATE_PAGE, "kind", is_image ? CS_KIND_IMAGE : CS_KIND_VIDEO, NULL);
  g_signal_connect_object (*page, "notify::can-go-back", G_CALLBACK (_cs_window_update_header_soon), self, G_CONNECT_SWAPPED);
  if (self->studio != NULL)
    cs_create_page_set_studio (*page, self->studio);
  adw_bin_set_child (is_image ? self->image_place : self->video_place, GTK_WIDGET (*page));
  return *page;
}

CsDeckPage *
_cs_window_get_deck_page (CsWindow *self)
{
  if (self->deck_page != NULL)
    return self->deck_page;
  self->deck_page = CS_DECK_PAGE (cs_deck_page_new ());
  if (self->studio != NULL)
    cs_deck_page_set_studio (self->deck_page, self->studio);
  adw_bin_set_child (self->deck_place, GTK_WIDGET (self->deck_page));
  return self->deck_page;
}

CsGalleryPage *
_cs_window_get_gallery_page (CsWindow *self)
{
  if (self->gallery_page != NULL)
    return self->gallery_page;
  self->gallery_page = CS_GALLERY_PAGE (cs_gallery_page_new ());
  g_signal_connect_object (self->gallery_page, "open-creation", G_CALLBACK (open_creation_cb), self, G_CONNECT_SWAPPED);
  if (self->studio != NULL)
    cs_gallery_page_set_studio (self->gallery_page, self->studio);
  adw_bin_set_child (self->gallery_place, GTK_WIDGET (self->gallery_page));
  return self->gallery_page;
}

CsDetailPage *
_cs_window_get_detail_page (CsWindow *self)
{
  if (self->detail_page != NULL)
    return self->detail_page;
  self->detail_page = g_object_new (CS_TYPE_DETAIL_PAGE, "menu-model", self->main_menu, NULL);
  g_signal_connect_object (self->detail_page, "closed", G_CALLBACK (detail_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail_page, "use-words", G_CALLBACK (use_words_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail_page, "again", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  if (self->studio != NULL)
    cs_detail_page_set_studio (self->detail_page, self->studio);
  adw_bin_set_child (self->detail_place, GTK_WIDGET (self->detail_page));
  return self->detail_page;
}

/** _cs_window_build_page: The one that is seen. */
void
_cs_window_build_page (CsWindow *self)
{
  GtkWidget *place = adw_view_stack_get_visible_child (self->pages);

  if (place == GTK_WIDGET (self->video_place))
    _cs_window_get_create_page (self, CS_KIND_VIDEO);
  else if (place == GTK_WIDGET (self->image_place))
    _cs_window_get_create_page (self, CS_KIND_IMAGE);
  else if (place == GTK_WIDGET (self->deck_place))
    _cs_window_get_deck_page (self);
  else
    _cs_window_get_gallery_page (self);
}

/** _cs_window_give_studio: To those that were built before it was open. */
void
_cs_window_give_studio (CsWindow *self)
{
  if (self->video_page != NULL)
    cs_create_page_set_studio (self->video_page, self->studio);
  if (self->image_page != NULL)
    cs_create_page_set_studio (self->image_page, self->studio);
  if (self->deck_page != NULL)
    cs_deck_page_set_studio (self->deck_page, self->studio);
  if (self->gallery_page != NULL)
    cs_gallery_page_set_studio (self->gallery_page, self->studio);
  if (self->detail_page != NULL)
    cs_detail_page_set_studio (self->detail_page, self->studio);
}
