/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/* The user's own order of the models, in the settings: changed here, and taken over by the studio from there. */
void     cs_model_order_move          (CsStudio *studio, const char *id, const char *other, gboolean behind);
void     cs_model_order_set_automatic (CsStudio *studio, const char *id, gboolean is_automatic);
gboolean cs_model_order_is_own        (CsStudio *studio);
void     cs_model_order_reset         (CsStudio *studio);

G_END_DECLS
