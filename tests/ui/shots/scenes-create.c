/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of videos and of pictures, in every state that somebody sees them in. */
#include "config.h"

#include "shot.h"

#include "ui/composer/cs-composer.h"
#include "ui/composer/cs-idea-examples.h"
#include "ui/composer/cs-provider-row.h"
#include "ui/pages/cs-create-page.h"
#include "ui/player/cs-player-view.h"
#include "ui/stage/cs-done-view.h"
#include "ui/stage/cs-failed-view.h"
#include "ui/stage/cs-working-view.h"

static CsCreatePage *
get_page (Shot *self)
{
  return CS_CREATE_PAGE (shot_find (self, CS_TYPE_CREATE_PAGE, NULL));
}

/* @model: (nullable): who makes it; NULL: whoever is first. */
static void
make (Shot *self, CsKind kind, guint idea, const char *model)
{
  g_autoptr (CsBrief) brief = cs_brief_new (kind);
  guint n_ideas;
  const CsIdea *ideas = cs_idea_list (kind, &n_ideas);

  brief->prompt = g_strdup (_ (ideas[idea % n_ideas].prompt));
  brief->style = idea % CS_N_STYLES;
  brief->model = g_strdup (model);
  cs_create_page_set_brief (get_page (self), brief);
  shot_settle ();
  cs_create_page_generate (get_page (self));
}

void
shot_first_run (Shot *self)
{
  shot_open (self);
  shot_window (self, "first-run");
  shot_close (self);
}

static void
shoot_providers (Shot *self)
{
  GtkWidget *row = shot_find (self, CS_TYPE_PROVIDER_ROW, NULL);
  GtkWidget *popover = ui_find (row, GTK_TYPE_POPOVER, NULL);

  adw_action_row_activate (ADW_ACTION_ROW (row));
  shot_window (self, "video-providers");
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
shoot_working (Shot *self)
{
  cs_fake_server_script (self->server, "piapi", "create", "polls:1000000");
  make (self, CS_KIND_VIDEO, 0, "piapi/wan-2.2");
  shot_wait (self, CS_TYPE_WORKING_VIEW);
  for (guint i = 0; i < 4; i++)
    shot_settle ();
  shot_window (self, "video-working");
}

static void
shoot_failed (Shot *self)
{
  cs_fake_server_script (self->server, "piapi", "create", "400");
  make (self, CS_KIND_VIDEO, 2, "piapi/wan-2.2");
  shot_wait (self, CS_TYPE_FAILED_VIEW);
  shot_window (self, "video-failed");
}

void
shot_video_page (Shot *self)
{
  shot_page (self, "video");
  shot_window (self, "video");
  shoot_providers (self);
  shoot_failed (self);
  make (self, CS_KIND_VIDEO, 0, "sketch/video");
  shot_wait (self, CS_TYPE_PLAYER_VIEW);
  shot_window (self, "video-done");
  shoot_working (self);
}

void
shot_image_page (Shot *self)
{
  shot_page (self, "image");
  shot_window (self, "image");
  if (self->is_narrow)
    return;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (shot_find (self, GTK_TYPE_TOGGLE_BUTTON, "4")), TRUE);
  make (self, CS_KIND_IMAGE, 0, "sketch/image");
  shot_wait (self, CS_TYPE_DONE_VIEW);
  shot_window (self, "image-done");
}
