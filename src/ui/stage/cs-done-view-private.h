/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/stage/cs-done-view.h"

#include "ui/player/cs-player-view.h"

G_BEGIN_DECLS

/* What the files of the view share: cs-done-view.c shows, cs-done-view-actions.c acts. */
struct _CsDoneView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkToggleButton *star;
  GtkStack *places;
  CsPlayerView *player;
  GtkGrid *pictures;
  GtkLabel *facts_label;
  GtkButton *reference_button;
  AdwButtonContent *again_content;

  /* Owned */
  CsStudio *studio;              /* (nullable) */
  GPtrArray *creations;          /* (nullable) (element-type CsCreation) */
  CsBrief *brief;                /* (nullable) what they were asked for with, at the price that "Again" says */
  GtkFileChooserNative *chooser; /* (nullable) while it is open */
  guint selected;                /* of the creations */
  guint is_showing : 1;          /* what is set now is not the user's word */
};

void        _cs_done_view_install_actions (GtkWidgetClass *widget_class);
CsCreation *_cs_done_view_get_selected    (CsDoneView *self); /* (nullable) */
void        _cs_done_view_emit_again      (CsDoneView *self, const CsBrief *brief);
void        _cs_done_view_emit_gone       (CsDoneView *self);

G_END_DECLS
