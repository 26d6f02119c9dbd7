/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Pictures that were made together, side by side; of one that was not made, the reason stands in its place. Arrows choose one,
 * Space adds to those that are chosen, Enter opens. Signals: "selection-changed"; "opened" (CsCreation *creation).
 */
#define CS_TYPE_PICTURE_SET (cs_picture_set_get_type ())
G_DECLARE_FINAL_TYPE (CsPictureSet, cs_picture_set, CS, PICTURE_SET, AdwBin)

void        cs_picture_set_show        (CsPictureSet *self, CsStudio *studio, GPtrArray *items); /* of CsCreation and failed CsJob */
GPtrArray  *cs_picture_set_list_chosen (CsPictureSet *self); /* (transfer full) (element-type guint): their places, from 0 */
void        cs_picture_set_choose      (CsPictureSet *self, guint place); /* it alone */

G_END_DECLS
