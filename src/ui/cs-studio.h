/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "creative-studio.h"

G_BEGIN_DECLS

/*
 * What all windows and pages share: the open engine, the settings of the user and the jobs that are under way. Main thread.
 * Signals: "prices-changed": a price, a key or a provider is another, so that what stands on a button may be wrong;
 * "api-changed": other programs are served from now on, or no more.
 */
#define CS_TYPE_STUDIO (cs_studio_get_type ())
G_DECLARE_FINAL_TYPE (CsStudio, cs_studio, CS, STUDIO, GObject)

CsStudio   *cs_studio_new          (CsEngine *engine);
CsEngine   *cs_studio_get_engine   (CsStudio *self);
GSettings  *cs_studio_get_settings (CsStudio *self);
char       *cs_studio_dup_api_state (CsStudio *self); /* in words: where other programs are served, or why not */
const char *cs_studio_get_api_address (CsStudio *self); /* (nullable) while they are served */
CsMoney     cs_studio_get_most     (CsStudio *self, CsMoney price); /* what may be paid by itself, where a button says @price */
gboolean    cs_studio_make         (CsStudio *self, GPtrArray *briefs, GAsyncReadyCallback callback, gpointer user_data);
GListModel *cs_studio_get_jobs     (CsStudio *self); /* of CsJob, oldest first: what is under way, and what needs somebody */

G_END_DECLS
