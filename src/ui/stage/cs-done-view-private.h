/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/stage/cs-done-view.h"

#include "ui/player/cs-player-view.h"
#include "ui/stage/cs-picture-set.h"
#include "ui/widgets/cs-rename-popover.h"

G_BEGIN_DECLS

/* What the files of the view share: cs-done-view.c shows, cs-done-view-words.c says, cs-done-view-actions.c acts. */
struct _CsDoneView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkToggleButton *star;
  CsRenamePopover *rename;
  GtkStack *places;
  CsPlayerView *player;
  CsPictureSet *pictures;
  AdwExpanderRow *prompt_row;
  GtkLabel *prompt;
  GtkLabel *facts_label;
  GtkImage *again_icon;
  GtkLabel *again_label;

  /* Owned */
  CsStudio *studio;              /* (nullable) */
  GPtrArray *items;              /* (nullable) (element-type GObject): a CsCreation each, or a CsJob that failed */
  GPtrArray *jobs;               /* (nullable) (element-type CsJob) they were made by */
  CsBrief *brief;                /* (nullable) of "Again" or "Animate", at the price that is said */
  guint is_showing : 1;          /* what is set now is not the user's word */
};

void        _cs_done_view_install_actions (GtkWidgetClass *widget_class);
void        _cs_done_view_update_actions  (CsDoneView *self);
CsCreation *_cs_done_view_get_selected    (CsDoneView *self); /* (nullable) the first one that is chosen */
GPtrArray  *_cs_done_view_list_selected   (CsDoneView *self); /* (transfer full) (element-type CsCreation) */
void        _cs_done_view_replace         (CsDoneView *self, CsCreation *creation); /* it has changed */
void        _cs_done_view_remove          (CsDoneView *self, const char *const *ids); /* they are gone */
void        _cs_done_view_emit_again      (CsDoneView *self, const CsBrief *brief);

char       *_cs_done_view_make_facts      (CsDoneView *self);
char       *_cs_done_view_make_sum        (CsDoneView *self); /* (nullable) of several pictures */
char       *_cs_done_view_make_origin     (CsDoneView *self); /* who wrote the prompt, and where it went */

G_END_DECLS
