/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the page shows its creation. Main thread; files are read on others. */
#include "config.h"
#include "ui/gallery/cs-detail-page-private.h"

#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-fold.h"

static const CsCreationFacts *
get_facts (CsCreation *creation)
{
  return creation != NULL ? cs_creation_get_facts (creation) : NULL;
}

static char *
make_title_cb (CsDetailPage *self, CsCreation *creation)
{
  return g_strdup (creation != NULL ? get_facts (creation)->title : "");
}

static char *
make_star_cb (CsDetailPage *self, gboolean favourite)
{
  return g_strdup (favourite ? "starred-symbolic" : "non-starred-symbolic");
}

static gboolean
is_deck_cb (CsDetailPage *self, CsCreation *creation)
{
  return creation != NULL && get_facts (creation)->kind == CS_KIND_DECK;
}

static gboolean
is_trashed_cb (CsDetailPage *self, CsCreation *creation)
{
  return creation != NULL && get_facts (creation)->trashed_at != 0;
}

static char *
make_again_icon_cb (CsDetailPage *self, CsCreation *creation)
{
  return g_strdup (creation != NULL && get_facts (creation)->kind == CS_KIND_IMAGE ? "camera-video-symbolic" : "view-refresh-symbolic");
}

static void
folded_cb (CsDetailPage *self, GParamSpec *pspec, CsFold *fold)
{
  if (cs_fold_is_folded (fold))
    gtk_widget_add_css_class (GTK_WIDGET (self), "leaflet-folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "leaflet-folded");
}

/* A deck is drawn where it has no picture of its own. */
static const char *
choose_place (const CsCreationFacts *facts, gboolean has_cover)
{
  if (facts->missing)
    return "missing";
  if (facts->kind == CS_KIND_VIDEO)
    return "video";
  return has_cover ? "cover" : "picture";
}

void
_cs_detail_page_show_file (CsDetailPage *self)
{
  const CsCreationFacts *facts = get_facts (self->creation);
  CsPaths *paths = cs_engine_get_paths (cs_studio_get_engine (self->studio));
  g_autofree char *path = _cs_detail_page_dup_file (self);
  g_autofree char *thumbnail = facts->thumbnail != NULL ? cs_creation_dup_path (facts, CS_CREATION_THUMBNAIL, paths) : NULL;
  gboolean is_video = facts->kind == CS_KIND_VIDEO && !facts->missing;
  gboolean is_image = facts->kind == CS_KIND_IMAGE && !facts->missing;

  cs_player_view_set_file (self->player, is_video ? path : NULL, is_video ? thumbnail : NULL);
  cs_picture_view_set_file (self->picture, is_image ? path : NULL, thumbnail, facts->width, facts->height);
  gtk_stack_set_visible_child_name (self->places, choose_place (facts, cs_deck_cover_is_for (self->creation)));
}

/* Not bound by the template: what is still being read outlives the page, and GTK 4.8 then lets go of an expression twice. */
void
_cs_detail_page_name_picture (CsDetailPage *self)
{
  g_autofree char *description = cs_creation_make_description (get_facts (self->creation));

  g_object_set (self->picture, "alternative-text", description, NULL);
}

/* To play a film, which may take the focus a moment later; to go on from a picture, from the last one back; of a single one,
 * out of it. */
gboolean
_cs_detail_page_grab_focus (GtkWidget *widget)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);
  gboolean is_film = g_strcmp0 (gtk_stack_get_visible_child_name (self->places), "video") == 0;

  if (!is_film && (gtk_widget_grab_focus (self->next_button) || gtk_widget_grab_focus (self->previous_button)))
    return TRUE;
  gtk_widget_grab_focus (self->back_button);
  if (is_film)
    gtk_widget_grab_focus (GTK_WIDGET (self->player));
  return TRUE;
}

/* What the picture could not be made of: it is not what it says, or it went a moment ago, which the library will find out. */
static void
picture_failed_cb (CsDetailPage *self, const GError *error)
{
  if (self->creation == NULL || get_facts (self->creation)->missing || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      cs_library_notify (cs_engine_get_library (cs_studio_get_engine (self->studio)), cs_creation_get_id (self->creation));
      return;
    }
  adw_status_page_set_description (self->damaged, g_error_matches (error, CS_ERROR, CS_ERROR_TOO_LARGE)
                                                      ? _ ("It has too many pixels to be shown here.")
                                                      : _ ("It cannot be shown. Get it again, or make another one."));
  gtk_stack_set_visible_child_name (self->places, "damaged");
}

void
_cs_detail_page_bind_view (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, make_title_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_star_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_deck_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_trashed_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_again_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, picture_failed_cb);
}
